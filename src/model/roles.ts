import type { Role as UserRole } from '../access/index.ts';
import type { Text } from '../kernel/index.ts';

/**
 * The words a pack may use for who: the roles users have, and two more. `anyone` is every signed-in user of the
 * organisation; `system` is the product's own code, acting for nobody.
 */
export const roles = {
  admin: { fr: 'Administrateur', en: 'Administrator' },
  dpo: { fr: 'Délégué à la protection des données', en: 'Data protection officer' },
  relay: { fr: 'Relais DPO', en: 'DPO relay' },
  architect: { fr: 'Architecte', en: 'Architect' },
  steward: { fr: 'Data steward', en: 'Data steward' },
  member: { fr: 'Membre', en: 'Member' },
  auditor: { fr: 'Auditeur', en: 'Auditor' },
  anyone: { fr: 'Tout utilisateur', en: 'Any user' },
  system: { fr: 'Socle lui-même', en: 'Socle itself' },
} as const satisfies Readonly<Record<UserRole | 'anyone' | 'system', Text>>;

export type Role = keyof typeof roles;

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

export const roleNames: readonly Role[] = Object.keys(roles).filter(isRole);
