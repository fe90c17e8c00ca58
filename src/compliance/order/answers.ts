import { z } from 'zod';
import { documentDigest, record } from '../../journal/index.ts';
import { type Id, type Json, publicId, Refusal } from '../../kernel/index.ts';
import { hintDue, type Tx, type Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { wasDelivered } from './delivery/log.ts';
import { keepDocument } from './documents.ts';
import { moveOrder, type OrderRow, readOrderRow, tellRequest } from './move.ts';
import { recordPersons } from './outcome.ts';
import { isOurs, sendOrder } from './send.ts';

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
      }),
    )
    .max(10_000)
    .default([]),
  default: outcomes.optional(),
  signature: z.string().max(200).optional(),
});

export type OutcomeBody = z.output<typeof outcomeBody>;

/** The first answer: the application has the order. The same twice changes nothing. */
export async function recordReceipt(engine: Engine, writing: Writing, id: Id<'application_order'>): Promise<void> {
  const order = await readOrderRow(writing.tx, id);
  if (order.received_at !== null) return;
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
  const order = await sentOrder(engine, writing, await readOrderRow(writing.tx, id));
  const { signature: _signature, ...answer } = body;
  const document = plain(answer);
  await expectOwn(writing.tx, order, body);
  const earlier = await writing.tx
    .selectFrom('compliance.order_answer')
    .select('digest')
    .where('order_id', '=', id)
    .where('kind', '=', 'outcome')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (earlier?.digest.toString('hex') === documentDigest(document)) return false;
  if (earlier !== undefined && order.outcome !== 'failed' && order.outcome !== 'partly') throw conflict();
  if (earlier === undefined) expectAwaited(order);
  await end(writing, order, body, document);
  return true;
}

/** An application that answers has its order, however it got it. */
async function sentOrder(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderRow> {
  if (order.state !== 'planned' || isOurs(order)) return order;
  await sendOrder(engine, writing, order);
  return readOrderRow(writing.tx, order.id);
}

async function end(writing: Writing, order: OrderRow, body: OutcomeBody, document: Document): Promise<void> {
  const { tx, now } = writing;
  const counts = addCounts(body);
  const reason = body.persons.find((person) => person.reason !== undefined)?.reason ?? null;
  const digests = await keepDocument(writing, order, 'outcome', document);
  await moveOrder(tx, order, body.outcome, {
    outcome: body.outcome,
    reason,
    counts: JSON.stringify(counts),
    received_at: order.received_at ?? now,
    ended_at: now,
    next_at: null,
  });
  const others = await tx
    .selectFrom('compliance.order_person')
    .select('ref')
    .where('order_id', '=', order.id)
    .execute();
  const named = new Map(body.persons.map((person) => [person.ref, person]));
  await recordPersons(
    writing,
    order.id,
    others.map(({ ref }) => {
      const person = named.get(ref);
      return {
        ref,
        outcome: person?.outcome ?? body.default ?? body.outcome,
        reason: person?.reason ?? null,
        until: person?.until ?? null,
        counts: person?.counts ?? {},
      };
    }),
  );
  await record(writing, {
    kind: `order.${body.outcome}`,
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), generation: order.generation, counts, persons: others.length },
    digests,
  });
  await tellRequest(writing, order, `order_${body.outcome}`, { counts, ...(reason === null ? {} : { reason }) });
  await hintDue(tx);
}

type Document = { readonly [name: string]: Json };

function plain(value: object): Document {
  const parsed: Document = JSON.parse(JSON.stringify(value));
  return parsed;
}

function addCounts(body: OutcomeBody): { readonly [category: string]: number } {
  const total = new Map<string, number>();
  for (const { counts } of body.persons) {
    for (const [category, count] of Object.entries(counts ?? {}))
      total.set(category, (total.get(category) ?? 0) + count);
  }
  return Object.fromEntries(total);
}

function subjectOf(order: OrderRow): string {
  return publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id);
}

/** An answer names its order and the order's digest: one for another order, or for another text of it, is not taken. */
async function expectOwn(tx: Tx, order: OrderRow, body: OutcomeBody): Promise<void> {
  const isOwn = body.order === publicId('ord', order.id);
  const digest = order.body_digest?.toString('hex');
  if (isOwn && (digest === undefined || body.digest === `sha256:${digest}`)) return;
  const named = /^sha256:([0-9a-f]{64})$/.exec(body.digest)?.[1];
  if (isOwn && named !== undefined && (await wasDelivered(tx, order.id, Buffer.from(named, 'hex')))) return;
  throw new Refusal('order.not_this_one', 422, {
    fr: 'Cette réponse ne correspond pas à l’ordre : « order » et « digest » doivent être ceux de l’ordre reçu.',
    en: 'This answer is not to this order: “order” and “digest” must be those of the order received.',
  });
}

function expectAwaited(order: OrderRow): void {
  if (!isOurs(order) && ['planned', 'sent', 'received', 'failed', 'partly'].includes(order.state)) return;
  throw new Refusal('order.not_awaited', 409, {
    fr: 'Aucune réponse n’est attendue pour cet ordre.',
    en: 'No answer is awaited for this order.',
  });
}

function conflict(): Refusal {
  return new Refusal('order.conflict', 409, {
    fr: 'Une réponse différente a déjà été reçue pour cet ordre. Une réponse ne se remplace que si la première disait « failed » ou « partly ».',
    en: 'A different answer was already received for this order. An answer is only replaced when the first one said “failed” or “partly”.',
  });
}
