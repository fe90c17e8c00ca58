import { type Cause, type Id, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { goOn } from './go-on.ts';
import { readOrderRow } from './move.ts';
import { refreezePlan } from './refreeze.ts';
import { reissue } from './reissue.ts';
import { retryOrder } from './retry.ts';
import { mayGoOn } from './states.ts';

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
  const order = await readOrderRow(scope.db, id);
  const { application_id: application } = order;
  if (application !== null && mayGoOn(order))
    return goOn(engine, scope, cause, { ...order, application_id: application });
  return retryOrder(scope, cause, id);
}

/**
 * The same for several; answers with how many go on. One that moved meanwhile (a colleague, an answer) is left as it is,
 * unless none can be mended: then why is told.
 */
export async function mendOrders(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  orders: readonly { readonly id: Id<'application_order'> }[],
  how: Mending,
): Promise<number> {
  let mended = 0;
  let refusal: Refusal | null = null;
  for (const { id } of orders) {
    try {
      await mendOrder(engine, scope, cause, id, how);
      mended += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
    }
  }
  if (mended === 0 && refusal !== null) throw refusal;
  return mended;
}

/** The schema changed: the plan of this one application is made and frozen again. */
async function replan(engine: Engine, scope: Scope, cause: Cause, id: Id<'application_order'>): Promise<void> {
  const order = await readOrderRow(scope.db, id);
  if (order.application_id === null) throw notContradicted();
  await refreezePlan(engine, scope, cause, id, order.application_id);
}

/** A contradicted order goes on under its next generation. */
async function sendAnew(scope: Scope, cause: Cause, id: Id<'application_order'>): Promise<void> {
  await write(scope, cause, async (writing) => {
    const order = await readOrderRow(writing.tx, id);
    if (order.state !== 'contradicted' || (await reissue(writing, order, 'operator')) === null) throw notContradicted();
  });
}

function notContradicted(): Refusal {
  return new Refusal('order.not_contradicted', 409, {
    fr: 'Seul un ordre démenti repart sous une nouvelle génération, une fois.',
    en: 'Only a contradicted order is sent under a new generation, once.',
  });
}
