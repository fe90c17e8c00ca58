import { systemCause, type Text } from '../../kernel/index.ts';
import { type Lease, type Scope, write } from '../../store/index.ts';
import type { Channel } from '../application/directory.ts';
import { type OrderRow, readOrderRow } from './move.ts';
import { endUnsendable } from './retry.ts';

export const removedReason = 'application_removed';

/** Those of an order that its application could still carry out. */
export const openStates = ['planned', 'held', 'sent', 'received', 'failed'] as const;

export function isOpen(order: Pick<OrderRow, 'state'>): boolean {
  return openStates.some((state) => state === order.state);
}

/** The application was retired or disconnected with the order in its hands: it ends with that reason, and the request goes on. */
export async function endRemoved(scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    if (isOpen(current)) await endUnsendable(writing, current, removedReason, removed);
    await lease.settle(writing.tx, order.id, null);
  });
}

/** The application was connected by another channel since the plan was frozen: an order that has not left follows it. */
export async function followChannel(scope: Scope, order: OrderRow, channel: Channel): Promise<OrderRow> {
  const hasLeft = order.state !== 'planned' && !(order.state === 'sent' && order.delivered_at === null);
  if (order.channel === channel || hasLeft) return order;
  await scope.db
    .updateTable('compliance.application_order')
    .set({ channel })
    .where('id', '=', order.id)
    .where('state', '=', order.state)
    .execute();
  return { ...order, channel };
}

const removed: Text = {
  fr: 'L’application a été retirée du service, ou n’est plus reliée, avant d’avoir exécuté cet ordre. Rien n’y est tenu pour effacé ; la réponse à la personne le dit.',
  en: 'The application was retired, or is no longer connected, before it carried this order out. Nothing there is taken as erased; the answer to the person says so.',
};
