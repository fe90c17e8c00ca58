import { Refusal } from '../../kernel/index.ts';
import { type Catalogue, type Column, findColumn, type Table, tableKey } from './catalogue.ts';

/** `table` or `schema.table`, exactly, else whatever the case. Undefined when nothing or several fit. */
export function tryTable(catalogue: Catalogue, name: string): Table | undefined {
  const fits = (same: (a: string, b: string) => boolean): readonly Table[] =>
    catalogue.tables.filter((table) => same(tableKey(table), name) || same(table.table, name));
  const exact = fits((a, b) => a === b);
  const [one, ...more] = exact.length > 0 ? exact : fits((a, b) => a.toLowerCase() === b.toLowerCase());
  return more.length === 0 ? one : [one, ...more].find((table) => table?.schema === 'public');
}

export function tryColumn(table: Table, name: string): Column | undefined {
  return findColumn(table, name) ?? table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** `table.column` or `schema.table.column`. Throws a `Refusal` with the nearest names. */
export function resolveColumn(catalogue: Catalogue, path: string): { readonly table: Table; readonly column: Column } {
  const dot = path.lastIndexOf('.');
  const table = dot > 0 ? tryTable(catalogue, path.slice(0, dot)) : undefined;
  const column = table === undefined ? undefined : tryColumn(table, path.slice(dot + 1));
  if (table !== undefined && column !== undefined) return { table, column };
  const near = nearestColumns(catalogue, path).join(', ');
  throw new Refusal('sql.unknown_column', 422, {
    fr: `Colonne inconnue : ${path}. Écrivez table.colonne${near === '' ? '' : ` ; les plus proches : ${near}`}.`,
    en: `Unknown column: ${path}. Write table.column${near === '' ? '' : `; the nearest are ${near}`}.`,
  });
}

export function nearestTables(catalogue: Catalogue, name: string): readonly string[] {
  const wanted = name.includes('.') ? name : `.${name}`;
  return nearest(
    name,
    catalogue.tables.map((table) => (wanted.startsWith('.') ? table.table : tableKey(table))),
  );
}

export function nearestColumns(catalogue: Catalogue, path: string): readonly string[] {
  const dots = path.split('.').length;
  return nearest(
    path,
    catalogue.tables.flatMap((table) =>
      table.columns.map((column) => `${dots > 2 ? tableKey(table) : table.table}.${column.name}`),
    ),
  );
}

/** Up to three names within a few edits, the nearest first. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(2, Math.floor(name.length / 3));
  return [...new Set(names)]
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** Levenshtein's distance by rows; names too different in length are not computed. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
