import { namesActor, namesKeeper, namesMention } from './actors.ts';
import { type Catalogue, type Column, columnKey, findColumn, type Table } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { identityKindOf, mayBeAddress, namesPersons, tableWords, wordsOf } from './names.ts';
import type { IdentityColumn } from './plan.ts';
import { spokenName } from './spoken.ts';

/** Whether the column, by its name, identifies who acted on a row rather than whose it is. What was declared never does. */
export function isMentioning({ source, column }: IdentityColumn): boolean {
  return source === 'deduced' && (namesMention(column) || namesKeeper(column));
}

/** Columns that identify persons, deduced from names and categories. Keys that are mere row numbers never are. */
export function deduceIdentities(
  catalogue: Catalogue,
  categories: ReadonlyMap<string, Category>,
): readonly { readonly kind: string; readonly table: Table; readonly column: string }[] {
  return catalogue.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      if (column.generated !== null || (column.family !== 'text' && column.family !== 'number')) return [];
      const isAddress = mayBeAddress(column.name) && isPlainText(catalogue, table, column);
      const kind = isAddress
        ? 'email'
        : (identityKindOf(column.name) ?? kindByTable(table, column) ?? kindOfStamp(table, column));
      if (kind === null) return [];
      const category = categories.get(columnKey(table, column.name));
      const isKey =
        table.primaryKey.includes(column.name) ||
        table.references.some((each) => each.from.columns.includes(column.name));
      const isText = findColumn(table, column.name)?.family === 'text';
      if (kind === 'email') return isText && category !== 'technical' ? [{ kind, table, column: column.name }] : [];
      if (kind === 'login' && isText) return [{ kind, table, column: column.name }];
      const isOwnNumber =
        isText && table.primaryKey.join() === column.name && namesPersons(spokenName(table)) === 'noun';
      // The number of a payment card names no member.
      if ((!isPersonal(category) && !isOwnNumber) || (category === 'bank' && kind !== 'iban')) return [];
      return isKey && !isText ? [] : [{ kind, table, column: column.name }];
    }),
  );
}

/** `email_addresses.address`, `phone_numbers.number`: a column that bears the last word of its table, which says the kind. */
function kindByTable(table: Table, { name, family }: Column): string | null {
  const own = tableWords(spokenName(table));
  const isNamed = family === 'text' && own.length > 1 && wordsOf(name).join() === own.at(-1);
  return isNamed ? identityKindOf(own.join('_')) : null;
}

/** `owner` of any row, `actor` of a log, as text: the sign-in name or the e-mail of who keeps it or acted. */
function kindOfStamp(table: Table, { name, family }: Column): string | null {
  const isBound = table.references.some(({ from }) => from.columns.includes(name));
  return family === 'text' && !isBound && wordsOf(name).length === 1 && (namesKeeper(name) || namesActor(name))
    ? 'login'
    : null;
}

/** Neither a key nor a reference, in a schema that has no table of e-mails for it to point to. */
function isPlainText({ tables }: Catalogue, table: Table, { name, family, length }: Column): boolean {
  const isBound = table.primaryKey.includes(name) || table.references.some(({ from }) => from.columns.includes(name));
  const hasMails = tables.some((each) => tableWords(spokenName(each)).some((word) => /^(e?mail|courriel)/.test(word)));
  return family === 'text' && !isBound && !hasMails && length !== 36;
}
