import { publicId, systemCause } from '../../kernel/index.ts';
import { type Lease, type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { type OrderRow, readOrderRow } from './move.ts';

const day = 86_400_000;

/** When an application that has its order is to have answered; a late replay leaves it a day. */
export function watchAt(order: Pick<OrderRow, 'due_at'>, now: Date): Date {
  return new Date(Math.max(order.due_at?.getTime() ?? 0, now.getTime() + day));
}

/** An application that answers by itself: told silent, once, when its time is over. */
export async function watchSilence(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    const isAwaited = current.state === 'sent' || current.state === 'received' || current.state === 'planned';
    if (!isAwaited) return lease.settle(writing.tx, order.id, null);
    // It moved on between the look and the lock: the application has just taken it.
    if (current.due_at !== null && current.due_at > writing.now) {
      return lease.settle(writing.tx, order.id, current.due_at);
    }
    engine.log.warn({ order: publicId('ord', order.id) }, 'order.silent');
    await writing.tx
      .updateTable('compliance.application_order')
      .set({ escalated_at: writing.now })
      .where('id', '=', order.id)
      .execute();
    await lease.settle(writing.tx, order.id, null);
  });
}
