import { tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import type { ErasurePlan, PlanStep } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';
import { rowsOf, sameKey } from './expressions.ts';
import { soughtTable, stepAt } from './statements.ts';

/**
 * Persons found by nothing but a value that stands alone in a column (`party.elec_addr`), with the tables where it does. The
 * row is likely theirs, and nothing says so: to take the identifier out would lose the one way to them. `isPlaced` tells
 * of whom rows are known.
 */
export async function unplacedPersons(
  connection: SqlConnection,
  plan: ErasurePlan,
  filled: readonly number[],
  isPlaced: (person: number) => boolean,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { dialect } = connection;
  const placed = new Set<number>();
  const found = new Map<number, string[]>();
  for (const index of filled) {
    const step = stepAt(plan, index);
    const isMention = step.scope === 'mention';
    const rows = await connection.query<{ person: number }>(
      isMention ? standingAlone(dialect, step, index) : `select distinct person from ${rowsOf(dialect, index)}`,
    );
    for (const { person } of rows) {
      if (isMention) found.set(person, [...(found.get(person) ?? []), tableKey(step)]);
      else placed.add(person);
    }
  }
  return new Map([...found].filter(([person]) => !placed.has(person) && !isPlaced(person)));
}

function standingAlone(dialect: Dialect, step: PlanStep, index: number): string {
  const columns = step.ways.flatMap((way) => (way.kind === 'content' ? way.columns : []));
  const isAlone = columns.map((name) => `lower(trim(${dialect.text(`t.${quoted(name)}`)})) = v.value`);
  return `select distinct s.person from ${rowsOf(dialect, index)} s
    join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}
    join ${soughtTable(dialect)} v on v.person = s.person
    where ${isAlone.length === 0 ? 'false' : isAlone.join(' or ')}`;
}
