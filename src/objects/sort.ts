import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../kernel/index.ts';
import { nearest, sortable, type TypeModel } from '../model/index.ts';
import type { KeyPart } from './list.ts';
import type { Row } from './rows.ts';

/** One order of a list: an index exists for it, with the id to tell equals apart. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
  /** The physical column; of free text, its own order is that of words. */
  readonly name: string;
  readonly column: RawBuilder<unknown>;
  readonly sqlType: RawBuilder<unknown>;
  readonly isNullable: boolean;
}

export const descendingByDefault = { field: 'created_at', descending: true };

const systemTypes = new Map([
  ['number', sql`text`],
  ['created_at', sql`timestamptz`],
  ['updated_at', sql`timestamptz`],
]);

export function sortOf(
  type: TypeModel,
  terms: readonly { readonly field: string; readonly descending: boolean }[],
): Sort {
  const [term, another] = terms.length === 0 ? [descendingByDefault] : terms;
  if (term === undefined || another !== undefined) throw oneSort();
  const { field, descending } = term;
  const system = systemTypes.get(field);
  const attribute = type.attributes.get(field);
  const name = system === undefined ? attribute?.columns[0] : field;
  if (name === undefined || !sortable(type).includes(field)) throw unknownSort(type, field);
  const column = sql`${sql.ref(`o.${name}`)}`;
  return {
    field,
    descending,
    name,
    column,
    sqlType: system ?? sql.raw(attribute?.type.columns[0]?.sqlType ?? 'text'),
    isNullable: system === undefined,
  };
}

/** The key of a row in this order, as JSON can carry it. */
export function keyOf(sort: Sort, row: Row): readonly KeyPart[] {
  const id = row.id;
  return [part(row[sort.name]), typeof id === 'string' ? id : null];
}

function part(value: unknown): KeyPart {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'object' && 'toISOString' in value && typeof value.toISOString === 'function') {
    return String(value.toISOString());
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

function oneSort(): Refusal {
  return new Refusal('list.sort_invalid', 400, {
    fr: 'Une liste se trie par un seul attribut.',
    en: 'A list is sorted by one attribute only.',
  });
}

function unknownSort(type: TypeModel, field: string): Refusal {
  const known = sortable(type);
  const close = nearest(field, known);
  const isAttribute = type.attributes.has(field);
  return new Refusal('list.sort_invalid', 400, {
    fr: isAttribute
      ? `On ne peut pas trier par « ${field} » : cet attribut n’est pas indexé. Tris possibles : ${known.join(', ')}.`
      : `Tri inconnu « ${field} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`} Tris possibles : ${known.join(', ')}.`,
    en: isAttribute
      ? `Can’t sort by “${field}”: this attribute is not indexed. Possible: ${known.join(', ')}.`
      : `Unknown sort “${field}”.${close === null ? '' : ` Did you mean “${close}”?`} Possible: ${known.join(', ')}.`,
  });
}
