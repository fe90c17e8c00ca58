import type { Text } from '../kernel/index.ts';

/** What this room's journal entries are called. */
export const objectsJournalWords: Readonly<Record<string, Text>> = {
  'object.created': { fr: 'Objet créé', en: 'Object created' },
  'object.changed': { fr: 'Objet modifié', en: 'Object changed' },
  'object.moved': { fr: 'Changement d’état d’un objet', en: 'Object moved along its life cycle' },
  'object.deleted': { fr: 'Objet supprimé', en: 'Object deleted' },
};
