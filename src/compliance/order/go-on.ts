import { type ErasurePlan, isSameErasure } from '../../channels/index.ts';
import { type Cause, type Id, type Json, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { lockOrder, type OrderRow } from './move.ts';
import { freezeAgain } from './refreeze.ts';
import { reissue } from './reissue.ts';
import { retryLocked, superseded } from './retry.ts';
import { mayGoOn } from './states.ts';

/**
 * Takes up an order that Socle carried out itself and that isn't finished, under the plan as it is made now. Where it differs
 * from the frozen one (the map says more, a verdict, the schema), the order goes on under its next generation with all that
 * this one had found; else it is tried again as it is. In one transaction: cut before its end, nothing has changed.
 */
export async function goOn(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  order: OrderRow & { readonly application_id: Id<'application'> },
): Promise<void> {
  const plan = await engine.applications.erasurePlan(scope, order.application_id);
  await engine.atStep?.('replanned');
  await write(scope, cause, async (writing) => {
    const current = await lockOrder(writing.tx, order.id);
    if (current.superseded_at !== null) throw superseded();
    if (!mayGoOn(current)) throw movedMeanwhile();
    const frozen = await writing.tx
      .selectFrom('compliance.campaign_application')
      .select('plan')
      .where('campaign_id', '=', order.campaign_id)
      .where('application_id', '=', order.application_id)
      .executeTakeFirst();
    if (isSame(frozen?.plan ?? null, plan)) return retryLocked(writing, current);
    await freezeAgain(writing, current, plan);
    await reissue(writing, current, 'plan_changed');
  });
}

function isSame(frozen: Json, plan: ErasurePlan): boolean {
  return frozen !== null && isSameErasure(JSON.parse(JSON.stringify(frozen)), plan);
}

function movedMeanwhile(): Refusal {
  return new Refusal('order.moved', 409, {
    fr: 'Cet ordre a avancé entre-temps. Rechargez la page.',
    en: 'This order moved on meanwhile. Reload the page.',
  });
}
