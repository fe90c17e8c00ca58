import type { TypeModel } from '../../model/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import type { Import } from './job.ts';

/** Lines checked, written or taken back in one go. */
export const linesAtOnce = 2_000;

/** One turn of the work on an import. */
export interface Turn {
  readonly scope: Scope;
  readonly acting: Acting;
  readonly job: Import;
  readonly type: TypeModel;
  /** Whether to go on: asked between two lots of lines. */
  readonly goesOn: () => Promise<boolean>;
  /** Throws when the work is another process's by now: asked inside each transaction that writes. */
  readonly hold: (writing: Writing) => Promise<void>;
  /** Ends the step, in the transaction that did its last. */
  readonly finish: (writing: Writing) => Promise<void>;
}
