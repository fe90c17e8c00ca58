import { type ErasurePlan, planDigest } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { type Cause, type Id, publicId } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { type OrderRow, readOrderRow, subjectOf, tellRequest } from './move.ts';

/**
 * Makes the plan of one application again and freezes it in the place of the one the order had, if it had one: its schema
 * changed, or it could not be read then. Refuses as the application's own plan does (503: try again later).
 */
export async function refreezePlan(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'application_order'>,
  application: Id<'application'>,
): Promise<ErasurePlan> {
  const plan = await engine.applications.erasurePlan(scope, application);
  await write(scope, cause, async (writing) => freezeAgain(writing, await readOrderRow(writing.tx, id), plan));
  return plan;
}

/** Freezes another plan of an order's application, for its whole campaign. */
export async function freezeAgain(writing: Writing, order: OrderRow, plan: ErasurePlan): Promise<void> {
  const digest = planDigest(plan);
  await writing.tx
    .updateTable('compliance.campaign_application')
    .set({
      plan: JSON.stringify(plan),
      digest: Buffer.from(digest, 'hex'),
      problem: null,
      frozen_at: writing.now,
    })
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', '=', order.application_id)
    .execute();
  await record(writing, {
    kind: 'request.plan_changed',
    subject: subjectOf(order),
    data: { application: publicId('app', order.application_id ?? '') },
    digests: { plan: digest },
  });
  await tellRequest(writing, order, 'plan_changed');
}
