import { tableKey } from './catalogue.ts';
import type { PlanProblem, PlanStep } from './plan.ts';
import type { ReferenceGraph } from './references.ts';

/** A row can go only when nothing that must stay points to it: neither erased in its wake nor left dangling. */
export function decideDeletes(steps: readonly PlanStep[], graph: ReferenceGraph): readonly PlanProblem[] {
  const deleted = new Set(steps.filter((step) => step.action === 'delete').map(tableKey));
  return steps
    .filter((step) => step.action === 'delete')
    .flatMap((step) => {
      const references = graph.all.filter(
        (reference) =>
          reference.source === 'declared' &&
          tableKey(reference.to) === tableKey(step) &&
          !deleted.has(tableKey(reference.from)),
      );
      const cascading = references
        .filter((reference) => reference.onDelete === 'cascade')
        .map((each) => tableKey(each.from));
      const refusing = references
        .filter((reference) => reference.onDelete === 'no_action' || reference.onDelete === 'restrict')
        .map((each) => tableKey(each.from));
      const problem = (code: PlanProblem['code'], about: readonly string[]): readonly PlanProblem[] =>
        about.length === 0
          ? []
          : [
              {
                code,
                schema: step.schema,
                table: step.table,
                column: null,
                about: [...new Set(about)],
                isBlocking: true,
              },
            ];
      return [...problem('delete_would_cascade', cascading), ...problem('delete_is_referenced', refusing)];
    });
}
