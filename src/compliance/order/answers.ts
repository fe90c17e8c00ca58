import { z } from 'zod';
import { documentDigest, record } from '../../journal/index.ts';
import { type Id, type Json, publicId, Refusal } from '../../kernel/index.ts';
import { hintDue, type Tx, type Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { wasDelivered } from './delivery/log.ts';
import { keepDocument, overall } from './documents.ts';
import { lockOrder, moveOrder, type OrderRow, readOrderRow, tellRequest } from './move.ts';
import { recordPersons } from './outcome.ts';
import { renewLease } from './pull.ts';
import { afterFailedAnswer } from './retry.ts';
import { isOurs, sendOrder } from './send.ts';
import { expectSigned, type Signed } from './signed.ts';
import type { OrderOutcome } from './states.ts';

const outcomes = z.enum(['executed', 'partly', 'refused', 'not_found', 'failed']);
const reasons = z.enum(['legal_duty', 'claim', 'hold', 'identity_ambiguous', 'not_our_data', 'technical', 'other']);

/** The second answer to an order (connect.md): what was done. For a batch: the exceptions, and `default` for the others. */
export const outcomeBody = z.strictObject({
  order: z.string().max(60),
  digest: z.string().max(80),
  outcome: outcomes,
  at: z.iso.datetime({ offset: true }),
  by: z.string().max(120).optional(),
  persons: z
    .array(
      z.strictObject({
        ref: z.string().max(60),
        outcome: outcomes,
        counts: z.record(z.string().max(60), z.number().int().min(0)).optional(),
        reason: reasons.optional(),
        until: z.iso.date().optional(),
        detail: z.string().max(200).optional(),
        /** What shows it, named by digest: the file itself stays with whoever holds it. */
        proofs: z
          .array(
            z.strictObject({
              digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
              mediaType: z.string().max(100),
              sizeBytes: z.number().int().positive(),
            }),
          )
          .max(10)
          .optional(),
      }),
    )
    .max(10_000)
    .optional(),
  default: outcomes.optional(),
  signature: z.string().max(200).optional(),
});

export type OutcomeBody = z.output<typeof outcomeBody>;

/** The first answer: the application has the order. The same twice changes nothing. */
export async function recordReceipt(engine: Engine, writing: Writing, id: Id<'application_order'>): Promise<void> {
  const order = await lockOrder(writing.tx, id);
  if (order.received_at !== null) return renewLease(writing, order);
  expectAwaited(order);
  const current = await sentOrder(engine, writing, order);
  const document = {
    order: publicId('ord', id),
    digest: `sha256:${current.body_digest?.toString('hex') ?? ''}`,
    at: writing.now.toISOString(),
  };
  const digests = await keepDocument(writing, order, 'receipt', document);
  await moveOrder(writing.tx, current, 'received', {
    received_at: writing.now,
    delivered_at: writing.now,
    problem: null,
  });
  await record(writing, {
    kind: 'order.received',
    subject: subjectOf(order),
    data: { order: publicId('ord', id) },
    digests,
  });
  await renewLease(writing, order);
}

/**
 * Records what an application says that it did. Idempotent: the same answer twice is accepted; a different second answer
 * is a conflict (409) unless the first was `failed` or `partly`. Answers with whether it was new.
 */
export async function recordAnswer(
  engine: Engine,
  writing: Writing,
  id: Id<'application_order'>,
  body: OutcomeBody,
): Promise<boolean> {
  const order = await sentOrder(engine, writing, await lockOrder(writing.tx, id));
  const { signature, ...answer } = body;
  const document = plain(answer);
  const digest = await expectOwn(writing.tx, order, body);
  const signed = await expectSigned(writing, order, document, signature);
  const earlier = await writing.tx
    .selectFrom('compliance.order_answer')
    .select('digest')
    .where('order_id', '=', id)
    .where('kind', '=', 'outcome')
    .orderBy('id')
    .execute();
  const same = earlier.map((one) => one.digest.toString('hex') === documentDigest(document));
  if (isRepeat(order, body.outcome, same)) return false;
  if (earlier.length > 0 && !isAwaited(order)) throw conflict();
  expectAwaited(order);
  await end(writing, { ...order, body_digest: digest }, body, { document, signed });
  return true;
}

/** An application that answers has its order, however it got it. */
async function sentOrder(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderRow> {
  if (order.state !== 'planned' || isOurs(order)) return order;
  await sendOrder(engine, writing, order);
  return readOrderRow(writing.tx, order.id);
}

async function end(
  writing: Writing,
  order: OrderRow,
  body: OutcomeBody,
  { document, signed }: { readonly document: Document; readonly signed: Signed | null },
): Promise<void> {
  const { tx, now } = writing;
  const counts = addCounts(body);
  const ends = await endsOf(tx, order, body);
  const reason = ends.find((person) => person.reason !== null)?.reason ?? null;
  const outcome = overallOf(body.outcome, ends);
  const digests = await keepDocument(writing, order, 'outcome', document, signed);
  await moveOrder(tx, order, outcome, {
    outcome,
    reason,
    counts: JSON.stringify(counts),
    // The text that was answered is the one that counts, when it was sent in more than one.
    ...(order.body_digest === null ? {} : { body_digest: order.body_digest }),
    received_at: order.received_at ?? now,
    delivered_at: order.delivered_at ?? now,
    ended_at: now,
    problem: null,
    ...(outcome === 'failed' ? afterFailedAnswer(order, now) : { next_at: null, retry_at: null }),
  });
  await recordPersons(writing, order.id, ends);
  await record(writing, {
    kind: `order.${outcome}`,
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation, counts, persons: ends.length },
    digests,
  });
  const { generation } = order;
  await tellRequest(writing, order, `order_${outcome}`, { counts, generation, ...(reason === null ? {} : { reason }) });
  await hintDue(tx);
}

/** The end of every person of the order: those the answer names, and its default for the others. */
async function endsOf(tx: Tx, order: OrderRow, body: OutcomeBody) {
  const persons = await tx
    .selectFrom('compliance.order_person')
    .select('ref')
    .where('order_id', '=', order.id)
    .execute();
  const known = new Set(persons.map(({ ref }) => ref));
  const named = new Map((body.persons ?? []).map((person) => [person.ref, person]));
  if ([...named.keys()].some((ref) => !known.has(ref))) throw unknownPerson();
  return persons.map(({ ref }) => {
    const person = named.get(ref);
    return {
      ref,
      outcome: person?.outcome ?? body.default ?? body.outcome,
      reason: person?.reason ?? null,
      until: person?.until ?? null,
      counts: person?.counts ?? {},
    };
  });
}

/** One word for the order. What is said of it as a whole never says more than what is said of its persons. */
function overallOf(said: OrderOutcome, ends: readonly { readonly outcome: OrderOutcome }[]): OrderOutcome {
  const computed = overall(ends);
  return said === 'partly' && computed !== 'failed' ? 'partly' : computed;
}

type Document = { readonly [name: string]: Json };

function plain(value: object): Document {
  const parsed: Document = JSON.parse(JSON.stringify(value));
  return parsed;
}

function addCounts(body: OutcomeBody): { readonly [category: string]: number } {
  const total = new Map<string, number>();
  for (const { counts } of body.persons ?? []) {
    for (const [category, count] of Object.entries(counts ?? {}))
      total.set(category, (total.get(category) ?? 0) + count);
  }
  return Object.fromEntries(total);
}

function subjectOf(order: OrderRow): string {
  return publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id);
}

