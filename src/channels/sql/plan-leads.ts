import { namesOperator } from './actors.ts';
import { type Catalogue, findTable, type Reference, type Table, tableKey } from './catalogue.ts';
import { isMentioning } from './identities.ts';
import { isShareable } from './matching.ts';
import { namesName, namesOthers, tableWords, wordsOf } from './names.ts';
import type { IdentityColumn } from './plan.ts';
import type { ReferenceGraph } from './references.ts';
import type { Roles } from './roles.ts';
import { spokenName } from './spoken.ts';

export interface LeadQuestion {
  readonly catalogue: Catalogue;
  readonly graph: ReferenceGraph;
  readonly roles: Roles;
  readonly identities: readonly IdentityColumn[];
}

/** Columns that tell whether two rows of one table of persons are the same person. */
export interface AlikeRows {
  readonly names: readonly string[];
  readonly identities: readonly string[];
}

/** Whether a row of `child` that points to a person's row of `parent` is the person's as well. */
export function leadsTo(question: LeadQuestion, reference: Reference, parent: Table, child: Table): boolean {
  const { roles } = question;
  const isOwner = roles.owners(child).includes(reference);
  if (child === parent)
    return !roles.isPersons(child) && (roles.owners(child).length > 0 || !isIdentified(question, child));
  if (reference.source === 'map') return true;
  if (!roles.isPersons(parent) && (isPartOfOther(question, child, parent) || isPaidToOther(question, child)))
    return false;
  // A shop's telephone is nobody's, and a shop isn't its manager's.
  const isOfMany = roles.isShared(child) && question.graph.to(child).length > 0;
  if (roles.isShared(parent) || (isOfMany && roles.isStaff(parent))) return false;
  if (isOnlyUsed(question, child, parent, reference)) return false;
  if (roles.isPersons(child) && isContactOf(question, parent, child, reference)) return true;
  return roles.isPersons(child) || roles.isPersons(parent) ? isOwner : true;
}

/** An order is its customer's, whoever's address it goes to: `shipping_address_id` says where, not whose. */
function isOnlyUsed(question: LeadQuestion, child: Table, parent: Table, reference: Reference): boolean {
  const { roles } = question;
  if (roles.isPersons(parent) || roles.isPlain(reference) || isPart(child, parent)) return false;
  const isFoundItself = question.identities.some(
    (identity) => tableKey(identity) === tableKey(child) && !isShareable(identity.kind) && !isMentioning(identity),
  );
  return roles.holdsOwnData(parent) && (isFoundItself || roles.owners(child).length > 0);
}

/** A delivery address kept as a partner of a partner (`parent_id`): the same person, in another row. */
export function alikeRows(question: LeadQuestion, reference: Reference, child: Table): AlikeRows | undefined {
  const isParent = reference.from.columns.every((name) => wordsOf(name).includes('parent'));
  if (tableKey(reference.to) !== tableKey(child) || !isParent || !question.roles.isPersons(child)) return undefined;
  const names = child.columns
    .filter(({ family, name }) => family === 'text' && namesName(name))
    .map(({ name }) => name);
  const identities = question.identities
    .filter((each) => tableKey(each) === tableKey(child) && !isShareable(each.kind))
    .map((each) => each.column);
  return names.length === 0 ? undefined : { names, identities };
}

const titles: ReadonlySet<string> = new Set(['civilite', 'civility', 'title', 'titre', 'salutation']);

/**
 * `contact.client_id` → `client`: somebody at a company is not the company, and a customer's own contact is the customer,
 * as its name says. Null where there is nothing to compare, or no need to.
 */
