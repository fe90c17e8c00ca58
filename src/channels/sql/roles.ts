import { type Catalogue, columnKey, findColumn, type Reference, type Table, tableKey } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import {
  identityKindOf,
  namesContactPoint,
  namesName,
  namesOperator,
  namesOthers,
  namesPersons,
  namesShared,
  namesStaff,
  namesStreet,
  tableWords,
  withoutKeyWords,
  wordsOf,
} from './names.ts';
import type { IdentityColumn } from './plan.ts';
import type { ReferenceGraph } from './references.ts';

/** What a table is to persons: whose rows they are, and which reference says it. */
export interface Roles {
  isPersons(table: Table): boolean;
  isStaff(table: Table): boolean;
  /** References of the table that say whose its rows are. */
  owners(table: Table): readonly Reference[];
  /** Whether a row of the table and the row the reference points to are one person, or a person and their e-mail. */
  isSamePerson(table: Table, reference: Reference): boolean;
  /** Whether an outgoing reference may lead to personal data of one's own (an address, a card). */
  holdsOwnData(table: Table): boolean;
  hasPersonalData(table: Table): boolean;
}

export interface RolesQuestion {
  readonly catalogue: Catalogue;
  readonly categories: ReadonlyMap<string, Category>;
  readonly graph: ReferenceGraph;
  readonly identities: readonly IdentityColumn[];
}

export function readRoles(question: RolesQuestion): Roles {
  const tables = new Map(question.catalogue.tables.map((table) => [tableKey(table), table]));
  const identified = new Set(question.identities.map((identity) => tableKey(identity)));
  const persons = new Set(
    question.catalogue.tables.filter((table) => isPersonsTable(question, table, identified)).map(tableKey),
  );
  const isPersons = (table: Table): boolean => persons.has(tableKey(table));
  const isStaff = (table: Table): boolean => isPersons(table) && namesStaff(table.table);
  const owners = new Map<string, readonly Reference[]>();
  const readOwners = (table: Table): readonly Reference[] => {
    const candidates = question.graph.from(table).filter((reference) => {
      const target = tables.get(tableKey(reference.to));
      return target !== undefined && target !== table && isPersons(target);
    });
    if (isPersons(table))
      return candidates.filter((reference) => isSamePerson(question.identities, table, reference, tables));
    const subjects = candidates.filter((reference) => {
      const target = tables.get(tableKey(reference.to));
      return (
        target !== undefined && !isStaff(target) && !reference.from.columns.some((name) => isOperatorFor(name, target))
      );
    });
    if (subjects.length > 0) return subjects;
    if (identified.has(tableKey(table)) || leadsToSubject(table, new Set())) return [];
    // Among staff too, who validates an absence or conducts an assessment does not own it when somebody else can.
    const plain = candidates.filter((reference) => {
      const target = tables.get(tableKey(reference.to));
      return target !== undefined && !reference.from.columns.some((name) => isOperatorFor(name, target));
    });
    return plain.length > 0 ? plain : candidates;
  };
  /** Whether the rows are a customer's by way of others: a claim of a contract, whatever doctor it names. */
  const leadsToSubject = (table: Table, met: Set<Table>): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = tables.get(tableKey(reference.to));
      if (target === undefined || target === table || isStaff(target)) return false;
      if (reference.from.columns.some((name) => isOperatorFor(name, target))) return false;
      return isPersons(target) || (!namesShared(target.table) && leadsToSubject(target, met));
    });
  };
  for (const table of question.catalogue.tables) owners.set(tableKey(table), readOwners(table));
  const personal = (table: Table): readonly (readonly [string, Category])[] =>
    table.columns.flatMap((column) => {
      const category = question.categories.get(columnKey(table, column.name));
      return category !== undefined && isPersonal(category) ? [[column.name, category] as const] : [];
    });
  return {
    isPersons,
    isStaff,
    owners: (table) => owners.get(tableKey(table)) ?? [],
    isSamePerson: (table, reference) => {
      const target = tables.get(tableKey(reference.to));
      if (target === undefined || !isPersons(target) || isStaff(target)) return false;
      if (!(owners.get(tableKey(table)) ?? []).includes(reference)) return false;
      if (sharesKind(question.identities, table, target)) return false;
      if (isPersons(table)) return true;
      const isPlain = reference.from.columns.every((name) => isPlainName(name, target));
      return isPlain && (namesPersons(target.table) === 'noun' || namesContactPoint(table.table));
    },
    holdsOwnData: (table) => !namesShared(table.table) && isOwnData(personal(table)),
    hasPersonalData: (table) => personal(table).length > 0,
  };
}

