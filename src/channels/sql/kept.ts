import type { Category } from './category.ts';
import type { Capture } from './outcome.ts';
import type { ErasurePlan, FieldPlan, PlanStep } from './plan.ts';

/** What stays of the persons of a batch because the map decided so: told to whom it concerns, never passed over. */
export interface Kept {
  /** `schema.table`. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly categories: readonly Category[];
  /** The map's words for why. */
  readonly reason: string;
  readonly rows: number;
}

/** Personal fields that the plan keeps by decision, in rows that were found; by table and reason. */
export function keptByDecision(plan: ErasurePlan, capture: Capture | null): readonly Kept[] {
  return plan.steps.flatMap((step, index) => {
    const found = capture?.steps.find((captured) => captured.step === index);
    const rows = (found?.counts ?? []).reduce((sum, [, count]) => sum + count, 0);
    return rows === 0 || step.action === 'delete' ? [] : keptOf(step, rows);
  });
}

type KeptField = Extract<FieldPlan, { readonly do: 'keep' }> & {
  readonly why: { readonly code: 'map'; readonly reason: string };
  readonly category: Category;
};

/** A field that stays because the map says so, and may speak of the person: all but what somebody called technical. */
export function isKeptByDecision(field: FieldPlan): field is KeptField {
  const { category } = field;
  return field.do === 'keep' && field.why.code === 'map' && category !== null && category !== 'technical';
}

function keptOf(step: PlanStep, rows: number): readonly Kept[] {
  const byReason = new Map<string, { columns: string[]; categories: Set<Category> }>();
  for (const field of step.fields) {
    if (!isKeptByDecision(field)) continue;
    const group = byReason.get(field.why.reason) ?? { columns: [], categories: new Set<Category>() };
    group.columns.push(field.column);
    group.categories.add(field.category);
    byReason.set(field.why.reason, group);
  }
  return [...byReason].map(([reason, { columns, categories }]) => ({
    table: `${step.schema}.${step.table}`,
    columns,
    categories: [...categories],
    reason,
    rows,
  }));
}
