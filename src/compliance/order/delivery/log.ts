import { sql } from 'kysely';
import { newId } from '../../../kernel/index.ts';
import type { Beat, Store, Tx, Writing } from '../../../store/index.ts';
import type { Handover, Parcel } from './channel.ts';

/** An attempt to hand an order over: the digest of what was sent, how long it took and what became of it. */
export interface Attempt {
  readonly parcel: Pick<Parcel, 'order' | 'application' | 'digest'>;
  readonly handover: Handover;
  readonly latencyMs: number;
}

/** Keeps attempts, in one statement. */
export async function keepDeliveries(writing: Writing, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await writing.tx
    .insertInto('compliance.delivery')
    .values(
      attempts.map(({ parcel, handover, latencyMs }) => ({
        id: newId(),
        order_id: parcel.order.id,
        application_id: parcel.application,
        digest: parcel.digest,
        at: writing.now,
        latency_ms: latencyMs,
        result: handover.kind,
        problem: 'problem' in handover ? JSON.stringify(handover.problem.text) : null,
      })),
    )
    .execute();
}

/** Logs of exchanges are kept six months (CNIL, délibération 2021-122: six months to a year). */
export const deliveriesKeptMs = 180 * 86_400_000;
const batch = 5_000;
const mostBatches = 20;

/** Forgets old attempts to hand over orders of which nothing is awaited any more: at most 100,000 an hour, a few at a time. */
export const deliverySweep: Beat = {
  name: 'compliance.deliveries',
  everyMs: 3_600_000,
  run: async (store) => {
    const before = new Date(store.clock.now().getTime() - deliveriesKeptMs);
    for (let batches = 0; batches < mostBatches; batches += 1) {
      if ((await forgetDeliveries(store, before, batch)) < batch) return;
    }
  },
};

/** At most so many, in every organisation; answers with how many. */
export async function forgetDeliveries(store: Store, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ gone: bigint }>`select compliance.forget_deliveries(${before}, ${most}) as gone`.execute(
    store.unbound,
  );
  return Number(rows[0]?.gone ?? 0);
}

/** Whether the order was ever sent in these words. */
export async function wasDelivered(tx: Pick<Tx, 'selectFrom'>, order: string, digest: Buffer): Promise<boolean> {
  const row = await tx
    .selectFrom('compliance.delivery')
    .select('id')
    .where('order_id', '=', order)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row !== undefined;
}
