import { namesActing } from './actors.ts';
import { anyReferences } from './any-references.ts';
import {
  type AnyReference,
  type Catalogue,
  type Column,
  columnKey,
  findTable,
  type Reference,
  type Table,
  type TableName,
  tableKey,
} from './catalogue.ts';
import { isArchive, isHome, isSameFamily, isSameSpecificName, keyColumn, nameOf, reference } from './key-names.ts';
import type { ErasureMap } from './map.ts';
import {
  actorAlone,
  extendedBy,
  keyNamedBy,
  learnedActors,
  learnedNames,
  nounAlone,
  numberNamedBy,
  personNamedBy,
  prefixedNoun,
  shortKeyOf,
} from './named-keys.ts';
import { keyWords, namesPersons, tableWords, withoutKeyWords, wordsOf } from './names.ts';
import { spokenName } from './spoken.ts';

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
      from: { ...nameOf(findTable(catalogue, join.from) ?? join.from), columns: join.from.columns },
      to: { ...nameOf(findTable(catalogue, join.to) ?? join.to), columns: join.to.columns },
      onDelete: 'no_action',
      onUpdate: 'no_action',
      isDeferrable: false,
      source: 'map',
    }),
  );
  const known = [...declared, ...mapped];
  const deduced = deduceJoins(catalogue, known);
  const all = [...known, ...deduced];
  const isKnown = knownIn(all);
  const [from, to] = [grouped(all, (each) => each.from), grouped(all, (each) => each.to)];
  return {
    all,
    suspected: suspectJoins(catalogue, isKnown),
    any: anyReferences(catalogue, isKnown),
    from: (table) => from.get(tableKey(table)) ?? [],
    to: (table) => to.get(tableKey(table)) ?? [],
  };
}

function grouped(all: readonly Reference[], end: (each: Reference) => TableName): ReadonlyMap<string, Reference[]> {
  const groups = new Map<string, Reference[]>();
  for (const each of all) {
    const key = tableKey(end(each));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

type IsKnown = (table: Table, column: string) => boolean;

/** Whether a column already is part of a reference. */
function knownIn(known: readonly Reference[]): IsKnown {
  const columns = new Set(known.flatMap(({ from }) => from.columns.map((column) => columnKey(from, column))));
  return (table, column) => columns.has(columnKey(table, column));
}

/**
 * Joins that names say, for schemas without foreign keys: `orders.customer_id` → `customer.id`, `T_COMMANDE.CLI_ID` →
 * `T_CLIENT.CLI_ID`. Within one schema, between types that agree, towards the one table that fits; otherwise nothing.
 */
function deduceJoins(catalogue: Catalogue, known: readonly Reference[]): readonly Reference[] {
  const learned = learnedNames(catalogue, known);
  const acting = learnedActors(catalogue, known);
  const isKnown = knownIn(known);
  return catalogue.tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (isKnown(from, column.name)) return [];
      const alike =
        learned(from, column) ??
        acting(from, column) ??
        keyNamedBy(catalogue, from, column) ??
        numberNamedBy(catalogue, from, column) ??
        personNamedBy(catalogue, from, column) ??
        extendedBy(catalogue, from, column) ??
        shortKeyOf(catalogue, from, column) ??
        prefixedNoun(catalogue, from, column) ??
        (known.length === 0 ? nounAlone(catalogue, from, column) : undefined);
      if (alike !== undefined) return [alike];
      const isOwnKey = from.primaryKey.length === 1 && from.primaryKey[0] === column.name;
      const targets = catalogue.tables.filter((to) => {
        const key = to.schema === from.schema && to !== from ? keyColumn(to) : undefined;
        if (key === undefined || !isSameFamily(column, key)) return false;
        if (isOwnKey) return isSameSpecificName(column, key) && isHome(to, key) && !isHome(from, column);
        return isSameSpecificName(column, key) ? isHomeOrAlone(catalogue, to, key) : namesTable(column, to, from);
      });
      const named = targets.filter((target) => namesTable(column, target, from));
      const fitting = targets.length > 1 && named.length === 1 ? named : targets;
      const [to] = fitting.length === 0 && !isOwnKey ? elsewhere(catalogue, from, column) : fitting;
      const key = to === undefined ? undefined : keyColumn(to);
      if (to === undefined && fitting.length === 0) return actorAlone(catalogue, from, column) ?? [];
      if (to === undefined || key === undefined || fitting.length > 1) return [];
      return [reference(from, column.name, to, key.name)];
    }),
  );
}

