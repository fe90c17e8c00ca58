import { type Catalogue, columnKey, findColumn, type Table } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { identityKindOf, namesPersons } from './names.ts';
import { spokenName } from './spoken.ts';

/** Columns that identify persons, deduced from names and categories. Keys that are mere row numbers never are. */
export function deduceIdentities(
  catalogue: Catalogue,
  categories: ReadonlyMap<string, Category>,
): readonly { readonly kind: string; readonly table: Table; readonly column: string }[] {
  return catalogue.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      if (column.generated !== null || (column.family !== 'text' && column.family !== 'number')) return [];
      const kind = identityKindOf(column.name);
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
      if (!isPersonal(category) && !isOwnNumber) return [];
      return isKey && !isText ? [] : [{ kind, table, column: column.name }];
    }),
  );
}
