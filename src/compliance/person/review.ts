import { record } from '../../journal/index.ts';
import { actorText, type Cause, type Id, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { addStep } from '../request/steps.ts';
import { joinPersons } from './join.ts';

/**
 * Settles whether two persons who share an identifier are one. The same: they are joined, under the older one.
 * Different: they stay apart, and the shared identifier is never used to erase either.
 */
export async function decideReview(
  scope: Scope,
  cause: Cause,
  id: Id<'identity_review'>,
  decision: 'same' | 'different',
): Promise<void> {
  await write(scope, cause, async (writing) => {
    const review = await writing.tx
      .updateTable('compliance.identity_review')
      .set({ state: decision, decided_at: writing.now, decided_by: actorText(cause.actor) })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returningAll()
      .executeTakeFirst();
    if (review === undefined) throw alreadySettled();
    const [older = review.person_id, newer = review.other_person_id] = [
      review.person_id,
      review.other_person_id,
    ].sort();
    if (decision === 'same') await joinPersons(writing, older, newer, { foundBy: 'review', kinds: [review.kind] });
    if (review.request_id === null) return;
    await addStep(writing, review.request_id, 'review_decided', { decision });
    await record(writing, {
      kind: 'request.review_decided',
      subject: publicId('req', review.request_id),
      data: { decision, contradiction: review.contradiction },
    });
  });
}

function alreadySettled(): Refusal {
  return new Refusal('review.settled', 409, {
    fr: 'Ce rapprochement a déjà été tranché.',
    en: 'This review was already settled.',
  });
}
