import type { Text } from '../../kernel/index.ts';

/**
 * The first thing that does not hold in a journal.
 * - `changed`, `missing`, `added`, `reordered`: an entry, or one of a range where only a checkpoint could tell;
 * - `hash`: the entry is as signed, but the hash or the tile kept of it was altered;
 * - `checkpoint`: a stored checkpoint isn't signed by this journal's key, or breaks the sequence of epochs;
 * - `key`: the signing key is gone or isn't this installation's, isn't the one given, or changed without both signatures;
 * - `against`: the checkpoint given from outside isn't of this journal, or the journal contradicts it.
 */
export type FindingKind = 'changed' | 'missing' | 'added' | 'reordered' | 'hash' | 'checkpoint' | 'key' | 'against';

export interface Finding {
  readonly kind: FindingKind;
  /** The first bad entry; null when no entry can be named. */
  readonly number: number | null;
  /** The last entry of the range it lies in; the same number when it is known exactly. */
  readonly through: number | null;
  readonly text: Text;
}

const at = (kind: FindingKind, number: number, text: Text): Finding => ({ kind, number, through: number, text });

export const findings = {
  changed: (number: number): Finding =>
    at('changed', number, {
      fr: `L’écriture ${number} a été modifiée : elle ne correspond plus à l’empreinte signée.`,
      en: `Entry ${number} was changed: it no longer matches its signed hash.`,
    }),

  relabelled: (number: number): Finding =>
    at('changed', number, {
      fr: `L’écriture ${number} a été modifiée : ses colonnes ne disent pas ce que dit son contenu signé.`,
      en: `Entry ${number} was changed: its columns don’t say what its signed body says.`,
    }),

  missing: (number: number): Finding =>
    at('missing', number, {
      fr: `L’écriture ${number} manque : elle a été signée, puis supprimée.`,
      en: `Entry ${number} is missing: it was signed, then deleted.`,
    }),

  added: (number: number): Finding =>
    at('added', number, {
      fr: `L’écriture ${number} a été ajoutée : elle n’a jamais été signée à cette place.`,
      en: `Entry ${number} was added: it was never signed at this place.`,
    }),

  unsigned: (number: number, last: number): Finding => ({
    kind: 'added',
    number,
    through: last,
    text: {
      fr: `L’écriture ${number} a été ajoutée : aucun point de contrôle signé ne la couvre (écritures ${number} à ${last}).`,
      en: `Entry ${number} was added: no signed checkpoint covers it (entries ${number} to ${last}).`,
    },
  }),

  reordered: (number: number, home: number | null): Finding =>
    at('reordered', number, {
      fr: `L’écriture ${number} a été déplacée${home === null ? '' : ` : celle qui a été signée à cette place se trouve en ${home}`}.`,
      en: `Entry ${number} was reordered${home === null ? '' : `: the one that was signed at this place stands at ${home}`}.`,
    }),

  changedWithHash: (from: number, through: number): Finding => ({
    kind: 'changed',
    number: from,
    through,
    text: {
      fr: `${from === through ? `L’écriture ${from}` : `Une des écritures ${from} à ${through}`} a été modifiée avec son empreinte : l’arbre n’a plus la racine que le point de contrôle ${through === from ? '' : 'suivant '}a signée.`,
      en: `${from === through ? `Entry ${from}` : `One of the entries ${from} to ${through}`} was changed together with its hash: the tree no longer has the root that the ${through === from ? '' : 'next '}checkpoint signed.`,
    },
  }),

  hash: (number: number): Finding =>
    at('hash', number, {
      fr: `L’empreinte conservée de l’écriture ${number} a été modifiée ; l’écriture elle-même est telle que signée.`,
      en: `The hash kept of entry ${number} was changed; the entry itself is as signed.`,
    }),

  tile: (from: number, through: number): Finding => ({
    kind: 'hash',
    number: from,
    through,
    text: {
      fr: `Une empreinte intermédiaire de l’arbre (écritures ${from} à ${through}) a été modifiée ; les écritures sont telles que signées.`,
      en: `An upper hash of the tree (entries ${from} to ${through}) was changed; the entries are as signed.`,
    },
  }),

  extraTiles: (): Finding => ({
    kind: 'hash',
    number: null,
    through: null,
    text: {
      fr: 'L’arbre conservé a des empreintes en trop ou en moins ; les écritures sont telles que signées.',
      en: 'The tree as kept has too many or too few hashes; the entries are as signed.',
    },
  }),

  checkpoint: (from: number, size: number): Finding => ({
    kind: 'checkpoint',
    number: from,
    through: size,
    text: {
      fr: `Le point de contrôle à ${size} écritures n’est pas signé par la clé de ce journal : les écritures ${from} à ${size} ne sont plus prouvées.`,
      en: `The checkpoint at ${size} entries isn’t signed by this journal’s key: entries ${from} to ${size} are no longer proven.`,
    },
  }),

  epoch: (from: number, size: number): Finding => ({
    kind: 'checkpoint',
    number: from,
    through: size,
    text: {
      fr: `Le point de contrôle à ${size} écritures change d’époque sans l’écriture qui ouvre une époque et nomme le point de contrôle précédent.`,
      en: `The checkpoint at ${size} entries changes epoch without the entry that opens an epoch and names the previous checkpoint.`,
    },
  }),

  key: (): Finding => ({
    kind: 'key',
    number: null,
    through: null,
    text: {
      fr: 'La clé qui signe ce journal manque ou n’a pas été scellée par cette installation : rien ne peut être prouvé avec cette base.',
      en: 'The key that signs this journal is missing or wasn’t sealed by this installation: nothing can be proven with this database.',
    },
  }),

  keyChange: (number: number): Finding => ({
    kind: 'key',
    number,
    through: number,
    text: {
      fr: `L’écriture ${number} change la clé de signature sans que l’ancienne et la nouvelle l’aient signée toutes deux.`,
      en: `Entry ${number} changes the signing key without the signature of both the old and the new one.`,
    },
  }),

  unknownKey: (): Finding => ({
    kind: 'key',
    number: null,
    through: null,
    text: {
      fr: 'La clé donnée n’est aucune de celles qui ont signé ce journal : comparez avec « socle journal key », et avec ce que l’organisme a publié.',
      en: 'The key given is none of those that signed this journal: compare with “socle journal key”, and with what the organisation published.',
    },
  }),

  foreignCheckpoint: (): Finding => ({
    kind: 'against',
    number: null,
    through: null,
    text: {
      fr: 'Le point de contrôle donné n’est pas de ce journal, ou n’est pas signé par sa clé : comparez avec « socle journal key ».',
      en: 'The checkpoint given isn’t of this journal, or isn’t signed by its key: compare with “socle journal key”.',
    },
  }),

  contradicted: (size: number): Finding => ({
    kind: 'against',
    number: 1,
    through: size,
    text: {
      fr: `Le journal contredit le point de contrôle donné : une des écritures 1 à ${size} a été modifiée depuis, et le journal signé de nouveau.`,
      en: `The journal contradicts the checkpoint given: one of the entries 1 to ${size} was changed since, and the journal signed again.`,
    },
  }),

  truncated: (from: number, through: number): Finding => ({
    kind: 'missing',
    number: from,
    through,
    text: {
      fr: `Il manque les écritures ${from} à ${through} : le point de contrôle donné les a signées, le journal ne les a plus.`,
      en: `Entries ${from} to ${through} are missing: the checkpoint given signed them, the journal no longer has them.`,
    },
  }),

  lostInRestore: (from: number, through: number, epoch: number): Finding => ({
    kind: 'missing',
    number: from,
    through,
    text: {
      fr: `Il manque les écritures ${from} à ${through} que le point de contrôle donné a signées : elles ont été perdues à la restauration qui a ouvert l’époque ${epoch}.`,
      en: `Entries ${from} to ${through}, which the checkpoint given signed, are missing: they were lost in the restore that opened epoch ${epoch}.`,
    },
  }),
} as const;
