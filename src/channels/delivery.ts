import type { Refusal } from '../kernel/index.ts';

/**
 * What became of handing one message over to an application. Every channel answers with one of these; what follows from
 * it (receipt, another try, escalation, dead letter) is the same for all and not the channel's business.
 */
export type Delivery =
  /** The application itself said that it has the message. */
  | { readonly kind: 'received' }
  /** A carrier has it (a mail server, a drop folder): the application's own receipt may come later. */
  | { readonly kind: 'handed_over' }
  /** Nobody took it, and the same may succeed later. `retryAfterMs` when the other side asked for that much. */
  | { readonly kind: 'unreached'; readonly problem: Refusal; readonly retryAfterMs?: number }
  /** Trying the same again can't help: somebody must change something first. */
  | { readonly kind: 'rejected'; readonly problem: Refusal };
