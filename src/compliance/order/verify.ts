import { record } from '../../journal/index.ts';
import { publicId, systemCause } from '../../kernel/index.ts';
import { hintDue, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { destroyCapture } from './capture.ts';
import { keepDocument, verificationDocument } from './documents.ts';
import type { Executor } from './executor.ts';
import { moveOrder, type OrderRow, readOrderRow, subjectOf, tellRequest } from './move.ts';
import { recipientsOf } from './recipients.ts';
import { reissue } from './reissue.ts';

/** Within the ledger's time, an application that can be queried is asked again each week. */
const recheckMs = 7 * 86_400_000;

/** A contradicted order is sent again once by itself; contradicted again, a human is asked. */
export const automaticGenerations = 2;

/**
 * Looks again for the persons of an order that ended. Nobody seen: verified. Somebody seen: contradicted, and the order
 * reopens under its next generation.
 */
export async function verifyOrder(
  engine: Engine,
  scope: Scope,
  order: OrderRow,
  lease: Lease,
  executor: Executor,
): Promise<void> {
  await engine.atStep?.('verifying');
  const recipients = (await recipientsOf(scope.db, scope, order)).filter(({ identities }) => identities.length > 0);
  // Past the end of the ledger nothing is left to look for them with.
  if (recipients.length === 0 && order.channel !== 'socle') {
    return scope.db.transaction().execute((tx) => lease.settle(tx, order.id, null));
  }
  const seen = await executor.see({ scope, order, recipients });
  const isSeen = seen.some((one) => one.isSeen);
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    const document = verificationDocument(current, writing.now, seen);
    if (isSeen) await contradict(writing, current, document);
    else await confirm(writing, current, document);
    const isWatched = !isSeen && order.channel === 'sql';
    await lease.settle(writing.tx, order.id, isWatched ? new Date(writing.now.getTime() + recheckMs) : null);
    await hintDue(writing.tx);
  });
}

type Document = ReturnType<typeof verificationDocument>;

async function confirm(writing: Writing, order: OrderRow, document: Document): Promise<void> {
  // Seen absent again: nothing new to say of an order already verified, or that found nobody.
  if (order.state !== 'executed') return;
  const digests = await keepDocument(writing, order, 'verification', document);
  await moveOrder(writing.tx, order, 'verified', { verified_at: writing.now, problem: null, tries: 0 });
  await destroyCapture(writing.tx, order.id);
  await record(writing, {
    kind: 'order.verified',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation },
    digests,
  });
  await tellRequest(writing, order, 'order_verified', { generation: order.generation });
}

/** The application said that it was done, and the person is still there: its order reopens under the next generation. */
export async function contradict(writing: Writing, order: OrderRow, document: Document): Promise<void> {
  const digests = await keepDocument(writing, order, 'verification', document);
  await moveOrder(writing.tx, order, 'contradicted', { escalated_at: writing.now, verified_at: writing.now });
  await destroyCapture(writing.tx, order.id);
  await record(writing, {
    kind: 'order.contradicted',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation },
    digests,
  });
  await tellRequest(writing, order, 'order_contradicted', { generation: order.generation });
  if (order.generation < automaticGenerations) await reissue(writing, order, 'contradiction');
}