/**
 * An answer names its order and the digest of the text it was sent in: one for another order, or for another text of it, is
 * not taken. Answers with that digest.
 */
async function expectOwn(tx: Tx, order: OrderRow, body: OutcomeBody): Promise<Buffer | null> {
  const named = Buffer.from(/^sha256:([0-9a-f]{64})$/.exec(body.digest)?.[1] ?? '', 'hex');
  if (body.order === publicId('ord', order.id)) {
    if (order.body_digest === null || order.body_digest.equals(named)) return order.body_digest;
    if (await wasDelivered(tx, order.id, named)) return named;
  }
  throw notThisOne();
}

/**
 * Whether this answer changes nothing. `same`: for each earlier answer, whether it was this one. An order that was replayed is
 * awaited anew: its application may stand by what it said. But a failure told twice is one failure.
 */
function isRepeat(order: OrderRow, outcome: OrderOutcome, same: readonly boolean[]): boolean {
  if (outcome === 'failed' && isAwaited(order)) return same.includes(true);
  return !isUnanswered(order) && same.at(-1) === true;
}

function isUnanswered(order: OrderRow): boolean {
  return order.state === 'planned' || order.state === 'sent' || order.state === 'received';
}

function isAwaited(order: OrderRow): boolean {
  return !isOurs(order) && ['planned', 'sent', 'received', 'failed', 'partly'].includes(order.state);
}

function expectAwaited(order: OrderRow): void {
  if (isAwaited(order)) return;
  throw new Refusal('order.not_awaited', 409, {
    fr: 'Aucune réponse n’est attendue pour cet ordre.',
    en: 'No answer is awaited for this order.',
  });
}

export function conflict(): Refusal {
  return new Refusal('order.conflict', 409, {
    fr: 'Une réponse différente a déjà été reçue pour cet ordre. Une réponse ne se remplace que si la première disait « failed » ou « partly ».',
    en: 'A different answer was already received for this order. An answer is only replaced when the first one said “failed” or “partly”.',
  });
}

function unknownPerson(): Refusal {
  return new Refusal('order.unknown_person', 422, {
    fr: 'Cette réponse parle d’une personne qui n’est pas dans l’ordre : chaque « ref » doit être l’une des siennes.',
    en: 'This answer speaks of a person who is not in the order: each “ref” must be one of its own.',
  });
}

export function notThisOne(): Refusal {
  return new Refusal('order.not_this_one', 422, {
    fr: 'Cette réponse ne correspond pas à l’ordre : « order » et « digest » doivent être ceux de l’ordre reçu.',
    en: 'This answer is not to this order: “order” and “digest” must be those of the order received.',
  });
}
