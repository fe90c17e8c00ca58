import { record } from '../../journal/index.ts';
import { publicId } from '../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { bodyDigest, orderBody } from './body.ts';
import { moveOrder, type OrderRow, tellRequest } from './move.ts';
import { recipientsOf } from './recipients.ts';

const day = 86_400_000;

/**
 * planned → sent: the order exists for its application, and the journal holds its digest. Sent again after a failure, it
 * is the order it was, byte for byte.
 */
export async function sendOrder(engine: Engine, writing: Writing, order: OrderRow): Promise<void> {
  const { tx, scope, now } = writing;
  const recipients = await recipientsOf(tx, scope, order);
  const dueAt = order.due_at ?? (await answerDue(tx, order, now));
  const facts = {
    id: order.id,
    key: order.key,
    action: order.action,
    applicationName: order.application_name,
    cause: { kind: order.campaign_kind, id: order.campaign_id },
    plannedAt: order.planned_at,
    dueAt,
    source: `${engine.publicUrl}/orgs/${order.org}`,
  };
  const digest = order.body_digest ?? bodyDigest(orderBody(facts, recipients));
  await moveOrder(tx, order, 'sent', { sent_at: now, due_at: dueAt, body_digest: digest, problem: null });
  await record(writing, {
    kind: 'order.sent',
    subject: publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id),
    data: {
      order: publicId('ord', order.id),
      key: order.key,
      generation: order.generation,
      persons: recipients.length,
    },
    digests: { [publicId('ord', order.id)]: digest.toString('hex') },
  });
  await tellRequest(writing, order, 'order_sent', { generation: order.generation });
}

/** When its application is to have answered: past it, the application is silent. */
export async function answerDue(db: Tx | Scope['db'], order: OrderRow, from: Date): Promise<Date> {
  if (order.application_id === null) return new Date(from.getTime() + day);
  const line = await db
    .selectFrom('compliance.campaign_application')
    .select('answer_time_days')
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', '=', order.application_id)
    .executeTakeFirst();
  return new Date(from.getTime() + (line?.answer_time_days ?? 3) * day);
}
