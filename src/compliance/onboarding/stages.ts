import type { Text } from '../../kernel/index.ts';

/** What is known of an application on its way to being connected. */
export interface OnboardingFacts {
  readonly channel: string | null;
  readonly state: string | null;
  readonly isDescribed: boolean;
  readonly harvestedAt: Date | null;
  /** It has its own key for the API. */
  readonly hasKey: boolean;
  /** Its key was used: it has called. */
  readonly hasCalled: boolean;
  /** Socle has something to sign its webhooks with. */
  readonly hasSecret: boolean;
  /** An order was handed over, or a test's first one. */
  readonly hasReceived: boolean;
  /** Its last conformance test; null: none has ended. */
  readonly conformance: 'passed' | 'failed' | null;
}

export const stageIds = ['describe', 'channel', 'credentials', 'test', 'conformance', 'live'] as const;
export type StageId = (typeof stageIds)[number];

export interface Stage {
  readonly id: StageId;
  readonly state: 'done' | 'now' | 'later' | 'skipped';
}

/** Every stage of the way, in order: the first one that isn't done is the one to do now. */
export function stagesOf(facts: OnboardingFacts): readonly Stage[] {
  const next = stageIds.find((id) => isDone(id, facts) === false);
  return stageIds.map((id) => {
    const done = isDone(id, facts);
    return { id, state: done === null ? 'skipped' : done ? 'done' : id === next ? 'now' : 'later' };
  });
}

/** Every stage that its channel asks for is done. */
export function isConnected(facts: OnboardingFacts): boolean {
  return stageIds.every((id) => isDone(id, facts) !== false);
}

/** Null: its channel has no such stage. Before a channel is chosen, none is left out. */
function isDone(id: StageId, facts: OnboardingFacts): boolean | null {
  const { channel } = facts;
  const calls = channel === 'webhook' || channel === 'pull';
  switch (id) {
    case 'describe':
      return facts.isDescribed;
    case 'channel':
      return channel !== null;
    case 'credentials':
      // Files are believed by their signature; Socle reads the answers itself, so that no key is needed.
      if (channel === 'file') return facts.hasSecret;
      if (channel !== null && !calls) return null;
      return facts.hasKey && (channel === 'pull' || facts.hasSecret);
    case 'test':
      if (channel === 'sql') return facts.harvestedAt !== null;
      return channel === 'pull' ? facts.hasCalled : facts.hasReceived;
    case 'conformance':
      if (channel !== null && !calls) return null;
      return facts.conformance === 'passed';
    case 'live':
      return facts.state === 'in_service';
  }
}

export const stageTitles: Readonly<Record<StageId, Text>> = {
  describe: { fr: 'Décrire', en: 'Describe' },
  channel: { fr: 'Choisir le canal', en: 'Choose the channel' },
  credentials: { fr: 'Donner clé et secret', en: 'Give key and secret' },
  test: { fr: 'Essayer', en: 'Try' },
  conformance: { fr: 'Prouver la conformité', en: 'Prove conformance' },
  live: { fr: 'Mettre en service', en: 'Put in service' },
};

/** What to do at a stage, and where. The channel decides what a trial is. */
export function adviceOf(id: StageId, channel: string | null): Text {
  switch (id) {
    case 'describe':
      return {
        fr: 'Écrivez sur sa fiche à quoi elle sert et l’adresse de son responsable : c’est lui que Socle prévient quand un ordre attend.',
        en: 'Write on its record what it is for and its owner’s e-mail: that is who Socle tells when an order waits.',
      };
    case 'channel':
      return {
        fr: 'SQL si Socle peut écrire dans sa base (rien à développer, et l’absence est prouvée) ; webhook si elle a une adresse et une équipe ; relève si elle ne peut pas être appelée ; courriel ou fichiers sinon.',
        en: 'SQL if Socle may write to its database (nothing to develop, and absence is proven); webhook if it has an address and a team; pull if it can’t be called; e-mail or files otherwise.',
      };
    case 'credentials':
      if (channel === 'file') return fileSecret;
      return channel === 'pull'
        ? {
            fr: 'Émettez sa clé et transmettez-la à son équipe : elle n’est montrée qu’une fois.',
            en: 'Issue its key and hand it to its team: it is shown once.',
          }
        : {
            fr: 'Émettez sa clé (pour répondre) et son secret de signature (pour croire Socle), et transmettez-les à son équipe : ils ne sont montrés qu’une fois.',
            en: 'Issue its key (to answer) and its signing secret (to believe Socle), and hand them to its team: they are shown once.',
          };
    case 'test':
      return testAdvice(channel);
    case 'conformance':
      return {
        fr: 'Lancez l’essai de conformité avec son équipe : cas par cas, avec des personnes fictives, et pour chaque faute ce qu’il faut corriger.',
        en: 'Run the conformance test with its team: case by case, with made-up persons, and for each mistake what to mend.',
      };
    case 'live':
      return {
        fr: 'Mettez-la en service sur sa fiche : elle est désormais de chaque plan.',
        en: 'Put it in service on its record: from then on it is part of every plan.',
      };
  }
}

const fileSecret: Text = {
  fr: 'Émettez le secret de signature (ou la clé publique) et transmettez-le à son équipe : chaque fichier d’ordres est signé avec lui. Il n’est montré qu’une fois.',
  en: 'Issue the signing secret (or the public key) and hand it to its team: every file of orders is signed with it. It is shown once.',
};

function testAdvice(channel: string | null): Text {
  if (channel === 'file') {
    return {
      fr: 'Déposez un fichier d’essai signé, qui ne nomme personne, et demandez à son équipe si elle le lit et vérifie sa signature.',
      en: 'Leave a signed test file, which names nobody, and ask its team whether they read it and verify its signature.',
    };
  }
  if (channel === 'email') {
    return {
      fr: 'Écrivez à ses contacts un message d’essai, qui ne nomme personne, et demandez-leur s’il est arrivé.',
      en: 'Write to its contacts a test message, which names nobody, and ask them whether it arrived.',
    };
  }
  if (channel === 'sql') {
    return {
      fr: 'Moissonnez son schéma, puis lisez le plan d’effacement avec son équipe, les lignes d’une personne comptées.',
      en: 'Harvest its schema, then read the erasure plan with its team, a person’s rows counted.',
    };
  }
  if (channel === 'pull') {
    return {
      fr: 'Que l’application appelle une première fois GET /api/v1/orders avec sa clé ; l’onglet « Ordres » montre quand elle est venue.',
      en: 'Have the application call GET /api/v1/orders once with its key; the “Orders” tab shows when it came.',
    };
  }
  return {
    fr: 'Sur l’onglet « Ordres », essayez la connexion : un événement signé qui ne nomme personne, et que l’application acquitte.',
    en: 'On the “Orders” tab, try the connection: a signed event that names nobody, and that the application acknowledges.',
  };
}
