import { namesAuthor, namesOperator } from './actors.ts';
import {
  type Catalogue,
  type Column,
  findColumn,
  findTable,
  type Reference,
  type Table,
  tableKey,
} from './catalogue.ts';
import { isHome, isSameFamily, isSameSpecificName, keyColumn, livingAmong, reference } from './key-names.ts';
import {
  identityKindOf,
  keyWords,
  namesPersons,
  namesStaff,
  namesUser,
  tableWords,
  withoutKeyWords,
  wordsOf,
} from './names.ts';
import { spokenName } from './spoken.ts';

/** What a column of this name refers to wherever the schema declares it: `user_id` of a history, as `user_id` elsewhere. */
export function learnedNames(
  catalogue: Catalogue,
  known: readonly Reference[],
): (from: Table, column: Column) => Reference | undefined {
  // What a table says of its own rows (`comment.parent_id`) says nothing of the rows of another.
  const single = known.filter(
    (each) => each.source === 'declared' && each.from.columns.length === 1 && tableKey(each.from) !== tableKey(each.to),
  );
  return (from, column) => {
    const named = single.filter((each) => each.from.columns[0] === column.name);
    const near = named.filter((each) => each.from.schema === from.schema);
    const rest = withoutKeyWords(wordsOf(column.name));
    const isSpecific = rest.length > 0;
    if (isSpecific && rest.every((word) => anythingWords.has(word))) return undefined;
    const same = near.length > 0 || !isSpecific ? near : named;
    const targets = new Set(same.map((each) => `${tableKey(each.to)}.${each.to.columns[0] ?? ''}`));
    const to = same[0] === undefined ? undefined : findTable(catalogue, same[0].to);
    const key = to === undefined ? undefined : findColumn(to, same[0]?.to.columns[0] ?? '');
    if (targets.size !== 1 || to === undefined || to === from || key === undefined) return undefined;
    const hasKeyWord = wordsOf(column.name).some((word) => keyWords.has(word));
    // `entity_id` is the key of many tables, whatever it refers to in one.
    if (from.primaryKey.join() === column.name && !isHome(to, key)) return undefined;
    return hasKeyWord && isSameFamily(column, key) ? reference(from, column.name, to, key.name) : undefined;
  };
}

/** What a key of this name refers to in one table says nothing of another. */
const anythingWords: ReadonlySet<string> = new Set(
  `object objet entity record item parent target source subject resource element owner root racine next suivant previous
  prev precedent original origin origine child master linked related main first last default ancestor parente`.split(
    /\s+/,
  ),
);

/** `actor_id` of a log without constraints: whoever acts elsewhere in the schema is of one table, and so is this one. */
export function learnedActors(
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
export function keyNamedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  if (column.family !== 'text' || identityKindOf(column.name) !== null) return undefined;
  const words = wordsOf(column.name);
  const fits = catalogue.tables.flatMap((to) => {
    const key = to.primaryKey.length === 1 ? findColumn(to, to.primaryKey[0] ?? '') : undefined;
    if (key === undefined || key.baseType !== column.baseType || (to === from && key === column)) return [];
    const own = wordsOf(key.name);
    const isNamed = own.every((word) => word.length > 2 && !keyWords.has(word) && !genericWords.has(word));
    return isNamed && own.length > 0 && own.every((word) => words.includes(word)) ? [{ to, key }] : [];
  });
  const living = livingAmong(fits, ({ to }) => to);
  const near = living.filter(({ to }) => to.schema === from.schema);
  const [fit] = near.length > 0 ? near : living;
  return (near.length > 0 ? near : living).length === 1 && fit !== undefined
    ? reference(from, column.name, fit.to, fit.key.name)
    : undefined;
}

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
  'url',
  'uri',
  'link',
  'file',
  'filename',
  'ip',
  'address',
  'domain',
  'host',
  'value',
]);

/**
 * `order_reference` beside `orders.reference`, indexed or short, `booking_code` beside a unique `booking.code`, and
 * `code_client` beside the one table where it is unique: the number of a document or of a person is a key too.
 */
