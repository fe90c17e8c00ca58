import type { Delivery } from '../../../channels/index.ts';
import type { Id } from '../../../kernel/index.ts';
import type { Scope, Writing } from '../../../store/index.ts';
import type { Recipient } from '../body.ts';
import type { OrderRow } from '../move.ts';

/** One order, ready to leave. The body names persons: it goes to the application and nowhere else. */
export interface Parcel {
  readonly scope: Scope;
  readonly order: OrderRow;
  readonly application: Id<'application'>;
  /** The CloudEvent (connect.md) as canonical JSON. */
  readonly body: Buffer;
  /** SHA-256 of the body: what the application's answer names. */
  readonly digest: Buffer;
  /** Those whom the body names, for channels that write something else than the body (a checklist, a line of a CSV). */
  readonly recipients: readonly Recipient[];
}

/** What became of it. `within`: rows that must be written if and only if this is recorded (an outbox message, a task). */
export type Handover = Delivery & { readonly within?: (writing: Writing) => Promise<void> };

/**
 * How one channel hands an order over: all that a new channel has to say. It may be called again for the same order (a
 * crash, a failure, a replay): the application drops repeats by the order's key. States, receipts, retries, rate, hours,
 * circuit breaker, escalation and dead letters are common to all (`deliver.ts`), answers come in by `../answers.ts`.
 */
export interface DeliveryChannel {
  /** An order that is not answered in time is handed over again by itself: a machine knows it by its key. */
  readonly mayAskAgain: boolean;
  deliver(parcel: Parcel): Promise<Handover>;
}
