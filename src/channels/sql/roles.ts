import { type Catalogue, columnKey, findColumn, type Reference, type Table, tableKey } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { isShareable } from './matching.ts';
import {
  identityKindOf,
  namesAccount,
  namesAuthor,
  namesContactPoint,
  namesDocument,
  namesKeeper,
  namesName,
  namesNote,
  namesOperator,
  namesOrganisation,
  namesOthers,
  namesPersons,
  namesShared,
  namesStaff,
  namesStreet,
  namesTypist,
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
  /** A line of a log, a note in a file: what it says is about someone, who acted is somebody else. */
  isSignedNote(table: Table): boolean;
  /** Whether a reference bears the name of what it points to, and no role besides. */
  isPlain(reference: Reference): boolean;
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
  const targetOf = (reference: Reference): Table | undefined => tables.get(tableKey(reference.to));
  const isActing = (reference: Reference): boolean => {
    const target = targetOf(reference);
    return target !== undefined && isOperatorFor(reference, target);
  };
  const isTyped = (reference: Reference): boolean => reference.from.columns.some((name) => namesTypist(name));
  const stamps = stampsOf(question, (reference) => {
    const target = targetOf(reference);
    return target !== undefined && isPersons(target) && isTyped(reference);
  });
  /** By a plain name, else by who wrote it, else by a role (a buyer, a payer), else by who made it when nobody else is. */
  const readOwners = (table: Table): readonly Reference[] => {
    const candidates = question.graph.from(table).filter((reference) => {
      const target = targetOf(reference);
      return target !== undefined && target !== table && isPersons(target);
    });
    const isPlain = (reference: Reference): boolean => {
      const target = targetOf(reference);
      return target !== undefined && isPlainReference(reference, target);
    };
    if (isPersons(table)) {
      return withoutAccounts(candidates, isPlain)
        .filter((reference) => isSamePerson(question.identities, table, reference, tables))
        .filter((reference) => !isAnsweredBack(reference, question.graph.to(table), tables));
    }
    if (isSignedNote(table)) return [];
    const served = candidates.filter((reference) => {
      const target = targetOf(reference);
      return target !== undefined && !isStaff(target) && !isActing(reference);
    });
    const plain = served.filter(isPlain);
    if (plain.length > 0) return withoutAccounts(plain, isPlain);
    const written = candidates.filter((reference) => reference.from.columns.some((name) => namesAuthor(name)));
    const isAbout = namesNote(table.table) && leadsToSubject(table, new Set());
    if (written.length > 0 && !isAbout && !namesDocument(table.table)) return written;
    const isOfHouse = belongsToHouse(table, new Set());
    const roles = served.filter(
      (reference) => !(isOfHouse && reference.from.columns.some((name) => namesKeeper(name))),
    );
    if (roles.length > 0) return roles;
    const isReachable = question.identities.some(
      (each) => tableKey(each) === tableKey(table) && !isShareable(each.kind),
    );
    if (isOfHouse || isReachable || isAbout || leadsToSubject(table, new Set())) return [];
    // Among staff too, who validates an absence or conducts an assessment does not own it when somebody else can.
    const colleagues = candidates.filter((reference) => !isActing(reference));
    if (colleagues.length > 0) return colleagues;
    const isOfThings = question.graph.from(table).some((reference) => !candidates.includes(reference));
    return candidates.filter((reference) => !stamps.has(reference) && !(isOfThings && isTyped(reference)));
  };
  const isSignedNote = (table: Table): boolean =>
    namesNote(table.table) && question.graph.any.some((any) => tableKey(any) === tableKey(table));
  /** Whether the rows are an organisation's, directly or by way of others: a task of its project, whoever made it. */
  const belongsToHouse = (table: Table, met: Set<Table>): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = targetOf(reference);
      if (target === undefined || target === table || isPersons(target) || isActing(reference)) return false;
      if (reference.from.columns.some((name) => findColumn(table, name)?.nullable !== false)) return false;
      return namesOrganisation(target.table) || (!namesShared(target.table) && belongsToHouse(target, met));
    });
  };
  /** Whether the rows are a customer's by way of others: a claim of a contract, whatever doctor it names. */
  const leadsToSubject = (table: Table, met: Set<Table>): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = targetOf(reference);
      if (target === undefined || target === table || isStaff(target) || isActing(reference)) return false;
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
    isSignedNote,
    isPlain: (reference) => {
      const target = targetOf(reference);
      return target !== undefined && isPlainReference(reference, target);
    },
    owners: (table) => owners.get(tableKey(table)) ?? [],
    isSamePerson: (table, reference) => {
      const target = tables.get(tableKey(reference.to));
      if (target === undefined || !isPersons(target) || isStaff(target)) return false;
      if (!(owners.get(tableKey(table)) ?? []).includes(reference)) return false;
      if (sharesKind(question.identities, table, target)) return false;
      if (isPersons(table)) return true;
      return (
        isPlainReference(reference, target) && (namesPersons(target.table) === 'noun' || namesContactPoint(table.table))
      );
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
  return isPlainReference(reference, target);
}

