import type { Text } from '../../src/kernel/index.ts';
import { formatNumber, type Tone } from '../../src/ui/index.ts';
import type { Deed, Did, Fault, LiveApplication, LiveState } from './deeds.ts';

export const states: Readonly<Record<LiveState, { readonly tone: Tone; readonly text: Text }>> = {
  running: { tone: 'good', text: { fr: 'En marche', en: 'Running' } },
  starting: { tone: 'warning', text: { fr: 'Démarre', en: 'Starting' } },
  stopped: { tone: 'neutral', text: { fr: 'Arrêtée', en: 'Stopped' } },
};

/** How Socle reaches it, and whether it can look inside. */
export const ways: Readonly<Record<LiveApplication['channel'], Text>> = {
  sql: {
    fr: 'SQL : Socle efface dans sa base et y regarde de nouveau.',
    en: 'SQL: Socle erases in its database and looks there again.',
  },
  webhook: {
    fr: 'Webhook : Socle l’appelle, elle efface et rend compte.',
    en: 'Webhook: Socle calls it, it erases and reports.',
  },
  pull: {
    fr: 'Relève : elle vient chercher ses ordres, efface et rend compte.',
    en: 'Pull: it comes for its orders, erases and reports.',
  },
  email: {
    fr: 'Courriel : quelqu’un efface à la main, puis répond sur une page. Nadia y répond d’elle-même en quelques secondes, sauf si vous préférez le faire.',
    en: 'E-mail: somebody erases by hand, then answers on a page. Nadia answers by herself within seconds, unless you would rather.',
  },
};

export const groups: readonly { readonly title: Text; readonly deeds: readonly Deed[] }[] = [
  { title: { fr: 'Marche', en: 'Running' }, deeds: ['start', 'stop', 'by_hand', 'by_itself'] },
  { title: { fr: 'Défauts', en: 'Faults' }, deeds: ['lie', 'slow', 'fail', 'gone', 'mend'] },
  { title: { fr: 'Données', en: 'Data' }, deeds: ['ask', 'copy', 'restore', 'import'] },
];

