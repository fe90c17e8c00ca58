import type { Catalogue } from './catalogue.ts';
import type { Category } from './category.ts';
import type { ErasureMap } from './map.ts';
import type { ErasurePlan } from './plan.ts';

export interface PlanQuestion {
  readonly catalogue: Catalogue;
  /** `schema.table.column` → category, from the dictionary. A field that is absent is unknown. */
  readonly categories: ReadonlyMap<string, Category>;
  readonly map?: ErasureMap;
  /** `--identity KIND=table.column`: the kind and `table.column` or `schema.table.column`. */
  readonly identities?: readonly { readonly kind: string; readonly column: string }[];
}

/** Pure. The plan may hold values to be checked against the database: `settlePlan` does it. */
export function planErasure(_question: PlanQuestion): ErasurePlan {
  throw new Error('being built');
}
