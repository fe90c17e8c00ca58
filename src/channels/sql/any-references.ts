import { type AnyReference, type Catalogue, type Column, type Naming, type Table, tableKey } from './catalogue.ts';
import { keyWords, namesSecret, tableWords, withoutKeyWords, wordsOf } from './names.ts';
import { spokenName } from './spoken.ts';

const namingWords: ReadonlySet<string> = new Set([
  'type',
  'model',
  'table',
  'entity',
  'class',
  'kind',
  'resource',
  'module',
]);

/** What stands for "the thing this row is about" when it can be any. */
const anyWords: ReadonlySet<string> = new Set(
  `object objet record row entity item target subject resource res source related linked owner parent model table
  element ressource cible`.split(/\s+/),
);

/**
 * References to rows of any table: `res_model` and `res_id`, `commentable_type` and `commentable_id`, or the number of a
 * content type with an `object_id`. A pair that names no table of the schema leads nowhere.
 */
export function anyReferences(
  catalogue: Catalogue,
  isKnown: (table: Table, column: string) => boolean,
): readonly AnyReference[] {
  return catalogue.tables.flatMap((table) =>
    table.columns.flatMap((key) => {
      if (isKnown(table, key.name) || table.primaryKey.includes(key.name) || !mayBeKey(key)) return [];
      const naming = namingOf(catalogue, table, key, isKnown);
      return naming === undefined ? [] : [{ schema: table.schema, table: table.table, key: key.name, naming }];
    }),
  );
}

function mayBeKey(column: Column): boolean {
  const isOfFamily = column.family === 'number' || column.family === 'uuid' || column.family === 'text';
  return isOfFamily && !namesSecret(column.name) && wordsOf(column.name).some((word) => keyWords.has(word));
}

function namingOf(
  catalogue: Catalogue,
  table: Table,
  key: Column,
  isKnown: (table: Table, column: string) => boolean,
): Naming | undefined {
  const about = withoutKeyWords(ownWords(table, key.name)).join();
  const isAny = about === '' || anyWords.has(about);
  const text = table.columns.find((column) => {
    const words = ownWords(table, column.name);
    if (column.family !== 'text' && column.family !== 'enum') return false;
    if (!words.some((word) => namingWords.has(word)) || isKnown(table, column.name)) return false;
    const stem = words.filter((word) => !namingWords.has(word) && word !== 'name').join();
    return stem === about || (isAny && (stem === '' || anyWords.has(stem)));
  });
  if (text !== undefined) return { kind: 'text', column: text.name };
  return isAny ? contentType(catalogue, table) : undefined;
}

/** Without the abbreviation that all columns of a table begin with: `JOU_TABLE`, `JOU_CLE`. */
function ownWords(table: Table, name: string): readonly string[] {
  const words = wordsOf(name);
  const [first] = words;
  const isShared = table.columns.length > 2 && table.columns.every((column) => wordsOf(column.name)[0] === first);
  return isShared && words.length > 1 ? words.slice(1) : words;
}

/** `content_type_id` → `django_content_type(app_label, model)`. */
function contentType(catalogue: Catalogue, table: Table): Naming | undefined {
  for (const { from, to } of table.references) {
    const kinds = catalogue.tables.find((each) => tableKey(each) === tableKey(to));
    const texts = (kinds?.columns ?? []).filter((column) => column.family === 'text').map((column) => column.name);
    const isOfKinds = texts.length > 0 && texts.length <= 3 && texts.some((name) => wordsOf(name).includes('model'));
    const [column] = from.columns;
    const [key] = to.columns;
    if (!isOfKinds || column === undefined || key === undefined || from.columns.length > 1) continue;
    return { kind: 'row', column, of: { schema: to.schema, table: to.table, key, texts } };
  }
  return undefined;
}

/** Small letters without signs: how the names of a table are compared, `res.partner` with `res_partner`. */
function plainName(words: readonly string[]): string {
  return words
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

/** How a table may be called in a column that names one: as it is, in the singular, without its prefix, as a class. */
export function namesOf(catalogue: Catalogue, table: Table): readonly string[] {
  const whole = [plainName([table.table]), plainName(wordsOf(table.table)), plainName(tableWords(spokenName(table)))];
  const others = new Set(
    catalogue.tables
      .filter((each) => each !== table)
      .flatMap((each) => [plainName([each.table]), plainName(wordsOf(each.table))]),
  );
  const last = wordsOf(table.table).slice(1);
  const short = last.length === 0 ? '' : plainName(last);
  const isAlone = short !== '' && !others.has(short) && sharing(catalogue, short) === 1;
  const names = [...new Set([...whole, ...(isAlone ? [short] : [])])].filter((name) => name !== '');
  return [...names, ...names.map((name) => `appmodels${name}`), ...names.map((name) => `appentity${name}`)];
}

function sharing(catalogue: Catalogue, short: string): number {
  return catalogue.tables.filter((each) => plainName(wordsOf(each.table).slice(1)) === short).length;
}
