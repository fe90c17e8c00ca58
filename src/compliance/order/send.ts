import { type JournalEntry, recordAll } from '../../journal/index.ts';
import { canonicalJson, publicId, Refusal, sha256 } from '../../kernel/index.ts';
import { limitsOf } from '../../repository/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { orderBody, type Recipient } from './body.ts';
import { lockOrders, moveOrders, type OrderRow, subjectOf, tellRequests } from './move.ts';
import { recipientsOfAll } from './recipients.ts';

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

/** The texts of some orders; with no recipient, there is nobody to name. */
async function orderTexts(
  engine: Engine,
  { tx, scope, now }: Writing,
  orders: readonly OrderRow[],
): Promise<readonly { readonly order: OrderRow; readonly text: OrderText }[]> {
  const recipientsOf = await recipientsOfAll(tx, scope, orders);
  const kindsOf = await understoodBy(tx, orders);
  const dueOf = await answerTimes(tx, orders);
  return orders.map((order) => {
    const all = recipientsOf(order, kindsOf(order));
    // Whoever is told of a person must have something to find them by; Socle's own executors say so themselves.
    const recipients = isOurs(order) ? all : all.filter((recipient) => recipient.identities.length > 0);
    const dueAt = order.due_at ?? dueOf(order, now);
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
    return { order, text: { body, digest: sha256(body), recipients, dueAt } };
  });
}

/** The kinds of identifiers an application knows persons by; none given: all that name one person alone. */
async function understoodBy(tx: Tx, orders: readonly OrderRow[]): Promise<(order: OrderRow) => readonly string[]> {
  const kinds = new Map<string, readonly string[]>();
  for (const { application_id: application, ...order } of orders) {
    if (isOurs(order) || application === null || kinds.has(application)) continue;
    // Within this transaction: a second connection, asked for while the first is held, starves the pool under load.
    kinds.set(application, (await limitsOf(tx, application)).identityKinds);
  }
  return (order) => kinds.get(order.application_id ?? '') ?? [];
}

/** One order, as `sendOrders` does; refuses when there is nobody to name to its application. */
export async function sendOrder(engine: Engine, writing: Writing, order: OrderRow): Promise<OrderText> {
  const [text] = await sendOrders(engine, writing, [order]);
  if (text === null || text === undefined) throw nobodyToName();
  return text;
}

/**
 * planned → sent: the order exists for its application, and the journal holds its digest. An order that was sent before is
 * the order it was, byte for byte, unless what is known of its persons has changed since (a join, an identifier that turned
 * out to be shared): then it is another text, and the journal holds its digest too. Null: there is nobody to name to its
 * application, and nothing was written of that order.
 */
export async function sendOrders(
  engine: Engine,
  writing: Writing,
  orders: readonly OrderRow[],
): Promise<readonly (OrderText | null)[]> {
  const texts = await orderTexts(engine, writing, orders);
  const leaving = texts.filter(({ order, text }) => isOurs(order) || text.recipients.length > 0);
  const first = leaving.filter(({ order }) => order.state === 'planned');
  const reworded = leaving.filter(
    ({ text, order }) =>
      order.state !== 'planned' && (order.body_digest === null || !text.digest.equals(order.body_digest)),
  );
  await moveOrders(
    writing.tx,
    first.map(({ text, order }) => ({
      order,
      to: 'sent',
      moved: { sent_at: writing.now, due_at: text.dueAt, body_digest: digestOf(order, text), problem: null },
    })),
  );
  for (const { text, order } of reworded) {
    await writing.tx
      .updateTable('compliance.application_order')
      .set({ body_digest: text.digest })
      .where('id', '=', order.id)
      .execute();
  }
  await recordAll(
    writing,
    [...first, ...reworded].map(({ text, order }) => sentEntry(order, text)),
  );
  await tellRequests(
    writing,
    first.map(({ order }) => ({ order, kind: 'order_sent', data: { generation: order.generation } })),
  );
  return texts.map((one) => (leaving.includes(one) ? one.text : null));
}

/**
 * An application that answers has its order, however it got it: one that was never said to be sent; one that was on its way, its
 * delivery not known to have arrived, when a hold was placed. What it has been given goes on.
 */
export async function sentOrders(
  engine: Engine,
  writing: Writing,
  orders: readonly OrderRow[],
): Promise<readonly OrderRow[]> {
  const unsent = orders.filter((order) => order.state === 'planned' && !isOurs(order));
  const overtaken = orders.filter(isOvertaken);
  const changed = [...unsent, ...overtaken];
  if (changed.length === 0) return orders;
  await moveOrders(
    writing.tx,
    // It is looked at again, whatever is heard of it next.
    overtaken.map((order) => ({ order, to: 'sent', moved: { problem: null, next_at: writing.now } })),
  );
  if (unsent.length > 0 && (await sendOrders(engine, writing, unsent)).includes(null)) throw nobodyToName();
  const sentOf = await lockOrders(
    writing.tx,
    changed.map(({ id }) => id),
  );
  return orders.map((order) => (changed.includes(order) ? sentOf(order.id) : order));
}

/** A hold was placed while it was on its way, or after that. */
export function isOvertaken(order: OrderRow): boolean {
  return order.state === 'held' && order.sent_at !== null && !isOurs(order);
}

/** What Socle carries out itself keeps its digest: nobody else ever saw its text. */
function digestOf(order: OrderRow, text: OrderText): Buffer {
  return isOurs(order) ? (order.body_digest ?? text.digest) : text.digest;
}

function sentEntry(order: OrderRow, text: OrderText): JournalEntry {
  const persons = text.recipients.length;
  return {
    kind: 'order.sent',
    subject: subjectOf(order),
    data: { order: publicId('ord', order.id), key: order.key, generation: order.generation, persons },
    digests: { [publicId('ord', order.id)]: digestOf(order, text).toString('hex') },
  };
}

/** Carried out by Socle itself, not by the application. */
export function isOurs(order: Pick<OrderRow, 'channel'>): boolean {
  return order.channel === 'sql' || order.channel === 'socle';
}

/** When its application is to have answered: past it, the application is silent. */
export async function answerDue(db: Tx | Scope['db'], order: OrderRow, from: Date): Promise<Date> {
  return (await answerTimes(db, [order]))(order, from);
}

async function answerTimes(
  db: Tx | Scope['db'],
  orders: readonly OrderRow[],
): Promise<(order: OrderRow, from: Date) => Date> {
  const undated = orders.filter((order) => order.due_at === null && order.application_id !== null);
  const campaigns = [...new Set(undated.map((order) => order.campaign_id))];
  const lines =
    campaigns.length === 0
      ? []
      : await db
          .selectFrom('compliance.campaign_application')
          .select(['campaign_id', 'application_id', 'answer_time_days'])
          .where('campaign_id', 'in', campaigns)
          .execute();
  const days = new Map(lines.map((line) => [`${line.campaign_id} ${line.application_id}`, line.answer_time_days]));
  return ({ campaign_id: campaign, application_id: application }, from) =>
    new Date(from.getTime() + (application === null ? 1 : (days.get(`${campaign} ${application}`) ?? 3)) * day);
}

/** Only identifiers that others share are known, or the ledger's time is over: nobody can be named to an application. */
export function nobodyToName(): Refusal {
  return new Refusal('order.nobody_to_name', 409, {
    fr: 'Plus aucun identifiant propre à la personne n’est connu : l’application ne saurait pas qui effacer. Demandez-en un second qui concorde.',
    en: 'No identifier of the person’s own is known any more: the application would not know whom to erase. Ask for a second one that agrees.',
  });
}
