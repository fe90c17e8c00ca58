import { record } from '../../journal/index.ts';
import { type Cause, type Id, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { gatherPlan } from './campaign.ts';
import { readOrderRow, tellRequest } from './move.ts';
import { reissue } from './reissue.ts';
import { retryOrder } from './retry.ts';

/** What an operator may do for an order that does not go on by itself. */
export type Mending = 'retry' | 'replan' | 'reissue';

export async function mendOrder(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'application_order'>,
  how: Mending,
): Promise<void> {
  if (how === 'replan') await replan(engine, scope, cause, id);
  if (how === 'reissue') return sendAnew(scope, cause, id);
  return retryOrder(scope, cause, id);
}

/** The schema changed, or could not be read then: the plan of this one application is made and frozen again. */
async function replan(engine: Engine, scope: Scope, cause: Cause, id: Id<'application_order'>): Promise<void> {
  const before = await readOrderRow(scope.db, id);
  const line = (await gatherPlan(engine, scope, null)).find((one) => one.application.id === before.application_id);
  if (line === undefined) throw gone();
  if (line.problem !== null) throw new Refusal('order.no_plan', 409, line.problem);
  await write(scope, cause, async (writing) => {
    const order = await readOrderRow(writing.tx, id);
    await writing.tx
      .updateTable('compliance.campaign_application')
      .set({ plan: JSON.stringify(line.plan), digest: line.digest, problem: null, frozen_at: writing.now })
      .where('campaign_id', '=', order.campaign_id)
      .where('application_id', '=', line.application.id)
      .execute();
    await record(writing, {
      kind: 'request.plan_changed',
      subject: publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id),
      data: { application: publicId('app', line.application.id) },
      ...(line.digest === null ? {} : { digests: { plan: line.digest.toString('hex') } }),
    });
    await tellRequest(writing, order, 'plan_changed');
  });
}

/** A contradicted order goes on under its next generation. */
async function sendAnew(scope: Scope, cause: Cause, id: Id<'application_order'>): Promise<void> {
  await write(scope, cause, async (writing) => {
    const order = await readOrderRow(writing.tx, id);
    if (order.state !== 'contradicted' || (await reissue(writing, order, 'operator')) === null) throw notContradicted();
  });
}

function gone(): Refusal {
  return new Refusal('order.application_gone', 409, {
    fr: 'Cette application n’est plus raccordée : raccordez-la de nouveau pour pouvoir refaire le plan.',
    en: 'This application is no longer connected: connect it again to make the plan anew.',
  });
}

function notContradicted(): Refusal {
  return new Refusal('order.not_contradicted', 409, {
    fr: 'Seul un ordre démenti repart sous une nouvelle génération, une fois.',
    en: 'Only a contradicted order is sent under a new generation, once.',
  });
}
