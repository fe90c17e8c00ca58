import { record } from '../../journal/index.ts';
import { type Id, newId, publicId } from '../../kernel/index.ts';
import { hintDue, type Writing } from '../../store/index.ts';
import { holdBack } from '../hold/cover.ts';
import { handCaptureOver } from './capture.ts';
import { type OrderRow, subjectOf, tellRequest } from './move.ts';
import { orderKey } from './states.ts';

export type ReissueReason = 'contradiction' | 'restoration' | 'release' | 'operator' | 'plan_changed';

/**
 * Sends an order anew on purpose, under its next generation, so that an application that drops repeats does not drop it. It
 * takes the place of the one before: what is still said of that one is kept, and satisfies nothing. Answers null when a
 * later generation already exists.
 */
export async function reissue(
  writing: Writing,
  order: OrderRow,
  why: ReissueReason,
): Promise<Id<'application_order'> | null> {
  const { tx, now } = writing;
  const id: Id<'application_order'> = newId();
  const generation = order.generation + 1;
  const slug = order.key.split('/')[1] ?? 'application';
  const cause = subjectOf(order);
  const made = await tx
    .insertInto('compliance.application_order')
    .values({
      id,
      campaign_id: order.campaign_id,
      application_id: order.application_id,
      application_name: order.application_name,
      channel: order.channel,
      action: order.action,
      batch: order.batch,
      generation,
      key: orderKey({ cause, application: slug, action: order.action, batch: order.batch, generation }),
      state: 'planned',
      planned_at: now,
      next_at: now,
    })
    .onConflict((conflict) => conflict.columns(['org', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return null;
  await tx
    .insertInto('compliance.order_person')
    .columns(['order_id', 'person_id', 'ref'])
    .expression((from) =>
      from
        .selectFrom('compliance.order_person')
        .select((select) => [select.val(id).as('order_id'), 'person_id', 'ref'])
        .where('order_id', '=', order.id),
    )
    .execute();
  await tx
    .updateTable('compliance.application_order')
    .set({ superseded_at: now, next_at: null, retry_at: null })
    .where('id', '=', order.id)
    .execute();
  await handCaptureOver(writing, order.id, id, why === 'plan_changed' ? 'all' : 'learnt');
  await record(writing, {
    kind: 'order.reissued',
    subject: cause,
    data: { order: publicId('ord', id), after: publicId('ord', order.id), generation, why },
  });
  await tellRequest(writing, order, 'order_reissued', { generation, why });
  await holdBack(writing, [id]);
  await hintDue(tx);
  return id;
}
