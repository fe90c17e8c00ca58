import type { Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import type { OrderRow } from '../order/move.ts';
import { sendTask } from './mail.ts';

/** Opens the task of an order, or opens it again (the order is replayed), and writes to the application's contacts. */
export async function openTask(
  engine: Pick<Engine, 'publicUrl'>,
  writing: Writing,
  order: OrderRow,
  contacts: readonly string[],
): Promise<void> {
  const opened = { opened_at: writing.now, reminders: 0 };
  await writing.tx
    .insertInto('compliance.order_task')
    .values({ id: order.id, ...opened })
    .onConflict((conflict) => conflict.columns(['org', 'id']).doUpdateSet(opened))
    .execute();
  await sendTask(engine, writing, order, 'first', contacts);
}
