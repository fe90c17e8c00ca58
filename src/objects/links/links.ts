import { type RawBuilder, sql } from 'kysely';
import { actorText, type Id, newId, type Problem, Refusal, type Uuid } from '../../kernel/index.ts';
import { from, nearest, type Relation, type TypeModel, type Value, type Values } from '../../model/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { type HistoryAction, remember } from '../history.ts';
import { type Given, missingRequired, readInput } from '../input.ts';
import { findRow, type Named, namesOf, readObject } from '../read.ts';
import { expectType, invalid, problem } from '../refusals.ts';
import { expectRight, expectRightOn } from '../rights.ts';
import { databaseOf, type Source, toObject } from '../rows.ts';
import type { AnyShape, StoredObject } from '../stored-object.ts';
import { type JournalChoice, journal } from '../write.ts';

/** One link as one of its objects sees it. */
export interface Link {
  readonly id: Uuid;
  readonly relation: Relation;
  /** The object on the other side. */
  readonly other: Named;
  /** What is said of the link. */
  readonly values: Values;
  readonly at: Date;
}

export interface LinkAsked {
  readonly relation: string;
  /** The object on the other side: id or number. */
  readonly to: string;
  readonly values?: Given;
  readonly journal?: JournalChoice;
}

/** The relation that a type calls so, or a refusal that suggests the nearest one. */
export function expectRelation(type: TypeModel, name: string): Relation {
  const relation = type.relations.get(name);
  if (relation !== undefined) return relation;
  const close = nearest(name, type.relations.keys());
  throw new Refusal('object.unknown_relation', 404, {
    fr: `${type.label.fr} n’a pas de relation « ${name} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `${type.label.en} has no relation “${name}”.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}

/** A relation's own attributes, where a type's are asked for: to read what is given of them, and to show it. */
export function typeOfLink(type: TypeModel, { attributes }: Relation): TypeModel {
  return { ...type, attributes, children: new Map(), sections: [{ label: null, attributes: [...attributes.keys()] }] };
}

/**
 * Links two objects, or says something else of a link that is there. Whoever may change one of them, and read the other, may. Both are
 * told in their histories, and held until the transaction ends: neither can be deleted meanwhile.
 */
export async function linkObjects(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: LinkAsked,
): Promise<Uuid> {
  const { type, object } = await objectToLink(writing, acting, typeName, reference);
  const relation = expectRelation(type, asked.relation);
  const otherType = expectType(acting.model, relation.to);
  const { values, problems } = await saidOf(writing, acting, type, relation, asked.values ?? {});
  const other = await readObject(writing, acting, otherType.name, asked.to).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  });
  if (other === null) problems.push(noSuchObject(otherType));
  if (other === null || problems.length > 0) throw invalid(type, problems);
  await hold(writing, type, object.id);
  await hold(writing, otherType, other.id);
  const [fromId, toId] = relation.isInverse ? [other.id, object.id] : [object.id, other.id];
  const known = await linkBetween(writing, relation, fromId, toId);
  if (known !== null && isSame(known.said, values)) return known.id;
  const id = known?.id ?? newId(writing.now.getTime());
  await sql`
    insert into objects.link (id, relation, from_id, to_id, said, created_at, created_by)
    values (${id}, ${relation.key}, ${fromId}, ${toId}, ${JSON.stringify(values)}::jsonb, ${writing.now}, ${actorText(writing.cause.actor)})
    on conflict on constraint link_once do update set said = excluded.said`.execute(writing.tx);
  const before = known === null ? null : known.said;
  await tell(writing, { type, object, relation, other, before, after: values, action: 'link' });
  await tell(writing, { ...otherSide(acting, relation, other, object), before, after: values, action: 'link' });
  await journal(writing, asked.journal, 'object.linked', object.id, factsOf(type, object, relation, other));
  return id;
}

