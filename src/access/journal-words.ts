import type { Text } from '../kernel/index.ts';

/** What this room's journal entries say, by kind. */
export const accessJournalWords: Readonly<Record<string, Text>> = {
  'organisation.created': { fr: 'Organisation créée', en: 'Organisation created' },
  'user.created': { fr: 'Utilisateur créé', en: 'User created' },
  'user.changed': { fr: 'Utilisateur modifié', en: 'User changed' },
  'user.deleted': { fr: 'Utilisateur supprimé', en: 'User deleted' },
  'user.password_changed': { fr: 'Mot de passe changé', en: 'Password changed' },
  'key.created': { fr: 'Clé d’API créée', en: 'API key created' },
  'key.revoked': { fr: 'Clé d’API révoquée', en: 'API key revoked' },
};
