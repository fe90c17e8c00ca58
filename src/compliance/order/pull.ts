import { type Id, type Json, Refusal } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import { giveTests } from '../conformance/pull.ts';
import type { Engine } from '../engine.ts';
import { noteSeen } from './delivery/line.ts';
import { keepDelivery } from './delivery/log.ts';
import { type OrderRow, readOrderRow } from './move.ts';
import { pullTopic } from './pull-topic.ts';
import { endUnsendable } from './retry.ts';
import { nobodyCode, type OrderText, sendOrder, sendOrderAgain } from './send.ts';

/** An application that dies with an order in its hands gets it again after that; a receipt renews it (connect.md). */
export const pullLeaseMs = 60_000;
/** Orders in one answer, at most. */
export const mostPulled = 100;

export interface Pulling {
  readonly application: Id<'application'>;
  readonly waitMs: number;
  readonly limit: number;
  /** Aborted when the application hangs up or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * The orders an application comes for, the oldest first: those never given, and those whose lease
 * is over without an outcome. When there is none, waits to be woken rather than asking again and again.
 */
export async function pullOrders(
  engine: Engine,
  scope: Scope,
  pulling: Pulling,
  cause: Writing['cause'],
): Promise<readonly Json[]> {
  await noteSeen(scope, pulling.application);
  const until = performance.now() + pulling.waitMs;
  for (;;) {
    // Begun before reading: a ring during the read is not missed.
    const found = new AbortController();
    const leftMs = Math.max(0, until - performance.now());
    const signal = AbortSignal.any([pulling.signal, found.signal]);
    const woken = engine.bell.wait(pullTopic(pulling.application), leftMs, signal);
    const given = await give(engine, scope, pulling, cause);
    if (given.length > 0 || leftMs === 0 || pulling.signal.aborted) {
      found.abort();
      return given;
    }
    await woken;
  }
}

async function give(
  engine: Engine,
  scope: Scope,
  { application, limit }: Pulling,
  cause: Writing['cause'],
): Promise<readonly Json[]> {
  return write(scope, cause, async (writing) => {
    const rows = await writing.tx
      .selectFrom('compliance.application_order')
      .select('id')
      .where('application_id', '=', application)
      .where('channel', '=', 'pull')
      .where('state', 'in', ['planned', 'sent', 'received'])
      .where('superseded_at', 'is', null)
      .where((where) => where.or([where('given_until', 'is', null), where('given_until', '<=', writing.now)]))
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    const given: Json[] = [...(await giveTests(writing, application))];
    for (const { id } of rows) {
      const text = await giveOne(engine, writing, await readOrderRow(writing.tx, id), application);
      if (text !== null) given.push(JSON.parse(text.body.toString('utf8')));
    }
    return given;
  });
}

/** One order into the application's hands; null when there is nobody to name any more, and it ended for that reason. */
async function giveOne(
  engine: Engine,
  writing: Writing,
  order: OrderRow,
  application: Id<'application'>,
): Promise<OrderText | null> {
  try {
    const text = await (order.state === 'planned' ? sendOrder : sendOrderAgain)(engine, writing, order);
    await writing.tx
      .updateTable('compliance.application_order')
      .set({ given_until: leaseEnd(writing.now), delivered_at: order.delivered_at ?? writing.now, problem: null })
      .where('id', '=', order.id)
      .execute();
    await keepDelivery(writing, { order, application, digest: text.digest }, { kind: 'handed_over' }, 0);
    return text;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== nobodyCode) throw error;
    await endUnsendable(writing, order, 'identity_ambiguous', error.text);
    return null;
  }
}

/** The application works on it: it stays in its hands for another lease. */
export async function renewLease(writing: Writing, order: OrderRow): Promise<void> {
  if (order.channel !== 'pull') return;
  await writing.tx
    .updateTable('compliance.application_order')
    .set({ given_until: leaseEnd(writing.now) })
    .where('id', '=', order.id)
    .where('state', 'in', ['sent', 'received'])
    .execute();
}

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + pullLeaseMs);
}