/** Takes a link away; what was said of it stays in the histories of both objects. */
export async function unlinkObjects(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  link: string,
  choice?: JournalChoice,
): Promise<void> {
  const { type, object } = await objectToLink(writing, acting, typeName, reference);
  const found = (await linksOf(writing, acting, type, object.id, { link, limit: 1 })).links.at(0);
  if (found === undefined) throw noSuchLink();
  await sql`delete from objects.link where id = ${found.id}`.execute(writing.tx);
  const other = await readObject(writing, acting, found.other.type, found.other.id);
  const gone = { before: found.values, after: null, action: 'unlink' } as const;
  await tell(writing, { type, object, relation: found.relation, other, ...gone });
  await tell(writing, { ...otherSide(acting, found.relation, other, object), ...gone });
  await journal(writing, choice, 'object.unlinked', object.id, factsOf(type, object, found.relation, other));
}

/** Links leave with either of their objects; the other one's history says so. */
export async function removeLinksOf(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  object: StoredObject,
): Promise<void> {
  const whole: Acting = { ...acting, asker: { kind: 'system' } };
  const { links } = await linksOf(writing, whole, type, object.id, { limit: null });
  for (const { relation, other, values } of links) {
    const there = await readObject(writing, whole, other.type, other.id);
    await tell(writing, {
      ...otherSide(whole, relation, there, object),
      before: values,
      after: null,
      action: 'unlink',
    });
  }
  await sql`delete from objects.link where from_id = ${object.id} or to_id = ${object.id}`.execute(writing.tx);
}

export interface LinksAsked {
  /** Of this relation only. */
  readonly relation?: Relation | null;
  /** This one only. */
  readonly link?: string | null;
  /** The last link seen; null from the first. */
  readonly after?: Uuid | null;
  readonly limit: number | null;
}

/** The links of an object that the asker may read to objects that they may read, the oldest first. */
export async function linksOf(
  source: Source,
  acting: Acting,
  type: TypeModel,
  id: Uuid,
  asked: LinksAsked,
): Promise<{ readonly links: readonly Link[]; readonly next: Uuid | null }> {
  const wanted = [...type.relations.values()].filter((one) => (asked.relation ?? one) === one);
  const sides = wanted.map(({ key, name, isInverse }) => ({ key, name, isInverse }));
  if (sides.length === 0) return { links: [], next: null };
  const conditions: RawBuilder<unknown>[] = [
    ...(asked.link == null ? [] : [sql`k.id::text = ${asked.link}`]),
    ...(asked.after == null ? [] : [sql`k.id > ${asked.after}`]),
  ];
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const { rows } = await sql<LinkRow>`
    select k.id, s.name, case when s.is_inverse then k.from_id else k.to_id end as other, k.said, k.created_at as at
      from unnest(${sides.map((one) => one.key)}::text[], ${sides.map((one) => one.name)}::text[], ${sides.map((one) => one.isInverse)}::boolean[])
        as s(key, name, is_inverse)
      join objects.link as k on k.relation = s.key and case when s.is_inverse then k.to_id else k.from_id end = ${id}
       and (k.from_id = ${id} or k.to_id = ${id})
     where ${where} order by k.id ${asked.limit === null ? sql`` : sql`limit ${asked.limit + 1}`}`.execute(
    databaseOf(source),
  );
  const shown = asked.limit === null ? rows : rows.slice(0, asked.limit);
  const targets = shown.flatMap((row) => {
    const relation = type.relations.get(row.name);
    return relation === undefined ? [] : [{ type: relation.to, id: row.other }];
  });
  const names = await namesOf(source, acting, targets);
  const links = shown.flatMap((row) => {
    const relation = type.relations.get(row.name);
    const other = names.get(row.other);
    if (relation === undefined || other === undefined) return [];
    return [{ id: row.id, relation, other, values: row.said, at: row.at }];
  });
  return { links, next: shown.length < rows.length ? (shown.at(-1)?.id ?? null) : null };
}