/**
 * `customer.user_id` beside `user.customer_id`: of two tables of persons that point to each other, the reference that
 * can't be empty says who is who, and the other one who serves whom.
 */
function isAnsweredBack(
  reference: Reference,
  incoming: readonly Reference[],
  tables: ReadonlyMap<string, Table>,
): boolean {
  const isSure = ({ from }: Reference): boolean => {
    const table = tables.get(tableKey(from));
    return table !== undefined && from.columns.every((name) => findColumn(table, name)?.nullable === false);
  };
  const isBack = (other: Reference): boolean =>
    tableKey(other.from) === tableKey(reference.to) && !other.from.columns.some((name) => namesOperator(name));
  return !isSure(reference) && incoming.some((other) => isBack(other) && isSure(other));
}

/** Where a row points to a customer and to an account, the account is that of who serves them. */
function withoutAccounts(
  references: readonly Reference[],
  isPlain: (reference: Reference) => boolean,
): readonly Reference[] {
  const isServed = references.some((reference) => isPlain(reference) && !namesAccount(reference.to.table));
  return isServed ? references.filter((reference) => !namesAccount(reference.to.table)) : references;
}

const fewestStamps = 4;

/** `create_uid` on every table is a stamp: it says who typed a row, a product as well as an invoice, and not whose it is. */
function stampsOf(question: RolesQuestion, isActing: (reference: Reference) => boolean): ReadonlySet<Reference> {
  const acting = question.graph.all.filter(isActing);
  const nameOf = (reference: Reference): string =>
    `${reference.from.columns.join()} ${tableKey(reference.to)}`.toLowerCase();
  const counts = new Map<string, number>();
  for (const reference of acting) counts.set(nameOf(reference), (counts.get(nameOf(reference)) ?? 0) + 1);
  return new Set(acting.filter((reference) => (counts.get(nameOf(reference)) ?? 0) >= fewestStamps));
}

/** `customer_id` for `customer`, `CLI_ID` for `T_CLIENT`: the reference has no role of its own. */
function isPlainName(name: string, target: Table): boolean {
  const rest = withoutKeyWords(wordsOf(name));
  const own = tableWords(target.table);
  return rest.every((word) => own.some((other) => other.startsWith(word) || word.startsWith(other)));
}

/** By the name of the table, or by that of its key: `MATRICULE` for `SALARIE(MATRICULE)`. */
function isPlainReference(reference: Reference, target: Table): boolean {
  return reference.from.columns.every((name, index) => {
    const key = reference.to.columns[index] ?? '';
    const isKeyName = name.toLowerCase() === key.toLowerCase() && withoutKeyWords(wordsOf(key)).length > 0;
    return isKeyName || isPlainName(name, target);
  });
}

function isOperatorFor(reference: Reference, target: Table): boolean {
  return !isPlainReference(reference, target) && reference.from.columns.some((name) => namesOperator(name));
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
      if (kind === 'login' && isText) return [{ kind, table, column: column.name }];
      const isOwnNumber = isText && table.primaryKey.join() === column.name && namesPersons(table.table) === 'noun';
      if (!isPersonal(category) && !isOwnNumber) return [];
      return isKey && !isText ? [] : [{ kind, table, column: column.name }];
    }),
  );
}
