import { open, seal } from '../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';

const context = (order: string): string => `capture ${order}`;

/** Keeps what an order found before it changes anything. A later attempt's capture takes the place of an earlier one. */
export async function keepCapture(writing: Writing, order: string, capture: object): Promise<void> {
  const sealed = seal(writing.scope.keys.ledger, JSON.stringify(capture), context(order));
  await writing.tx
    .insertInto('compliance.order_capture')
    .values({ order_id: order, sealed, captured_at: writing.now })
    .onConflict((conflict) => conflict.columns(['org', 'order_id']).doUpdateSet({ sealed, captured_at: writing.now }))
    .execute();
}

/** The capture as JSON text; null when nothing was captured yet. */
export async function openCapture(scope: Scope, order: string): Promise<string | null> {
  const row = await scope.db
    .selectFrom('compliance.order_capture')
    .select('sealed')
    .where('order_id', '=', order)
    .executeTakeFirst();
  return row === undefined ? null : open(scope.keys.ledger, row.sealed, context(order)).toString('utf8');
}

/** It holds keys of the person's rows: destroyed as soon as nothing can need it. */
export async function destroyCapture(tx: Tx, order: string): Promise<void> {
  await tx.deleteFrom('compliance.order_capture').where('order_id', '=', order).execute();
}
