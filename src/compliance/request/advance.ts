import { messageStatus } from '../../access/index.ts';
import { type Id, publicId, Refusal, systemCause } from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Lease, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { applicationOrders, isSettled, type OrderView, ordersOf } from '../order/latest.ts';
import { hasEnded } from '../order/states.ts';
import { sendAnswer } from './answer.ts';
import { hasOtherUnanswered } from './awaited.ts';
import { freezePlan, startRequest } from './plan.ts';
import { campaignOf, lockRequest, moveRequest, type RequestRow, readRequestRow } from './row.ts';

/** What a request does next by itself; `none`: a human, an order or a letter is awaited. */
type Next =
  | 'plan'
  | 'start'
  | 'answer'
  | 'forget'
  | 'verify'
  | 'close'
  | 'none'
  /** Look again soon: a letter is on its way. */
  | 'wait';

/** Carries requests on by what the facts allow. It is called when an order ends, a letter leaves, someone decides. */
export function requestHandler(engine: Engine): DueHandler {
  return {
    table: 'compliance.request',
    batch: 4,
    leaseMs: 20_000,
    run: async (scope, rows, lease) => {
      // Side by side: planning waits for applications. All have ended before a failure is told, for it ends the lease.
      const ends = await Promise.allSettled(rows.map((row) => advance(engine, scope, row.id, lease)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}

async function advance(engine: Engine, scope: Scope, id: Id<'request'>, lease: Lease): Promise<void> {
  try {
    for (;;) {
      const request = await readRequestRow(scope.db, id);
      const next = decide(request, await ordersOf(scope.db, id), await isHeldBack(scope.db, scope, request));
      if (next === 'none' || next === 'wait') {
        if (await rest(scope, id, lease)) return;
      } else await actOrLookAgain(engine, scope, request, next);
    }
  } catch (error) {
    // A refusal is shown on the request's page, where somebody settles what it says; anything else is tried again.
    if (!(error instanceof Refusal)) throw error;
    engine.log.info({ request: publicId('req', id), error }, 'request.stopped');
    await write(scope, systemCause('requests', id), async (writing) => {
      await writing.tx.updateTable('compliance.request').set({ last_error: error.code }).where('id', '=', id).execute();
      const isPassing = error.status === 412 || error.status === 503 || error.status === 502;
      await lease.settle(writing.tx, id, isPassing ? new Date(writing.now.getTime() + 5_000) : null);
    });
  } finally {
    engine.bell.ring(id);
  }
}

/** A refusal because somebody else took the request on meanwhile (a colleague, a worker after us) is no end: look again. */
async function actOrLookAgain(
  engine: Engine,
  scope: Scope,
  request: RequestRow,
  next: Exclude<Next, 'none' | 'wait'>,
): Promise<void> {
  try {
    await act(engine, scope, request, next);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { version } = await readRequestRow(scope.db, request.id);
    if (version === request.version) throw error;
  }
}

/**
 * Ends the lease when there is still nothing to do, decided under the request's lock: an order that ended meanwhile is
 * either seen here, or makes the request due again after us.
 */
async function rest(scope: Scope, id: Id<'request'>, lease: Lease): Promise<boolean> {
  return write(scope, systemCause('requests', id), async (writing) => {
    const request = await lockRequest(writing.tx, id);
    const next = decide(request, await ordersOf(writing.tx, id), await isHeldBack(writing.tx, scope, request));
    if (next !== 'none' && next !== 'wait') return false;
    await lease.settle(writing.tx, id, next === 'wait' ? lookAgainAt(request, writing.now) : null);
    return true;
  });
}

/** A letter leaves within a second as a rule: looked at again at twice its age, from one second up to a minute. */
function lookAgainAt(request: RequestRow, now: Date): Date {
  const ageMs = now.getTime() - (request.answer_final_at ?? now).getTime();
  return new Date(now.getTime() + Math.min(60_000, Math.max(1_000, ageMs)));
}

/** Pure: what comes next by itself. */
export function decide(request: RequestRow, orders: readonly OrderView[], isHeldBack: boolean): Next {
  const isAutomatic = request.answer_mode === 'automatic';
  const applications = applicationOrders(orders);
  switch (request.state) {
    case 'identity_checked':
      return isAutomatic ? 'plan' : 'none';
    case 'planned':
      return isAutomatic ? 'start' : 'none';
    case 'in_progress':
      // A hold stops no answer: a partial one says what it keeps.
      return isAutomatic && applications.every((order) => order.state === 'held' || isDone(order)) ? 'answer' : 'none';
    case 'answered':
      return afterAnswer(request, orders, isAutomatic, isHeldBack);
    case 'verified':
      return 'close';
    case 'received':
    case 'qualified':
    case 'closed':
    case 'refused':
    case 'withdrawn':
      return 'none';
  }
}

/** An automatic answer says "verified" where Socle can look: it waits for that look, a matter of seconds. */
function isDone(order: OrderView): boolean {
  if (!hasEnded(order.state)) return false;
  return order.channel !== 'sql' || order.state !== 'executed';
}

function afterAnswer(
  request: RequestRow,
  orders: readonly OrderView[],
  isAutomatic: boolean,
  isHeldBack: boolean,
): Next {
  const isEveryoneSettled = applicationOrders(orders).every(isSettled);
  if (!isEveryoneSettled) return 'none';
  if (request.answer_final_at === null) return isAutomatic ? 'answer' : 'none';
  const socle = orders.find((order) => order.channel === 'socle' && order.isLatest);
  if (socle === undefined) return 'none';
  if (socle.state === 'planned' && socle.nextAt === null) {
    if (request.letter_posted_at === null) return 'none';
    return isHeldBack ? 'wait' : 'forget';
  }
  return socle.state === 'verified' || socle.state === 'not_found' ? 'verify' : 'none';
}

/** The person is still needed: a letter to them is on its way, or another request of theirs waits for its answer. */
async function isHeldBack(db: Tx | Scope['db'], scope: Scope, request: RequestRow): Promise<boolean> {
  if (request.state !== 'answered') return false;
  if (await hasOtherUnanswered(db, [request.person_id], request.id)) return true;
  if (request.answer_message_id === null) return false;
  return (await messageStatus(scope, request.answer_message_id))?.status === 'waiting';
}

async function act(
  engine: Engine,
  scope: Scope,
  request: RequestRow,
  next: Exclude<Next, 'none' | 'wait'>,
): Promise<void> {
  const cause = systemCause('requests', request.id);
  switch (next) {
    case 'plan':
      await freezePlan(engine, scope, cause, request.id);
      return;
    case 'start':
      await startRequest(engine, scope, cause, request.id);
      return;
    case 'answer':
      await sendAnswer(engine, scope, cause, request.id);
      return;
    case 'forget':
      return write(scope, cause, (writing) => releaseSocle(writing, request));
    case 'verify':
      return write(scope, cause, (writing) => verify(engine, writing, request.id));
    case 'close':
      return write(scope, cause, (writing) => close(engine, writing, request.id));
  }
}

/** Socle's own order is the last: it waits until nobody needs to be written to, sent to or looked for any more. */
async function releaseSocle(writing: Writing, request: RequestRow): Promise<void> {
  await writing.tx
    .updateTable('compliance.application_order')
    .set({ next_at: writing.now })
    .where('campaign_id', '=', campaignOf(request))
    .where('channel', '=', 'socle')
    .where('state', '=', 'planned')
    .where('next_at', 'is', null)
    .execute();
  await hintDue(writing.tx);
}

async function verify(engine: Engine, writing: Writing, id: Id<'request'>): Promise<void> {
  const request = await lockRequest(writing.tx, id);
  const states = await countStates(writing.tx, id);
  await moveRequest(engine, writing, request, {
    transition: 'verify',
    columns: { verified_at: writing.now },
    step: { kind: 'verified', data: { orders: states } },
    journal: { kind: 'request.verified', data: { orders: states } },
  });
}

async function close(engine: Engine, writing: Writing, id: Id<'request'>): Promise<void> {
  const request = await lockRequest(writing.tx, id);
  await moveRequest(engine, writing, request, {
    transition: 'close',
    columns: { closed_at: writing.now, next_at: null },
    step: { kind: 'closed' },
    journal: { kind: 'request.closed' },
  });
  await writing.tx
    .updateTable('compliance.campaign')
    .set({ ended_at: writing.now })
    .where('id', '=', campaignOf(request))
    .execute();
}

async function countStates(tx: Tx, id: string): Promise<{ readonly [state: string]: number }> {
  const counts = new Map<string, number>();
  for (const order of await ordersOf(tx, id)) {
    if (order.isLatest) counts.set(order.state, (counts.get(order.state) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
