import { type Column, findColumn, type Reference, type Table, type TableName } from './catalogue.ts';
import { keyWords, tableWords, withoutKeyWords, wordsOf } from './names.ts';
import { spokenName } from './spoken.ts';

/** The column that names a row: a single primary key, else a single unique column, else a first column that looks it. */
export function keyColumn(table: Table): Column | undefined {
  const single = (columns: readonly string[]): Column | undefined =>
    columns.length === 1 ? findColumn(table, columns[0] ?? '') : undefined;
  const primary = single(table.primaryKey);
  if (primary !== undefined || table.primaryKey.length > 0) return primary;
  const unique = table.uniques.filter((each) => !each.isExpression && !each.isPartial);
  const first = table.columns[0];
  const words = first === undefined ? [] : wordsOf(first.name);
  const isBare = withoutKeyWords(words).length === 0;
  const isNamedKey =
    words.some((word) => keyWords.has(word)) && first !== undefined && (isBare || isHome(table, first));
  return (
    unique.map((each) => single(each.columns)).find((column) => column !== undefined) ??
    (isNamedKey ? first : undefined)
  );
}

export function isSameFamily(a: Column, b: Column): boolean {
  return a.family === b.family && (a.family === 'number' || a.family === 'text' || a.family === 'uuid');
}

export function nameOf({ schema, table, spoken }: TableName): TableName {
  return spoken === undefined ? { schema, table } : { schema, table, spoken };
}

export function reference(from: Table, column: string, to: Table, key: string): Reference {
  return {
    name: `${from.table}.${column} → ${to.table}.${key}`,
    from: { ...nameOf(from), columns: [column] },
    to: { ...nameOf(to), columns: [key] },
    onDelete: 'no_action',
    onUpdate: 'no_action',
    isDeferrable: false,
    source: 'deduced',
  };
}

/** `CLI_ID` and `cli_id`, but not `id` and `id`, nor two columns called `email`. */
export function isSameSpecificName(column: Column, key: Column): boolean {
  const list = wordsOf(key.name);
  const hasKeyWord = list.some((word) => keyWords.has(word));
  return column.name.toLowerCase() === key.name.toLowerCase() && hasKeyWord && withoutKeyWords(list).length > 0;
}

/** The key bears its table's name: `T_CLIENT.CLI_ID`, `customer.customer_id`. */
export function isHome(table: Table, key: Column): boolean {
  const words = withoutKeyWords(wordsOf(key.name));
  const own = tableWords(spokenName(table));
  return (
    words.length > 0 &&
    words.every((word) => own.some((other) => other.startsWith(word) || word.startsWith(other))) &&
    own.length <= words.length
  );
}

const archive =
  /^(deleted|archived?|history|historique|backup)|^(old|former|anciene?s?|hist|arch|bak|tmp|trash)_|(deleted|archives?|archived|history|historique|backup)$|_(old|copy|copie|hist|arch|bak|tmp|trash)$/i;

/** `deletedborrowers`, `client_archive`: a copy of rows that were, whose key bears the name of the living table's. */
export function isArchive(table: Table): boolean {
  return archive.test(spokenName(table));
}

/** Without the archives among several tables: rows point to those that live. */
export function livingAmong<T>(fits: readonly T[], tableOf: (fit: T) => Table): readonly T[] {
  const living = fits.filter((fit) => !isArchive(tableOf(fit)));
  return living.length > 0 ? living : fits;
}
