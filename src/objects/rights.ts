import { type RawBuilder, sql } from 'kysely';
import { joined, same, type Text } from '../kernel/index.ts';
import {
  type Condition,
  conditionSql,
  from,
  type Grant,
  isRole,
  type Moment,
  type Operation,
  type Role,
  roles,
  type TypeModel,
} from '../model/index.ts';
import type { Asker } from './acting.ts';
import { calculated, forbidden } from './refusals.ts';
import { databaseOf, type Source } from './rows.ts';

/** Whether one of the asker's roles is among those. The system has them all. */
export function hasRole(asker: Asker, allowed: readonly Role[]): boolean {
  if (asker.kind === 'system') return true;
  return allowed.some((role) => role === 'anyone' || (role !== 'system' && asker.roles.includes(role)));
}

/** Whether they may at least on some objects: which ones is a question to the database. */
export function may(asker: Asker, type: TypeModel, operation: Operation): boolean {
  return asker.kind === 'system' || grantsOf(asker, type, operation).length > 0;
}

function grantsOf(asker: Asker, type: TypeModel, operation: Operation): readonly Grant[] {
  return type.rights[operation].filter((grant) => hasRole(asker, grant.roles));
}

/** The conditions of which one must hold on an object; null when the asker may on any. */
function conditionsOf(asker: Asker, type: TypeModel, operation: Operation): readonly Condition[] | null {
  if (asker.kind === 'system') return null;
  const conditions = grantsOf(asker, type, operation).map((grant) => grant.when);
  return conditions.includes(null) ? null : conditions.filter((condition) => condition !== null);
}

const verbs: Readonly<Record<Operation, Text>> = {
  read: { fr: 'lire', en: 'read' },
  create: { fr: 'créer', en: 'create' },
  update: { fr: 'modifier', en: 'change' },
  delete: { fr: 'supprimer', en: 'delete' },
};

/** Refuses (403) who may on no object at all, and says which roles may. */
export function expectRight(asker: Asker, type: TypeModel, operation: Operation): void {
  if (!may(asker, type, operation)) throw forbidden(roleRefusal(type, operation));
}

function roleRefusal(type: TypeModel, operation: Operation): Text {
  const allowed = grantsText(type.rights[operation]);
  const verb = verbs[operation];
  return {
    fr: `Votre rôle ne permet pas de ${verb.fr} : ${type.label.fr}. Peuvent le faire : ${allowed.fr}.`,
    en: `Your role does not allow you to ${verb.en}: ${type.label.en}. Those who may: ${allowed.en}.`,
  };
}

/** `Architecte, Membre (si « État » est « Brouillon »)`. */
export function grantsText(grants: readonly Grant[]): Text {
  if (grants.length === 0) return rolesText([]);
  return joined(
    grants.map(({ roles: names, when }) => {
      const who = rolesText(names);
      return when === null ? who : { fr: `${who.fr} (si ${when.why.fr})`, en: `${who.en} (if ${when.why.en})` };
    }),
    ', ',
  );
}

export function rolesText(names: readonly string[]): Text {
  if (names.length === 0) return { fr: 'personne', en: 'nobody' };
  return joined(
    names.map((name) => (isRole(name) ? roles[name] : same(name))),
    ', ',
  );
}

/** Why this person may not do this to this object, in words that say what would have to be so; null when they may. */
export async function whyNot(
  source: Source,
  asker: Asker,
  type: TypeModel,
  operation: Operation,
  id: string,
): Promise<Text | null> {
  if (!may(asker, type, operation)) return roleRefusal(type, operation);
  const conditions = conditionsOf(asker, type, operation);
  if (conditions === null) return null;
  const tried = sql<{ holds: boolean }>`
    select ${anyOf(conditions, momentOf(source, asker))} as holds from ${from(type)} as o where o.id = ${id}`;
  const { rows } = await calculated(tried.execute(databaseOf(source)));
  if (rows[0]?.holds === true) return null;
  return neededFor(asker, type, operation);
}

/** Refuses (403) an operation on an object that the asker's rights leave out. Its row is there by now. */
export async function expectRightOn(
  source: Source,
  asker: Asker,
  type: TypeModel,
  operation: Operation,
  id: string,
): Promise<void> {
  const why = await whyNot(source, asker, type, operation, id);
  if (why !== null) throw forbidden(why);
}

/** Which of these objects the asker's rights leave out of an operation, in one query. Their rows are there by now. */
export async function outsideRights(
  source: Source,
  asker: Asker,
  type: TypeModel,
  operation: Operation,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const conditions = conditionsOf(asker, type, operation);
  if (conditions === null || ids.length === 0) return new Set();
  const allowed = conditions.length === 0 ? sql<boolean>`false` : anyOf(conditions, momentOf(source, asker));
  const { rows } = await sql<{ id: string }>`
    select o.id from ${from(type)} as o where o.id = any (${[...ids]}::uuid[]) and not ${allowed}`.execute(
    databaseOf(source),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether the asker's right to that stands on each object. */
export function isConditional(asker: Asker, type: TypeModel, operation: Operation): boolean {
  return conditionsOf(asker, type, operation) !== null;
}

/** In words: on which objects the asker may do that. */
export function neededFor(asker: Asker, type: TypeModel, operation: Operation): Text {
  const conditions = conditionsOf(asker, type, operation) ?? [];
  const verb = verbs[operation];
  const needed = (language: 'fr' | 'en', or: string): string =>
    conditions.map((condition) => condition.why[language]).join(or);
  return {
    fr: `Vous ne pouvez ${verb.fr} cet objet que si : ${needed('fr', ' ; ou ')}.`,
    en: `You may only ${verb.en} this object if: ${needed('en', '; or ')}.`,
  };
}

function anyOf(conditions: readonly Condition[], moment: Moment): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(
    conditions.map((condition) => conditionSql(condition, moment)),
    sql` or `,
  )})`;
}

export function momentOf(source: Source, asker: Asker): Moment {
  const { clock } = 'tx' in source ? source.scope : source;
  return { me: asker.kind === 'user' ? asker.me : null, now: clock.now() };
}

/**
 * What limits the rows of a type to those the asker may read: their perimeters, and the conditions of their rights. Null when
 * nothing does. `o` is the relation's alias.
 */
export function visibleTo(source: Source, asker: Asker, type: TypeModel): RawBuilder<boolean> | null {
  const perimeter = perimeterOf(asker, type);
  const conditions = conditionsOf(asker, type, 'read');
  if (conditions === null) return perimeter;
  const readable = conditions.length === 0 ? sql<boolean>`false` : anyOf(conditions, momentOf(source, asker));
  return perimeter === null ? readable : sql<boolean>`(${perimeter} and ${readable})`;
}

function perimeterOf(asker: Asker, type: TypeModel): RawBuilder<boolean> | null {
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
