import type { BatchOutcome } from '../../channels/index.ts';
import { once, publicId, Refusal, systemCause } from '../../kernel/index.ts';
import type { Limits } from '../../repository/index.ts';
import { type DueHandler, hintDue, type Lease, LeaseLost, type Scope, write } from '../../store/index.ts';
import { opensAt } from '../application/hours.ts';
import type { Engine } from '../engine.ts';
import { isStillNeeded, StillNeeded, socleExecutor } from '../socle/executor.ts';
import type { Recipient } from './body.ts';
import { keepCapture, openCapture } from './capture.ts';
import { admit } from './delivery/admission.ts';
import type { DeliveryChannel } from './delivery/channel.ts';
import { type Way, wayOf } from './delivery/channels.ts';
import { type Deliver, deliverer } from './delivery/deliver.ts';
import { type Line, readLine } from './delivery/line.ts';
import { escalate } from './escalate.ts';
import type { Execution, Executor } from './executor.ts';
import { lockOrder, moveOrder, type OrderRow, readOrderRow, readOrderRows } from './move.ts';
import { recordExecution } from './outcome.ts';
import { pullTopic } from './pull-topic.ts';
import { recipientsOf } from './recipients.ts';
import { endRemoved, followChannel, isOpen } from './removed.ts';
import { retryByItself, tryLater } from './retry.ts';
import { answerDue, sendOrder } from './send.ts';
import { sqlExecutor } from './sql-executor.ts';
import { verifyOrder } from './verify.ts';
import { isToAskAgain, watchAt, watchSilence } from './watch.ts';

/** Orders that one application is worked on with at once, by one process. */
export const inFlight = 16;

/** Carries due orders on, one step of their life at a time. What an application does by itself is only watched here. */
export function orderHandler(engine: Engine): DueHandler {
  const deliver = deliverer(engine);
  return {
    table: 'compliance.application_order',
    // Of one application: another is never kept waiting by it.
    lane: 'application_id',
    batch: inFlight,
    leaseMs: 20_000,
    run: async (scope, rows, lease) => {
      const orders = await readOrderRows(
        scope.db,
        rows.map(({ id }) => id),
      );
      const batch = batchOf(engine, scope, lease, deliver);
      await Promise.all(orders.map((order) => workOn(batch, order)));
    },
  };
}

/** Orders that are carried on at the same time. What they ask of an application is read once for all of them. */
interface Batch {
  readonly engine: Engine;
  readonly scope: Scope;
  readonly lease: Lease;
  readonly deliver: Deliver;
  terms(application: string): ReturnType<Engine['applications']['terms']>;
  line(application: string): Promise<Line>;
  way(channel: Parameters<typeof wayOf>[1]): Way;
}

function batchOf(engine: Engine, scope: Scope, lease: Lease, deliver: Deliver): Batch {
  return {
    engine,
    scope,
    lease,
    deliver,
    terms: once((application: string) => engine.applications.terms(scope, application)),
    line: once((application: string) => readLine(scope.db, application)),
    way: once((channel: Parameters<typeof wayOf>[1]) => wayOf(engine, channel)),
  };
}

async function workOn(batch: Batch, order: OrderRow): Promise<void> {
  const { engine, scope, lease } = batch;
  const { id } = order;
  try {
    await carryOn(batch, order);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (error instanceof StillNeeded) return await waitForAnswer(scope, order, lease);
    engine.log.info({ order: publicId('ord', id), error, channel: order.channel }, 'order.not_done');
    await tryLater(scope, lease, id, error);
  } finally {
    engine.bell.ring(order.campaign_id);
  }
}

