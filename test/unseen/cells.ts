/** One row's values as text, by column; null is the database's null. */
export type Row = ReadonlyMap<string, string | null>;

/** Every row of a database: table → row's key → row. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** `table[key].column`, or `table[key]` for the row itself. */
export interface Cell {
  readonly table: string;
  readonly key: string;
  /** Null: the row itself, which came or went. */
  readonly column: string | null;
}

export function cellText({ table, key, column }: Cell): string {
  return column === null ? `${table}[${key}]` : `${table}[${key}].${column}`;
}

/** A cell that is not as it was. */
export interface Change {
  readonly cell: Cell;
  readonly before: string | null;
  readonly after: string | null;
}

/** Every cell that differs; a row that went is one change of the row and one of each value that it held. */
export function changesBetween(before: Snapshot, after: Snapshot): readonly Change[] {
  const tables = new Set([...before.keys(), ...after.keys()]);
  return [...tables].flatMap((table) =>
    tableChanges(table, before.get(table) ?? new Map(), after.get(table) ?? new Map()),
  );
}

type Rows = ReadonlyMap<string, Row>;

function tableChanges(table: string, before: Rows, after: Rows): readonly Change[] {
  const gone = [...before].filter(([key]) => !after.has(key));
  const came = [...after].filter(([key]) => !before.has(key));
  // A key that was itself replaced: as many rows came as went, so they are the same rows under other keys.
  const isRekeyed = gone.length === came.length;
  const replaced = isRekeyed ? pairedByLikeness(gone, came) : new Map<string, Row>();
  const changed = [...before].flatMap(([key, row]) => {
    const now = after.get(key) ?? replaced.get(key);
    const cells = rowChanges(table, key, row, now ?? new Map());
    return now === undefined ? [{ cell: { table, key, column: null }, before: '', after: null }, ...cells] : cells;
  });
  const added = isRekeyed ? [] : came.map(([key]) => ({ cell: { table, key, column: null }, before: null, after: '' }));
  return [...changed, ...added];
}

/** Each row that went with the one that came which has most of its values. */
function pairedByLikeness(
  gone: readonly (readonly [string, Row])[],
  came: readonly (readonly [string, Row])[],
): ReadonlyMap<string, Row> {
  const left = came.map(([, row]) => row);
  return new Map(
    gone.flatMap(([key, row]) => {
      const alike = left.map((other) => [...row].filter(([column, value]) => other.get(column) === value).length);
      const [best] = left.splice(alike.indexOf(Math.max(...alike)), 1);
      return best === undefined ? [] : [[key, best] as const];
    }),
  );
}

function rowChanges(table: string, key: string, before: Row, after: Row): readonly Change[] {
  return [...before].flatMap(([column, value]) => {
    const now = after.get(column) ?? null;
    return now === value ? [] : [{ cell: { table, key, column }, before: value, after: now }];
  });
}
