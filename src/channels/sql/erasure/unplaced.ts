import { columnKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Sighting } from '../outcome.ts';
import type { ErasurePlan, PlanStep } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';
import { categoriesOfKind } from './about.ts';
import { rowsOf, sameKey } from './expressions.ts';
import { soughtTable, stepAt } from './statements.ts';

/**
 * Persons found by nothing but a value that stands alone in a column (`party.elec_addr`), with where it does. The row is
 * likely theirs, and nothing says so: to take the identifier out would lose the one way to them. `isPlaced` tells of whom
 * rows are known.
 */
export async function unplacedPersons(
  connection: SqlConnection,
  plan: ErasurePlan,
  filled: readonly number[],
  isPlaced: (person: number) => boolean,
): Promise<ReadonlyMap<number, readonly Sighting[]>> {
  const found = new Map<number, Sighting[]>();
  const isMention = (index: number): boolean => stepAt(plan, index).scope === 'mention';
  for (const index of filled.filter(isMention)) {
    for (const [person, sightings] of await standingAlone(connection, stepAt(plan, index), index)) {
      if (!isPlaced(person)) found.set(person, [...(found.get(person) ?? []), ...sightings]);
    }
  }
  for (const index of found.size === 0 ? [] : filled.filter((each) => !isMention(each))) {
    const placed = await connection.query<{ person: number }>(
      `select distinct person from ${rowsOf(connection.dialect, index)}`,
    );
    for (const { person } of placed) found.delete(person);
  }
  return found;
}

async function standingAlone(
  connection: SqlConnection,
  step: PlanStep,
  index: number,
): Promise<ReadonlyMap<number, readonly Sighting[]>> {
  const { dialect } = connection;
  const columns = step.ways.flatMap((way) => (way.kind === 'content' ? way.columns : []));
  const found = new Map<number, Sighting[]>();
  for (const column of columns) {
    const rows = await connection.query<{ person: number; kind: string; counted: number }>(
      `select s.person, min(v.kind) as kind, count(*) as counted from ${rowsOf(dialect, index)} s
    join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')}
    join ${soughtTable(dialect)} v on v.person = s.person
    where lower(trim(${dialect.text(`t.${quoted(column)}`)})) = v.value group by s.person`,
    );
    for (const { person, kind, counted } of rows) {
      const about = { categories: categoriesOfKind(kind), columns: [column], kind, joins: [] };
      const sighting: Sighting = {
        ...{ where: columnKey(step, column), rows: Number(counted), by: 'alone', mayStay: false },
        about,
      };
      found.set(person, [...(found.get(person) ?? []), sighting]);
    }
  }
  return found;
}