export function bearingName(
  { roles }: LeadQuestion,
  reference: Reference,
  table: Table,
  target: Table,
): { readonly own: readonly string[]; readonly other: readonly string[] } | null {
  const areBoth = roles.isPersons(table) && roles.isPersons(target) && !roles.isStaff(table) && !roles.isStaff(target);
  if (!areBoth || !roles.isPlain(reference) || roles.isSamePerson(table, reference)) return null;
  const namesOf = (each: Table): readonly string[] =>
    each.columns
      .filter(
        ({ family, name }) => family === 'text' && namesName(name) && !wordsOf(name).some((word) => titles.has(word)),
      )
      .map(({ name }) => name);
  const [own, other] = [namesOf(target), namesOf(table)];
  return own.length === 0 || other.length === 0 ? null : { own, other };
}

/**
 * `person(entity_id primary key)` of `entity`, `comment_field_data(cid, language)` of `comment(cid)`: one thing whose columns stand
 * in two tables. What else points to it is as much the person's as the row that was found.
 */
export function isPartOfWhole(
  { roles, graph }: LeadQuestion,
  reference: Reference,
  table: Table,
  target: Table,
): boolean {
  const { from, to } = reference;
  const isKeyed = from.columns.every((name) => table.primaryKey.includes(name));
  // `mailing_recipient(mailing_id, customer_id)` is who is tied to a mailing, and no part of what it says.
  const isTying = graph
    .from(table)
    .some((other) => other !== reference && other.from.columns.some((name) => table.primaryKey.includes(name)));
  if (!isKeyed || isTying || to.columns.join() !== target.primaryKey.join()) return false;
  if (roles.isPersons(target) || roles.isShared(target)) return false;
  const [own, whole] = [tableWords(spokenName(table)), tableWords(spokenName(target))];
  const isSupertype = reference.source === 'declared' && from.columns.join() === table.primaryKey.join();
  return isSupertype
    ? roles.isPersons(table)
    : own.length > whole.length && whole.every((word, at) => own[at] === word);
}

/** A line of an order is its buyer's, whoever's the thing ordered was: `order_item` is part of `order`, not of `listing`. */
function isPartOfOther(question: LeadQuestion, child: Table, parent: Table): boolean {
  const { catalogue, graph, roles } = question;
  const wholes = graph.from(child).flatMap((reference) => {
    const whole = findTable(catalogue, reference.to);
    return whole !== undefined && whole !== child && !roles.isPersons(whole) && isPart(child, whole) ? [whole] : [];
  });
  return wholes.length > 0 && !wholes.includes(parent);
}

/** A payment of a claim is of whom it is paid to: `beneficiary_iban` finds them, and the claim does not. */
function isPaidToOther(question: LeadQuestion, child: Table): boolean {
  return question.identities.some(
    (identity) => tableKey(identity) === tableKey(child) && identity.kind === 'iban' && namesOthers(identity.column),
  );
}

/** `customer.contact_id` → `contact_info(email)`: the e-mail is the customer's, who has none elsewhere. */
function isContactOf(question: LeadQuestion, parent: Table, child: Table, reference: Reference): boolean {
  const kindsOf = (table: Table): readonly string[] =>
    question.identities.filter((each) => tableKey(each) === tableKey(table)).map((each) => each.kind);
  const kinds = kindsOf(parent).filter((kind) => !isShareable(kind));
  if (question.roles.isPersons(parent) || kinds.length === 0) return false;
  const isActing = reference.from.columns.some((name) => namesOperator(name));
  return !isActing && !kindsOf(child).some((kind) => kinds.includes(kind));
}

function isIdentified(question: LeadQuestion, table: Table): boolean {
  return question.identities.some((identity) => tableKey(identity) === tableKey(table));
}

/** `sale_order_line` of `sale_order`, `LIGNE_BULLETIN` of `BULLETIN_PAIE`. */
function isPart(child: Table, whole: Table): boolean {
  const words = tableWords(spokenName(child));
  const own = tableWords(spokenName(whole));
  return (
    words.length > 1 && own[0] !== undefined && (own.every((word) => words.includes(word)) || words.at(-1) === own[0])
  );
}
