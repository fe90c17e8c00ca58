import { counted, type Text } from '../../kernel/index.ts';
import type { FactWords } from './facts.tsx';

export const keyWords = {
  title: { fr: 'Remplacer la clé de signature', en: 'Replace the signing key' },
  lead: {
    fr: 'Ce qui est déjà signé reste vérifiable : l’ancienne clé désigne la nouvelle, dans une écriture signée par les deux. Publiez la nouvelle partout où l’ancienne l’était, et gardez l’ancienne publiée avec ses dates.',
    en: 'What is signed already stays verifiable: the old key names the new one, in an entry signed by both. Publish the new one wherever the old one was, and keep the old one published with its dates.',
  },
  reason: { fr: 'Pourquoi', en: 'Why' },
  reasonHint: (fingerprint: string): Text => ({
    fr: `Inscrit au journal. Clé remplacée : ${fingerprint}`,
    en: `Written in the journal. Key replaced: ${fingerprint}`,
  }),
  routine: { fr: 'Remplacement régulier', en: 'Regular replacement' },
  suspicion: { fr: 'Quelqu’un a pu lire la clé privée', en: 'Somebody may have read the private key' },
  suspicionHint: {
    fr: 'Il peut encore signer avec elle : dites à vos interlocuteurs depuis quand elle ne compte plus.',
    en: 'They can still sign with it: tell those you deal with from when it no longer counts.',
  },
  replace: { fr: 'Remplacer la clé', en: 'Replace the key' },
  leave: { fr: 'Ne rien changer', en: 'Change nothing' },
  replaced: (fingerprint: string): Text => ({
    fr: `Clé remplacée. Empreinte de la nouvelle : ${fingerprint}. Publiez-la.`,
    en: `Key replaced. Fingerprint of the new one: ${fingerprint}. Publish it.`,
  }),
} as const;

export const words = {
  evidence: { fr: 'Preuves', en: 'Evidence' },
  title: { fr: 'Journal de preuve', en: 'Evidence journal' },
  lead: {
    fr: 'Chaque décision y laisse une écriture numérotée. Une écriture changée, retirée, ajoutée ou déplacée se voit, et se nomme.',
    en: 'Every decision leaves a numbered entry here. An entry that is changed, removed, added or moved shows, and is named.',
  },
  verify: { fr: 'Vérifier tout le journal', en: 'Verify the whole journal' },
  head: { fr: 'Dernier point de contrôle', en: 'Last checkpoint' },
  headLead: {
    fr: 'Signé par Socle. Conservez-en une copie ailleurs : elle seule permet de contredire qui détient à la fois la base et la clé.',
    en: 'Signed by Socle. Keep a copy elsewhere: it alone can contradict whoever holds both the database and the key.',
  },
  download: { fr: 'Télécharger', en: 'Download' },
  entries: { fr: 'Écritures', en: 'Entries' },
  root: { fr: 'Racine', en: 'Root' },
  epoch: { fr: 'Époque', en: 'Epoch' },
  key: { fr: 'Clé publique', en: 'Public key' },
  fingerprint: { fr: 'Empreinte de la clé', en: 'Key fingerprint' },
  number: { fr: 'N°', en: 'No.' },
  at: { fr: 'Quand', en: 'When' },
  what: { fr: 'Quoi', en: 'What' },
  subject: { fr: 'Sur', en: 'About' },
  by: { fr: 'Par', en: 'By' },
  facts: { fr: 'Faits', en: 'Facts' },
  rawFacts: { fr: 'Faits tels que signés (JSON)', en: 'Facts as signed (JSON)' },
  nothing: { fr: 'aucun', en: 'none' },
  none: { fr: 'Aucune écriture pour l’instant', en: 'No entry yet' },
  noneHint: {
    fr: 'La première décision (une demande ouverte, un ordre exécuté) paraîtra ici en une seconde.',
    en: 'The first decision (a request opened, an order executed) will show here within a second.',
  },
  sound: { fr: 'Le journal est intègre', en: 'The journal is whole' },
  unsound: { fr: 'Le journal n’est pas intègre', en: 'The journal is not whole' },
  noEntry: {
    fr: 'Cette écriture n’existe pas, ou n’est pas encore numérotée.',
    en: 'This entry does not exist, or has no number yet.',
  },
  noCheckpoint: {
    fr: 'Aucun point de contrôle : précisez l’organisation (?organisation=nom-court), ou son journal n’a pas commencé.',
    en: 'No checkpoint: say which organisation (?organisation=short-name), or its journal has not begun.',
  },
  entry: (number: number): Text => ({ fr: `Écriture ${number}`, en: `Entry ${number}` }),
  said: { fr: 'Ce qu’elle dit', en: 'What it says' },
  proven: { fr: 'Ce qui le prouve', en: 'What proves it' },
  provenLead: {
    fr: 'L’empreinte du contenu signé, combinée aux empreintes du chemin, donne la racine que le point de contrôle a signée.',
    en: 'The hash of the signed body, combined with the hashes of the path, gives the root that the checkpoint signed.',
  },
  id: { fr: 'Identifiant', en: 'Id' },
  commitments: { fr: 'Engagements', en: 'Commitments' },
  digests: { fr: 'Empreintes de documents', en: 'Digests of documents' },
  hash: { fr: 'Empreinte de l’écriture', en: 'Hash of the entry' },
  path: { fr: 'Chemin', en: 'Path' },
  pathLength: (hashes: number): Text =>
    counted(hashes, { fr: 'empreinte', en: 'hash' }, { fr: 'empreintes', en: 'hashes' }),
  body: { fr: 'Contenu signé (JSON canonique)', en: 'Signed body (canonical JSON)' },
  count: (entries: number): Text =>
    counted(entries, { fr: 'écriture', en: 'entry' }, { fr: 'écritures', en: 'entries' }),
} as const;

