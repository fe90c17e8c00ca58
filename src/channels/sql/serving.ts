import { namesActing } from './actors.ts';
import { findColumn, findTable, type Reference, type Table, tableKey } from './catalogue.ts';
import {
  namesAccount,
  namesApproach,
  namesDocument,
  namesOrganisation,
  namesOthers,
  namesPersons,
  namesStaff,
  tableWords,
  withoutKeyWords,
  wordsOf,
} from './names.ts';
import type { RolesQuestion } from './persons-table.ts';
import { isManyTo } from './row-counts.ts';
import { spokenName } from './spoken.ts';

/**
 * Those whom a house serves, as opposed to accounts, staff, and who only came near. Where it keeps nobody else, contacts
 * to whom other rows point are whom it serves.
 */
export function subjectsOf(question: RolesQuestion, persons: readonly Table[]): readonly Table[] {
  const served = persons.filter((table) => {
    const name = spokenName(table);
    const isNamed = namesPersons(name) !== null || namesOrganisation(name);
    return isNamed && !namesAccount(name) && !namesStaff(name);
  });
  const isNear = (table: Table): boolean => namesApproach(spokenName(table)) || namesOthers(spokenName(table));
  const named = served.filter((table) => !isNear(table));
  const isPointedTo = (table: Table): boolean =>
    question.graph.to(table).some(({ from }) => tableKey(from) !== tableKey(table));
  return named.length > 0 ? named : served.filter(isPointedTo);
}

/**
 * Accounts of who works there, in a schema that keeps those it serves in a table of their own: no order is an account's,
 * and neither points to the other as the same person.
 */
export function servingAccounts(question: RolesQuestion, persons: readonly Table[]): ReadonlySet<Table> {
  const subjects = new Set(subjectsOf(question, persons).map(tableKey));
  const isTied = (reference: Reference, from: Table, to: Table): boolean =>
    isPlainReference(reference, to) &&
    (isOneToOne(from, reference) ||
      (!isManyTo(from, to) && reference.from.columns.every((name) => findColumn(from, name)?.nullable === false)));
  return new Set(
    persons.filter((account) => {
      if (!namesAccount(spokenName(account)) || subjects.size === 0) return false;
      const incoming = question.graph.to(account).flatMap((reference) => {
        const from = findTable(question.catalogue, reference.from);
        return from === undefined || from === account ? [] : [{ reference, from }];
      });
      const isSubject = incoming.some(({ reference, from }) => {
        if (subjects.has(tableKey(from))) return isTied(reference, from, account);
        const isTheirs = namesDocument(spokenName(from)) && !isOperatorFor(reference, account);
        return isTheirs && !leadsToAny(question, from, subjects, new Set([account]));
      });
      return (
        !isSubject &&
        !question.graph.from(account).some((reference) => {
          const to = findTable(question.catalogue, reference.to);
          return to !== undefined && subjects.has(tableKey(to)) && isTied(reference, account, to);
        })
      );
    }),
  );
}

/** Whether rows are one of `subjects` by way of others: the invitation to an invoice of a client. */
function leadsToAny(question: RolesQuestion, table: Table, subjects: ReadonlySet<string>, met: Set<Table>): boolean {
  if (met.has(table)) return false;
  met.add(table);
  return question.graph.from(table).some(({ to }) => {
    const target = findTable(question.catalogue, to);
    return target !== undefined && (subjects.has(tableKey(target)) || leadsToAny(question, target, subjects, met));
  });
}

/**
 * Persons whom nothing names so, few beside those a house serves, and to whom these or their documents point: salesmen,
 * advisers, whatever their table is called.
 */
export function servingFew(
  question: RolesQuestion,
  persons: readonly Table[],
  subjects: readonly Table[],
): readonly Table[] {
  const pointing = (to: Table): readonly Table[] =>
    question.graph.to(to).flatMap(({ from }) => findTable(question.catalogue, from) ?? []);
  return persons.filter((few) => {
    if (namesPersons(spokenName(few)) === 'noun' || subjects.includes(few)) return false;
    return subjects.some((many) => {
      if (!isManyTo(many, few)) return false;
      const beside = pointing(many);
      return pointing(few).some((table) => table === many || beside.includes(table));
    });
  });
}

/** The reference is the row's own key, or unique. */
export function isOneToOne(table: Table, reference: Reference): boolean {
  const columns = [...reference.from.columns].sort().join();
  const keys = [table.primaryKey, ...table.uniques.filter((each) => !each.isPartial).map((each) => each.columns)];
  return keys.some((key) => [...key].sort().join() === columns);
}

/** `customer_id` for `customer`, `CLI_ID` for `T_CLIENT`: the reference has no role of its own. */
function isPlainName(name: string, target: Table): boolean {
  const rest = withoutKeyWords(wordsOf(name));
  const own = tableWords(spokenName(target));
  return rest.every((word) => own.some((other) => other.startsWith(word) || word.startsWith(other)));
}

/** By the name of the table, or by that of its key: `MATRICULE` for `SALARIE(MATRICULE)`. */
export function isPlainReference(reference: Reference, target: Table): boolean {
  return reference.from.columns.every((name, index) => {
    const key = reference.to.columns[index] ?? '';
    const isKeyName = name.toLowerCase() === key.toLowerCase() && withoutKeyWords(wordsOf(key)).length > 0;
    return isKeyName || isPlainName(name, target);
  });
}

export function isOperatorFor(reference: Reference, target: Table): boolean {
  return !isPlainReference(reference, target) && reference.from.columns.some((name) => namesActing(name));
}
