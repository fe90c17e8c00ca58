import { type RawBuilder, sql } from 'kysely';
import { actorText } from '../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import { type Acting, systemAsker } from './acting.ts';
import { expectPerimeter } from './create.ts';
import { followFiles } from './files/file.ts';
import { type Change, changesBetween, remember } from './history.ts';
import { type Given, missingRequired, readInput, repeatedValues } from './input.ts';
import { findRow } from './read.ts';
import { conflict, expectType, invalid } from './refusals.ts';
import { expectRight, expectRightOn } from './rights.ts';
import { toObject } from './rows.ts';
import type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';
import { type Cell, cellsOf, type JournalChoice, journal, writeRow } from './write.ts';

export interface UpdateAsked {
  /** Attributes to change; null or '' empties one. What is not named stays. */
  readonly values: Given;
  /** The version the caller read (`If-Match`); null: whatever it is now. */
  readonly version: number | null;
  readonly journal?: JournalChoice;
}

/** Changes attributes. What is already so changes nothing: no version, no history. */
export async function updateObject<Shape extends TypeShape = AnyShape>(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: UpdateAsked,
): Promise<StoredObject<Shape>> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'update');
  const object = await lockObject(writing, acting, type, reference, asked.version);
  await expectRightOn(writing, acting.asker, type, 'update', object.id);
  const change = await readChange(writing, acting, type, object, asked.values);
  if (change.problems.length > 0) throw invalid(type, change.problems);
  if (change.changes.length === 0) return object as StoredObject<Shape>;
  await saveChange(writing, type, object, change.cells);
  await followFiles(writing, type, object.id, change.changes);
  await remember(writing, {
    type,
    object: object.id,
    version: object.version + 1,
    action: 'update',
    transition: null,
    changes: change.changes,
  });
  await journal(writing, asked.journal, 'object.changed', object.id, {
    type: type.name,
    number: object.number,
    version: object.version + 1,
    attributes: change.changes.map(({ attribute }) => attribute),
  });
  return readBack<Shape>(writing, acting, type, object);
}

/** The object as it is, held until the transaction ends; refuses (412) another version than the one asked. */
export async function lockObject(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  reference: string,
  version: number | null,
): Promise<StoredObject> {
  const object = toObject<AnyShape>(type, await findRow(writing, acting, type, reference, true));
  if (version !== null && version !== object.version) throw conflict(object.version);
  return object;
}

export interface ReadChange {
  readonly problems: Parameters<typeof invalid>[1];
  readonly changes: readonly Change[];
  readonly cells: readonly Cell[];
  /** The value an attribute will have. */
  readonly after: (attribute: Attribute) => Value;
}

/** What would change, and everything that stands in the way. */
export async function readChange(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  object: StoredObject,
  given: Given,
): Promise<ReadChange> {
  const input = await readInput(writing, acting, type, given);
  const before = (attribute: Attribute): Value => object.values[attribute.name] ?? null;
  const after = (attribute: Attribute): Value => {
    const value = input.values.get(attribute);
    return value === undefined ? before(attribute) : value;
  };
  const faulty = new Set(input.problems.map((one) => one.pointer));
  const named = new Set([...input.values.keys()].map((attribute) => `/values/${attribute.name}`));
  const missing = missingRequired(type, after).filter((one) => named.has(one.pointer) && !faulty.has(one.pointer));
  const changed = new Map([...input.values].filter(([attribute, to]) => !isSame(before(attribute), to)));
  const problems = [...input.problems, ...missing, ...(await repeatedValues(writing, type, object.id, changed))];
  if (problems.length === 0) {
    const all = new Map([...type.attributes.values()].map((attribute) => [attribute, after(attribute)]));
    expectPerimeter(acting, type, object.id, all);
  }
  return { problems, changes: changesBetween(before, changed), cells: cellsOf(changed), after };
}

function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** One update of the row: the cells, the version, who and when. */
export async function saveChange(
  writing: Writing,
  type: TypeModel,
  object: StoredObject,
  cells: readonly Cell[],
): Promise<void> {
  const all: readonly { readonly column: string; readonly value: RawBuilder<unknown> | unknown }[] = [
    ...cells,
    { column: 'version', value: object.version + 1 },
    { column: 'updated_at', value: writing.now },
    { column: 'updated_by', value: actorText(writing.cause.actor) },
  ];
  const set = all.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`);
  await writeRow(
    writing,
    type,
    sql`update ${sql.table(`model.${type.table}`)} set ${sql.join(set)} where id = ${object.id}`,
  );
}

export async function readBack<Shape extends TypeShape>(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  object: StoredObject,
): Promise<StoredObject<Shape>> {
  return toObject<Shape>(type, await findRow(writing, { ...acting, asker: systemAsker }, type, object.id, false));
}
