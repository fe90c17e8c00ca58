import type { Allow, Who } from '../http/index.ts';
import { Refusal } from '../kernel/index.ts';

/** What a user or a key is in the organisation. One may be several. */
export const roles = ['admin', 'dpo', 'relay', 'architect', 'steward', 'member', 'auditor'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may do what: the whole table. A permission is named after what is done; rooms name permissions, not roles,
 * except where a rule itself speaks of a role (the DPO signs).
 * Reading is given line by line too, because an auditor reads everything and changes nothing.
 */
export const permissions = {
  // The organisation itself
  'users.read': ['admin', 'auditor'],
  'users.manage': ['admin'],
  'keys.read': ['admin', 'auditor'],
  'keys.manage': ['admin'],
  'operation.read': ['admin', 'auditor'],
  'operation.manage': ['admin'],
  'model.change': ['admin'],
  'model.draft': ['admin', 'architect', 'steward'],
  // Compliance
  'persons.read': ['dpo', 'relay', 'auditor'],
  'requests.read': ['dpo', 'relay', 'auditor'],
  'requests.handle': ['dpo', 'relay'],
  'requests.decide': ['dpo'],
  'register.read': ['admin', 'dpo', 'relay', 'architect', 'steward', 'member', 'auditor'],
  'register.change': ['dpo', 'relay'],
  'retention.run': ['dpo'],
  // Repository
  'repository.read': ['admin', 'dpo', 'relay', 'architect', 'steward', 'member', 'auditor'],
  'repository.change': ['architect', 'steward'],
  'applications.connect': ['admin', 'architect', 'dpo'],
  // Evidence
  'journal.read': ['admin', 'dpo', 'relay', 'architect', 'steward', 'auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/**
 * Whoever holds the machine's data folder can do anything to it anyway: the operator's token has every role that acts,
 * and what it does is recorded as the operator's.
 */
export const operatorRoles: readonly Role[] = ['admin', 'dpo', 'architect', 'steward'];

export type Permission = keyof typeof permissions;

/** True when one of their roles has the permission. */
export function can(who: Pick<Who, 'roles'>, permission: Permission): boolean {
  const allowed: readonly string[] = permissions[permission];
  return who.roles.some((role) => allowed.includes(role));
}

/** Refuses (403) who lacks the permission. */
export function permit(who: Pick<Who, 'roles'>, permission: Permission): void {
  if (!can(who, permission)) throw forbidden();
}

/** The same, for a route: `app.get('/users', { allow: may('users.read') }, …)`. */
export function may(permission: Permission): Allow {
  return Object.assign((who: Pick<Who, 'roles'>): void => permit(who, permission), { right: permission });
}

/** Refuses (403) who has none of these roles: for rules that speak of a role themselves. */
export function require(who: Pick<Who, 'roles'>, ...wanted: readonly Role[]): void {
  const names: readonly string[] = wanted;
  if (!who.roles.some((role) => names.includes(role))) throw forbidden();
}

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

function forbidden(): Refusal {
  return new Refusal('access.forbidden', 403, {
    fr: 'Votre rôle ne permet pas cette action. Demandez-la à un administrateur de votre organisation.',
    en: 'Your role does not allow this. Ask an administrator of your organisation.',
  });
}
