import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../kernel/index.ts';
import { compileFilter, from, type TypeModel } from '../model/index.ts';
import type { Acting } from './acting.ts';
import { calculated, expectType } from './refusals.ts';
import { expectRight, momentOf, visibleTo } from './rights.ts';
import { columnsOf, databaseOf, type Row, type Source, toObject } from './rows.ts';
import { searchCondition } from './search.ts';
import { descendingByDefault, keyOf, type Sort, sortOf } from './sort.ts';
import type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';

/** A value of the key of the last row shown. */
export type KeyPart = string | number | boolean | null;

export interface ListAsked {
  /** A condition in CEL; null for none. */
  readonly filter?: string | null;
  /** The beginning of a number or of a searchable attribute. */
  readonly search?: string | null;
  readonly sort?: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit?: number;
  /** The key of the last row seen; null from the start. */
  readonly after?: readonly KeyPart[] | null;
  readonly at?: string | null;
  readonly scenario?: string | null;
}

export interface ObjectList<Shape extends TypeShape = AnyShape> {
  readonly items: readonly StoredObject<Shape>[];
  /** The key after which the next page begins; null at the end. */
  readonly next: readonly KeyPart[] | null;
}

/**
 * A page of objects the asker may see, in the order asked, by keyset: page 4,000 costs what page 1 does. What is not
 * filled comes last, in both directions.
 */
export async function listObjects<Shape extends TypeShape = AnyShape>(
  source: Source,
  acting: Acting,
  typeName: string,
  asked: ListAsked = {},
): Promise<ObjectList<Shape>> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'read');
  const sort = sortOf(type, asked.sort ?? [descendingByDefault]);
  const limit = asked.limit ?? 25;
  const where = conditionsOf(source, acting, type, asked);
  const rows = await pageOfRows(source, acting, type, asked, sort, where, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toObject<Shape>(type, row)),
    next: rows.length > limit && last !== undefined ? keyOf(sort, last) : null,
  };
}

/**
 * Which objects a list, a number or a picture is about: those the asker may see and the filter keeps. One condition on
 * `from(type) as o`; whatever is read, counted or drawn of objects goes by it.
 */
export function selection(
  source: Source,
  acting: Acting,
  type: TypeModel,
  asked: Pick<ListAsked, 'filter' | 'search'>,
): RawBuilder<unknown> {
  const where = conditionsOf(source, acting, type, asked);
  return where.length === 0 ? sql`true` : sql.join([...where], sql` and `);
}

function conditionsOf(
  source: Source,
  acting: Acting,
  type: TypeModel,
  asked: Pick<ListAsked, 'filter' | 'search'>,
): readonly RawBuilder<unknown>[] {
  const text = asked.filter?.trim() ?? '';
  const filter = text === '' ? null : compileFilter(acting.model, type, text, momentOf(source, acting.asker));
  const search = asked.search?.trim() ?? '';
  const visible = visibleTo(source, acting.asker, type);
  return [
    // A filter that can fail on a row would tell of rows out of sight by failing: they are left out before it is tried.
    ...(visible !== null && filter?.canFail === true
      ? [sql`case when ${visible} then ${filter.condition} else false end`]
      : [visible, filter?.condition ?? null]),
    search === '' ? null : searchCondition(type, search),
  ].filter((condition) => condition !== null);
}

/**
 * Two ranges of one index, read one after the other: what is filled, then what isn't. A single condition over both would
 * read the index from its start.
 */
async function pageOfRows(
  source: Source,
  acting: Acting,
  type: TypeModel,
  asked: ListAsked,
  sort: Sort,
  where: readonly RawBuilder<unknown>[],
  count: number,
): Promise<readonly Row[]> {
  const read = async (range: readonly RawBuilder<unknown>[], order: RawBuilder<unknown>, limit: number) => {
    const all = [...range, ...where];
    const condition = all.length === 0 ? sql`true` : sql.join(all, sql` and `);
    const query = sql<Row>`
      select ${columnsOf(type, momentOf(source, acting.asker))} from ${from(type, asked)} as o where ${condition} order by ${order} limit ${limit}`;
    return (await calculated(query.execute(databaseOf(source)))).rows;
  };
  const after = asked.after ?? null;
  if (after !== null && after.length !== 2) throw badKey();
  const [value, id] = after ?? [];
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const beyond = sort.descending ? sql`<` : sql`>`;
  const isInFilled = after === null || value !== null;
  const filled = sort.isNullable ? [sql`${sort.column} is not null`] : [];
  const first = isInFilled
    ? await read(
        after === null ? filled : [sql`(${sort.column}, o.id) ${beyond} (${value}::${sort.sqlType}, ${id}::uuid)`],
        sql`${sort.column} ${direction}, o.id ${direction}`,
        count,
      )
    : [];
  if (!sort.isNullable || first.length >= count) return first;
  const empty = sql`${sort.column} is null`;
  const range = isInFilled ? [empty] : [empty, sql`o.id ${beyond} ${id}::uuid`];
  return [...first, ...(await read(range, sql`o.id ${direction}`, count - first.length))];
}

function badKey(): Refusal {
  return new Refusal('list.cursor_invalid', 400, {
    fr: 'Ce curseur n’est pas celui de cette liste. Reprenez la liste depuis le début.',
    en: 'This cursor does not belong to this list. Begin the list again.',
  });
}

export interface Count {
  readonly count: number;
  /** False: an estimate, of the right order. */
  readonly isExact: boolean;
}

/** Beyond it, a count is estimated: it must never cost more than the page it stands above. */
const countedExactly = 5_000;

/** How many objects a list has: exact when few, else what the planner knows, rounded to two digits. */
export async function countObjects(
  source: Source,
  acting: Acting,
  typeName: string,
  asked: ListAsked = {},
): Promise<Count> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'read');
  const condition = selection(source, acting, type, asked);
  const estimate = await estimated(source, sql`select 1 from ${from(type, asked)} as o where ${condition}`);
  if (estimate <= countedExactly) {
    const counted = sql<{ n: number }>`
      select count(*)::int as n from (select 1 from ${from(type, asked)} as o where ${condition} limit ${countedExactly + 1}) as counted`;
    const { rows } = await calculated(counted.execute(databaseOf(source)));
    const count = rows[0]?.n ?? 0;
    if (count <= countedExactly) return { count, isExact: true };
  }
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, estimate))) - 1);
  return { count: Math.max(countedExactly, Math.round(estimate / size) * size), isExact: false };
}

async function estimated(source: Source, query: RawBuilder<unknown>): Promise<number> {
  const explained = sql<{ 'QUERY PLAN': unknown }>`explain (format json) ${query}`;
  const { rows } = await calculated(explained.execute(databaseOf(source)));
  const plan: unknown = rows[0]?.['QUERY PLAN'];
  const first: unknown = Array.isArray(plan) ? plan[0] : undefined;
  const top = typeof first === 'object' && first !== null && 'Plan' in first ? first.Plan : undefined;
  const count = typeof top === 'object' && top !== null && 'Plan Rows' in top ? top['Plan Rows'] : 0;
  return typeof count === 'number' ? count : 0;
}
