import { type Catalogue, type Column, findColumn, type Reference, type Table, tableKey } from './catalogue.ts';
import type { ErasureMap } from './map.ts';
import { keyWords, namesPersons, tableWords, withoutKeyWords, wordsOf } from './names.ts';

/** Every known way from rows to rows, and the columns that might be one. */
export interface ReferenceGraph {
  readonly all: readonly Reference[];
  /** Columns whose names look like references to a table: never followed, but a row they may use isn't touched. */
  readonly suspected: readonly Reference[];
  from(table: Table): readonly Reference[];
  to(table: Table): readonly Reference[];
}

export function referenceGraph(catalogue: Catalogue, map: ErasureMap): ReferenceGraph {
  const declared = catalogue.tables.flatMap((table) => table.references);
  const mapped = map.joins.map(
    (join): Reference => ({
      name: `map: ${join.from.table} → ${join.to.table}`,
      from: join.from,
      to: join.to,
      onDelete: 'no_action',
      onUpdate: 'no_action',
      isDeferrable: false,
      source: 'map',
    }),
  );
  const known = [...declared, ...mapped];
  const deduced = deduceJoins(catalogue, known);
  const all = [...known, ...deduced];
  return {
    all,
    suspected: suspectJoins(catalogue, all),
    from: (table) => all.filter((reference) => tableKey(reference.from) === tableKey(table)),
    to: (table) => all.filter((reference) => tableKey(reference.to) === tableKey(table)),
  };
}

/** The column that names a row: a single primary key, else a single unique column, else a first column that looks it. */
function keyColumn(table: Table): Column | undefined {
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

function isSameFamily(a: Column, b: Column): boolean {
  return a.family === b.family && (a.family === 'number' || a.family === 'text' || a.family === 'uuid');
}

function isKnown(known: readonly Reference[], table: Table, column: string): boolean {
  return known.some(
    (reference) => tableKey(reference.from) === tableKey(table) && reference.from.columns.includes(column),
  );
}

/**
 * Joins that names say, for schemas without foreign keys: `orders.customer_id` → `customer.id`, `T_COMMANDE.CLI_ID` →
 * `T_CLIENT.CLI_ID`. Within one schema, between types that agree, towards the one table that fits; otherwise nothing.
 */
function deduceJoins(catalogue: Catalogue, known: readonly Reference[]): readonly Reference[] {
  return catalogue.tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (isKnown(known, from, column.name)) return [];
      const isOwnKey = from.primaryKey.length === 1 && from.primaryKey[0] === column.name;
      const targets = catalogue.tables.filter((to) => {
        const key = to.schema === from.schema && to !== from ? keyColumn(to) : undefined;
        if (key === undefined || !isSameFamily(column, key)) return false;
        if (isOwnKey) return isSameSpecificName(column, key) && isHome(to, key) && !isHome(from, column);
        return isSameSpecificName(column, key) ? isHomeOrAlone(catalogue, to, key) : namesTable(column, to);
      });
      const named = targets.filter((target) => namesTable(column, target));
      const fitting = targets.length > 1 && named.length === 1 ? named : targets;
      const [to] = fitting;
      const key = to === undefined ? undefined : keyColumn(to);
      if (to === undefined || key === undefined || fitting.length > 1) return [];
      return [reference(from, column.name, to, key.name)];
    }),
  );
}

function reference(from: Table, column: string, to: Table, key: string): Reference {
  return {
    name: `${from.table}.${column} → ${to.table}.${key}`,
    from: { schema: from.schema, table: from.table, columns: [column] },
    to: { schema: to.schema, table: to.table, columns: [key] },
    onDelete: 'no_action',
    onUpdate: 'no_action',
    isDeferrable: false,
    source: 'deduced',
  };
}

/** `CLI_ID` and `cli_id`, but not `id` and `id`, nor two columns called `email`. */
function isSameSpecificName(column: Column, key: Column): boolean {
  const list = wordsOf(key.name);
  const hasKeyWord = list.some((word) => keyWords.has(word));
  return column.name.toLowerCase() === key.name.toLowerCase() && hasKeyWord && withoutKeyWords(list).length > 0;
}

/** The key bears its table's name: `T_CLIENT.CLI_ID`, `customer.customer_id`. */
function isHome(table: Table, key: Column): boolean {
  const words = withoutKeyWords(wordsOf(key.name));
  const own = tableWords(table.table);
  return (
    words.length > 0 &&
    words.every((word) => own.some((other) => other.startsWith(word) || word.startsWith(other))) &&
    own.length <= words.length
  );
}

function isHomeOrAlone(catalogue: Catalogue, table: Table, key: Column): boolean {
  const rivals = catalogue.tables.filter((other) => {
    const otherKey = other.schema === table.schema && other !== table ? keyColumn(other) : undefined;
    return otherKey?.name.toLowerCase() === key.name.toLowerCase();
  });
  if (rivals.length === 0) return true;
  if (isHome(table, key)) return !rivals.some((rival) => isHome(rival, key));
  return (
    namesPersons(table.table) === 'noun' &&
    !rivals.some((rival) => namesPersons(rival.table) === 'noun' || isHome(rival, key))
  );
}

/** `billing_address_id` ends with the words of `address`; for a guess they must also begin or be a role before it. */
function namesTable(column: Column, table: Table): boolean {
  const list = wordsOf(column.name);
  if (!list.some((word) => keyWords.has(word))) return false;
  const rest = withoutKeyWords(list);
  const own = tableWords(table.table);
  return (
    own.length > 0 &&
    rest.length >= own.length &&
    own.every((word, index) => rest[rest.length - own.length + index] === word)
  );
}

function suspectJoins(catalogue: Catalogue, known: readonly Reference[]): readonly Reference[] {
  return catalogue.tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (isKnown(known, from, column.name)) return [];
      const rest = withoutKeyWords(wordsOf(column.name));
      return catalogue.tables.flatMap((to) => {
        const key = to.schema === from.schema ? keyColumn(to) : undefined;
        if (key === undefined || !isSameFamily(column, key) || (to === from && key.name === column.name)) return [];
        const isOwnKey = from.primaryKey.length === 1 && from.primaryKey[0] === column.name;
        const own = tableWords(to.table);
        const mentions = !isOwnKey && own.length > 0 && own.every((word) => rest.includes(word));
        const isKeyName =
          column.name.toLowerCase() === key.name.toLowerCase() && withoutKeyWords(wordsOf(key.name)).length > 0;
        return mentions || isKeyName ? [reference(from, column.name, to, key.name)] : [];
      });
    }),
  );
}
