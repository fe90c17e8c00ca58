import { columnKey, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import { isShareable } from '../matching.ts';
import type { Sighting } from '../outcome.ts';
import type { ErasurePlan, IdentityColumn, PlanStep } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { blankedFields, identityComparable, isBlank, redacts, rowsOf, sameKey } from './expressions.ts';
import { concordant, isRedacted, learntTable, redactionTable, soughtTable, stepAt, type Target } from './statements.ts';

/** What is still seen, by person of the batch. */
export type Sightings = Map<number, Sighting[]>;

export function addSighting(sightings: Sightings, person: number, sighting: Sighting): void {
  const known = sightings.get(person);
  if (known === undefined) sightings.set(person, [sighting]);
  else known.push(sighting);
}

/** Asks every identity column again, one scan each for the whole batch. */
export async function askIdentities(
  connection: SqlConnection,
  plan: ErasurePlan,
  kinds: ReadonlySet<string>,
  sightings: Sightings,
): Promise<void> {
  for (const identity of plan.identities.filter((each) => kinds.has(each.kind))) {
    const { dialect } = connection;
    const value = identityComparable(dialect, 't', identity);
    const others = concordant({ dialect, plan }, identity, identity.kind);
    const found = await connection.query<{ person: number; counted: number }>(
      `select s.person, count(*) as counted from ${quotedTable(identity)} t
       ${dialect.orderedJoin} ${soughtTable(dialect)} s on s.kind = ${literal(identity.kind)} and s.value = ${value}
       where true${others} group by s.person`,
    );
    for (const row of found) {
      addSighting(sightings, row.person, {
        where: columnKey(identity, identity.column),
        rows: Number(row.counted),
        by: 'identity',
        mayStay: mayStay(plan, identity),
      });
    }
  }
}

/**
 * Asks for the identifiers that the persons' own rows told of: in a row that is nobody else's, or when nobody else may
 * have the same.
 */
export async function askLearnt(
  connection: SqlConnection,
  plan: ErasurePlan,
  sightings: Sightings,
  steps: readonly number[],
): Promise<void> {
  const { dialect } = connection;
  const kinds = await connection.query<{ kind: string }>(`select distinct kind from ${learntTable(dialect)}`);
  for (const identity of plan.identities.filter((each) => kinds.some(({ kind }) => kind === each.kind))) {
    const value = identityComparable(dialect, 't', identity);
    const others = concordant({ dialect, plan }, identity, identity.kind);
    const own = plan.steps.findIndex((step) => step.scope === 'row' && tableKey(step) === tableKey(identity));
    const found = await connection.query<{ person: number; counted: number }>(
      `select s.person, count(*) as counted from ${quotedTable(identity)} t
       ${dialect.orderedJoin} ${learntTable(dialect)} s on s.kind = ${literal(identity.kind)} and s.value = ${value}
       where true${others}${own < 0 ? '' : notOthers({ dialect, plan }, own, identity.kind, steps)} group by s.person`,
    );
    for (const row of found) {
      addSighting(sightings, row.person, {
        where: columnKey(identity, identity.column),
        rows: Number(row.counted),
        by: 'identity',
        mayStay: mayStay(plan, identity),
      });
    }
  }
}

/** Not the person's own row, which is checked as such; a telephone in a row that is somebody else's is theirs. */
function notOthers({ dialect, plan }: Target, index: number, kind: string, steps: readonly number[]): string {
  const step = stepAt(plan, index);
  const known = `\n    and not exists (select 1 from ${rowsOf(dialect, index)} k where k.person = s.person and ${sameKey(dialect, step, 't', 'k')})`;
  const owners = plan.unlinked?.find((table) => tableKey(table) === tableKey(step))?.owners;
  const free = owners === undefined ? ['false'] : nobodys(dialect, owners);
  return `${steps.includes(index) ? known : ''}${isShareable(kind) ? free.map((each) => `\n    and ${each}`).join('') : ''}`;
}

/** Conditions under which a row `t` says of nobody whose it is. */
export function nobodys(dialect: Dialect, owners: readonly string[]): readonly string[] {
  return owners.map((name) => `coalesce(${dialect.text(`t.${quoted(name)}`)}, '') in ('', '0')`);
}

/** The plan keeps the column: a natural key, or a field the map keeps. */
export function mayStay(plan: ErasurePlan, identity: IdentityColumn): boolean {
  const table = plan.sweep.find((each) => tableKey(each) === tableKey(identity));
  const step = plan.steps.find((each) => each.scope === 'row' && tableKey(each) === tableKey(identity));
  const field = step?.fields.find((each) => each.column === identity.column);
  if (step?.action === 'delete' || field?.do !== 'keep') return false;
  return field.why.code !== 'no_value' && (table?.mayStay.includes(identity.column) ?? true);
}

/** Every row that was captured must be blank, or gone. */
export async function checkRows(
  connection: SqlConnection,
  plan: ErasurePlan,
  salt: string,
  sightings: Sightings,
  steps: readonly number[],
): Promise<void> {
  for (const index of steps) {
    const step = stepAt(plan, index);
    if (step.key.kind === 'place') continue;
    const { dialect } = connection;
    const checks = leftovers(dialect, step);
    if (checks.length === 0) continue;
    const usesSalt = checks.some((check) => check.condition.includes('$1'));
    const counts = checks.map((check, place) => `count(case when ${check.condition} then 1 end) as c${place}`);
    const any = checks.map((check) => check.condition).join(' or ');
    const rows = await connection.query<Record<string, number>>(
      `select s.person, ${counts.join(', ')} from ${rowsToCheck(dialect, step, index)} s join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}
       where ${any} group by s.person`,
      usesSalt ? [salt] : [],
    );
    for (const row of rows) {
      checks.forEach((check, place) => {
        const count = Number(row[`c${place}`] ?? 0);
        if (count === 0) return;
        addSighting(sightings, row.person ?? 0, { where: check.where, rows: count, by: 'row', mayStay: false });
      });
    }
  }
}

/** The rows of a step by person, with what names that person in a text where it is taken out. */
function rowsToCheck(dialect: Dialect, step: PlanStep, index: number): string {
  if (!redacts(step)) return rowsOf(dialect, index);
  const own = `select ${dialect.alternatives('n.pattern')} from ${redactionTable(dialect)} n where ${isRedacted(step)}`;
  return `(select r.*, (${own}) as redaction from ${rowsOf(dialect, index)} r)`;
}

/** Conditions under which a captured row still says something: one per column, or its mere presence. */
function leftovers(
  dialect: Dialect,
  step: PlanStep,
): readonly { readonly where: string; readonly condition: string }[] {
  if (step.action === 'delete') return [{ where: tableKey(step), condition: 'true' }];
  const blanked =
    step.action === 'keep'
      ? []
      : blankedFields(step).map((field) => ({
          where: columnKey(step, field.column),
          condition: `not (${isBlank(dialect, step, field, dialect.text('$1'))})`,
        }));
  const unfit = step.fields
    .filter((field) => field.do === 'keep' && field.why.code === 'no_value')
    .map((field) => ({
      where: columnKey(step, field.column),
      condition: `nullif(${dialect.text(`t.${quoted(field.column)}`)}, '') is not null`,
    }));
  return [...blanked, ...unfit];
}
