import { sql } from 'kysely';
import type { Id, Json } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import { giveTests } from '../conformance/pull.ts';
import type { Engine } from '../engine.ts';
import { noteSeen } from './delivery/line.ts';
import { keepDeliveries } from './delivery/log.ts';
import { type OrderRow, readOrderRows } from './move.ts';
import { pullTopic } from './pull-topic.ts';
import { endUnsendable } from './retry.ts';
import { nobodyToName, type OrderText, sendOrders } from './send.ts';

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
    const given = await giveTests(writing, application);
    if (rows.length === 0) return given;
    const ids = rows.map(({ id }) => id);
    return [...given, ...(await giveOrders(engine, writing, await readOrderRows(writing.tx, ids), application))];
  });
}

/** Orders into the application's hands. One that has nobody to name any more ends for that reason instead. */
async function giveOrders(
  engine: Engine,
  writing: Writing,
  orders: readonly OrderRow[],
  application: Id<'application'>,
): Promise<readonly Json[]> {
  const { tx, now } = writing;
  const texts = await sendOrders(engine, writing, orders);
  const given: { readonly order: OrderRow; readonly text: OrderText }[] = [];
  for (const [place, order] of orders.entries()) {
    const text = texts[place] ?? null;
    if (text === null) await endUnsendable(writing, order, 'identity_ambiguous', nobodyToName().text);
    else given.push({ order, text });
  }
  const ids = given.map(({ order }) => order.id);
  await tx
    .updateTable('compliance.application_order')
    .set({ given_until: leaseEnd(now), delivered_at: sql`coalesce(delivered_at, ${now})`, problem: null })
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  await keepDeliveries(
    writing,
    given.map(({ order, text: { digest } }) => ({
      parcel: { order, application, digest },
      handover: { kind: 'handed_over' },
      latencyMs: 0,
    })),
  );
  return given.map(({ text }) => JSON.parse(text.body.toString('utf8')));
}

/** The application works on them: they stay in its hands for another lease. */
export async function renewLeases(writing: Writing, orders: readonly OrderRow[]): Promise<void> {
  const pulled = orders.filter(({ channel }) => channel === 'pull').map(({ id }) => id);
  if (pulled.length === 0) return;
  await writing.tx
    .updateTable('compliance.application_order')
    .set({ given_until: leaseEnd(writing.now) })
    .where('id', '=', sql<string>`any(${pulled}::uuid[])`)
    .where('state', 'in', ['sent', 'received'])
    .execute();
}

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + pullLeaseMs);
}
