import { documentDigest } from '../../journal/index.ts';
import { type Json, publicId } from '../../kernel/index.ts';
import { hintDue, type Writing } from '../../store/index.ts';
import type { OutcomeBody } from '../order/answers.ts';
import { answeredSchema } from './row.ts';
import type { Answered } from './seen.ts';

/** An application that sends the same a thousand times learns nothing more of itself. */
const mostKept = 30;

/**
 * What a test does with an outcome that came in for one of its orders; null: it is not an order of a test. The verdict
 * is what a real order would have been told.
 */
export async function takeOutcome(
  writing: Writing,
  id: string,
  body: OutcomeBody,
): Promise<Answered['verdict'] | null> {
  const { tx, now } = writing;
  const order = await tx
    .selectFrom('compliance.conformance_order')
    .select(['id', 'run_id', 'digest', 'hold', 'answers', 'taken'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (order === undefined) return null;
  const earlier = answeredSchema.array().parse(order.answers);
  const { signature: _signature, ...said } = body;
  const document: { readonly [name: string]: Json } = JSON.parse(JSON.stringify(said));
  const digest = Buffer.from(documentDigest(document), 'hex');
  const isOwn = body.order === publicId('ord', id) && body.digest === `sha256:${order.digest.toString('hex')}`;
  const verdict = verdictOf({ isOwn, digest, taken: order.taken, hold: order.hold, last: earlier.at(-1) });
  await tx
    .updateTable('compliance.conformance_order')
    .set({
      hold: Math.max(0, order.hold - 1),
      answers: JSON.stringify([...earlier, answeredOf(body, verdict)].slice(0, mostKept)),
      ...(verdict === 'taken' ? { taken: digest } : {}),
      // Answered: it isn't given again, unless the case offers it anew.
      ...(verdict === 'held' ? {} : { offered_at: null }),
    })
    .where('id', '=', id)
    .execute();
  await wake(writing, order.run_id, now);
  return verdict;
}

export async function takeReceipt(writing: Writing, id: string): Promise<void> {
  await writing.tx
    .updateTable('compliance.conformance_order')
    .set((set) => ({ receipts: set('receipts', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

function verdictOf(given: {
  readonly isOwn: boolean;
  readonly digest: Buffer;
  readonly taken: Buffer | null;
  readonly hold: number;
  readonly last: Answered | undefined;
}): Answered['verdict'] {
  if (!given.isOwn) return 'not_this_one';
  if (given.hold > 0) return 'held';
  if (given.taken === null) return 'taken';
  if (given.taken.equals(given.digest)) return 'repeat';
  return given.last?.outcome === 'failed' || given.last?.outcome === 'partly' ? 'taken' : 'conflict';
}

function answeredOf(body: OutcomeBody, verdict: Answered['verdict']): Answered {
  return {
    verdict,
    at: body.at,
    outcome: body.outcome,
    default: body.default ?? null,
    persons: (body.persons ?? []).slice(0, 200).map(({ ref, outcome, counts, reason }) => ({
      ref,
      outcome,
      counts: Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0),
      hasReason: reason !== undefined,
    })),
    hasBy: body.by !== undefined,
    isSigned: body.signature !== undefined,
  };
}

/** The run looks at once rather than at its next turn. */
async function wake(writing: Writing, run: string, now: Date): Promise<void> {
  await writing.tx
    .updateTable('compliance.conformance_run')
    .set({ next_at: now })
    .where('id', '=', run)
    .where('state', '=', 'running')
    .where('leased_by', 'is', null)
    .execute();
  await hintDue(writing.tx);
}
