import type { Text } from '../../kernel/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { ErasurePlan } from './plan.ts';

/** SHA-256 (hexadecimal) of a plan: what a frozen request refers to. */
export function planDigest(_plan: ErasurePlan): string {
  throw new Error('being built');
}

export interface SchemaChange {
  /** `schema.table`. */
  readonly table: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Whether the plan walks or sweeps this table: a plan so touched must be made anew. */
  readonly concernsPlan: boolean;
  readonly text: Text;
}

/** What changed in the schema since the plan was frozen; empty when nothing did. */
export function schemaChanges(_plan: ErasurePlan, _catalogue: Catalogue): readonly SchemaChange[] {
  throw new Error('being built');
}
