import type { Text } from '../kernel/index.ts';

/** What this room's journal entries say, by kind. */
export const repositoryJournalWords: Readonly<Record<string, Text>> = {
  'application.connected': { fr: 'Application raccordée', en: 'Application connected' },
  'application.harvested': { fr: 'Schéma moissonné', en: 'Schema harvested' },
  'application.limits_changed': { fr: 'Limites d’envoi modifiées', en: 'Sending limits changed' },
  'application.reconnected': { fr: 'Raccordement modifié', en: 'Connection changed' },
  'field.judged': { fr: 'Catégorie d’un champ décidée', en: 'Category of a field decided' },
  'field.verdict_withdrawn': { fr: 'Décision sur un champ retirée', en: 'Decision on a field withdrawn' },
};
