import { record } from '../../journal/index.ts';
import { type Cause, describeError, type Id, publicId, Refusal, systemCause, type Text } from '../../kernel/index.ts';
import { hintDue, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import { holdBack } from '../hold/cover.ts';
import { moveOrder, type OrderRow, readOrderRow, subjectOf, tellRequest } from './move.ts';
import { hasEnded } from './states.ts';

/** After so many tries (about ten minutes) an order is called failed, and a human is asked. */
export const mostTries = 8;

/** 2 s, 4 s, 8 s… up to five minutes, with jitter. */
function delayMs(tries: number): number {
  return Math.min(300_000, 1_000 * 2 ** tries) * (0.75 + Math.random() / 2);
}

/** Nothing was done and the same may succeed later: unreachable, busy, cut. Bugs of ours are tried again too. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof Refusal) || error.status === 502 || error.status === 503 || error.status === 429;
}

/**
 * Settles an order whose step did not succeed: due again later, or failed with its reason when it has been tried enough
 * or when trying again can't help. A re-check that does not succeed takes nothing back from what was verified.
 */
export async function tryLater(scope: Scope, lease: Lease, id: Id<'application_order'>, error: unknown): Promise<void> {
  await write(scope, systemCause('orders', id), async (writing) => {
    const order = await readOrderRow(writing.tx, id);
    // A hold was placed meanwhile: there is nothing to try.
    if (order.state === 'held') return lease.settle(writing.tx, id, null);
    const tries = order.tries + 1;
    const problem = problemText(error);
    const code = error instanceof Refusal ? error.code : (describeError(error).code ?? describeError(error).name);
    const isFinal = !isPassing(error) || tries >= mostTries;
    const said = { tries, problem: JSON.stringify(problem), last_error: code };
    if (hasEnded(order.state)) {
      await writing.tx.updateTable('compliance.application_order').set(said).where('id', '=', id).execute();
      const wait = isFinal ? 6 * 3_600_000 : delayMs(tries);
      return lease.settle(writing.tx, id, new Date(writing.now.getTime() + wait));
    }
    if (isFinal) {
      await fail(writing, order, code, { ...said, tries });
      // At once: people are told.
      return lease.settle(writing.tx, id, order.application_id === null ? null : writing.now);
    }
    await writing.tx.updateTable('compliance.application_order').set(said).where('id', '=', id).execute();
    await lease.settle(writing.tx, id, new Date(writing.now.getTime() + delayMs(tries)));
  });
}

/** → failed: the reason is kept for people, and the request shows it. An order never sent goes through `sent`. */
export async function fail(
  writing: Writing,
  order: OrderRow,
  reason: string,
  said: { readonly tries: number; readonly problem: string; readonly last_error: string },
): Promise<void> {
  let current = order;
  if (order.state === 'planned') {
    await moveOrder(writing.tx, order, 'sent', { sent_at: writing.now });
    current = { ...order, state: 'sent' };
  }
  await moveOrder(writing.tx, current, 'failed', {
    ...said,
    outcome: 'failed',
    reason,
    ended_at: writing.now,
    escalated_at: writing.now,
    next_at: null,
    retry_at: null,
  });
  await record(writing, {
    kind: 'order.failed',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation, reason, tries: said.tries },
  });
  await tellRequest(writing, order, 'order_failed', { reason, generation: order.generation });
}

/** → refused, by ourselves: there is nobody, or nothing any more, to send it to. The request goes on and says so. */
export async function endUnsendable(writing: Writing, order: OrderRow, reason: string, problem: Text): Promise<void> {
  await moveOrder(writing.tx, order, 'refused', {
    outcome: 'refused',
    reason,
    problem: JSON.stringify(problem),
    ended_at: writing.now,
    next_at: null,
  });
  await writing.tx
    .updateTable('compliance.order_person')
    .set({ outcome: 'refused', reason })
    .where('order_id', '=', order.id)
    .execute();
  await record(writing, {
    kind: 'order.refused',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation, reason, by: 'socle' },
  });
  await tellRequest(writing, order, 'order_refused', { reason });
  await hintDue(writing.tx);
}

/** An operator mended the cause: the same order, of the same generation, is tried again from where it was. */
export async function retryOrder(scope: Scope, cause: Cause, id: Id<'application_order'>): Promise<void> {
  await write(scope, cause, async (writing) => {
    const order = await readOrderRow(writing.tx, id);
    if (order.superseded_at !== null) throw superseded();
    await retryLocked(writing, order);
  });
}

/** The same, of an order that is known to be the latest. */
export async function retryLocked(writing: Writing, order: OrderRow): Promise<void> {
  await plan(writing, order, { failed_answers: 0 });
  await hintDue(writing.tx);
}

/** Its application answered `failed` a while ago: the same order, of the same generation, is handed over again by itself. */
export async function retryByItself(scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    if (current.state === 'failed' && current.retry_at !== null) await plan(writing, current, {});
    const { next_at: nextAt } = await readOrderRow(writing.tx, order.id);
    await lease.settle(writing.tx, order.id, nextAt);
  });
}

async function plan(writing: Writing, order: OrderRow, more: { readonly failed_answers?: number }): Promise<void> {
  await moveOrder(writing.tx, order, 'planned', {
    outcome: null,
    reason: null,
    ended_at: null,
    escalated_at: null,
    tries: 0,
    problem: null,
    received_at: null,
    delivered_at: null,
    given_until: null,
    slot_at: null,
    escalation: 0,
    retry_at: null,
    next_at: writing.now,
    ...more,
  });
  await tellRequest(writing, order, 'order_retried', { generation: order.generation });
  await holdBack(writing, [order.id]);
}

/** After so many answers `failed` in a row (about half a day) nothing is tried by itself any more, and people are told. */
export const mostFailedAnswers = 6;
const shortestRetryMs = 60_000;
const longestRetryMs = 6 * 3_600_000;

/**
 * What follows from an answer `failed`: when the order is handed over again by itself (4, 16, 64 minutes… with jitter), or
 * that people are told now. People who carry orders out aren't asked again by a machine.
 */
export function afterFailedAnswer(order: Pick<OrderRow, 'channel' | 'failed_answers' | 'superseded_at'>, now: Date) {
  const failures = order.failed_answers + 1;
  if (order.superseded_at !== null) return { next_at: null };
  if (order.channel === 'email' || failures >= mostFailedAnswers) {
    return { failed_answers: failures, retry_at: null, next_at: now, escalated_at: now };
  }
  const waitMs = Math.min(longestRetryMs, shortestRetryMs * 4 ** failures) * (0.75 + Math.random() / 2);
  const retryAt = new Date(now.getTime() + waitMs);
  return { failed_answers: failures, retry_at: retryAt, next_at: retryAt, problem: JSON.stringify(saidFailed) };
}

const saidFailed: Text = {
  fr: 'L’application a répondu qu’elle n’y est pas arrivée. L’ordre lui sera remis de nouveau, sans rien faire.',
  en: 'The application answered that it did not succeed. The order will be handed over again by itself.',
};

export function superseded(): Refusal {
  return new Refusal('order.superseded', 409, {
    fr: 'Cet ordre a été réémis sous une génération suivante : relancez celle-ci.',
    en: 'This order was sent anew under a later generation: retry that one.',
  });
}

const unforeseen: Text = {
  fr: 'Une erreur imprévue a interrompu l’exécution ; le journal technique en garde la trace. Rien n’est tenu pour fait.',
  en: 'An unforeseen error interrupted it; the technical log has its trace. Nothing is taken as done.',
};

function problemText(error: unknown): Text {
  return error instanceof Refusal ? error.text : unforeseen;
}
