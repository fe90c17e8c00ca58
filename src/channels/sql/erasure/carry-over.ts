import { tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Capture, CapturedStep, StepName } from '../outcome.ts';
import type { ErasurePlan, PlanStep } from '../plan.ts';
import { blankedFields, redacts } from './expressions.ts';
import { createSeeds, findSeeds } from './go-on-statements.ts';
import { stepAt } from './statements.ts';

/*
 * An order goes on under another plan (the map says more now) from what the earlier one had found: rows that are blank
 * since then are still the person's, and lead to what names them.
 */

export function stepName(step: PlanStep): StepName {
  return {
    table: tableKey(step),
    scope: step.scope,
    key: step.key.kind === 'place' ? [] : step.key.columns.map(({ name }) => name),
    blanked: redacts(step) ? [] : blankedFields(step).map(({ column }) => column),
  };
}

/**
 * What another plan's capture says, in the steps of this one. Null when it can't be told: it was made before steps bore
 * names. A person who was left out had nothing erased, and is judged anew.
 */
export function underPlan(earlier: Capture, plan: ErasurePlan, digest: string): Capture | null {
  if (earlier.plan === digest) return earlier;
  const known = earlier.steps.filter(({ counts }) => counts.length > 0);
  if (known.some(({ of }) => of === undefined)) return null;
  const steps = known.flatMap(({ of, ...captured }): CapturedStep[] => {
    const step = plan.steps.findIndex((each) => of !== undefined && isSameStep(stepName(each), of));
    return of === undefined || step < 0 ? [] : [{ ...captured, of, step }];
  });
  const leftOut = (earlier.leftOut ?? []).filter(([, which]) => which !== 'all');
  return { ...earlier, plan: digest, steps, leftOut, isCarried: true };
}

function isSameStep(one: StepName, other: StepName): boolean {
  return one.table === other.table && one.scope === other.scope && one.key.join() === other.key.join();
}

/**
 * Fills the working set with the rows of an earlier capture that are still as its erasure left them; answers with the
 * steps that have any. Inside the transaction.
 */
export async function seedRows(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  earlier: Capture,
  personOf: (captured: number) => number | null,
): Promise<readonly number[]> {
  const target = { dialect: connection.dialect, plan };
  const grown: number[] = [];
  for (const { step: index, of, keys } of earlier.steps) {
    const step = stepAt(plan, index);
    const statement = keys.length === 0 ? null : findSeeds(target, index, of?.blanked ?? []);
    if (statement === null || step.key.kind === 'place' || !walked.includes(index)) continue;
    await connection.runAll(createSeeds(target, index));
    const columns = step.key.columns.map(({ type }, place) => ({ name: `k${place}`, type: { key: type } }));
    const rows = keys.flatMap(([captured, ...key]) => {
      const person = personOf(captured);
      return person === null ? [] : [[person, ...key]];
    });
    const seeds = connection.dialect.temporary('socle_seeds');
    await connection.fill(seeds, [{ name: 'person', type: 'integer' }, ...columns], rows);
    if ((await connection.run(statement, statement.includes('$1') ? [earlier.salt] : [])) > 0) grown.push(index);
  }
  return grown;
}

/** What is left of the earlier capture once these rows were found again. */
export function withoutFound(earlier: Capture, found: Capture): Capture {
  const nameOf = (capture: Capture, [person, ...key]: CapturedStep['keys'][number]): string =>
    JSON.stringify([capture.refs[person], ...key]);
  return {
    ...earlier,
    steps: earlier.steps.map((captured) => {
      const again = found.steps.filter(({ step }) => step === captured.step).flatMap(({ keys }) => keys);
      const known = new Set(again.map((key) => nameOf(found, key)));
      return { ...captured, keys: captured.keys.filter((key) => !known.has(nameOf(earlier, key))) };
    }),
  };
}
