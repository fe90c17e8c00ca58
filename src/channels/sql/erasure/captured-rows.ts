import type { SqlConnection } from '../connection.ts';
import type { Capture, CapturedStep } from '../outcome.ts';
import type { ErasurePlan, PlanStep } from '../plan.ts';
import { stepName } from './carry-over.ts';
import { keyTexts, rowsOf } from './expressions.ts';
import { stepAt } from './statements.ts';

/** Rows of a step, by person. */
export async function countRows(connection: SqlConnection, index: number): Promise<ReadonlyMap<number, number>> {
  const found = await connection.query<{ person: number; counted: number }>(
    `select person, count(*) as counted from ${rowsOf(connection.dialect, index)} group by person`,
  );
  return new Map(found.map((row) => [row.person, Number(row.counted)]));
}

/** The rows of the working set, by the keys that name them; counted where nothing names them. */
export async function capturedSteps(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  isFilled: (index: number) => boolean,
): Promise<readonly CapturedStep[]> {
  const steps: CapturedStep[] = [];
  for (const index of walked) {
    const step = stepAt(plan, index);
    if (!isFilled(index)) {
      steps.push({ step: index, counts: [], keys: [] });
      continue;
    }
    const hasKeys = step.key.kind === 'columns' && step.action !== 'keep';
    const keys = hasKeys ? await keysOf(connection, step, index) : [];
    const counts = hasKeys ? countsOf(keys) : await countRows(connection, index);
    steps.push({ step: index, of: stepName(step), counts: [...counts], keys });
  }
  return steps;
}

async function keysOf(connection: SqlConnection, step: PlanStep, index: number): Promise<CapturedStep['keys']> {
  if (step.key.kind === 'place') return [];
  const { dialect } = connection;
  const columns = step.key.columns.map((_, place) => `s.k${place}`);
  const found = await connection.query<{ found: string | null }>(
    dialect.keysAsJson(rowsOf(dialect, index), keyTexts(dialect, step, columns)),
  );
  return found.flatMap((row) => (row.found === null ? [] : (JSON.parse(row.found) as CapturedStep['keys'])));
}

function countsOf(keys: CapturedStep['keys']): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [person] of keys) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}

/** Puts captured keys back into the working set; answers with the steps that got any. */
export async function restoreRows(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  capture: Capture,
  personOf: (captured: number) => number | null,
): Promise<readonly number[]> {
  const restored: number[] = [];
  for (const captured of capture.steps) {
    const step = stepAt(plan, captured.step);
    if (step.key.kind === 'place' || !walked.includes(captured.step)) continue;
    const rows = captured.keys.flatMap(([person, ...keys]) => {
      const index = personOf(person);
      return index === null ? [] : [[index, 0, ...keys]];
    });
    const keys = step.key.columns.map(({ type }, place) => ({ name: `k${place}`, type: { key: type } }));
    const person = { name: 'person', type: 'integer' } as const;
    const round = { name: 'round', type: 'integer' } as const;
    await connection.fill(rowsOf(connection.dialect, captured.step), [person, round, ...keys], rows);
    if (rows.length > 0) restored.push(captured.step);
  }
  return restored;
}