/** The table of another schema whose key bears this name and its table's, where there is just one: `claims.claim.contract_id`. */
function elsewhere(catalogue: Catalogue, from: Table, column: Column): readonly Table[] {
  const homes = catalogue.tables.filter((to) => {
    const key = to.schema === from.schema ? undefined : keyColumn(to);
    return key !== undefined && key.baseType === column.baseType && isSameSpecificName(column, key) && isHome(to, key);
  });
  return homes.length === 1 ? homes : [];
}

function isHomeOrAlone(catalogue: Catalogue, table: Table, key: Column): boolean {
  const rivals = catalogue.tables.filter((other) => {
    const otherKey = other.schema === table.schema && other !== table ? keyColumn(other) : undefined;
    return otherKey?.name.toLowerCase() === key.name.toLowerCase() && !isArchive(other);
  });
  if (rivals.length > 0 && isArchive(table)) return false;
  if (rivals.length === 0) return true;
  if (isHome(table, key)) return !rivals.some((rival) => isHome(rival, key));
  return (
    namesPersons(spokenName(table)) === 'noun' &&
    !rivals.some((rival) => namesPersons(spokenName(rival)) === 'noun' || isHome(rival, key))
  );
}

/**
 * `billing_address_id` ends with the words of `address`; `fk_user_modif`, `users_id_tech` and `useridfrom` begin with a
 * noun of persons, and a part they play comes after it.
 */
function namesTable(column: Column, table: Table, from: Table): boolean {
  const list = wordsOf(column.name);
  const own = tableWords(spokenName(table));
  if (own.length === 0) return false;
  if (!list.some((word) => keyWords.has(word))) return isGluedKey(list, own);
  const rest = withoutKeyWords(list);
  const isFrom = (start: number): boolean => own.every((word, index) => rest[start + index] === word);
  if (rest.length >= own.length && isFrom(rest.length - own.length)) return true;
  if (isOfOwn(rest, own, tableWords(spokenName(from)))) return true;
  const isPart = !keyWords.has(list.at(-1) ?? '') && namesPersons(spokenName(table)) === 'noun';
  return isPart && rest.length === own.length + 1 && isFrom(0) && namesPart(rest);
}

/** `orders.shipping_address_id` beside `order_address`: the pointing table's own name goes without saying. */
function isOfOwn(rest: readonly string[], own: readonly string[], pointing: readonly string[]): boolean {
  const said = own.filter((word) => !pointing.includes(word));
  const isLonger = said.length > 0 && said.length < own.length && own[0] === pointing[0];
  return (
    isLonger &&
    rest.length >= said.length &&
    said.every((word, index) => rest[rest.length - said.length + index] === word)
  );
}

/** `contextid`, `enrolid`: the name of a table and a key written as one word. */
function isGluedKey(list: readonly string[], own: readonly string[]): boolean {
  return list.length === 1 && list[0] === `${own.join('')}id`;
}

const partWords: ReadonlySet<string> = new Set(
  'from to recipient destinataire mere pere parent parrain tuteur conjoint payeur payer livre tech lastupdater'.split(
    ' ',
  ),
);

function namesPart(words: readonly string[]): boolean {
  return partWords.has(words.at(-1) ?? '') || namesActing(words.join('_'));
}

function suspectJoins(catalogue: Catalogue, isKnown: IsKnown): readonly Reference[] {
  return catalogue.tables.flatMap((from) =>
    from.columns.flatMap((column) => {
      if (isKnown(from, column.name)) return [];
      const rest = withoutKeyWords(wordsOf(column.name));
      return catalogue.tables.flatMap((to) => {
        const key = to.schema === from.schema ? keyColumn(to) : undefined;
        if (key === undefined || !isSameFamily(column, key) || (to === from && key.name === column.name)) return [];
        const isOwnKey = from.primaryKey.length === 1 && from.primaryKey[0] === column.name;
        const own = tableWords(spokenName(to));
        const mentions = !isOwnKey && own.length > 0 && own.every((word) => rest.includes(word));
        const isKeyName =
          (!isOwnKey || isHome(to, key)) &&
          column.name.toLowerCase() === key.name.toLowerCase() &&
          withoutKeyWords(wordsOf(key.name)).length > 0;
        return mentions || isKeyName ? [reference(from, column.name, to, key.name)] : [];
      });
    }),
  );
}
