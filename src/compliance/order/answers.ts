import { sql } from 'kysely';
import { z } from 'zod';
import { documentDigest, recordAll } from '../../journal/index.ts';
import { groupBy, type Id, type Json, publicId, Refusal } from '../../kernel/index.ts';
import { hintDue, type Tx, type Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { wasDelivered } from './delivery/log.ts';
import { keepDocuments, overall } from './documents.ts';
import { lockOrders, moveOrders, noOrder, type OrderRow, subjectOf, tellRequests } from './move.ts';
import { recordPersons } from './outcome.ts';
import { expectAwaited, isAwaited } from './receipts.ts';
import { afterFailedAnswer } from './retry.ts';
import { isOvertaken, sentOrders } from './send.ts';
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

/** An answer to an order, as `outcomeBody` reads it. */
export interface Answer {
  readonly id: Id<'application_order'>;
  /** Who answers: another application's order is not there. Absent or null: someone who may answer for any. */
  readonly application?: Id<'application'> | null;
  readonly body: OutcomeBody;
}

/** The order as it was when it was answered, and whether the answer was new. */
export interface Recorded {
  readonly order: OrderRow;
  readonly isNew: boolean;
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
  const [recorded] = await recordAnswers(engine, writing, [{ id, body }]);
  return recorded?.isNew === true;
}

/**
 * The same of several orders, each named once, in as many statements as for one. What is refused of one answer refuses them
 * all.
 */
export async function recordAnswers(
  engine: Engine,
  writing: Writing,
  answers: readonly Answer[],
): Promise<readonly Recorded[]> {
  const ids = answers.map(({ id }) => id);
  const orderOf = await lockOrders(writing.tx, ids);
  const earlierOf = await earlierAnswers(writing.tx, ids);
  // What was said already moves nothing: the word of long ago would take an order out of a hold.
  const repeated = new Set(answers.filter(({ id, body }) => isRepeat(orderOf(id), body, earlierOf.get(id) ?? [])));
  const fresh = answers.filter((answer) => !repeated.has(answer)).map(({ id }) => orderOf(id));
  const sent = new Map((await sentOrders(engine, writing, fresh)).map((order) => [order.id, order]));
  const orders = ids.map((id) => sent.get(id) ?? orderOf(id));
  const ends: Ending[] = [];
  const recorded: Recorded[] = [];
  for (const [place, order] of orders.entries()) {
    const given = answers[place];
    if (given === undefined) throw new Error('an answer for each order');
    const { body } = given;
    const by = given.application ?? order.application_id;
    if (by !== order.application_id) throw noOrder();
    const document = documentOf(body);
    const digest = await expectOwn(writing.tx, order, body);
    const signed = await expectSigned(writing, order, document, body.signature);
    const isNew = !repeated.has(given);
    recorded.push({ order, isNew });
    if (!isNew) continue;
    if (earlierOf.has(order.id) && !isAwaited(order)) throw conflict();
    expectAwaited(order);
    ends.push({ order: { ...order, body_digest: digest }, body, document, signed });
  }
  await endOrders(writing, ends);
  return recorded;
}

/** The outcomes answered so far, by order, the oldest first. */
async function earlierAnswers(tx: Tx, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('compliance.order_answer')
    .select(['order_id', 'digest'])
    .where('order_id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('kind', '=', 'outcome')
    .orderBy('id')
    .execute();
  return groupBy(rows, ({ order_id }) => order_id);
}

interface Ending {
  readonly order: OrderRow;
  readonly body: OutcomeBody;
  readonly document: Document;
  readonly signed: Signed | null;
}

async function endOrders(writing: Writing, endings: readonly Ending[]): Promise<void> {
  if (endings.length === 0) return;
  const { tx, now } = writing;
  const endsOf = await personsOf(
    tx,
    endings.map(({ order }) => order.id),
  );
  const digests = await keepDocuments(
    writing,
    endings.map(({ order, document, signed }) => ({ order, kind: 'outcome', body: document, signed })),
  );
  const ended = endings.map(({ order, body }, place) => {
    const ends = endsOf(order, body);
    const reason = ends.find((person) => person.reason !== null)?.reason ?? null;
    const outcome = overallOf(body.outcome, ends);
    return { order, ends, reason, outcome, counts: addCounts(body), digests: digests[place] ?? {} };
  });
  await moveOrders(
    tx,
    ended.map(({ order, outcome, reason, counts }) => ({
      order,
      to: outcome,
      moved: {
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
      },
    })),
  );
  await recordPersons(
    writing,
    ended.flatMap(({ ends }) => ends),
  );
  await recordAll(
    writing,
    ended.map(({ order, outcome, counts, ends, digests: named }) => ({
      kind: `order.${outcome}`,
      subject: subjectOf(order),
      data: { order: publicId('ord', order.id), generation: order.generation, counts, persons: ends.length },
      digests: named,
    })),
  );
  await tellRequests(
    writing,
    ended.map(({ order, outcome, counts, reason }) => ({
      order,
      kind: `order_${outcome}`,
      data: { counts, generation: order.generation, ...(reason === null ? {} : { reason }) },
    })),
  );
  await hintDue(tx);
}

/** The end of every person of an order: those the answer names, and its default for the others. */
async function personsOf(tx: Tx, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('compliance.order_person')
    .select(['order_id', 'ref'])
    .where('order_id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  const members = groupBy(rows, ({ order_id }) => order_id);
  return (order: OrderRow, body: OutcomeBody) => {
    const persons = members.get(order.id) ?? [];
    const known = new Set(persons.map(({ ref }) => ref));
    const named = new Map((body.persons ?? []).map((person) => [person.ref, person]));
    if ([...named.keys()].some((ref) => !known.has(ref))) throw unknownPerson();
    return persons.map(({ ref }) => {
      const person = named.get(ref);
      return {
        order: order.id,
        ref,
        outcome: person?.outcome ?? body.default ?? body.outcome,
        reason: person?.reason ?? null,
        until: person?.until ?? null,
        counts: person?.counts ?? {},
      };
    });
  };
}

/** One word for the order. What is said of it as a whole never says more than what is said of its persons. */
function overallOf(said: OrderOutcome, ends: readonly { readonly outcome: OrderOutcome }[]): OrderOutcome {
  const computed = overall(ends);
  return said === 'partly' && computed !== 'failed' ? 'partly' : computed;
}

type Document = { readonly [name: string]: Json };

/** What is signed and kept: all but the signature. */
function documentOf({ signature: _, ...answer }: OutcomeBody): Document {
  const parsed: Document = JSON.parse(JSON.stringify(answer));
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
 * Whether this answer changes nothing: it was given before. An order that was replayed is awaited anew: its application may stand
 * by what it said. But a failure told twice is one failure.
 */
function isRepeat(order: OrderRow, body: OutcomeBody, earlier: readonly { readonly digest: Buffer }[]): boolean {
  const digest = documentDigest(documentOf(body));
  const same = earlier.map((one) => one.digest.toString('hex') === digest);
  const isToBeHeard = isAwaited(order) || isOvertaken(order);
  if (body.outcome === 'failed' && isToBeHeard) return same.includes(true);
  return !isUnanswered(order) && !isOvertaken(order) && same.at(-1) === true;
}

function isUnanswered(order: OrderRow): boolean {
  return order.state === 'planned' || order.state === 'sent' || order.state === 'received';
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
