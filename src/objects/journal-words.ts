import type { Text } from '../kernel/index.ts';

/** What this room's journal entries say, by kind. */
export const objectsJournalWords: Readonly<Record<string, Text>> = {
  'object.created': { fr: 'Objet créé', en: 'Object created' },
  'object.changed': { fr: 'Objet modifié', en: 'Object changed' },
  'object.moved': { fr: 'Objet changé d’état', en: 'Object changed state' },
  'object.deleted': { fr: 'Objet supprimé', en: 'Object deleted' },
};
