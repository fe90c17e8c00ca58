import { newId } from '../../../kernel/index.ts';
import type { Tx, Writing } from '../../../store/index.ts';
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