interface LinkRow {
  readonly id: Uuid;
  readonly name: string;
  readonly other: Uuid;
  readonly said: Record<string, Value>;
  readonly at: Date;
}

async function objectToLink(writing: Writing, acting: Acting, typeName: string, reference: string) {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'update');
  const object = toObject<AnyShape>(type, await findRow(writing, acting, type, reference, false));
  await expectRightOn(writing, acting.asker, type, 'update', object.id);
  return { type, object };
}

async function saidOf(writing: Writing, acting: Acting, type: TypeModel, relation: Relation, given: Given) {
  const shape = typeOfLink(type, relation);
  const input = await readInput(writing, acting, shape, given);
  const values: Record<string, Value> = {};
  for (const attribute of relation.attributes.values()) {
    const value = input.values.get(attribute);
    const said = value === undefined ? attribute.defaultValue : value;
    if (said !== null) values[attribute.name] = said;
  }
  const faulty = new Set(input.problems.map(({ pointer }) => pointer));
  const missing = missingRequired(shape, ({ name }) => values[name] ?? null);
  const problems: Problem[] = [...input.problems, ...missing.filter(({ pointer }) => !faulty.has(pointer))];
  return { values, problems };
}

/** Keeps the object from being deleted until the transaction ends; others may link it and change it. */
async function hold(writing: Writing, type: TypeModel, id: Id<'object'>): Promise<void> {
  const { rows } = await sql`select 1 from ${from(type)} as o where o.id = ${id} for key share`.execute(writing.tx);
  if (rows.length === 0) throw invalid(type, [noSuchObject(type)]);
}

async function linkBetween(writing: Writing, { key }: Relation, fromId: Uuid, toId: Uuid) {
  const { rows } = await sql<{ id: Uuid; said: Record<string, Value> }>`
    select id, said from objects.link where relation = ${key} and from_id = ${fromId} and to_id = ${toId} for update`.execute(
    writing.tx,
  );
  return rows[0] ?? null;
}

function isSame(a: Values, b: Values): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => JSON.stringify(a[name] ?? null) === JSON.stringify(b[name] ?? null));
}

interface Told {
  readonly type: TypeModel;
  readonly object: StoredObject;
  readonly relation: Relation;
  readonly other: StoredObject;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly action: Extract<HistoryAction, 'link' | 'unlink'>;
}

function otherSide({ model }: Acting, relation: Relation, other: StoredObject, object: StoredObject) {
  const type = expectType(model, relation.to);
  return { type, object: other, relation: expectRelation(type, relation.inverse), other: object };
}

/** In an object's history: the relation, the other object, and what is said of the link. */
async function tell(writing: Writing, { type, object, relation, other, before, after, action }: Told): Promise<void> {
  const end = (values: Values | null): Value =>
    values === null ? null : JSON.parse(JSON.stringify({ type: other.type, id: other.id, ...withValues(values) }));
  const change = { attribute: relation.name, from: end(before), to: end(after) };
  const { id, version } = object;
  await remember(writing, { type, object: id, version, action, transition: null, changes: [change] });
}

function withValues(values: Values): { readonly values?: Values } {
  return Object.keys(values).length === 0 ? {} : { values };
}

function factsOf(type: TypeModel, object: StoredObject, relation: Relation, other: StoredObject) {
  return { type: type.name, number: object.number, relation: relation.name, other: other.number };
}

function noSuchObject(type: TypeModel): Problem {
  return problem('to', 'value.no_such_object', {
    fr: `Aucun objet « ${type.label.fr} » n’a cet identifiant ni ce numéro.`,
    en: `No “${type.label.en}” has this id or number.`,
  });
}

export function noSuchLink(): Refusal {
  return new Refusal('object.no_link', 404, {
    fr: 'Ce lien n’existe pas, ou plus.',
    en: 'There is no such link, or no longer.',
  });
}
