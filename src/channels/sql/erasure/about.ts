import { columnKey, tableKey } from '../catalogue.ts';
import type { Category } from '../category.ts';
import type { Sighting } from '../outcome.ts';
import type { ErasurePlan } from '../plan.ts';

/** What an identifier of a kind is. */
export function categoriesOfKind(kind: string): readonly Category[] {
  if (kind === 'email' || kind === 'phone') return ['contact'];
  if (kind === 'iban') return ['bank'];
  return kind === 'login' ? ['online'] : ['identity'];
}

/** A sighting with what the plan knows of the column where it was seen. */
export function withCategories(plan: ErasurePlan, sighting: Sighting): Sighting {
  if (sighting.about !== undefined) return sighting;
  const fields = plan.steps.flatMap((step) =>
    step.fields.filter(({ column }) => columnKey(step, column) === sighting.where || tableKey(step) === sighting.where),
  );
  const identity = plan.identities.find((each) => columnKey(each, each.column) === sighting.where);
  const known = fields.flatMap(({ category }) => (category === null || category === 'technical' ? [] : [category]));
  const categories = known.length === 0 && identity !== undefined ? categoriesOfKind(identity.kind) : known;
  const column = sighting.where.split('.').at(-1) ?? '';
  const isColumn = fields.some((field) => field.column === column) || identity !== undefined;
  return {
    ...sighting,
    about: { categories: [...new Set(categories)], columns: isColumn ? [column] : [], joins: [] },
  };
}
