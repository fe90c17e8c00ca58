import { record } from '../../journal/index.ts';
import { canonicalJson, publicId, Refusal, sha256 } from '../../kernel/index.ts';
import { limitsOf } from '../../repository/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { orderBody, type Recipient } from './body.ts';
import { moveOrder, type OrderRow, tellRequest } from './move.ts';
import { recipientsOf } from './recipients.ts';

const day = 86_400_000;

/** An order as its application gets it. Names persons: kept nowhere. */
export interface OrderText {
  /** Canonical JSON: whoever gets these bytes finds the digest by hashing them. */
  readonly body: Buffer;
  readonly digest: Buffer;
  /** Those whom the body names. */
  readonly recipients: readonly Recipient[];
  readonly dueAt: Date;
}

async function orderText(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderText> {
  const { tx, scope, now } = writing;
  const all = await recipientsOf(tx, scope, order, await understoodBy(tx, order));
  // Whoever is told of a person must have something to find them by; Socle's own executors say so themselves.
  const recipients = isOurs(order) ? all : all.filter((recipient) => recipient.identities.length > 0);
  const dueAt = order.due_at ?? (await answerDue(tx, order, now));
  const facts = {
    id: order.id,
    key: order.key,
    action: order.action,
    applicationName: order.application_name,
    cause: { kind: order.campaign_kind, id: order.campaign_id },
    plannedAt: order.planned_at,
    dueAt,
    source: `${engine.publicUrl}/orgs/${order.org}`,
  };
  const body = Buffer.from(canonicalJson(orderBody(facts, recipients)));
  return { body, digest: sha256(body), recipients, dueAt };
}

/** The kinds of identifiers its application knows persons by; none given: all that name one person alone. */
async function understoodBy(tx: Tx, order: OrderRow): Promise<readonly string[]> {
  // Within this transaction: a second connection, asked for while the first is held, starves the pool under load.
  if (isOurs(order) || order.application_id === null) return [];
  return (await limitsOf(tx, order.application_id)).identityKinds;
}

/**
 * planned → sent: the order exists for its application, and the journal holds its digest. Sent again after a failure, it
 * is the order it was, byte for byte.
 */
export async function sendOrder(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderText> {
  const text = await orderText(engine, writing, order);
  if (text.recipients.length === 0 && !isOurs(order)) throw nobodyToName();
  const digest = isOurs(order) ? (order.body_digest ?? text.digest) : text.digest;
  await moveOrder(writing.tx, order, 'sent', {
    sent_at: writing.now,
    due_at: text.dueAt,
    body_digest: digest,
    problem: null,
  });
  await recordSent(writing, order, digest, text.recipients.length);
  await tellRequest(writing, order, 'order_sent', { generation: order.generation });
  return text;
}

/**
 * The text of an order that was sent before. What is known of its persons may have changed since (a join, an identifier that
 * turned out to be shared): then it is another text, and the journal holds its digest too.
 */
export async function sendOrderAgain(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderText> {
  const text = await orderText(engine, writing, order);
  if (text.recipients.length === 0) throw nobodyToName();
  if (order.body_digest === null || !text.digest.equals(order.body_digest)) {
    await writing.tx
      .updateTable('compliance.application_order')
      .set({ body_digest: text.digest })
      .where('id', '=', order.id)
      .execute();
    await recordSent(writing, order, text.digest, text.recipients.length);
  }
  return text;
}

async function recordSent(writing: Writing, order: OrderRow, digest: Buffer, persons: number): Promise<void> {
  await record(writing, {
    kind: 'order.sent',
    subject: publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id),
    data: { order: publicId('ord', order.id), key: order.key, generation: order.generation, persons },
    digests: { [publicId('ord', order.id)]: digest.toString('hex') },
  });
}

/** Carried out by Socle itself, not by the application. */
export function isOurs(order: Pick<OrderRow, 'channel'>): boolean {
  return order.channel === 'sql' || order.channel === 'socle';
}

/** When its application is to have answered: past it, the application is silent. */
export async function answerDue(db: Tx | Scope['db'], order: OrderRow, from: Date): Promise<Date> {
  if (order.application_id === null) return new Date(from.getTime() + day);
  const line = await db
    .selectFrom('compliance.campaign_application')
    .select('answer_time_days')
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', '=', order.application_id)
    .executeTakeFirst();
  return new Date(from.getTime() + (line?.answer_time_days ?? 3) * day);
}

/** Only identifiers that others share are known, or the ledger's time is over: nobody can be named to an application. */
export const nobodyCode = 'order.nobody_to_name';

function nobodyToName(): Refusal {
  return new Refusal(nobodyCode, 409, {
    fr: 'Plus aucun identifiant propre à la personne n’est connu : l’application ne saurait pas qui effacer. Demandez-en un second qui concorde.',
    en: 'No identifier of the person’s own is known any more: the application would not know whom to erase. Ask for a second one that agrees.',
  });
}
