import { columnKey, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import type { ProofExtent } from '../outcome.ts';
import type { ErasurePlan, SweepTable } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';
import { type Needle, needlesOf, type PersonValue } from './needles.ts';
import { addSighting, type Sightings } from './proof.ts';

export interface SweepOptions {
  readonly timeoutMs: number;
  /** Persons looked for: indexes of the batch. */
  readonly sampled: readonly number[];
}

/**
 * Looks for strong values in every text of the database, one scan per table for all persons sampled. Bounded in time:
 * tables that were not looked through are named. Smaller tables first.
 */
export async function sweep(
  connection: SqlConnection,
  plan: ErasurePlan,
  persons: number,
  values: readonly PersonValue[],
  sightings: Sightings,
  options: SweepOptions,
): Promise<ProofExtent> {
  const sampled = new Set(options.sampled);
  const needles = needlesOf(values.filter((value) => sampled.has(value.person)));
  const deadline = performance.now() + options.timeoutMs;
  // What can't be read, or lies in another database, was not looked through: it is said.
  const notSwept = plan.problems
    .filter((problem) => problem.code === 'cannot_read' || problem.code === 'foreign_table')
    .map(tableKey);
  const tables = plan.sweep.toSorted((a, b) => (a.rowEstimate ?? 0) - (b.rowEstimate ?? 0));
  for (const table of needles.length === 0 ? [] : tables) {
    const leftMs = deadline - performance.now();
    if (!(await sweepTable(connection, plan, table, needles, sightings, leftMs))) notSwept.push(tableKey(table));
  }
  const extent = notSwept.length > 0 ? 'partial' : sampled.size < persons ? 'sampled' : 'complete';
  return { sweep: extent, notSwept, personsSwept: sampled.size };
}

/** False when time ran out or the table can't be read. */
function sweepTable(
  connection: SqlConnection,
  plan: ErasurePlan,
  table: SweepTable,
  needles: readonly Needle[],
  sightings: Sightings,
  leftMs: number,
): Promise<boolean> {
  return inTime(connection, leftMs, async () => {
    const suspects = await columnsWith(connection, plan, table, needles);
    for (const person of new Set(suspects.length === 0 ? [] : needles.map((needle) => needle.person))) {
      // What others of a household have as well may be theirs, in rows that are theirs.
      for (const isShared of [false, true]) {
        const own = needles.filter((needle) => needle.person === person && needle.isShared === isShared);
        for (const { column, rows } of await columnsWith(connection, plan, { ...table, columns: suspects }, own)) {
          const mayStay = table.mayStay.includes(column) || (isShared && table.isOthers);
          addSighting(sightings, person, { where: columnKey(table, column), rows, by: 'sweep', mayStay });
        }
      }
    }
  });
}

/** Whether the work was done: false when time ran out, or the database refused to be read. */
export async function inTime(connection: SqlConnection, leftMs: number, work: () => Promise<void>): Promise<boolean> {
  if (leftMs <= 0) return false;
  await connection.run('savepoint socle_sweep');
  try {
    await connection.limit({ statementMs: leftMs });
    await work();
    await connection.run('release savepoint socle_sweep');
    return true;
  } catch (error) {
    if (connection.trouble(error) === null) throw error;
    await connection.run('rollback to savepoint socle_sweep');
    return false;
  }
}

type Found = SweepTable['columns'][number] & { readonly column: string; readonly rows: number };

async function columnsWith(
  connection: SqlConnection,
  plan: ErasurePlan,
  table: SweepTable,
  needles: readonly Needle[],
): Promise<readonly Found[]> {
  const { dialect } = connection;
  const parameters: string[] = [];
  const place = (parameter: string): number => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return parameters.indexOf(parameter) + 1;
  };
  const columns = table.columns.flatMap((column) => {
    // Asked exactly by its own kind already, with the rule that leaves the rest of a household alone.
    const own = plan.identities.find((each) => tableKey(each) === tableKey(table) && each.column === column.name)?.kind;
    const condition = containsAny(
      dialect,
      textsOf(dialect, column),
      needles.filter((needle) => needle.kind !== own),
      place,
    );
    return condition === null ? [] : [{ ...column, column: column.name, condition }];
  });
  if (columns.length === 0) return [];
  const counts = columns.map((column, index) => `count(case when ${column.condition} then 1 end) as c${index}`);
  const [row] = await connection.query<Record<string, number>>(
    `select ${counts.join(', ')} from ${quotedTable(table)} t`,
    parameters,
  );
  return columns
    .map(({ condition: _condition, ...column }, index) => ({ ...column, rows: Number(row?.[`c${index}`] ?? 0) }))
    .filter((column) => column.rows > 0);
}

/** One pattern for all e-mails, tried only on texts with an at sign, one for what has digits, and one for the rest. */
function containsAny(
  dialect: Dialect,
  { text, liked }: ReturnType<typeof textsOf>,
  needles: readonly Needle[],
  place: (parameter: string) => number,
): string | null {
  const emails = needles.filter(({ kind }) => kind === 'email');
  const numbers = needles.filter(({ kind, digits }) => kind !== 'email' && digits !== null);
  const words = needles.filter(({ kind, digits }) => kind !== 'email' && digits === null);
  const matchesAny = (of: readonly Needle[]): string =>
    dialect.matches(text, `$${place([...new Set(of.map(({ pattern }) => pattern))].join('|'))}`);
  const digits = new Set(numbers.flatMap((needle) => needle.digits ?? []));
  const mayHold = [...digits].map((each) => `${liked} like $${place(each)}`).join(' or ');
  const conditions = [
    ...(emails.length === 0 ? [] : [`(${liked} like '%@%' and ${matchesAny(emails)})`]),
    ...(numbers.length === 0 ? [] : [`((${mayHold}) and ${matchesAny(numbers)})`]),
    ...(words.length === 0 ? [] : [matchesAny(words)]),
  ];
  return conditions.length === 0 ? null : conditions.join(' or ');
}

/** A column as patterns read it, and as LIKE does. */
function textsOf(
  dialect: Dialect,
  { name, family }: SweepTable['columns'][number],
): { readonly text: string; readonly liked: string } {
  const column = `t.${quoted(name)}`;
  if (family !== 'bytes') return { text: dialect.text(column), liked: dialect.liked(column, family) };
  const text = dialect.bytesText(column);
  return { text, liked: text };
}