/**
 * A row of the table is a person. By its noun (`customer`, `T_CLIENT`, `user_account`), by an e-mail that is unique, or
 * by names and an identifier in a table that points to no other table of persons by a plain reference.
 */
function isPersonsTable(question: RolesQuestion, table: Table, identified: ReadonlySet<string>): boolean {
  const isNamed = table.columns.filter(
    (column) =>
      column.family === 'text' &&
      namesName(column.name) &&
      isPersonal(question.categories.get(columnKey(table, column.name))),
  );
  const hasIdentity = identified.has(tableKey(table));
  if ((isNamed.length === 0 && !hasIdentity) || namesShared(table.table)) return false;
  const pointsToPersons = question.graph
    .from(table)
    .some((reference) => tableKey(reference.to) !== tableKey(table) && namesPersons(reference.to.table) !== null);
  // A child, a guest or a beneficiary without an identifier of their own exists only through the person who named them.
  const isReachable = question.identities.some((each) => tableKey(each) === tableKey(table) && each.kind !== 'phone');
  if (namesOthers(table.table) && pointsToPersons && !isReachable) return false;
  const noun = namesPersons(table.table);
  if (noun === 'noun') return true;
  const emails = question.identities.filter(
    (identity) => tableKey(identity) === tableKey(table) && identity.kind === 'email',
  );
  const isUnique = emails.some((email) =>
    table.uniques.some(
      (unique) => !unique.isPartial && unique.columns.length === 1 && unique.columns[0] === email.column,
    ),
  );
  if (isUnique) return true;
  if (pointsToPersons) return false;
  return noun === 'first' || (isNamed.length > 0 && hasIdentity && question.graph.to(table).length > 0);
}

/** Both hold identifiers of one kind: each answers for itself. */
function sharesKind(identities: readonly IdentityColumn[], a: Table, b: Table): boolean {
  const kinds = (table: Table): readonly string[] =>
    identities.filter((each) => tableKey(each) === tableKey(table)).map((each) => each.kind);
  const other = new Set(kinds(b));
  return kinds(a).some((kind) => other.has(kind));
}

/** `customer.user_id` → `user` is the same person; `customer.support_rep_id` or `contact.customer_id` is another. */
function isSamePerson(
  identities: readonly IdentityColumn[],
  table: Table,
  reference: Reference,
  tables: ReadonlyMap<string, Table>,
): boolean {
  const columns = [...reference.from.columns].sort().join();
  const keys = [table.primaryKey, ...table.uniques.filter((each) => !each.isPartial).map((each) => each.columns)];
  if (keys.some((key) => [...key].sort().join() === columns)) return true;
  const target = tables.get(tableKey(reference.to));
  if (target === undefined || namesOthers(table.table) || namesStaff(target.table)) return false;
  // The users of a tenant, each with an e-mail, are not the tenant whose bills go to one of them.
  if (sharesKind(identities, table, target)) return false;
  return reference.from.columns.every((name) => isPlainName(name, target));
}

/** `customer_id` for `customer`, `CLI_ID` for `T_CLIENT`: the reference has no role of its own. */
function isPlainName(name: string, target: Table): boolean {
  const rest = withoutKeyWords(wordsOf(name));
  const own = tableWords(target.table);
  return rest.every((word) => own.some((other) => other.startsWith(word) || word.startsWith(other)));
}

function isOperatorFor(name: string, target: Table): boolean {
  return !isPlainName(name, target) && namesOperator(name);
}

const ownCategories: ReadonlySet<Category> = new Set([
  'contact',
  'birth',
  'family',
  'bank',
  'health',
  'sensitive',
  'image',
  'online',
]);

/**
 * A name alone (an artist, a supplier's label) or a city that many share is reference data; a street, a card number, a
 * phone or a birth date is somebody's.
 */
function isOwnData(fields: readonly (readonly [string, Category])[]): boolean {
  if (fields.some(([, category]) => ownCategories.has(category))) return true;
  return fields.some(([name, category]) => category === 'location' && namesStreet(name));
}

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
      if (!isPersonal(category)) return [];
      return isKey && !isText ? [] : [{ kind, table, column: column.name }];
    }),
  );
}
