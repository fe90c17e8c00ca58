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
    if (current.state !== 'sent' && current.state !== 'received' && current.state !== 'planned') {
      return lease.settle(writing.tx, order.id, null);
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
