import type { Text } from '../kernel/index.ts';
import type { Role } from './permissions.ts';

/** The words of this room's pages. */
export const words = {
  administration: { fr: 'Administration', en: 'Administration' },
  email: { fr: 'Adresse e-mail', en: 'E-mail address' },
  password: { fr: 'Mot de passe', en: 'Password' },
  name: { fr: 'Nom', en: 'Name' },
  roles: { fr: 'Rôles', en: 'Roles' },
  role: { fr: 'Rôle', en: 'Role' },
  save: { fr: 'Enregistrer', en: 'Save' },
  alreadyDone: { fr: 'C’était déjà fait ; rien n’a été ajouté.', en: 'It was done already; nothing was added.' },
  saved: { fr: 'Enregistré', en: 'Saved' },
  state: { fr: 'État', en: 'State' },
} as const satisfies Record<string, Text>;

export const roleNames: Readonly<Record<Role, Text>> = {
  admin: { fr: 'Administrateur', en: 'Administrator' },
  dpo: { fr: 'DPO', en: 'DPO' },
  relay: { fr: 'Relais DPO', en: 'DPO relay' },
  architect: { fr: 'Architecte', en: 'Architect' },
  steward: { fr: 'Data steward', en: 'Data steward' },
  member: { fr: 'Membre', en: 'Member' },
  auditor: { fr: 'Auditeur', en: 'Auditor' },
};

/** What each role is for, where one chooses. */
export const roleHints: Readonly<Record<Role, Text>> = {
  admin: {
    fr: 'Gère les utilisateurs, les clés et le modèle ; ne voit pas les personnes concernées.',
    en: 'Manages users, keys and the model; does not see data subjects.',
  },
  dpo: {
    fr: 'Traite et décide les demandes, pilote les purges, tient le registre.',
    en: 'Handles and decides requests, runs purges, keeps the register.',
  },
  relay: {
    fr: 'Traite les demandes de son périmètre ; le DPO décide.',
    en: 'Handles the requests of their perimeter; the DPO decides.',
  },
  architect: {
    fr: 'Tient la cartographie et connecte les applications.',
    en: 'Keeps the landscape and connects applications.',
  },
  steward: {
    fr: 'Tient le glossaire et le dictionnaire de données.',
    en: 'Keeps the glossary and the data dictionary.',
  },
  member: { fr: 'Lit le référentiel et le registre.', en: 'Reads the repository and the register.' },
  auditor: { fr: 'Lit tout, ne modifie rien.', en: 'Reads everything, changes nothing.' },
};

export function rolesText(roles: readonly Role[]): Text {
  return {
    fr: roles.map((role) => roleNames[role].fr).join(', '),
    en: roles.map((role) => roleNames[role].en).join(', '),
  };
}

export const administration = { id: 'administration', text: words.administration, order: 900 } as const;
