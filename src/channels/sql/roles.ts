import {
  namesAddressee,
  namesAuthor,
  namesDoer,
  namesKeeper,
  namesNamed,
  namesOperator,
  namesServed,
  namesSubject,
  namesTypist,
} from './actors.ts';
import { columnKey, findColumn, type Reference, type Table, tableKey } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { isContactPoint } from './contact-points.ts';
import { isMentioning } from './identities.ts';
import {
  namesAccount,
  namesAnyPerson,
  namesDocument,
  namesHouseThing,
  namesKeyTo,
  namesNote,
  namesNotice,
  namesOrganisation,
  namesOthers,
  namesPersons,
  namesShared,
  namesSpeech,
  namesStaff,
  namesStreet,
  namesUser,
  tableWords,
  withoutKeyWords,
  wordsOf,
} from './names.ts';
import { isCompanyAccount, isTenant, type RolesQuestion, readPersons } from './persons-table.ts';
import type { IdentityColumn, StaffMark } from './plan.ts';
import { isManyTo } from './row-counts.ts';
import { isOneToOne, isOperatorFor, isPlainReference, servingAccounts, servingFew, subjectsOf } from './serving.ts';
import { spokenName } from './spoken.ts';
import { staffMark } from './staff-mark.ts';

/** What a table is to persons: whose rows they are, and which reference says it. */
export interface Roles {
  isPersons(table: Table): boolean;
  isStaff(table: Table): boolean;
  /** Things and organisations that many rows share, and that aren't customers themselves. */
  isShared(table: Table): boolean;
  /** What tells staff from those they serve among the rows of one table of persons; null when nothing does. */
  staffMark(table: Table): StaffMark | null;
  /** References of the table that say whose its rows are. */
  owners(table: Table): readonly Reference[];
  /** A line of a log, a note in a file: what it says is about someone, who acted is somebody else. */
  isSignedNote(table: Table): boolean;
  /** A log, a journal, a history, by its own name or by that of its schema. */
  isLog(table: Table): boolean;
  /** References to an organisation that stand where another row has a person: `bill_to_company_id`, `bill_to_guest_id`. */
  insteadOf(table: Table, owner: Reference): readonly Reference[];
  /** In a log, references that say whom a line is about, where the one given only says who acted. */
  subjectsBeside(table: Table, reference: Reference): readonly Reference[];
  /** Whether a reference of a log says whom a line is about. */
  isSubject(table: Table, reference: Reference): boolean;
  /** Whether a reference bears the name of what it points to, and no role besides. */
  isPlain(reference: Reference): boolean;
  /** Whether the rows are a customer's by way of what they hang on, whoever acted on them. */
  isOfServed(table: Table): boolean;
  /** Whether the rows hang on a document that is somebody's: an event of an order, a line of a claim. */
  hangsOnDocument(table: Table): boolean;
  /** Whether a row of the table and the row the reference points to are one person, or a person and their e-mail. */
  isSamePerson(table: Table, reference: Reference): boolean;
  /** A table of its own for e-mails or telephones, of which a person may have several. */
  isContactPoint(table: Table): boolean;
  /** Whether an outgoing reference may lead to personal data of one's own (an address, a card). */
  holdsOwnData(table: Table): boolean;
  hasPersonalData(table: Table): boolean;
}