async function carryOn(batch: Batch, asked: OrderRow): Promise<void> {
  const { engine, scope, lease } = batch;
  const application = asked.application_id;
  if (asked.superseded_at !== null) return rest(scope, asked, lease);
  if (application === null || !isOpen(asked)) return carryOut(engine, scope, asked, lease);
  const terms = await batch.terms(application);
  if (terms === null) return endRemoved(scope, asked, lease);
  const order = { ...(await followChannel(scope, asked, terms.channel)), application_id: application };
  const way = batch.way(order.channel);
  switch (way.kind) {
    case 'executed': {
      const opening = opensAt(scope.clock.now(), terms.limits.hours);
      if (order.state === 'planned' && opening > scope.clock.now()) return rest(scope, order, lease, opening);
      return carryOut(engine, scope, order, lease);
    }
    case 'delivered':
      return deliverOn(batch, order, way.by, terms.limits);
    case 'fetched':
      if (order.state === 'failed') return afterFailure(engine, scope, order, lease);
      return awaitFetch(engine, scope, order, lease);
  }
}

/** Socle executes the order by itself, proves it, and looks again. */
async function carryOut(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  switch (order.state) {
    case 'planned':
      if (order.channel === 'socle' && (await isStillNeeded(scope.db, order)))
        return waitForAnswer(scope, order, lease);
      await send(engine, scope, order);
      return perform(engine, scope, await readOrderRow(scope.db, order.id), lease);
    case 'sent':
    case 'received':
      return perform(engine, scope, order, lease);
    case 'executed':
    case 'partly':
    case 'not_found':
    case 'verified':
      return verifyOrder(engine, scope, order, lease, executorOf(engine, order));
    case 'failed':
      // Socle's own order has no owner to tell.
      return order.application_id === null ? rest(scope, order, lease) : afterFailure(engine, scope, order, lease);
    case 'held':
    case 'refused':
    case 'contradicted':
      return rest(scope, order, lease);
  }
}

/** The application carries the order out: Socle hands it over when it may leave, then waits for its word. */
async function deliverOn(
  { engine, scope, lease, deliver, line }: Batch,
  order: OrderRow & { readonly application_id: string },
  channel: DeliveryChannel,
  limits: Limits,
): Promise<void> {
  if (order.state === 'failed') return afterFailure(engine, scope, order, lease);
  const isToDeliver = order.state === 'planned' || (order.state === 'sent' && order.delivered_at === null);
  if (!isToDeliver && !(channel.mayAskAgain && isToAskAgain(order, scope.clock.now()))) {
    return watchSilence(engine, scope, order, lease);
  }
  const admission = await admit(scope, order, limits, await line(order.application_id));
  if (admission.kind === 'now') return deliver(scope, order, lease, channel);
  const isPastDue = order.due_at !== null && order.due_at <= scope.clock.now();
  if (isPastDue) return escalate(engine, scope, order.id, lease, admission.at);
  return rest(scope, order, lease, admission.at);
}

/** Handed over again when its application only said `failed` lately; else a matter for people. */
async function afterFailure(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  if (order.retry_at === null) return escalate(engine, scope, order.id, lease);
  if (order.retry_at > scope.clock.now()) return rest(scope, order, lease, order.retry_at);
  return retryByItself(scope, order, lease);
}

/** The application comes for its orders: those who wait for them are woken, and then its time runs. */
async function awaitFetch(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  if (order.state !== 'planned' || order.given_until !== null) return watchSilence(engine, scope, order, lease);
  const dueAt = order.due_at ?? (await answerDue(scope.db, order, scope.clock.now()));
  const topic = pullTopic(order.application_id ?? '');
  await scope.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('compliance.application_order')
      .set({ due_at: dueAt })
      .where('id', '=', order.id)
      .where('due_at', 'is', null)
      .execute();
    await lease.settle(tx, order.id, watchAt({ due_at: dueAt }, scope.clock.now()));
    await hintDue(tx, topic);
  });
  engine.bell.ring(topic);
}

/** Nothing more to do by itself, or not before a given moment. */
async function rest(scope: Scope, order: OrderRow, lease: Lease, until: Date | null = null): Promise<void> {
  await scope.db.transaction().execute((tx) => lease.settle(tx, order.id, until));
}

