import { columnKey, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { ErasurePlan, IdentityColumn, PlanStep } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { identityComparable, rowsOf, sameKey, samePairs } from './expressions.ts';
import { sharedEmail } from './learn.ts';
import type { PersonValue } from './needles.ts';
import { nameWords } from './person-names.ts';
import { addSighting, type Sightings } from './proof.ts';
import { concordant, identityOf, learntTable, nameColumns, stepAt } from './statements.ts';

/*
 * An e-mail that nobody gave and that a row of the person's holds alone: a newsletter that knows them by it is theirs. It
 * is, as long as no row anywhere says that somebody else has the address too.
 */

/** Of the e-mails learnt, those by which every row found is the person's, or may be. `learntTable` holds them. */
export async function leadingEmails(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  learnt: readonly PersonValue[],
  known: readonly PersonValue[],
): Promise<readonly PersonValue[]> {
  const isKnown = (one: PersonValue): boolean =>
    known.some((each) => each.person === one.person && each.kind === 'email' && each.value === one.value);
  const emails = learnt.filter((one) => one.kind === 'email' && !isKnown(one));
  if (emails.length === 0) return [];
  const found: FoundRow[] = [];
  for (const index of walked) {
    const step = stepAt(plan, index);
    for (const way of step.scope === 'row' ? step.ways : []) {
      if (way.kind !== 'identity' || way.identity !== 'email') continue;
      const identity = { ...identityOf(plan, step, way.column), matching: way.matching };
      found.push(...(await rowsBearing(connection, plan, walked, index, identity)));
    }
  }
  return emails.filter(({ person, value }) => {
    const rows = found.filter((row) => row.person === person && row.value === value);
    const names = learnt.filter((one) => one.person === person && one.kind === 'name').map((one) => one.value);
    return rows.length > 0 && rows.every((row) => row.agrees && mayBear(row.name, names));
  });
}

interface FoundRow {
  readonly person: number;
  readonly value: string;
  /** No other identifier of the row, nor who it belongs to, says somebody else. */
  readonly agrees: boolean;
  readonly name: string;
}

/** Rows that hold an e-mail learnt and that weren't found by anything else. */
async function rowsBearing(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  index: number,
  identity: IdentityColumn,
): Promise<readonly FoundRow[]> {
  const { dialect } = connection;
  const step = stepAt(plan, index);
  const names = nameColumns(step).map(({ column }) => `coalesce(${dialect.text(`t.${quoted(column)}`)}, '')`);
  const agrees = `true${concordant({ dialect, plan }, step, 'email')}${othersOf(dialect, plan, walked, step)}`;
  const rows = await connection.query<{ person: number; value: string; agrees: number; name: string | null }>(
    `select s.person, s.value, case when ${agrees} then 1 else 0 end as agrees, ${names.length === 0 ? "''" : names.join(" || ' ' || ")} as name
  from ${quotedTable(step)} t ${dialect.orderedJoin} ${learntTable(dialect)} s on s.kind = 'email' and s.value = ${identityComparable(dialect, 't', identity)}
  where not exists (select 1 from ${rowsOf(dialect, index)} k where k.person = s.person and ${sameKey(dialect, step, 't', 'k')})`,
  );
  return rows.map(({ person, value, agrees: isSo, name }) => ({
    ...{ person, value, agrees: Number(isSo) === 1, name: name ?? '' },
  }));
}

/** The row points to no row of somebody else's. */
function othersOf(
  dialect: SqlConnection['dialect'],
  plan: ErasurePlan,
  walked: readonly number[],
  step: PlanStep,
): string {
  return step.ways
    .flatMap((way) => {
      if (way.kind !== 'incoming' || way.named !== undefined || !walked.includes(way.from)) return [];
      const owner = stepAt(plan, way.from);
      if (!owner.isPersons) return [];
      const isOwn = `select 1 from ${rowsOf(dialect, way.from)} w where w.person = s.person and ${sameKey(dialect, owner, 'o', 'w')}`;
      return [
        `\n    and not exists (select 1 from ${quotedTable(owner)} o where ${samePairs(way.pairs, 't', 'o')} and not exists (${isOwn}))`,
      ];
    })
    .join('');
}

/** A row without a name may be anybody's who has the address; one with a name must be the person's. */
function mayBear(name: string, known: readonly string[]): boolean {
  const words = nameWords(name).filter((word) => word.length > 1);
  if (words.length === 0) return true;
  return known.some((each) => {
    const own = each.split(/[| ]/);
    return words.every((word) => own.includes(word)) || own.every((word) => words.includes(word));
  });
}

/**
 * Tells where an address stands that somebody else's row holds too: it may be either's, and stays. Rows of persons are
 * known to be their own.
 */
export async function tellShared(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  sightings: Sightings,
): Promise<void> {
  const { dialect } = connection;
  for (const identity of plan.identities.filter(({ kind }) => kind === 'email')) {
    const index = plan.steps.findIndex((step) => step.scope === 'row' && tableKey(step) === tableKey(identity));
    if (index < 0 || stepAt(plan, index).isPersons) continue;
    const own = `select 1 from ${rowsOf(dialect, index)} k where k.person = s.person and ${sameKey(dialect, stepAt(plan, index), 't', 'k')}`;
    const rows = await connection.query<{ person: number; counted: number }>(
      `select s.person, count(*) as counted from ${quotedTable(identity)} t
  ${dialect.orderedJoin} ${learntTable(dialect)} s on s.kind = ${literal(sharedEmail)} and s.value = ${identityComparable(dialect, 't', identity)}
  where true${walked.includes(index) ? ` and not exists (${own})` : ''} group by s.person`,
    );
    for (const { person, counted } of rows) {
      const where = columnKey(identity, identity.column);
      addSighting(sightings, person, { where, rows: Number(counted), by: 'identity', mayStay: true });
    }
  }
}
