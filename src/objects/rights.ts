import { type RawBuilder, sql } from 'kysely';
import { joined, same, type Text } from '../kernel/index.ts';
import { isRole, type Operation, type Role, roles, type TypeModel } from '../model/index.ts';
import type { Asker } from './acting.ts';
import { forbidden } from './refusals.ts';

/** Whether one of the asker's roles is among those. The system has them all. */
export function hasRole(asker: Asker, allowed: readonly Role[]): boolean {
  if (asker.kind === 'system') return true;
  return allowed.some((role) => role === 'anyone' || (role !== 'system' && asker.roles.includes(role)));
}

export function may(asker: Asker, type: TypeModel, operation: Operation): boolean {
  return hasRole(asker, type.rights[operation]);
}

const verbs: Readonly<Record<Operation, Text>> = {
  read: { fr: 'lire', en: 'read' },
  create: { fr: 'créer', en: 'create' },
  update: { fr: 'modifier', en: 'change' },
  delete: { fr: 'supprimer', en: 'delete' },
};

/** Refuses (403) who may not, and says which roles may. */
export function expectRight(asker: Asker, type: TypeModel, operation: Operation): void {
  if (may(asker, type, operation)) return;
  const allowed = rolesText(type.rights[operation]);
  const verb = verbs[operation];
  throw forbidden({
    fr: `Votre rôle ne permet pas de ${verb.fr} : ${type.label.fr}. Peuvent le faire : ${allowed.fr}.`,
    en: `Your role does not allow you to ${verb.en}: ${type.label.en}. Those who may: ${allowed.en}.`,
  });
}

export function rolesText(names: readonly string[]): Text {
  if (names.length === 0) return { fr: 'personne', en: 'nobody' };
  return joined(
    names.map((name) => (isRole(name) ? roles[name] : same(name))),
    ', ',
  );
}

/** What limits the rows of a type to the asker's perimeters; null when nothing does. `o` is the relation's alias. */
export function perimeterOf(asker: Asker, type: TypeModel): RawBuilder<boolean> | null {
  if (asker.kind === 'system' || asker.perimeters === null || type.perimeter === null) return null;
  const column = type.perimeter === 'self' ? 'id' : type.attributes.get(type.perimeter)?.columns[0];
  if (column === undefined) throw new Error(`${type.name} has no perimeter column`);
  return sql<boolean>`${sql.ref(`o.${column}`)} = any (${[...asker.perimeters]}::uuid[])`;
}

/** Whether an object with these values would be in the asker's perimeters. */
export function isInPerimeter(
  asker: Asker,
  type: TypeModel,
  id: string,
  value: (attribute: string) => unknown,
): boolean {
  if (asker.kind === 'system' || asker.perimeters === null || type.perimeter === null) return true;
  const place = type.perimeter === 'self' ? id : value(type.perimeter);
  return typeof place === 'string' && asker.perimeters.includes(place);
}
