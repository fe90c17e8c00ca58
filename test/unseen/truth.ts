import { parse } from 'yaml';
import { z } from 'zod';
import { type Cell, cellText, type Snapshot } from './cells.ts';

/** `table: { 'key, key': [column, column] }`; `'*'` is every column of the row and the row itself. */
const cellMap = z.record(z.string(), z.record(z.string(), z.union([z.literal('*'), z.array(z.string()).min(1)])));
const outcome = z.enum(['executed', 'partly', 'not_found', 'refused', 'failed']);

const truthFile = z.strictObject({
  about: z.string(),
  person: z.array(z.strictObject({ kind: z.string(), value: z.string() })).min(1),
  /** What tells one row from another where the table declares no primary key. */
  keys: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  /** Ways to find persons that only who runs the application can say. */
  identities: z.array(z.strictObject({ kind: z.string(), column: z.string() })).default([]),
  outcome,
  /** Values that name this person alone: any cell that holds one must be erased or free, or the truth is wrong. */
  traces: z.array(z.string().min(4)),
  erased: cellMap,
  free: z.array(z.strictObject({ why: z.string(), cells: cellMap })).default([]),
  /** Holds a trace and rightly stays: why, and which cells. */
  stays: z.array(z.strictObject({ why: z.string(), cells: cellMap })).default([]),
  /** What is wrong today. The list may only become shorter. */
  known: z
    .strictObject({
      missed: cellMap.default({}),
      wrecked: cellMap.default({}),
      outcome: outcome.optional(),
      /** It said that it was done, and it was not. */
      untrue: z.boolean().default(false),
      /** Why, as far as it is understood. */
      why: z.string(),
    })
    .optional(),
});

export type Truth = z.infer<typeof truthFile>;
type CellMap = z.infer<typeof cellMap>;

export function readTruth(text: string): Truth {
  return truthFile.parse(parse(text));
}

/** Cells by their text, as `cellText` writes them. */
export type Cells = ReadonlyMap<string, Cell>;

/** The cells that a map names. Throws for one that the database doesn't hold: a truth must be about something. */
export function cellsOf(map: CellMap, snapshot: Snapshot): Cells {
  const cells = Object.entries(map).flatMap(([table, keys]) =>
    Object.entries(keys).flatMap(([list, columns]) =>
      list.split(', ').flatMap((key) => cellsOfRow(table, key, columns, snapshot)),
    ),
  );
  return new Map(cells.map((cell) => [cellText(cell), cell]));
}

function cellsOfRow(table: string, key: string, columns: '*' | readonly string[], snapshot: Snapshot): readonly Cell[] {
  const row = snapshot.get(table)?.get(key);
  if (row === undefined) throw new Error(`the truth names a row that does not exist: ${table}[${key}]`);
  if (columns === '*') return [null, ...row.keys()].map((column) => ({ table, key, column }));
  const unknown = columns.find((column) => !row.has(column));
  if (unknown !== undefined) throw new Error(`the truth names a column that does not exist: ${table}.${unknown}`);
  return columns.map((column) => ({ table, key, column }));
}

/** What the truth says of each cell of this database. Throws where the truth contradicts itself. */
export interface Judgement {
  readonly erased: Cells;
  readonly free: Cells;
}

export function judgementOf(truth: Truth, snapshot: Snapshot): Judgement {
  const erased = cellsOf(truth.erased, snapshot);
  const free = cellsOfAll(truth.free, snapshot);
  const stays = cellsOfAll(truth.stays, snapshot);
  const empty = [...erased.values()].filter((cell) => !textIn(cell, snapshot));
  if (empty.length > 0) throw new Error(`nothing to erase in ${empty.map(cellText).join(', ')}`);
  const forgotten = tracesIn(snapshot, truth.traces).filter(
    (cell) => !erased.has(cell) && !free.has(cell) && !stays.has(cell),
  );
  if (forgotten.length > 0) throw new Error(`the truth says nothing of ${forgotten.join(', ')}`);
  return { erased, free };
}

function cellsOfAll(groups: readonly { readonly cells: CellMap }[], snapshot: Snapshot): Cells {
  return new Map(groups.flatMap(({ cells }) => [...cellsOf(cells, snapshot)]));
}

function textIn({ table, key, column }: Cell, snapshot: Snapshot): string | null {
  return column === null ? null : (snapshot.get(table)?.get(key)?.get(column) ?? null);
}

/** The cells that hold one of the values, in any case. */
export function tracesIn(snapshot: Snapshot, traces: readonly string[]): readonly string[] {
  const sought = traces.map((trace) => trace.toLowerCase());
  return [...snapshot].flatMap(([table, rows]) =>
    [...rows].flatMap(([key, row]) =>
      [...row].flatMap(([column, value]) => {
        const text = value?.toLowerCase();
        return text !== undefined && sought.some((trace) => text.includes(trace))
          ? [cellText({ table, key, column })]
          : [];
      }),
    ),
  );
}
