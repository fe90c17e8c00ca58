import { type Cause, type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { conflict, notThisOne, type OutcomeBody } from '../order/answers.ts';
import { takeOutcome, takeReceipt } from './take.ts';

/** Who answers: an application by its own key, or (null) a user who may answer for any. */
interface Answering {
  readonly scope: Scope;
  readonly cause: Cause;
  readonly application: Id<'application'> | null;
}

/** The order of a running test by this name; null when it is none, or another application's. */
async function testOrder({ scope, application }: Answering, reference: string): Promise<string | null> {
  const id = parseId('ord', reference);
  if (id === null) return null;
  const row = await scope.db
    .selectFrom('compliance.conformance_order as o')
    .innerJoin('compliance.conformance_run as r', 'r.id', 'o.run_id')
    .select(['o.id', 'r.application_id'])
    .where('o.id', '=', id)
    .executeTakeFirst();
  return row === undefined || (application !== null && row.application_id !== application) ? null : row.id;
}

/** The receipt of an order of a test; null: it is not one. */
export async function receiveAsTest(answering: Answering, reference: string): Promise<object | null> {
  const id = await testOrder(answering, reference);
  if (id === null) return null;
  await write(answering.scope, answering.cause, (writing) => takeReceipt(writing, id));
  return { order: publicId('ord', id), state: 'received' };
}

/** The outcome of an order of a test, answered as a real one would be; null: it is not one. */
export async function answerAsTest(answering: Answering, reference: string, body: OutcomeBody): Promise<object | null> {
  const id = await testOrder(answering, reference);
  if (id === null) return null;
  // Kept first, refused after: the test is to see what it refuses.
  const verdict = await write(answering.scope, answering.cause, (writing) => takeOutcome(writing, id, body));
  switch (verdict) {
    case null:
      return null;
    case 'taken':
    case 'repeat':
      return { order: publicId('ord', id), state: body.outcome, isRepeat: verdict === 'repeat' };
    case 'held':
      throw feigned();
    case 'not_this_one':
      throw notThisOne();
    case 'conflict':
      throw conflict();
  }
}

function feigned(): Refusal {
  return new Refusal('conformance.feigned_down', 503, {
    fr: 'Essai de conformité : Socle feint d’être en panne. Renvoyez la même réponse un peu plus tard.',
    en: 'Conformance test: Socle feigns to be down. Send the same answer again a little later.',
  });
}
