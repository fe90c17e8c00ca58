import { type Catalogue, findTable, type Table, tableKey } from './catalogue.ts';
import { identityKindOf, namesAccount, namesPersons, wordsOf } from './names.ts';
import type { ReferenceGraph } from './references.ts';
import { spokenName } from './spoken.ts';

const valueWords: ReadonlySet<string> = new Set(['value', 'valeur', 'contact']);
const kindWords: ReadonlySet<string> = new Set(['type', 'kind', 'class', 'nature', 'attribute', 'attribut']);
const mostColumns = 14;

/** The text of a typed row, `value` of `person_attribute(person_id, type_id, value)`; undefined where there is none. */
export function attributeColumn(table: Table): string | undefined {
  const isTyped = table.columns.some(({ name }) => wordsOf(name).some((word) => kindWords.has(word)));
  const values = table.columns.filter(
    ({ name, family }) => family === 'text' && wordsOf(name).length <= 2 && valueWords.has(wordsOf(name).at(-1) ?? ''),
  );
  return isTyped && table.columns.length <= mostColumns && values.length === 1 ? values[0]?.name : undefined;
}

/**
 * Where persons have no column for an e-mail, neither in their table nor in those beside it, the values of their typed rows
 * are looked through for one.
 */
export function attributeIdentities(
  catalogue: Catalogue,
  graph: ReferenceGraph,
): readonly { readonly kind: string; readonly table: Table; readonly column: string }[] {
  const hasEmail = (table: Table): boolean => table.columns.some(({ name }) => identityKindOf(name) === 'email');
  return catalogue.tables.flatMap((table) => {
    const column = attributeColumn(table);
    if (column === undefined || hasEmail(table)) return [];
    const isOfPersons = graph.from(table).some(({ to }) => {
      const persons = findTable(catalogue, to);
      if (persons === undefined || namesPersons(spokenName(persons)) !== 'noun' || hasEmail(persons)) return false;
      return !graph.to(persons).some(({ from }) => {
        const beside = catalogue.tables.find((each) => tableKey(each) === tableKey(from));
        return beside !== undefined && !namesAccount(spokenName(beside)) && hasEmail(beside);
      });
    });
    return isOfPersons ? [{ kind: 'email', table, column }] : [];
  });
}
