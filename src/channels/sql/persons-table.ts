import { namesActing } from './actors.ts';
import type { Catalogue } from './catalogue.ts';
import { columnKey, findTable, type Reference, type Table, tableKey } from './catalogue.ts';
import type { Category } from './category.ts';
import { isPersonal } from './category.ts';
import {
  namesAccount,
  namesName,
  namesOrganisation,
  namesOthers,
  namesPersons,
  namesSecret,
  namesShared,
  namesStreet,
  tableWords,
  wordList,
  wordsOf,
} from './names.ts';
import type { IdentityColumn } from './plan.ts';
import type { ReferenceGraph } from './references.ts';
import { isManyTo } from './row-counts.ts';
import { spokenName } from './spoken.ts';

export interface RolesQuestion {
  readonly catalogue: Catalogue;
  readonly categories: ReadonlyMap<string, Category>;
  readonly graph: ReferenceGraph;
  readonly identities: readonly IdentityColumn[];
}

/**
 * How a table says that its rows are persons: by its noun (`customer`, `T_CLIENT`, `user_account`), or only by what its
 * columns hold. Null when they aren't.
 */
export type PersonsReading = 'noun' | 'columns' | null;

const houseWords = wordList(`siret siren vat tva finess naf ape rcs ein duns legal raison star etoile room chambre
  capacity capacite opening horaire check checkin checkout`);
const birthWords = wordList(`birth birthdate birthday birthplace naissance dob ddn ne nee`);
const civilWords = wordList(`civilite civility sexe sex gender genre salutation salut prenom firstname forename given
  surname lastname fullname nickname patronyme fname lname maiden`);
const customerWords = wordList(`customer client`);
const signInWords = wordList(`login username password passwd pwd mdp`);

/**
 * By its noun, by an e-mail that is unique, or by what only a person has (a first name, a birth, a sex) and an identifier,
 * in a table that points to no other table of persons. A hotel has a name, an e-mail and rows that point to it too.
 */
export function readPersons(question: RolesQuestion, table: Table): PersonsReading {
  const identities = question.identities.filter((each) => tableKey(each) === tableKey(table));
  const hasName = table.columns.some(
    (column) =>
      column.family === 'text' &&
      namesName(column.name) &&
      isPersonal(question.categories.get(columnKey(table, column.name))),
  );
  const name = spokenName(table);
  if (isExtension(question, table) || hasNamesBeside(question, table)) return 'noun';
  if ((!hasName && identities.length === 0) || isLink(question, table)) return null;
  if (namesShared(name)) return isThirdParty(question, table, identities) ? 'columns' : null;
  if (isCompanyAccount(table) || isTenant(question, table) || (!hasName && isLedgerAccount(table, identities)))
    return null;
  const pointsToPersons = question.graph
    .from(table)
    .some(
      ({ from, to }) =>
        tableKey(to) !== tableKey(table) &&
        mayHoldPersons(question, to) &&
        !from.columns.some((name) => namesActing(name)),
    );
  // A child, a guest or a beneficiary without an identifier of their own exists only through the person who named them.
  const isReachable = identities.some((each) => each.kind !== 'phone');
  if (namesOthers(name) && pointsToPersons && !isReachable) return null;
  const noun = namesPersons(name);
  if (noun === 'noun') return 'noun';
  const isHouse = has(table, houseWords);
  if (!isHouse && identities.some((each) => each.kind === 'email' && isUnique(table, each.column))) return 'columns';
  if (pointsToPersons) return null;
  if (noun === 'first') return isHeldAddress(question, table) ? null : 'columns';
  const isSomeone = has(table, civilWords) || has(table, birthWords);
  const isNamed = hasName && identities.length > 0 && question.graph.to(table).length > 0;
  return isNamed && isSomeone && !isHouse ? 'columns' : null;
}

/** `client_web` that somebody is found in, as opposed to `customer_group`: a noun of persons that says whose kind it is. */
function mayHoldPersons(question: RolesQuestion, to: Reference['to']): boolean {
  const noun = namesPersons(spokenName(to));
  return noun === 'noun' || (noun === 'first' && question.identities.some((each) => tableKey(each) === tableKey(to)));
}

function has(table: Table, words: ReadonlySet<string>): boolean {
  return table.columns.some(({ name }) => wordsOf(name).some((word) => words.has(word)));
}

function isUnique(table: Table, column: string): boolean {
  return table.uniques.some((each) => !each.isPartial && each.columns.length === 1 && each.columns[0] === column);
}