const actors: Readonly<Record<string, Text>> = {
  user: { fr: 'un utilisateur', en: 'a user' },
  api_key: { fr: 'une clé d’API', en: 'an API key' },
  application: { fr: 'une application', en: 'an application' },
  person: { fr: 'la personne', en: 'the person' },
  system: { fr: 'Socle', en: 'Socle' },
};

/** `user:0192…` in words; the id itself says nothing to a reader. */
export function actorWords(actor: string): Text {
  return actors[actor.split(':')[0] ?? ''] ?? { fr: actor, en: actor };
}

/** The journal's own entries. */
export const ownKindWords: Readonly<Record<string, Text>> = {
  'journal.opened': { fr: 'Journal ouvert', en: 'Journal opened' },
  'journal.key_changed': { fr: 'Clé de signature remplacée', en: 'Signing key replaced' },
  'journal.epoch_opened': { fr: 'Époque ouverte', en: 'Epoch opened' },
};

/** What they say. */
export const ownFacts: FactWords = {
  names: {
    epoch: words.epoch,
    key: words.key,
    fingerprint: words.fingerprint,
    size: words.entries,
    root: words.root,
    checkpoint: { fr: 'Point de contrôle', en: 'Checkpoint' },
    previous: { fr: 'Époque précédente', en: 'Previous epoch' },
    reason: { fr: 'Motif', en: 'Reason' },
    replaces: { fr: 'Clé remplacée', en: 'Key replaced' },
    statement: { fr: 'Déclaration signée des deux clés', en: 'Statement signed by both keys' },
  },
  value: (name, code) => (name === 'reason' ? (reasons[code] ?? null) : null),
};

/** Why an epoch was opened, or a key replaced. */
const reasons: Readonly<Record<string, Text>> = {
  restore: { fr: 'restauration d’une sauvegarde', en: 'restore of a backup' },
  routine: { fr: 'remplacement régulier', en: 'regular replacement' },
  suspicion: { fr: 'clé peut-être lue par un tiers', en: 'key perhaps read by somebody else' },
};
