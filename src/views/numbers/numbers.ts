import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../../kernel/index.ts';
import { type Axis, from, summedColumns, type TypeModel } from '../../model/index.ts';
import { calculated, columnsRead, databaseOf, momentOf, selection } from '../../objects/index.ts';
import type { Looking } from '../looking.ts';
import { type Group, groupsOf } from './groups.ts';

export interface NumbersAsked {
  readonly filter: string | null;
  /** What they are told by: none, one or two. */
  readonly axes: readonly Axis[];
  /** The attribute added up, of the objects where it is filled; null: objects are counted. */
  readonly sum: string | null;
}

/** One number: of the objects in these groups, one of each axis. */
export interface Cell {
  /** The place of its group in each axis. */
  readonly at: readonly number[];
  readonly count: number;
  /** In the database's own steps (an amount × 10⁴…); null when objects are counted. */
  readonly total: bigint | null;
  /** Of an amount or a quantity: sums in two units are never one number. */
  readonly unit: string | null;
}

export interface Numbers {
  readonly axes: readonly (readonly Group[])[];
  readonly cells: readonly Cell[];
}

/** More would neither draw nor read. */
const mostGroups = 1_000;

interface Counted {
  readonly keys: readonly (string | null)[];
  readonly unit: string | null;
  readonly count: string;
  readonly total: string | null;
}

/**
 * Counts or adds up the objects that the reader may see, by groups, in one query:
 *
 *   select array[state] as keys, count(*) … from (select … from model.order as o where … rights … filter) as g group by state
 *
 * Refuses (422) more groups than anybody reads.
 */
export async function numbersOf(looking: Looking, type: TypeModel, asked: NumbersAsked): Promise<Numbers> {
  const rows = await counted(looking, type, asked);
  if (rows.length > mostGroups) throw tooMany();
  const axes: (readonly Group[])[] = [];
  for (const [at, axis] of asked.axes.entries()) {
    const found = new Map<string | null, number>();
    for (const { keys, count } of rows) {
      const key = keys[at] ?? null;
      found.set(key, (found.get(key) ?? 0) + Number(count));
    }
    axes.push(await groupsOf(looking, type, axis, found));
  }
  return { axes, cells: cellsOf(rows, axes) };
}

async function counted(looking: Looking, type: TypeModel, asked: NumbersAsked): Promise<readonly Counted[]> {
  const { scope, acting } = looking;
  const summed = asked.sum === null ? undefined : type.attributes.get(asked.sum);
  const sum = summed === undefined ? null : summedColumns(summed);
  const keys = asked.axes.map((axis) => keyOf(type, axis, looking.reading.timeZone));
  const unit = sum === null || sum.unit === null ? null : sql.ref(`g.${sum.unit}`);
  const by = [...keys, ...(unit === null ? [] : [unit])];
  const query = sql<Counted>`
    select array[${keys.length === 0 ? sql`` : sql.join(keys)}]::text[] as keys, ${unit ?? sql`null::text`} as unit,
           count(*)::text as count, ${sum === null ? sql`null` : sql`sum(${sql.ref(`g.${sum.amount}`)})::text`} as total
      from (select ${columnsRead(type, momentOf(scope, acting.asker))} from ${from(type)} as o
             where ${selection(scope, acting, type, { filter: asked.filter })}) as g
     ${sum === null ? sql`` : sql`where ${sql.ref(`g.${sum.amount}`)} is not null`}
     ${by.length === 0 ? sql`` : sql`group by ${sql.join(by)}`}
     limit ${mostGroups + 1}`;
  return (await calculated(query.execute(databaseOf(scope)))).rows;
}

/** What objects of one group have in common, as text: a value, or the first day of a period. */
function keyOf(type: TypeModel, { attribute, per }: Axis, timeZone: string): RawBuilder<unknown> {
  const own = type.attributes.get(attribute);
  const column = sql.ref(`g.${own?.columns[0] ?? attribute}`);
  if (per === null) return sql`${column}::text`;
  const isInstant = own === undefined || own.type.kind === 'datetime';
  const day = isInstant ? sql`(${column} at time zone ${sql.lit(timeZone)})` : sql`${column}::timestamp`;
  return sql`to_char(date_trunc(${sql.lit(per)}, ${day}), 'YYYY-MM-DD')`;
}

/** Groups that read the same to this person (objects they can't see) are one, and so are their numbers. */
function cellsOf(rows: readonly Counted[], axes: Numbers['axes']): readonly Cell[] {
  const places = axes.map((groups) => {
    const place = new Map<string | null, number>();
    groups.forEach((group, at) => {
      for (const key of group.keys) place.set(key, at);
    });
    return place;
  });
  const cells = new Map<string, Cell>();
  for (const { keys, unit, count, total } of rows) {
    const at = places.map((place, axis) => place.get(keys[axis] ?? null) ?? 0);
    const name = `${at.join(' ')} ${unit ?? ''}`;
    const before = cells.get(name);
    cells.set(name, {
      at,
      unit,
      count: (before?.count ?? 0) + Number(count),
      total: total === null ? null : (before?.total ?? 0n) + BigInt(total),
    });
  }
  return [...cells.values()];
}

function tooMany(): Refusal {
  return new Refusal('view.too_many_groups', 422, {
    fr: `Cela ferait plus de ${mostGroups} groupes : rien n’est dessiné. Filtrez, regroupez par une période plus longue ou par un autre attribut.`,
    en: `That would make more than ${mostGroups} groups: nothing is drawn. Filter, or group by a longer period or another attribute.`,
  });
}
