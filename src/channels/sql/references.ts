import { anyReferences } from './any-references.ts';
import {
  type AnyReference,
  type Catalogue,
  type Column,
  findColumn,
  findTable,
  type Reference,
  type Table,
  tableKey,
} from './catalogue.ts';
import type { ErasureMap } from './map.ts';
import {
  identityKindOf,
  keyWords,
  namesOperator,
  namesPersons,
  tableWords,
  withoutKeyWords,
  wordsOf,
} from './names.ts';

/** Every known way from rows to rows, and the columns that might be one. */
export interface ReferenceGraph {
  readonly all: readonly Reference[];
  /** Columns whose names look like references to a table: never followed, but a row they may use isn't touched. */
  readonly suspected: readonly Reference[];
  /** Pairs of columns that point to rows of any table. */
  readonly any: readonly AnyReference[];
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
    any: anyReferences(catalogue, (table, column) => isKnown(all, table, column)),
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
  const learned = learnedNames(catalogue, known);
  const acting = learnedActors(catalogue, known);
  return catalogue.tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (isKnown(known, from, column.name)) return [];
      const alike =
        learned(from, column) ??
        acting(from, column) ??
        keyNamedBy(catalogue, from, column) ??
        numberNamedBy(catalogue, from, column);
      if (alike !== undefined) return [alike];
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

/** What a column of this name refers to wherever the schema declares it: `user_id` of a history, as `user_id` elsewhere. */
function learnedNames(
  catalogue: Catalogue,
  known: readonly Reference[],
): (from: Table, column: Column) => Reference | undefined {
  const single = known.filter((each) => each.source === 'declared' && each.from.columns.length === 1);
  return (from, column) => {
    const same = single.filter((each) => each.from.schema === from.schema && each.from.columns[0] === column.name);
    const targets = new Set(same.map((each) => `${tableKey(each.to)}.${each.to.columns[0] ?? ''}`));
    const to = same[0] === undefined ? undefined : findTable(catalogue, same[0].to);
    const key = to === undefined ? undefined : findColumn(to, same[0]?.to.columns[0] ?? '');
    if (targets.size !== 1 || to === undefined || to === from || key === undefined) return undefined;
    const hasKeyWord = wordsOf(column.name).some((word) => keyWords.has(word));
    return hasKeyWord && isSameFamily(column, key) ? reference(from, column.name, to, key.name) : undefined;
  };
}

/** `actor_id` of a log without constraints: whoever acts elsewhere in the schema is of one table, and so is this one. */
function learnedActors(
  catalogue: Catalogue,
  known: readonly Reference[],
): (from: Table, column: Column) => Reference | undefined {
  const acts = known.filter((each) => each.from.columns.length === 1 && namesOperator(each.from.columns[0] ?? ''));
  return (from, column) => {
    if (!namesOperator(column.name) || !wordsOf(column.name).some((word) => idWords.has(word))) return undefined;
    const same = acts.filter((each) => each.from.schema === from.schema);
    const targets = new Set(same.map((each) => tableKey(each.to)));
    const to = targets.size === 1 && same[0] !== undefined ? findTable(catalogue, same[0].to) : undefined;
    const key = to === undefined ? undefined : keyColumn(to);
    if (to === undefined || to === from || key?.baseType !== column.baseType) return undefined;
    return reference(from, column.name, to, key.name);
  };
}

const idWords: ReadonlySet<string> = new Set(['id', 'uid', 'uuid', 'guid']);

/**
 * `MATRICULE` and `MATRICULE_RESP` beside a table whose one key is `MATRICULE`, of the very same type: a text key that
 * has a name of its own is the same thing wherever it stands.
 */
function keyNamedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  if (column.family !== 'text' || identityKindOf(column.name) !== null) return undefined;
  const words = wordsOf(column.name);
  const fits = catalogue.tables.flatMap((to) => {
    const key = to.primaryKey.length === 1 ? findColumn(to, to.primaryKey[0] ?? '') : undefined;
    if (key === undefined || key.baseType !== column.baseType || to.schema !== from.schema) return [];
    if (to === from && key === column) return [];
    const own = wordsOf(key.name);
    const isNamed = own.every((word) => word.length > 2 && !keyWords.has(word) && !genericWords.has(word));
    return isNamed && own.length > 0 && own.every((word) => words.includes(word)) ? [{ to, key }] : [];
  });
  const [fit] = fits;
  return fits.length === 1 && fit !== undefined ? reference(from, column.name, fit.to, fit.key.name) : undefined;
}

/** `order_reference` beside `orders.reference`, indexed or short: the number of a document is a key too. */
function numberNamedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const words = wordsOf(column.name);
  const number = words.at(-1) ?? '';
  if (column.family !== 'text' || words.length < 2 || !numberWords.has(number)) return undefined;
  const fits = catalogue.tables.flatMap((to) => {
    const isNamed = to !== from && to.schema === from.schema && tableWords(to.table).at(-1) === words.at(-2);
    const key = isNamed ? to.columns.find((each) => wordsOf(each.name).join() === number) : undefined;
    const isIndexed = key !== undefined && to.indexes.some((index) => index.parts.join() === key.name);
    const isShort = key?.length !== null && (key?.length ?? 99) <= 32;
    return key !== undefined && (isIndexed || isShort) && key.baseType === column.baseType ? [{ to, key }] : [];
  });
  const [fit] = fits;
  return fits.length === 1 && fit !== undefined ? reference(from, column.name, fit.to, fit.key.name) : undefined;
}

const numberWords: ReadonlySet<string> = new Set(['reference', 'number', 'numero']);

/** Names that keys of many things bear. */
const genericWords: ReadonlySet<string> = new Set([
  'name',
  'label',
  'libelle',
  'title',
  'titre',
  'type',
  'kind',
  'slug',
  'path',
  'session',
  'token',
  'hash',
  'email',
]);

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
