import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Id } from '../kernel/index.ts';
import {
  type Attribute,
  columnValues,
  formatTitle,
  groundOf,
  type Moment,
  type TypeModel,
  type Value,
} from '../model/index.ts';
import type { Database, Scope, Writing } from '../store/index.ts';
import type { StoredObject, TypeShape } from './stored-object.ts';

/** Reading works outside of a transaction and inside the one that writes. */
export type Source = Scope | Writing;

export function databaseOf(source: Source): Kysely<Database> {
  return 'tx' in source ? source.tx : source.db;
}

const systemColumnNames = [
  'id',
  'number',
  'state',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
] as const;

export type Row = Readonly<Record<string, unknown>>;

/** The columns of a type's relation, aliased `o`, that `toObject` reads. */
export function columnsOf(type: TypeModel, moment: Moment): RawBuilder<unknown> {
  const system = systemColumnNames.map((name) => sql.ref(`o.${name}`));
  const own = [...type.attributes.values()].flatMap((attribute) => readFrom(attribute, moment));
  return sql.join([...system, ...own]);
}

/** The attribute's columns, or the calculation that is made when it is read. */
function readFrom({ type, columns, computed }: Attribute, moment: Moment): readonly RawBuilder<unknown>[] {
  const { value, isStored = true } = computed?.() ?? {};
  if (isStored || value === undefined) return columns.map((name) => sql`${sql.ref(`o.${name}`)}`);
  const calculated = columnValues(value, type.expression, groundOf({ moment }));
  return columns.map((name, at) => sql`${calculated[at]} as ${sql.ref(name)}`);
}

export function toObject<Shape extends TypeShape>(type: TypeModel, row: Row): StoredObject<Shape> {
  const values: Record<string, Value> = {};
  for (const attribute of type.attributes.values()) {
    const stored = attribute.columns.map((column) => row[column]);
    values[attribute.name] = stored[0] === null || stored[0] === undefined ? null : attribute.type.decode(stored);
  }
  const number = text(row.number);
  const object: StoredObject = {
    type: type.name,
    id: text(row.id) as Id<'object'>,
    number,
    title: titleOf(type, number, values),
    state: row.state === null ? null : text(row.state),
    version: typeof row.version === 'number' ? row.version : 0,
    createdAt: instant(row.created_at),
    createdBy: text(row.created_by),
    updatedAt: instant(row.updated_at),
    updatedBy: text(row.updated_by),
    values,
  };
  return object as StoredObject<Shape>;
}

/** Titles are the same for every reader: values of attributes as French writes them, codes as they are. */
export function titleOf(type: TypeModel, number: string, values: Readonly<Record<string, Value>>): string {
  const title = formatTitle(type.title, (name) => {
    if (name === 'number') return number;
    const value = values[name] ?? null;
    const attribute = type.attributes.get(name);
    if (value === null || attribute === undefined) return '';
    return attribute.type.show(value, { language: 'fr', timeZone: 'Europe/Paris' });
  });
  return title === '' ? number : title;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('a system column is not text');
  return value;
}

function instant(value: unknown): Date {
  if (!(value instanceof Date)) throw new Error('a system column is not an instant');
  return value;
}
