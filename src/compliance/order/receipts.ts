import { recordAll } from '../../journal/index.ts';
import { type Id, publicId, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { keepDocuments } from './documents.ts';
import { lockOrder, moveOrders, type OrderRow, subjectOf } from './move.ts';
import { renewLeases } from './pull.ts';
import { isOurs, sentOrders } from './send.ts';

/** The first answer: the application has the order. The same twice changes nothing. */
export async function recordReceipt(engine: Engine, writing: Writing, id: Id<'application_order'>): Promise<void> {
  const order = await lockOrder(writing.tx, id);
  if (order.received_at !== null) return renewLeases(writing, [order]);
  const sent = await sentOrders(engine, writing, [order]);
  for (const one of sent) expectAwaited(one);
  await recordReceipts(writing, sent);
}

/** The same of several orders that were sent, locked by the caller. */
export async function recordReceipts(writing: Writing, orders: readonly OrderRow[]): Promise<void> {
  const { now } = writing;
  const documents = orders.map((order) => ({
    order,
    kind: 'receipt' as const,
    body: {
      order: publicId('ord', order.id),
      digest: `sha256:${order.body_digest?.toString('hex') ?? ''}`,
      at: now.toISOString(),
    },
  }));
  const digests = await keepDocuments(writing, documents);
  await moveOrders(
    writing.tx,
    orders.map((order) => ({
      order,
      to: 'received',
      moved: { received_at: now, delivered_at: now, problem: null },
    })),
  );
  await recordAll(
    writing,
    orders.map((order, place) => ({
      kind: 'order.received',
      subject: subjectOf(order),
      data: { order: publicId('ord', order.id) },
      digests: digests[place] ?? {},
    })),
  );
  await renewLeases(writing, orders);
}

/** Something is still to be heard of it from its application. */
export function isAwaited(order: OrderRow): boolean {
  return !isOurs(order) && ['planned', 'sent', 'received', 'failed', 'partly'].includes(order.state);
}

export function expectAwaited(order: OrderRow): void {
  if (isAwaited(order)) return;
  throw new Refusal('order.not_awaited', 409, {
    fr: 'Aucune réponse n’est attendue pour cet ordre.',
    en: 'No answer is awaited for this order.',
  });
}
