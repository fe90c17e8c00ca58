import type { Cause, Id } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { retryOrder } from '../order/retry.ts';
import { openOrders } from './health.ts';

const mostAtOnce = 1_000;

/** The cause is mended: every dead letter of the application leaves again, as the order it was. Answers with how many. */
export async function replayDead(scope: Scope, cause: Cause, application: Id<'application'>): Promise<number> {
  const dead = await openOrders(scope, application, 'dead', mostAtOnce);
  for (const order of dead) await retryOrder(scope, { ...cause, key: null }, order.id);
  return dead.length;
}