export function readRoles(question: RolesQuestion): Roles {
  const tables = new Map(question.catalogue.tables.map((table) => [tableKey(table), table]));
  const persons = new Map(
    question.catalogue.tables.map((table) => [tableKey(table), readPersons(question, table)] as const),
  );
  const isPersons = (table: Table): boolean => persons.get(tableKey(table)) != null;
  const all = question.catalogue.tables.filter(isPersons);
  const subjects = subjectsOf(question, all);
  const serving = new Set([...servingAccounts(question, all), ...servingFew(question, all, subjects)]);
  const isStaff = (table: Table): boolean => isPersons(table) && (namesStaff(spokenName(table)) || serving.has(table));
  const isShared = (table: Table): boolean =>
    !isPersons(table) && (namesShared(spokenName(table)) || isCompanyAccount(table) || isTenant(question, table));
  /** A `tiers` whose table is called nothing of the kind, and is found by an e-mail. */
  const isReached = ({ from }: Reference, table: Table): boolean =>
    from.columns.some((name) => namesAnyPerson(name)) &&
    question.identities.some(
      (each) => each.kind === 'email' && tableKey(each) === tableKey(table) && !isMentioning(each),
    );
  const owners = new Map<string, readonly Reference[]>();
  const targetOf = (reference: Reference): Table | undefined => tables.get(tableKey(reference.to));
  /** By the column (`reviewed_by`), or by the table: the rows of `reviewer` say who acts. */
  const isActing = (reference: Reference): boolean => {
    const target = targetOf(reference);
    const from = tables.get(tableKey(reference.from));
    if (target === undefined || from === undefined) return false;
    const isActors = isPersons(target) && !isPersons(from) && namesDoer(tableWords(spokenName(from)).at(-1) ?? '');
    return isActors || isOperatorFor(reference, target);
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
    const told = candidates.filter((reference) => reference.from.columns.some((name) => namesAddressee(name)));
    if (told.length > 0 && namesNotice(spokenName(table))) return told;
    const served = candidates.filter((reference) => {
      const target = targetOf(reference);
      return target !== undefined && !isStaff(target) && !isActing(reference);
    });
    // `customer_id` and `user_id` of one table of accounts: whom a row is about, and who acted.
    const called = served.filter((each) => !isPlain(each) && each.from.columns.some((name) => namesServed(name)));
    if (called.length > 0 && served.some(isPlain) && called.every((each) => namesAccount(spokenName(each.to)))) {
      return called;
    }
    const plain = served.filter(isPlain);
    const isByNoun = (reference: Reference): boolean => persons.get(tableKey(reference.to)) === 'noun';
    const isShadowing = !plain.some(isByNoun) && served.some(isByNoun);
    if (plain.length > 0 && !isShadowing) {
      return [...withoutAccounts(plain, isPlain), ...plain.flatMap((reference) => subjectsBeside(table, reference))];
    }
    const isSpeech = namesSpeech(spokenName(table));
    const isServing = (reference: Reference): boolean => {
      const target = targetOf(reference);
      return subjects.length > 0 && target !== undefined && isStaff(target);
    };
    /** `document.owner`: what somebody who works there keeps is the house's. */
    const isKeptByStaff = (reference: Reference): boolean => {
      const target = targetOf(reference);
      return target !== undefined && isStaff(target) && reference.from.columns.some((name) => namesKeeper(name));
    };
    const isOfStaff = (reference: Reference): boolean => {
      const target = targetOf(reference);
      return target === undefined || !isStaff(target) || !isOfHouseAlone(table);
    };
    const written = candidates.filter(
      (reference) =>
        reference.from.columns.some((name) => namesAuthor(name)) &&
        isOfStaff(reference) &&
        (isSpeech || !isServing(reference)),
    );
    const isAbout = namesNote(spokenName(table)) && leadsToSubject(table, new Set());
    if (written.length > 0 && !isAbout && (isSpeech || !namesDocument(spokenName(table)))) return written;
    // What signs in is of who signs in, in whatever house.
    const signing = candidates.filter((reference) => isPlain(reference) && !isActing(reference));
    if (signing.length === 1 && table.columns.some(({ name, family }) => family === 'text' && namesKeyTo(name)))
      return signing;
    const isOfHouse = namesOrganisation(spokenName(table)) || belongsToHouse(table, new Set());
    const roles = served.filter(
      (reference) => !(isOfHouse && reference.from.columns.some((name) => namesKeeper(name))),
    );
    const isNamed = (reference: Reference): boolean => reference.from.columns.some((name) => namesNamed(name));
    const own =
      roles.some(isNamed) && leadsToSubject(table, new Set(), isNamed) ? roles.filter((each) => !isNamed(each)) : roles;
    if (roles.length > 0) return own;
    const isReachable = question.identities.some(
      (each) => tableKey(each) === tableKey(table) && reachingKinds.has(each.kind),
    );
    if (isOfHouse || isReachable || isAbout || leadsToSubject(table, new Set())) return [];
    // Among staff too, who validates an absence or conducts an assessment does not own it when somebody else can.
    const colleagues = candidates.filter(
      (reference) => !isActing(reference) && isOfStaff(reference) && !isKeptByStaff(reference),
    );
    if (colleagues.length > 0) return colleagues;
    // What is left only acted: a part of something that is somebody's is theirs.
    if (leadsToPerson(table, new Set())) return [];
    const isOfThings = question.graph.from(table).some((reference) => !candidates.includes(reference));
    return candidates.filter(
      (reference) =>
        !stamps.has(reference) &&
        !isServing(reference) &&
        isOfStaff(reference) &&
        !isKeptByStaff(reference) &&
        !(isOfThings && isTyped(reference)),
    );
  };
  const isSubject = (table: Table, { from }: Reference): boolean =>
    namesNote(spokenName(table)) && from.columns.some((name) => namesSubject(name));
  const subjectsBeside = (table: Table, reference: Reference): readonly Reference[] => {
    if (isSubject(table, reference)) return [];
    return question.graph.from(table).filter((other) => {
      const target = targetOf(other);
      return target !== undefined && isPersons(target) && isSubject(table, other);
    });
  };
  const isSignedNote = (table: Table): boolean =>
    isLog(table) && question.graph.any.some((any) => tableKey(any) === tableKey(table));
  /** What staff keep without being whom it is of: it is the house's, of whatever its rows are about, or of whom it serves. */
  const isOfHouseAlone = (table: Table): boolean =>
    namesHouseThing(spokenName(table)) ||
    isUsedByServed(table) ||
    (subjects.length > 0 && !namesSpeech(spokenName(table)) && isAboutAny(table));
  /** `subject_type` and `subject_id`: an activity is of what it is about. */
  const isAboutAny = (table: Table): boolean =>
    question.graph.any.some(
      (any) => tableKey(any) === tableKey(table) && !namesAuthor(any.key) && !namesOperator(any.key),
    );
  /** Rows that rows of those a house serves point to: a mailing and its recipients, a course and who follows it. */
  const isUsedByServed = (table: Table): boolean =>
    subjects.length > 0 &&
    question.graph.to(table).some((reference) => {
      const user = tables.get(tableKey(reference.from));
      return user !== undefined && user !== table && !isPersons(user) && leadsToSubject(user, new Set([table]));
    });
  /** Whether the rows are an organisation's, directly or by way of others: a task of its project, whoever made it. */
  const belongsToHouse = (table: Table, met: Set<Table>): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = targetOf(reference);
      if (target === undefined || target === table || isPersons(target) || isActing(reference)) return false;
      if (reference.from.columns.some((name) => findColumn(table, name)?.nullable !== false)) return false;
      return namesOrganisation(spokenName(target)) || (!namesShared(spokenName(target)) && belongsToHouse(target, met));
    });
  };
  /** As below, of anybody: staff as well as customers. */
  const leadsToPerson = (table: Table, met: Set<Table>): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = targetOf(reference);
      if (target === undefined || target === table || isActing(reference)) return false;
      return isPersons(target) || (!isShared(target) && leadsToPerson(target, met));
    });
  };
  /** Whether the rows are a customer's by way of others: a claim of a contract, whatever doctor it names. */
  const leadsToSubject = (table: Table, met: Set<Table>, isLeftOut?: (reference: Reference) => boolean): boolean => {
    if (met.has(table)) return false;
    met.add(table);
    return question.graph.from(table).some((reference) => {
      const target = targetOf(reference);
      if (target === undefined || target === table || isStaff(target) || isActing(reference)) return false;
      if (isLeftOut?.(reference)) return false;
      if (isPersons(target)) return true;
      return !isShared(target) && (isReached(reference, target) || leadsToSubject(target, met));
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
    isShared,
    staffMark: (table) => (isPersons(table) && (!isStaff(table) || serving.has(table)) ? staffMark(table) : null),
    isSignedNote,
    isLog,
    insteadOf: (table, owner) =>
      question.graph.from(table).filter((other) => {
        const target = targetOf(other);
        const part = partIn(other);
        return target !== undefined && isShared(target) && part !== '' && part === partIn(owner);
      }),
    subjectsBeside,
    isSubject,
    isPlain: (reference) => {
      const target = targetOf(reference);
      return target !== undefined && isPlainReference(reference, target);
    },
    owners: (table) => owners.get(tableKey(table)) ?? [],
    isOfServed: (table) => leadsToSubject(table, new Set()),
    hangsOnDocument: (table) =>
      question.graph.from(table).some((reference) => {
        const target = targetOf(reference);
        if (target === undefined || target === table || isPersons(target) || isActing(reference)) return false;
        return namesDocument(spokenName(target)) && (owners.get(tableKey(target)) ?? []).length > 0;
      }),
    isSamePerson: (table, reference) => {
      const target = tables.get(tableKey(reference.to));
      if (target === undefined || !isPersons(target) || isStaff(target)) return false;
      if (!(owners.get(tableKey(table)) ?? []).includes(reference)) return false;
      if (sharesKind(question.identities, table, target)) return false;
      if (isPersons(table)) return true;
      return (
        isPlainReference(reference, target) &&
        (namesPersons(spokenName(target)) === 'noun' || isContactPoint(question, isPersons, table))
      );
    },
    isContactPoint: (table) => isContactPoint(question, isPersons, table),
    holdsOwnData: (table) => !isShared(table) && isOwnData(personal(table)),
    hasPersonalData: (table) => personal(table).length > 0,
  };
}

/** By its own name, or by that of the schema that it stands in. */
function isLog(table: Table): boolean {
  return namesNote(spokenName(table)) || namesNote(table.schema);
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
  if (isOneToOne(table, reference)) return true;
  const target = tables.get(tableKey(reference.to));
  if (target === undefined || isManyTo(table, target) || namesOthers(spokenName(table))) return false;
  if (namesStaff(spokenName(target)) && !namesUser(spokenName(table))) return false;
  // Somebody at a company isn't the company, though it is a customer like any other.
  if (namesOrganisation(spokenName(target))) return false;
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
  const isServed = references.some((reference) => isPlain(reference) && !namesAccount(spokenName(reference.to)));
  return isServed ? references.filter((reference) => !namesAccount(spokenName(reference.to))) : references;
}

/** By these a row is found without its owner; a passport number or a login is only its owner's. */
const reachingKinds: ReadonlySet<string> = new Set(['email', 'nir', 'customer_id', 'loyalty_number']);

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

/** What a reference says besides the noun of what it points to: `bill to` of `bill_to_company_id`. */
function partIn({ from, to }: Reference): string {
  const own = tableWords(spokenName(to));
  return from.columns.flatMap((name) => withoutKeyWords(wordsOf(name)).filter((word) => !own.includes(word))).join(' ');
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