export function numberNamedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const words = wordsOf(column.name);
  const number = words.at(-1) ?? '';
  if (column.family !== 'text' || words.length < 2 || !words.some((word) => keyWords.has(word))) return undefined;
  const isAlone = (table: Table, name: string): boolean =>
    table.uniques.some((each) => !each.isExpression && !each.isPartial && each.columns.join() === name);
  if (from.primaryKey.join() === column.name || isAlone(from, column.name)) return undefined;
  const fits = catalogue.tables.flatMap((to) => {
    if (to === from || to.schema !== from.schema) return [];
    const isNamed = tableWords(spokenName(to)).at(-1) === words.at(-2) && keyWords.has(number);
    const key = to.columns.find((each) => {
      if (each.family !== 'text' || each.baseType !== column.baseType) return false;
      if (isAlone(to, each.name) && isSameSpecificName(column, each)) return true;
      if (!isNamed || wordsOf(each.name).join() !== number) return false;
      const isIndexed = to.indexes.some((index) => index.parts.join() === each.name);
      const isShort = each.length !== null && each.length <= 32;
      return isAlone(to, each.name) || (numberWords.has(number) && (isIndexed || isShort));
    });
    return key === undefined ? [] : [{ to, key }];
  });
  const [fit] = fits;
  return fits.length === 1 && fit !== undefined ? reference(from, column.name, fit.to, fit.key.name) : undefined;
}

const numberWords: ReadonlySet<string> = new Set(['reference', 'number', 'numero']);

/** `uid` of `sessions` beside the one table whose key is `uid`: an abbreviation that is the key of one table only is that table's. */
export function shortKeyOf(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const isShort = /^[a-z]{1,3}id$/i.test(column.name) && !keyWords.has(column.name.toLowerCase());
  if (!isShort || (column.family !== 'number' && column.family !== 'uuid')) return undefined;
  if (from.primaryKey.join() === column.name) return undefined;
  const homes = catalogue.tables.filter((to) => to.schema === from.schema && to.primaryKey.join() === column.name);
  const [to] = homes;
  const key = to === undefined ? undefined : keyColumn(to);
  const isOne = homes.length === 1 && to !== from && key?.baseType === column.baseType;
  return isOne && to !== undefined ? reference(from, column.name, to, column.name) : undefined;
}

const extendedWords: ReadonlySet<string> = new Set(['object', 'objet', 'entity', 'record', 'parent']);

/** `fk_object` of `company_extrafields`, `entity_id` of `user__full_name` beside `users`: the table whose name this one's goes on from. */
export function extendedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const words = wordsOf(column.name);
  const rest = withoutKeyWords(words);
  const isOther = rest.length === words.length || rest.length !== 1 || !extendedWords.has(rest[0] ?? '');
  const isNamed = from.columns.some(
    ({ name, family }) => family === 'text' && wordsOf(name).some((word) => kindWords.has(word)),
  );
  if (isOther || isNamed || from.primaryKey.join() === column.name) return undefined;
  const own = wordsOf(from.table);
  const goesOn = (each: Table): boolean => {
    const start = wordsOf(each.table);
    return own.length > start.length && start.every((word, at) => own[at] === word);
  };
  const [to] = catalogue.tables
    .filter((each) => each.schema === from.schema && goesOn(each))
    .toSorted((a, b) => b.table.length - a.table.length);
  const key = to === undefined ? undefined : keyColumn(to);
  return to === undefined || key?.baseType !== column.baseType ? undefined : reference(from, column.name, to, key.name);
}

/** What names a table beside a key that may be of any. */
const kindWords: ReadonlySet<string> = new Set(['type', 'model', 'table', 'class', 'kind', 'module', 'element']);

/**
 * `up_user` of `user_properties(up_id, up_user, up_value)`: without the abbreviation that all columns of a table begin
 * with, the noun of a table of persons, of the type of its key.
 */
