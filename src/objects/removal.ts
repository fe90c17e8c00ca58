import type { Text } from '../kernel/index.ts';
import type { Scope, Writing } from '../store/index.ts';

/**
 * What a higher room keeps of objects of some types, and takes away with them. Registered by `main.ts`; each runs once, in
 * the transaction that deletes the object, in the order given.
 */
export interface Removal {
  readonly types: readonly string[];
  /** What goes and what stays, said before it is asked for. */
  tell(scope: Scope, object: string): Promise<readonly Text[]>;
  remove(writing: Writing, object: string): Promise<void>;
}
