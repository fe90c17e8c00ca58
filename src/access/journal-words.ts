import type { Text } from '../kernel/index.ts';
import { isRole } from './permissions.ts';
import { roleNames, words } from './words.ts';

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

/** How their facts are read. */
export const accessFactWords = {
  names: {
    roles: words.roles,
    role: words.role,
    expires: { fr: 'Expire', en: 'Expires' },
    isActive: { fr: 'Compte actif', en: 'Active account' },
    perimeters: { fr: 'Périmètres', en: 'Perimeters' },
  },
  value: (name: string, code: string): Text | null =>
    (name === 'role' || name === 'roles') && isRole(code) ? roleNames[code] : null,
};
