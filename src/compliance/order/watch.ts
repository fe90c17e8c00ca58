import { systemCause } from '../../kernel/index.ts';
import { type Lease, type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { escalate, isToTell, lookAgainMs } from './escalate.ts';
import { type OrderRow, readOrderRow } from './move.ts';

const day = 86_400_000;

/** When an application that has its order is next looked at: in a while, or when its time to answer is over. */
export function watchAt(order: Pick<OrderRow, 'due_at'>, now: Date): Date {
  const soon = now.getTime() + lookAgainMs;
  const due = order.due_at?.getTime() ?? 0;
  // A replay past its time leaves the application a day.
  return new Date(due > now.getTime() ? Math.min(soon, due) : now.getTime() + day);
}

/** Between an application being asked again and people being told. */
export const lastWordMs = 3_600_000;

/**
 * Past its time to answer, an application that has its order is handed it again, once a day: its answer was perhaps lost, and
 * it drops repeats by their key. People are told an hour after the first time, whatever became of it.
 */
export function isToAskAgain(order: OrderRow, now: Date): boolean {
  const { due_at: dueAt, delivered_at: deliveredAt } = order;
  if (order.state !== 'received' && order.state !== 'sent') return false;
  if (dueAt === null || deliveredAt === null || dueAt > now) return false;
  const wasAsked = deliveredAt >= dueAt && deliveredAt.getTime() > now.getTime() - day;
  return !wasAsked && !(isToTell(order, now) && dueAt.getTime() + lastWordMs <= now.getTime());
}

/** An application that answers by itself: waited for, and escalated once its time is over. */
export async function watchSilence(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  const now = scope.clock.now();
  if (order.due_at !== null && order.due_at <= now) return escalate(engine, scope, order.id, lease);
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    const isAwaited = current.state === 'sent' || current.state === 'received' || current.state === 'planned';
    await lease.settle(writing.tx, order.id, isAwaited ? watchAt(current, writing.now) : current.next_at);
  });
}
