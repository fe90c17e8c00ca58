import type { RawBuilder } from 'kysely';
import type { Text } from '../../kernel/index.ts';
import type { Moment } from './around.ts';
import type { Predicate } from './expression.ts';
import { toSql } from './to-sql.ts';

/** A condition that a pack sets: on a transition, on a right. */
export interface Condition {
  /** As the pack writes it, in CEL. */
  readonly source: string;
  readonly predicate: Predicate;
  /** What must be so, in words: the pack's, or those of the condition itself. */
  readonly why: Text;
}

/** True or false, never unknown, on `from(type) as o`. */
export function conditionSql({ predicate }: Condition, moment: Moment): RawBuilder<boolean> {
  return toSql({ kind: 'not', of: { kind: 'not', of: predicate } }, { moment });
}
