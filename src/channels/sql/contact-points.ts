import { findTable, type Table, tableKey } from './catalogue.ts';
import { identityKindOf, namesContactPoint, namesName } from './names.ts';
import type { RolesQuestion } from './persons-table.ts';
import { isPlainReference } from './serving.ts';
import { spokenName } from './spoken.ts';

/** What may stand beside an address: its type, a label, a comment, an extension. */
const mostBeside = 4;

/**
 * A table of its own for e-mails or telephones of persons, of which one may have several: by its name, or because it
 * holds one, little else, and one plain reference to persons, whatever it is called (`emailaddress`, `joignabilite`).
 */
export function isContactPoint(question: RolesQuestion, isPersons: (table: Table) => boolean, table: Table): boolean {
  if (isPersons(table)) return false;
  if (namesContactPoint(spokenName(table))) return true;
  const addresses = question.identities.filter(
    (each) => tableKey(each) === tableKey(table) && (each.kind === 'email' || each.kind === 'phone'),
  );
  const pointing = question.graph.from(table).flatMap((reference) => {
    const to = findTable(question.catalogue, reference.to);
    return to !== undefined && to !== table && isPersons(to) ? [{ reference, to }] : [];
  });
  const [only] = pointing;
  if (addresses.length !== 1 || pointing.length !== 1 || only === undefined) return false;
  if (!isPlainReference(only.reference, only.to)) return false;
  const beside = table.columns.filter(
    ({ name, family }) => family === 'text' && name !== addresses[0]?.column && !table.primaryKey.includes(name),
  );
  return beside.length <= mostBeside && !beside.some(({ name }) => namesName(name) || identityKindOf(name) !== null);
}