const deedTexts: Readonly<Record<Deed, Text>> = {
  start: { fr: 'Démarrer', en: 'Start' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  copy: { fr: 'Sauvegarder', en: 'Back up' },
  restore: { fr: 'Restaurer la plus ancienne sauvegarde', en: 'Restore its oldest backup' },
  lie: { fr: 'Mentir une fois', en: 'Lie once' },
  slow: { fr: 'Ralentir', en: 'Slow down' },
  fail: { fr: 'Échouer cinq fois', en: 'Fail five times' },
  gone: { fr: 'Fermer son adresse', en: 'Close its address' },
  mend: { fr: 'Rétablir', en: 'Put right' },
  ask: { fr: 'Préparer un envoi', en: 'Prepare a mailing' },
  import: { fr: 'Réimporter ses anciennes données', en: 'Import its old data again' },
  by_hand: { fr: 'Répondre à la main', en: 'Answer by hand' },
  by_itself: { fr: 'Laisser Nadia répondre', en: 'Let Nadia answer' },
};

/** A database can't say anything: it lies by keeping what it is told to change, until it is put right. */
const lyingDatabase: Text = { fr: 'Ignorer les effacements', en: 'Ignore erasures' };

export function deedWords(deed: Deed, channel: LiveApplication['channel']): Text {
  return deed === 'lie' && channel === 'sql' ? lyingDatabase : deedTexts[deed];
}

const doneTexts: Readonly<Record<Deed, Text>> = {
  start: { fr: 'démarre.', en: 'starts.' },
  stop: {
    fr: 'est arrêtée : ses ordres attendent qu’elle revienne.',
    en: 'is stopped: its orders wait until it is back.',
  },
  copy: { fr: 'est sauvegardée.', en: 'is backed up.' },
  restore: {
    fr: 'est restaurée, et la restauration déclarée à Socle, qui renvoie les ordres exécutés depuis.',
    en: 'is restored, and the restoration declared to Socle, which sends the orders executed since then again.',
  },
  lie: {
    fr: 'dira une fois « exécuté » sans rien faire.',
    en: 'will once say “executed” without doing anything.',
  },
  slow: { fr: 'mettra douze secondes de plus.', en: 'will take twelve seconds more.' },
  fail: { fr: 'échouera aux cinq prochains appels.', en: 'will fail at the next five calls.' },
  gone: {
    fr: 'répond que plus personne n’écoute à son adresse : ses prochains ordres seront en échec, et son responsable prévenu.',
    en: 'answers that nobody listens at its address: its next orders will fail, and its owner be told.',
  },
  mend: { fr: 'se comporte de nouveau bien.', en: 'behaves again.' },
  ask: {
    fr: 'demande à Socle à qui ne pas écrire : ce qu’elle dit détenir encore peut la démentir.',
    en: 'asks Socle whom it must not write to: what it says it still holds may contradict it.',
  },
  import: {
    fr: 'demande à Socle qui ne doit pas revenir, puis reprend les autres.',
    en: 'asks Socle who must not come back, then takes the others back.',
  },
  by_hand: {
    fr: 'vous laisse répondre : ses tâches attendent dans sa boîte.',
    en: 'lets you answer: its tasks wait in its mailbox.',
  },
  by_itself: { fr: 'répond de nouveau d’elle-même.', en: 'answers by itself again.' },
};

const ignores: Text = {
  fr: 'ignore les effacements jusqu’à ce que vous la rétablissiez.',
  en: 'ignores erasures until you put it right.',
};

export function done({ name, channel }: Pick<LiveApplication, 'name' | 'channel'>, deed: Deed): Text {
  const { fr, en } = deed === 'lie' && channel === 'sql' ? ignores : doneTexts[deed];
  return { fr: `« ${name} » ${fr}`, en: `“${name}” ${en}` };
}

/** What is wrong with an application, in a badge. */
export function faultWords(fault: Fault): Text {
  switch (fault.kind) {
    case 'lies':
      return { fr: 'Mentira une fois', en: 'Will lie once' };
    case 'failures':
      return { fr: `Échouera encore : ${fault.times}`, en: `Failures to come: ${fault.times}` };
    case 'slow':
      return { fr: 'Lente', en: 'Slow' };
    case 'gone':
      return { fr: 'Adresse fermée', en: 'Address closed' };
    case 'ignores':
      return { fr: 'Ignore les effacements', en: 'Ignores erasures' };
    case 'by_hand':
      return { fr: 'Vous répondez à la main', en: 'You answer by hand' };
  }
}

/** What an application last did, in a sentence. */
export function didWords({ did, facts }: Did): Text {
  const count = (name: string): Text => {
    const value = facts[name] ?? 0;
    return { fr: formatNumber(value, { language: 'fr' }), en: formatNumber(value, { language: 'en' }) };
  };
  switch (did) {
    case 'mailing': {
      const [to, leftOut, reopened] = [count('to'), count('leftOut'), count('reopened')];
      return {
        fr: `Envoi préparé. Destinataires : ${to.fr} ; écartés, car effacés : ${leftOut.fr} ; ordres qu’elle a démentis : ${reopened.fr}.`,
        en: `Mailing prepared. Recipients: ${to.en}; left out, being erased: ${leftOut.en}; orders it contradicted: ${reopened.en}.`,
      };
    }
    case 'import': {
      const [imported, refused] = [count('imported'), count('refused')];
      return {
        fr: `Anciennes données réimportées. Reprises : ${imported.fr} ; refusées, car effacées : ${refused.fr}.`,
        en: `Old data imported again. Taken back: ${imported.en}; refused, being erased: ${refused.en}.`,
      };
    }
    case 'restoration': {
      const orders = count('orders');
      return {
        fr: `Restauration déclarée. Ordres renvoyés : ${orders.fr}.`,
        en: `Restoration declared. Orders sent again: ${orders.en}.`,
      };
    }
  }
}

/** Who was told of an order that gives trouble, by its level of escalation. */
export function toldTo(level: number): Text {
  if (level === 0) return { fr: 'personne', en: 'nobody' };
  return level === 1 ? { fr: 'son responsable', en: 'its owner' } : { fr: 'la DPO', en: 'the DPO' };
}

export const words = {
  section: { fr: 'Administration', en: 'Administration' },
  title: { fr: 'Applications de l’exemple', en: 'The example’s applications' },
  lead: {
    fr: 'Elles vivent à côté de Socle. Arrêtez-les, faites-les mentir, rendez-leur d’anciennes données, puis regardez ce que Socle remarque.',
    en: 'They live beside Socle. Stop them, make them lie, give them old data back, then see what Socle notices.',
  },
  look: { fr: 'Regarder de nouveau', en: 'Look again' },
  orders: { fr: 'Ses ordres', en: 'Its orders' },
  oldest: { fr: 'Plus ancienne sauvegarde :', en: 'Oldest backup:' },
  tries: { fr: 'À essayer', en: 'Things to try' },
  noticed: { fr: 'Ce que Socle a remarqué', en: 'What Socle noticed' },
  noticedLead: {
    fr: 'Leurs derniers ordres. Un ordre démenti, ou renvoyé après une restauration, repart sous un nouvel envoi.',
    en: 'Their latest orders. An order contradicted, or sent again after a restoration, goes under a new sending.',
  },
  application: { fr: 'Application', en: 'Application' },
  generation: { fr: 'Envoi n°', en: 'Sending no.' },
  state: { fr: 'État', en: 'State' },
  told: { fr: 'Signalé à', en: 'Escalated to' },
  since: { fr: 'Créé', en: 'Made' },
  nothing: { fr: 'Aucun ordre encore', en: 'No order yet' },
  nothingHint: { fr: 'Lancez une demande d’effacement.', en: 'Run a request for erasure.' },
  mailbox: (address: string): Text => ({ fr: `Boîte ${address}`, en: `Mailbox ${address}` }),
  mailboxBySmtp: {
    fr: 'Ses messages partent par votre serveur SMTP : répondez depuis la boîte qui les reçoit.',
    en: 'Its messages leave by your SMTP server: answer from the mailbox that gets them.',
  },
  noMessage: { fr: 'Aucun message', en: 'No message' },
  noMessageHint: {
    fr: 'Une tâche arrive ici quand une demande est lancée.',
    en: 'A task arrives here when a request is run.',
  },
  received: { fr: 'Reçu', en: 'Received' },
  task: { fr: 'Tâche', en: 'Task' },
  openTask: { fr: 'Ouvrir la tâche', en: 'Open the task' },
  taskOver: { fr: 'Répondue', en: 'Answered' },
  software: { fr: 'Dans son logiciel', en: 'In its software' },
  nothingToDo: { fr: 'Plus rien à faire', en: 'Nothing more to do' },
  eraseThere: { fr: 'Y effacer la personne', en: 'Erase the person there' },
  erasedThere: {
    fr: 'La personne est effacée du logiciel du service : dites-le maintenant sur la page de la tâche.',
    en: 'The person is erased from the service’s software: now say so on the task’s page.',
  },
} as const;

/** Scenarios for somebody who opens the page for the first time. */
export const tries: readonly Text[] = [
  {
    fr: 'Faites mentir « loyalty », « newsletter », « customer service » ou « back office », lancez une demande, puis préparez un envoi : l’application se dément, et l’ordre repart.',
    en: 'Make “loyalty”, “newsletter”, “customer service” or “back office” lie, run a request, then prepare a mailing: the application contradicts itself, and the order goes again.',
  },
  {
    fr: 'Faites ignorer les effacements à « shop » : Socle regarde, voit encore la personne, et le dit.',
    en: 'Make “shop” ignore erasures: Socle looks, still sees the person, and says so.',
  },
  {
    fr: 'Arrêtez une application, ou fermez son adresse : l’ordre attend, ou échoue et son responsable est prévenu.',
    en: 'Stop an application, or close its address: the order waits, or fails and its owner is told.',
  },
  {
    fr: 'Après une demande close, restaurez une application : ses ordres repartent du registre de réémission. Réimportez ses anciennes données : la personne effacée est refusée.',
    en: 'After a request is closed, restore an application: its orders go again from the reissue ledger. Import its old data: the erased person is refused.',
  },
];
