import { performance } from 'node:perf_hooks';
import { publicId, Refusal, systemCause } from '../../../kernel/index.ts';
import { type Lease, type Scope, type Writing, write } from '../../../store/index.ts';
import type { Engine } from '../../engine.ts';
import { recordReceipt } from '../answers.ts';
import { moveOrder, type OrderRow, readOrderRow } from '../move.ts';
import { endUnsendable, fail } from '../retry.ts';
import { nobodyCode, type OrderText, sendOrder, sendOrderAgain } from '../send.ts';
import { lastWordMs, watchAt } from '../watch.ts';
import type { DeliveryChannel, Handover, Parcel } from './channel.ts';
import { noteFailure, noteSuccess } from './line.ts';
import { keepDelivery } from './log.ts';
import { delayMs, mostDeliveries } from './pace.ts';

/**
 * Hands one order over, by whatever channel. Three steps, each of which may be the last before a crash: the order is sent
 * (its text's digest in the journal), handed over, and what became of it recorded. A crash in between hands it over
 * again, and the application drops the repeat by its key.
 */
export async function deliverOrder(
  engine: Engine,
  scope: Scope,
  order: OrderRow,
  lease: Lease,
  channel: DeliveryChannel,
): Promise<void> {
  const parcel = await prepare(engine, scope, order, lease);
  if (parcel === null) return;
  await engine.atStep?.('sent');
  const begun = performance.now();
  const handover = await channel.deliver(parcel);
  const latencyMs = Math.round(performance.now() - begun);
  await engine.atStep?.('executed');
  await write(scope, systemCause('orders', order.id), async (writing) => {
    await keepDelivery(writing, parcel, handover, latencyMs);
    const current = await readOrderRow(writing.tx, order.id);
    const isAgain = parcel.order.delivered_at !== null;
    await lease.settle(writing.tx, order.id, await settled(engine, writing, current, { handover, isAgain }));
    if ('problem' in handover) await noteFailure(writing, parcel.application, handover.problem);
    else await noteSuccess(writing, parcel.application, latencyMs);
  });
  await engine.atStep?.('recorded');
}

/** The order as it leaves; null when there is nobody to name, and the order has ended for that reason. */
async function prepare(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<Parcel | null> {
  const { application_id: application } = order;
  if (application === null) throw new Error('an order of Socle’s own is not delivered');
  await engine.atStep?.('sending');
  try {
    return await write(scope, systemCause('orders', order.id), async (writing) => {
      const isFirst = order.state === 'planned';
      const text: OrderText = await (isFirst ? sendOrder : sendOrderAgain)(engine, writing, order);
      return { scope, order: await readOrderRow(writing.tx, order.id), application, ...text };
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== nobodyCode) throw error;
    await write(scope, systemCause('orders', order.id), async (writing) => {
      await endUnsendable(writing, await readOrderRow(writing.tx, order.id), 'identity_ambiguous', error.text);
      await lease.settle(writing.tx, order.id, null);
    });
    return null;
  }
}

/** What follows from a handover; answers with when the order is next looked at. */
async function settled(
  engine: Engine,
  writing: Writing,
  asked: OrderRow,
  { handover, isAgain }: { readonly handover: Handover; readonly isAgain: boolean },
): Promise<Date | null> {
  const hasIt = handover.kind === 'received' || handover.kind === 'handed_over';
  const order = asked.state === 'held' && hasIt ? await heldTooLate(writing, asked) : asked;
  const isAwaited = order.state === 'sent' || order.state === 'received';
  if (isAgain && isAwaited) return askedAgain(writing, order, handover);
  // The application may answer by call-back before it answers the delivery: its word stands.
  if (order.state !== 'sent') return order.state === 'received' ? watchAt(order, writing.now) : order.next_at;
  switch (handover.kind) {
    case 'received':
      await recordReceipt(engine, writing, order.id);
      return watchAt(order, writing.now);
    case 'handed_over':
      await writing.tx
        .updateTable('compliance.application_order')
        .set({ delivered_at: writing.now, problem: null })
        .where('id', '=', order.id)
        .execute();
      await handover.within?.(writing);
      return watchAt(order, writing.now);
    case 'unreached':
    case 'rejected':
      return again(engine, writing, order, handover);
  }
}

/** The application had it already, and was asked again: nothing of that is undone by not reaching it. */
async function askedAgain(writing: Writing, order: OrderRow, handover: Handover): Promise<Date> {
  const { tx, now } = writing;
  if (!('problem' in handover)) {
    const said = { delivered_at: now, tries: 0, problem: null, last_error: null };
    await tx.updateTable('compliance.application_order').set(said).where('id', '=', order.id).execute();
    return new Date(now.getTime() + lastWordMs);
  }
  const { problem } = handover;
  const tries = order.tries + 1;
  const said = { tries, problem: JSON.stringify(problem.text), last_error: problem.code };
  if (handover.kind === 'rejected') {
    await fail(writing, order, problem.code, said);
    return now;
  }
  await tx.updateTable('compliance.application_order').set(said).where('id', '=', order.id).execute();
  return new Date(now.getTime() + delayMs(tries));
}

/** A hold was placed while the order was on its way: the application has it, and what it has been given goes on. */
async function heldTooLate(writing: Writing, order: OrderRow): Promise<OrderRow> {
  await moveOrder(writing.tx, order, 'sent', { problem: null });
  return { ...order, state: 'sent' };
}

/** Tried again later, or a dead letter: failed with its reason, told to people at once, and replayed once it is mended. */
async function again(
  engine: Engine,
  writing: Writing,
  order: OrderRow,
  handover: Extract<Handover, { kind: 'unreached' | 'rejected' }>,
): Promise<Date | null> {
  const { problem } = handover;
  const tries = order.tries + 1;
  const said = { tries, problem: JSON.stringify(problem.text), last_error: problem.code };
  engine.log.info({ order: publicId('ord', order.id), code: problem.code, tries }, 'order.not_delivered');
  if (handover.kind === 'rejected' || tries >= mostDeliveries) {
    await fail(writing, order, problem.code, said);
    return writing.now;
  }
  // The next try takes a turn of its own in the rate.
  const waiting = { ...said, slot_at: null };
  await writing.tx.updateTable('compliance.application_order').set(waiting).where('id', '=', order.id).execute();
  const waitMs = Math.max(delayMs(tries), handover.retryAfterMs ?? 0);
  return new Date(writing.now.getTime() + waitMs);
}
