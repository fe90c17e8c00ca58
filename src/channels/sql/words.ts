import type { Text } from '../../kernel/index.ts';
import type { ErasurePlan } from './plan.ts';

/** What can't be done as the plan stands, each with what to do. */
export function planProblems(_plan: ErasurePlan): readonly Text[] {
  throw new Error('being built');
}

export function planNotices(_plan: ErasurePlan): readonly Text[] {
  throw new Error('being built');
}
