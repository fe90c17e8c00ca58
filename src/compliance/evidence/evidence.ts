import { buildEvidence, type EvidenceOrder, sequence } from '../../journal/index.ts';
import { type Cause, type Id, type Json, type Language, publicId, Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { evidenceReportPdf } from '../letters/index.ts';
import { documentName } from '../order/documents.ts';
import type { OrderView } from '../order/latest.ts';
import { addStep } from '../request/steps.ts';
import { type RequestView, viewRequest } from '../request/view.ts';
import { reportOf } from './report.ts';

export interface EvidenceFile {
  readonly bytes: Buffer;
  readonly fileName: string;
}

/**
 * The evidence file of a request, as it stands: a ZIP that anybody can verify offline. No personal value is in it: the
 * person's own receipt, which opens the commitment, goes to the person alone.
 */
export async function requestEvidence(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  id: Id<'request'>,
  language: Language,
): Promise<EvidenceFile> {
  await write(scope, cause, (writing) => addStep(writing, id, 'evidence_made'));
  await sequence(scope);
  const view = await viewRequest(scope, id);
  const orders = await evidenceOrders(scope, view.orders);
  const report = await evidenceReportPdf(await reportOf(engine, scope, view, language));
  const evidence = await buildEvidence(scope, cause, {
    subject: publicId('req', id),
    kind: 'request',
    facts: factsOf(view),
    orders,
    report,
  });
  return { bytes: evidence.bytes, fileName: `${view.request.number}.zip` };
}

function factsOf({ request, clock, holds }: RequestView): { readonly [name: string]: Json } {
  return {
    number: request.number,
    right: request.right_asked,
    state: request.state,
    intake: request.intake,
    receivedOn: clock.receivedOn,
    deadline: clock.deadline,
    clock: clock.state,
    answeredOn: clock.answeredOn,
    answer: request.answer_kind,
    isFinalAnswer: request.answer_final_at !== null,
    refusalGround: request.refusal_ground,
    identityEstablishedBy: request.identity_by,
    planDigest: request.plan_digest?.toString('hex') ?? null,
    letterDigest: request.letter_digest?.toString('hex') ?? null,
    holds: holds.map((hold) => ({
      hold: hold.id,
      ground: hold.ground,
      categories: hold.categories ?? 'all',
      placedAt: hold.placedAt.toISOString(),
      endsOn: hold.endsOn,
      endedAt: hold.endedAt?.toISOString() ?? null,
      endedHow: hold.endedHow,
    })),
  };
}

/** Orders that were sent, each with its documents: every one has its digest in the journal. */
async function evidenceOrders(scope: Scope, orders: readonly OrderView[]): Promise<readonly EvidenceOrder[]> {
  const sent = orders.flatMap((order) =>
    order.digest === null ? [] : [{ order, digest: order.digest.toString('hex') }],
  );
  const ids = sent.map(({ order }) => order.id);
  if (ids.length === 0) return [];
  const answers = await scope.db
    .selectFrom('compliance.order_answer as answer')
    .leftJoin('compliance.application_credential as key', 'key.id', 'answer.signing_key_id')
    .select(['answer.order_id', 'answer.kind', 'answer.body', 'answer.at', 'answer.signature', 'key.public_key'])
    .where('answer.order_id', 'in', ids)
    .orderBy('answer.id')
    .execute();
  return sent.map(({ order, digest }) => ({
    id: publicId('ord', order.id),
    key: order.key,
    application: {
      id: order.applicationId === null ? publicId('org', scope.org) : publicId('app', order.applicationId),
      name: order.application,
    },
    action: 'erase',
    generation: order.generation,
    persons: 1,
    digest,
    answers: answers
      // An order sent in two texts was answered in one: what was said of the other is left out, and the verifier says so.
      .filter((answer) => answer.order_id === order.id && digestIn(answer.body) === `sha256:${digest}`)
      .map((answer) => ({
        name: documentName(order, answer.kind === 'order' ? 'receipt' : answer.kind),
        at: answer.at.toISOString(),
        document: documentOf(answer.body),
        signature: signatureOf(order, answer),
      })),
  }));
}

/** Who can be held to an answer: Socle, the application by its own registered key, or nobody. */
function signatureOf(
  order: OrderView,
  { signature, public_key: publicKey }: { readonly signature: string | null; readonly public_key: Buffer | null },
): EvidenceOrder['answers'][number]['signature'] {
  if (signature !== null && publicKey !== null) {
    return { scheme: 'ed25519', publicKey: publicKey.toString('base64'), signature };
  }
  return { scheme: isOurs(order) ? 'socle' : 'none' };
}

function digestIn(body: Json): Json | undefined {
  return documentOf(body).digest;
}

function isOurs(order: OrderView): boolean {
  return order.channel === 'sql' || order.channel === 'socle';
}

function documentOf(body: Json): { readonly [name: string]: Json } {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as { readonly [name: string]: Json };
  throw new Refusal('evidence.unreadable', 503, {
    fr: 'Un document de ce dossier est illisible. Prévenez l’exploitant.',
    en: 'A document of this file can’t be read. Tell the operator.',
  });
}