/** `tickets_users(ticket_id, user_id)`, `group_member`: who is tied to what, and nobody's name. */
function isLink(question: RolesQuestion, table: Table): boolean {
  if (table.columns.some(({ name, family }) => family === 'text' && namesName(name))) return false;
  const references = question.graph.from(table).filter(({ to }) => tableKey(to) !== tableKey(table));
  const noun = tableWords(spokenName(table)).at(-1);
  const isNamedAfter = ({ to }: Reference): boolean => {
    const target = findTable(question.catalogue, to);
    return (
      target !== undefined && namesPersons(spokenName(to)) === 'noun' && tableWords(spokenName(to)).at(-1) === noun
    );
  };
  return references.length >= 2 && references.some(isNamedAfter);
}

/** `salesperson(person_id primary key)`: what is added of a person as staff, or as a customer, in a table of its own. */
function isExtension(question: RolesQuestion, table: Table): boolean {
  if (namesPersons(spokenName(table)) !== 'noun') return false;
  return question.graph.from(table).some(({ from, to }) => {
    const isOwnKey = table.primaryKey.length > 0 && from.columns.join() === table.primaryKey.join();
    return isOwnKey && tableKey(to) !== tableKey(table) && namesPersons(spokenName(to)) === 'noun';
  });
}

/** `person` whose names are in `person_name`, `users` who sign in by `users_field_data`: a satellite of nothing else. */
function hasNamesBeside(question: RolesQuestion, table: Table): boolean {
  const name = spokenName(table);
  if (namesPersons(name) !== 'noun') return false;
  return question.graph.to(table).some(({ from }) => {
    const satellite = findTable(question.catalogue, from);
    if (satellite === undefined || satellite === table || namesPersons(spokenName(satellite)) === 'noun') return false;
    const isOnlyTheirs = question.graph
      .from(satellite)
      .filter(({ from: { columns } }) => !columns.some((each) => namesActing(each)))
      .every(({ to }) => tableKey(to) === tableKey(table) || namesPersons(spokenName(to)) === null);
    const isEmailed = question.identities.some(
      (each) => each.kind === 'email' && tableKey(each) === tableKey(satellite),
    );
    const isOfSomeone = has(satellite, civilWords) || (isEmailed && has(satellite, signInWords));
    return isOnlyTheirs && tableWords(spokenName(satellite))[0] === tableWords(name).at(-1) && isOfSomeone;
  });
}

/** An account of money, with an IBAN and a balance, where nobody signs in. */
function isLedgerAccount(table: Table, identities: readonly IdentityColumn[]): boolean {
  const isSomeones = identities.some(({ kind }) => kind === 'email' || kind === 'login' || kind === 'phone');
  return isLedgerName(table) && !isSomeones && !has(table, signInWords);
}

/** `account_address` that users point to: where they live, not who they are. */
function isHeldAddress(question: RolesQuestion, table: Table): boolean {
  const isAddress = namesStreet(tableWords(spokenName(table)).at(-1) ?? '');
  return isAddress && question.graph.to(table).some(({ from }) => namesPersons(spokenName(from)) === 'noun');
}

/** An account or a tenant that many users or contacts share, and where nobody signs in: the customer of who hosts the application. */
export function isTenant(question: RolesQuestion, table: Table): boolean {
  const isHost = isLedgerName(table) || tableWords(spokenName(table)).at(-1) === 'tenant';
  if (!isHost || has(table, civilWords) || has(table, birthWords) || has(table, signInWords)) return false;
  return question.graph.to(table).some((reference) => {
    const from = findTable(question.catalogue, reference.from);
    const isOfPersons = from !== undefined && from !== table && namesPersons(spokenName(from)) === 'noun';
    return isOfPersons && isManyTo(from, table) && !reference.from.columns.some((name) => namesActing(name));
  });
}

function isLedgerName(table: Table): boolean {
  return ['account', 'compte'].includes(tableWords(spokenName(table)).at(-1) ?? '');
}

/** A company that is a customer as persons are: it has a customer number or says that it is one, and is reached alike. */
function isThirdParty(question: RolesQuestion, table: Table, identities: readonly IdentityColumn[]): boolean {
  if (!namesOrganisation(spokenName(table)) || !identities.some(({ kind }) => kind === 'email' || kind === 'phone'))
    return false;
  const pointing = new Set(question.graph.from(table).flatMap(({ from }) => from.columns));
  return table.columns.some(({ name }) => !pointing.has(name) && wordsOf(name).some((word) => customerWords.has(word)));
}

/** An account with a VAT number or a legal name, where nobody signs in, is a company's. */
export function isCompanyAccount(table: Table): boolean {
  const name = spokenName(table);
  if (!namesAccount(name) || !isLedgerName(table)) return false;
  const isOfCompany = tableWords(name).some((word) => namesOrganisation(word)) || has(table, houseWords);
  return (
    isOfCompany &&
    !has(table, civilWords) &&
    !has(table, birthWords) &&
    !has(table, signInWords) &&
    !table.columns.some((column) => namesSecret(column.name))
  );
}
