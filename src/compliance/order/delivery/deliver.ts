import { performance } from 'node:perf_hooks';
import { groupBy, publicId, systemCause } from '../../../kernel/index.ts';
import { type Due, type Lease, type Scope, Together, type Writing, write } from '../../../store/index.ts';
import type { Engine } from '../../engine.ts';
import { lockOrders, moveOrder, type OrderRow } from '../move.ts';
import { recordReceipts } from '../receipts.ts';
import { endUnsendable, fail } from '../retry.ts';
import { nobodyToName, sendOrders } from '../send.ts';
import { lastWordMs, watchAt } from '../watch.ts';
import type { DeliveryChannel, Handover, Parcel } from './channel.ts';
import { noteFailure, noteSuccess } from './line.ts';
import { type Attempt, keepDeliveries } from './log.ts';
import { delayMs, mostDeliveries } from './pace.ts';

/** Orders that leave, or of which it is recorded what became of them, in one transaction. */
const mostTogether = 64;

/** Hands one order over, by whatever channel. */
export type Deliver = (scope: Scope, order: OrderRow, lease: Lease, channel: DeliveryChannel) => Promise<void>;

/**
 * Three steps, each of which may be the last before a crash: the order is sent (its text's digest in the journal), handed
 * over, and what became of it recorded. A crash in between hands it over again, and the application drops the repeat by
 * its key. Orders that come to a step at the same time take it together, in one transaction: all of them or none, and an
 * order that can't go with the others goes alone.
 */
export function deliverer(engine: Engine): Deliver {
  const preparing = new Together<Leaving, Parcel | null>({
    most: mostTogether,
    nameOf: ({ order }) => order.id,
    run: (group) => prepare(engine, group),
  });
  const recording = new Together<Done, undefined>({
    most: mostTogether,
    nameOf: ({ parcel }) => parcel.order.id,
    run: (group) => recordAttempts(engine, group),
  });
  return async (scope, order, lease, channel) => {
    await engine.atStep?.('sending');
    const parcel = await preparing.do(scope.org, { scope, order, lease });
    if (parcel === null) return;
    await engine.atStep?.('sent');
    const begun = performance.now();
    const handover = await channel.deliver(parcel);
    const latencyMs = Math.round(performance.now() - begun);
    await engine.atStep?.('executed');
    await recording.do(scope.org, { parcel, handover, latencyMs, lease });
    await engine.atStep?.('recorded');
  };
}

interface Leaving {
  readonly scope: Scope;
  readonly order: OrderRow;
  readonly lease: Lease;
}

interface Done extends Attempt {
  readonly parcel: Parcel;
  readonly lease: Lease;
}

/** The orders as they leave; null for one that doesn't: it was moved on meanwhile, or has nobody to name and ended for it. */
async function prepare(engine: Engine, group: readonly Leaving[]): Promise<readonly (Parcel | null)[]> {
  const [one] = group;
  if (one === undefined) return [];
  const { scope } = one;
  return write(scope, systemCause('orders', one.order.id), async (writing) => {
    const { tx } = writing;
    const orderOf = await lockOrders(
      tx,
      group.map(({ order }) => order.id),
    );
    const ready = group.flatMap(({ order }) => {
      const current = orderOf(order.id);
      return current.state === order.state ? [current] : [];
    });
    const texts = await sendOrders(engine, writing, ready);
    const textOf = new Map(ready.map(({ id }, place) => [id, texts[place] ?? null]));
    const sentOf = await lockOrders(tx, [...textOf.keys()]);
    const parcels: (Parcel | null)[] = [];
    for (const { order, lease } of group) {
      const { id, application_id: application } = order;
      if (application === null) throw new Error('an order of Socle’s own is not delivered');
      const text = textOf.get(id);
      if (text === undefined) await lease.settle(tx, id, orderOf(id).next_at);
      if (text === null) {
        await endUnsendable(writing, sentOf(id), 'identity_ambiguous', nobodyToName().text);
        await lease.settle(tx, id, null);
      }
      parcels.push(text ? { scope, order: sentOf(id), application, ...text } : null);
    }
    return parcels;
  });
}

/** Keeps what became of each, and settles its order accordingly. */
async function recordAttempts(engine: Engine, group: readonly Done[]): Promise<readonly undefined[]> {
  const [one] = group;
  if (one === undefined) return [];
  await write(one.parcel.scope, systemCause('orders', one.parcel.order.id), async (writing) => {
    await keepDeliveries(writing, group);
    const orderOf = await lockOrders(
      writing.tx,
      group.map(({ parcel }) => parcel.order.id),
    );
    const taken = group.filter(
      ({ parcel, handover }) =>
        handover.kind === 'received' && parcel.order.delivered_at === null && orderOf(parcel.order.id).state === 'sent',
    );
    await recordReceipts(
      writing,
      taken.map(({ parcel }) => orderOf(parcel.order.id)),
    );
    const looks: (Due & { readonly lease: Lease })[] = [];
    for (const done of group) {
      const order = orderOf(done.parcel.order.id);
      const nextAt = taken.includes(done) ? watchAt(order, writing.now) : await settled(engine, writing, order, done);
      looks.push({ id: order.id, nextAt, lease: done.lease });
    }
    for (const [lease, some] of groupBy(looks, (look) => look.lease)) await lease.settleAll(writing.tx, some);
    await noteAttempts(writing, group);
  });
  return group.map(() => undefined);
}

/** How the applications fare. Of those that took a message, the line is written once. */
async function noteAttempts(writing: Writing, group: readonly Done[]): Promise<void> {
  const applications = [...groupBy(group, ({ parcel }) => parcel.application)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [application, some] of applications) {
    for (const { handover } of some) {
      if ('problem' in handover) await noteFailure(writing, application, handover.problem);
    }
    const latencies = some.flatMap(({ handover, latencyMs }) => ('problem' in handover ? [] : [latencyMs]));
    const average = latencies.reduce((sum, one) => sum + one, 0) / latencies.length;
    if (latencies.length > 0) await noteSuccess(writing, application, Math.round(average));
  }
}

/** What follows from a handover; answers with when the order is next looked at. */
async function settled(
  engine: Engine,
  writing: Writing,
  asked: OrderRow,
  { parcel, handover }: Done,
): Promise<Date | null> {
  const hasIt = handover.kind === 'received' || handover.kind === 'handed_over';
  const order = asked.state === 'held' && hasIt ? await heldTooLate(writing, asked) : asked;
  const isAwaited = order.state === 'sent' || order.state === 'received';
  if (parcel.order.delivered_at !== null && isAwaited) return askedAgain(writing, order, handover);
  // The application may answer by call-back before it answers the delivery: its word stands.
  if (order.state !== 'sent') return order.state === 'received' ? watchAt(order, writing.now) : order.next_at;
  switch (handover.kind) {
    case 'received':
      await recordReceipts(writing, [order]);
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
