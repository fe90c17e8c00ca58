import { type RawBuilder, sql } from 'kysely';
import { actorText, type Id } from '../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import { changesBetween, rememberAll } from './history.ts';
import type { StoredObject } from './stored-object.ts';
import { allotNumbers, writeRow } from './write.ts';

export interface NewObject {
  readonly id: Id<'object'>;
  /** Of every attribute that is filled in: null where nothing is. */
  readonly values: ReadonlyMap<Attribute, Value>;
}

/**
 * Writes new objects of a type in one statement, with their numbers and their history. What they hold was checked; whether they
 * may be created is the caller's to ask, before or after. Returns their numbers, in order.
 */
export async function insertObjects(
  writing: Writing,
  type: TypeModel,
  objects: readonly NewObject[],
): Promise<readonly string[]> {
  if (objects.length === 0) return [];
  const numbers = await allotNumbers(writing, type, objects.length);
  const state = type.lifecycle?.initial ?? null;
  const actor = actorText(writing.cause.actor);
  const attributes = [...(objects[0]?.values.keys() ?? [])];
  const given = cellsFor(attributes, (attribute) => objects.map(({ values }) => values.get(attribute) ?? null));
  const ids = objects.map(({ id }) => id);
  const columns = ['id', 'number', 'state', 'created_at', 'created_by', 'updated_at', 'updated_by'];
  await writeRow(
    writing,
    type,
    sql`insert into ${sql.table(`model.${type.table}`)} (${sql.join([...columns, ...given.columns].map((name) => sql.ref(name)))})
        select ${sql.join([sql`r.id, r.number, ${state}::text, ${writing.now}::timestamptz, ${actor}, ${writing.now}::timestamptz, ${actor}`, ...given.values])}
          from unnest(${sql.join([sql`${ids}::uuid[], ${numbers}::text[]`, ...given.arrays])}) as r(${sql.join([sql`id, number`, ...given.names])})`,
  );
  await rememberAll(
    writing,
    objects.map(({ id, values }) => ({
      type,
      object: id,
      version: 1,
      action: 'create',
      transition: null,
      changes: changesBetween(() => null, values),
    })),
  );
  return numbers;
}

export interface ChangedObject {
  /** As it is, locked. */
  readonly object: StoredObject;
  /** What changes, and only that. */
  readonly values: ReadonlyMap<Attribute, Value>;
}

/** Writes changes of objects of a type in one statement, with their versions and their history. The objects are locked by the caller. */
export async function changeObjects(
  writing: Writing,
  type: TypeModel,
  changed: readonly ChangedObject[],
): Promise<void> {
  if (changed.length === 0) return;
  const attributes = [...new Set(changed.flatMap(({ values }) => [...values.keys()]))];
  const given = cellsFor(attributes, (attribute) =>
    changed.map(
      ({ object, values }) => (values.has(attribute) ? values.get(attribute) : object.values[attribute.name]) ?? null,
    ),
  );
  const ids = changed.map(({ object }) => object.id);
  const set = given.columns.map((name, at) => sql`${sql.ref(name)} = ${given.values[at]}`);
  await writeRow(
    writing,
    type,
    sql`update ${sql.table(`model.${type.table}`)} as o
           set ${sql.join([...set, sql`version = o.version + 1, updated_at = ${writing.now}, updated_by = ${actorText(writing.cause.actor)}`])}
          from unnest(${sql.join([sql`${ids}::uuid[]`, ...given.arrays])}) as r(${sql.join([sql`id`, ...given.names])})
         where o.id = r.id`,
  );
  await rememberAll(
    writing,
    changed.map(({ object, values }) => ({
      type,
      object: object.id,
      version: object.version + 1,
      action: 'update',
      transition: null,
      changes: changesBetween((attribute) => object.values[attribute.name] ?? null, values),
    })),
  );
}

interface Cells {
  /** Physical columns. */
  readonly columns: readonly string[];
  /** For each: all its values as one array of texts, the name of that array's rows, and a row's value. */
  readonly arrays: readonly RawBuilder<unknown>[];
  readonly names: readonly RawBuilder<unknown>[];
  readonly values: readonly RawBuilder<unknown>[];
}

/** One array a column, whatever the number of rows: PostgreSQL reads each text as the column's type. */
function cellsFor(attributes: readonly Attribute[], valuesOf: (attribute: Attribute) => readonly Value[]): Cells {
  const cells = attributes.flatMap((attribute) => {
    const encoded = valuesOf(attribute).map((value) => (value === null ? [] : attribute.type.encode(value)));
    return attribute.columns.map((column, place) => ({
      column,
      sqlType: attribute.type.columns[place]?.sqlType ?? 'text',
      texts: encoded.map((stored) => storedText(stored[place])),
    }));
  });
  return {
    columns: cells.map(({ column }) => column),
    arrays: cells.map(({ texts }) => sql`${texts}::text[]`),
    names: cells.map((_, at) => sql.ref(`c${at}`)),
    values: cells.map(({ sqlType }, at) => sql`${sql.ref(`r.c${at}`)}::${sql.raw(sqlType)}`),
  };
}

/** A database value as PostgreSQL reads it. */
export function storedText(stored: unknown): string | null {
  if (stored === null || stored === undefined) return null;
  if (typeof stored === 'string') return stored;
  if (stored instanceof Date) return stored.toISOString();
  if (Array.isArray(stored)) return `{${stored.map((one) => JSON.stringify(storedText(one))).join(',')}}`;
  return typeof stored === 'object' ? JSON.stringify(stored) : String(stored);
}