/** Socle forgets nobody who waits for an answer to what they asked since. */
async function waitForAnswer(scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  await rest(scope, order, lease, new Date(scope.clock.now().getTime() + 5 * 60_000));
}

function executorOf(engine: Engine, order: OrderRow): Executor {
  return order.channel === 'socle' ? socleExecutor : sqlExecutor(engine);
}

async function send(engine: Engine, scope: Scope, order: OrderRow): Promise<void> {
  await engine.atStep?.('sending');
  await write(scope, systemCause('orders', order.id), async (writing) => {
    // A hold that takes somebody out of it does so before it is written whom it is about, or finds that it has left.
    await lockOrder(writing.tx, order.id);
    await sendOrder(engine, writing, order);
  });
  await engine.atStep?.('sent');
}

/** sent, received → the outcome. The capture is safe before anything changes; after a crash it tells what was done. */
async function perform(engine: Engine, scope: Scope, order: OrderRow, lease: Lease): Promise<void> {
  const recipients = await recipientsOf(scope.db, scope, order);
  const usable = recipients.filter((recipient) => recipient.identities.length > 0);
  const batch =
    usable.length === 0 && order.channel === 'sql'
      ? nobodyToLookFor(recipients)
      : await executorOf(engine, order).execute({
          scope,
          order,
          recipients: order.channel === 'sql' ? usable : recipients,
          earlier: await openCapture(scope, order.id),
          persist: (capture) => captured(engine, scope, order, lease, capture),
        });
  await engine.atStep?.('executed');
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    await recordExecution(writing, current, batch);
    await lease.settle(writing.tx, order.id, nextLook(batch, writing.now));
    await hintDue(writing.tx);
  });
  await engine.atStep?.('recorded');
}

/**
 * What was found is kept before anything changes, under the lease: whoever lost it to another worker stops here, before that one,
 * which looks for itself, finds nothing and takes the person for unknown.
 */
async function captured(engine: Engine, scope: Scope, order: OrderRow, lease: Lease, capture: object): Promise<void> {
  await write(scope, systemCause('orders', order.id), async (writing) => {
    await lease.hold(writing.tx, order.id);
    await keepCapture(writing, order.id, capture);
    const current = await readOrderRow(writing.tx, order.id);
    if (current.state === 'held') throw heldMeanwhile();
    if (current.state === 'sent') await moveOrder(writing.tx, current, 'received', { received_at: writing.now });
  });
  await engine.atStep?.('captured');
}

/** A hold was placed before anything changed: nothing will. */
function heldMeanwhile(): Refusal {
  return new Refusal('order.held', 409, {
    fr: 'Un gel a été posé sur cette personne : l’ordre attend sa levée.',
    en: 'A hold was placed on this person: the order waits for its release.',
  });
}

/** An executed order is looked at again at once; of one that failed, people are told at once. */
function nextLook(batch: BatchOutcome, now: Date): Date | null {
  return batch.persons.some(({ outcome }) => outcome === 'executed' || outcome === 'failed') ? now : null;
}

/** Only identifiers that others share are known of these persons: nobody is erased by one of them. */
function nobodyToLookFor(recipients: readonly Recipient[]): Execution {
  return {
    persons: recipients.map(({ ref }) => ({
      ref,
      outcome: 'refused',
      counts: {},
      tables: {},
      seen: [],
      reason: 'identity_ambiguous',
      detail: {
        fr: 'Les identifiants connus de cette personne sont partagés avec quelqu’un d’autre. Demandez-en un second qui concorde.',
        en: 'The identifiers known of this person are shared with someone else. Ask for a second one that agrees.',
      },
    })),
    proof: { sweep: 'partial', notSwept: [], personsSwept: 0 },
    notices: [],
    kept: [],
  };
}