export function prefixedNoun(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const [prefix, noun, more] = wordsOf(column.name);
  if (prefix === undefined || noun === undefined || more !== undefined || column.family !== 'number') return undefined;
  const isShared = from.columns.length > 2 && from.columns.every(({ name }) => wordsOf(name)[0] === prefix);
  const fits = catalogue.tables.flatMap((to) => {
    const isNamed = to !== from && to.schema === from.schema && tableWords(spokenName(to)).join() === noun;
    const key = isNamed && namesPersons(noun) === 'noun' ? keyColumn(to) : undefined;
    return key !== undefined && key.baseType === column.baseType ? [{ to, key }] : [];
  });
  const [fit] = fits;
  return isShared && fits.length === 1 && fit !== undefined
    ? reference(from, column.name, fit.to, fit.key.name)
    : undefined;
}

/**
 * `discussion` of `forum_posts`, the number of a row of `forum_discussions`: packages that declare no constraint at all
 * often leave out `id` as well.
 */
export function nounAlone(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const [noun, more] = wordsOf(column.name);
  if (noun === undefined || more !== undefined || column.family !== 'number' || keyWords.has(noun)) return undefined;
  const fits = catalogue.tables.flatMap((to) => {
    const own = tableWords(spokenName(to));
    const key = to === from || to.schema !== from.schema || own.at(-1) !== noun ? undefined : keyColumn(to);
    const isNear =
      own.length === 1 ||
      spokenName(from)
        .toLowerCase()
        .startsWith(own[0] ?? ' ');
    return key !== undefined && isNear && key.baseType === column.baseType ? [{ to, key }] : [];
  });
  const [fit] = fits;
  return fits.length === 1 && fit !== undefined ? reference(from, column.name, fit.to, fit.key.name) : undefined;
}

const signWords: ReadonlySet<string> = new Set(['id', 'uid', 'uuid', 'guid', 'by', 'par', 'author', 'auteur']);

/**
 * `author_id`, `post_author`, `assigned_to_id` where nothing is declared: whoever acts is of the one table of users, or of
 * the one table of persons. Beside a type (`sender_type`) it may be of any.
 */
export function actorAlone(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  const words = wordsOf(column.name);
  const isActor = namesOperator(column.name) || namesAuthor(column.name);
  const isSigned = words.some((word) => signWords.has(word));
  if (!isActor || !isSigned || (column.family !== 'number' && column.family !== 'uuid')) return undefined;
  const stem = withoutKeyWords(words).join();
  const isOfAny = from.columns.some((other) => {
    const others = wordsOf(other.name);
    return others.some((word) => kindWords.has(word)) && others.filter((word) => !kindWords.has(word)).join() === stem;
  });
  if (isOfAny || from.primaryKey.join() === column.name) return undefined;
  const near = catalogue.tables.filter((to) => to !== from && to.schema === from.schema);
  const users = near.filter((to) => namesUser(spokenName(to)));
  const fits = users.length > 0 ? users : near.filter((to) => namesPersons(spokenName(to)) === 'noun');
  const key = fits.length === 1 && fits[0] !== undefined ? keyColumn(fits[0]) : undefined;
  return fits[0] === undefined || key?.family !== column.family
    ? undefined
    : reference(from, column.name, fits[0], key.name);
}

const longestPersonKey = 20;

/**
 * `SECRETAIRE`, `SAISI_PAR`, `controleur`: who acted, where one table of staff has a short text of that very type as key;
 * `DO_TIERS`: a person, where one table of all has.
 */
export function personNamedBy(catalogue: Catalogue, from: Table, column: Column): Reference | undefined {
  if (column.family !== 'text' || column.length === null || column.length > longestPersonKey) return undefined;
  const words = wordsOf(column.name);
  const isActing = words.every((word) => namesOperator(word));
  const isNoun = namesPersons(words.at(-1) ?? '') === 'noun' && identityKindOf(column.name) === null;
  if (!isActing && !isNoun) return undefined;
  const fits = catalogue.tables.flatMap((to) => {
    const key = to.primaryKey.length === 1 ? findColumn(to, to.primaryKey[0] ?? '') : undefined;
    const mayBe = !isActing || (to !== from && namesStaff(spokenName(to)));
    return mayBe && key?.baseType === column.baseType ? [{ to, key }] : [];
  });
  const [fit] = fits;
  const isOne = fits.length === 1 && fit !== undefined && fit.to !== from;
  return isOne ? reference(from, column.name, fit.to, fit.key.name) : undefined;
}
