import { type Seen, type Sighting, unlinkedText } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { publicId, systemCause } from '../../kernel/index.ts';
import { hintDue, type Lease, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { destroyCapture, keepLearnt, openCapture } from './capture.ts';
import { keepDocument, verificationDocument } from './documents.ts';
import type { Executor } from './executor.ts';
import { isChecked } from './hand-check-document.ts';
import { checksOf } from './latest.ts';
import { moveOrder, type OrderRow, readOrderRow, subjectOf, tellRequest } from './move.ts';
import { recipientsOf } from './recipients.ts';
import { reissue } from './reissue.ts';

/** Within the ledger's time, an application that can be queried is asked again each week. */
const recheckMs = 7 * 86_400_000;

/** A contradicted order is sent again once by itself; contradicted again, a human is asked. */
const automaticContradictions = 1;

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
    return scope.db.transaction().execute(async (tx) => {
      await destroyCapture(tx, order.id);
      await lease.settle(tx, order.id, null);
    });
  }
  const seen = await executor.see({ scope, order, recipients, earlier: await openCapture(scope, order.id) });
  const isSeen = seen.some((one) => one.isSeen);
  const checks = (await checksOf(scope.db, [order.id])).get(order.id) ?? [];
  const isOpen = (sighting: Sighting): boolean => !sighting.mayStay && !isChecked(checks, sighting);
  const isDoubtful = !isSeen && seen.some((one) => one.mayBeSeen && one.sightings.some(isOpen));
  await write(scope, systemCause('orders', order.id), async (writing) => {
    const current = await readOrderRow(writing.tx, order.id);
    const document = verificationDocument(current, writing.now, seen);
    if (isSeen) await contradict(writing, current, document);
    else if (isDoubtful) await doubt(writing, current, document, seen);
    else await confirm(writing, current, document);
    const isWatched = !isSeen && !isDoubtful && order.channel === 'sql';
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
  await keepLearnt(writing, order.id);
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
  await record(writing, {
    kind: 'order.contradicted',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation },
    digests,
  });
  await tellRequest(writing, order, 'order_contradicted', { generation: order.generation });
  if ((await contradictions(writing.tx, order)) <= automaticContradictions)
    await reissue(writing, order, 'contradiction');
}

/** How often an order was contradicted, this time included: a generation sent because the map changed is none. */
async function contradictions(tx: Tx, order: OrderRow): Promise<number> {
  const { total } = await tx
    .selectFrom('compliance.application_order')
    .select((select) => select.fn.countAll<bigint>().as('total'))
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', 'is not distinct from', order.application_id)
    .where('batch', '=', order.batch)
    .where('state', '=', 'contradicted')
    .executeTakeFirstOrThrow();
  return Number(total);
}

/**
 * Only the person's name was seen, where nothing links anything: a namesake, or they. What is said of it is what would have
 * been said had it been seen at once: done in part, until somebody says what the table is.
 */
async function doubt(writing: Writing, order: OrderRow, document: Document, seen: readonly Seen[]): Promise<void> {
  if (order.state !== 'executed' && order.state !== 'verified') return;
  const digests = await keepDocument(writing, order, 'verification', document);
  const problem = unlinkedText(seen.flatMap(({ sightings }) => sightings));
  await moveOrder(writing.tx, order, 'partly', {
    outcome: 'partly',
    problem: problem === null ? null : JSON.stringify(problem),
    escalated_at: writing.now,
  });
  await record(writing, {
    kind: 'order.partly',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation },
    digests,
  });
  await tellRequest(writing, order, 'order_partly', {});
}
