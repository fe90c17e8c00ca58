import type { BatchOutcome, Kept, Seen } from '../../channels/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Recipient } from './body.ts';
import type { OrderRow } from './move.ts';

/** What an executor is given to carry out one order. */
export interface Job {
  readonly scope: Scope;
  readonly order: OrderRow;
  readonly recipients: readonly Recipient[];
  /** What an earlier attempt captured, as JSON text; null when there was none. */
  readonly earlier: string | null;
  /** Keeps what was found, before anything changes: it resolves when that is safe. */
  readonly persist: (capture: object) => Promise<void>;
}

/** What was done and proved, and what stays because somebody decided so. */
export interface Execution extends BatchOutcome {
  readonly kept: readonly Kept[];
}

/**
 * Carries out orders that Socle executes by itself. A `Refusal` 502 or 503 means that nothing was done and that it may be
 * tried again as it is; any other `Refusal` is an end, with its reason.
 */
export interface Executor {
  execute(job: Job): Promise<Execution>;
  /** Looks again for the persons, by what they gave and what their rows had told, wherever the plan says they could be. */
  see(job: Pick<Job, 'scope' | 'order' | 'recipients' | 'earlier'>): Promise<readonly Seen[]>;
}
