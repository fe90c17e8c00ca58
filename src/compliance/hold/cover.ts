import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { day, type Id, newId, publicId } from '../../kernel/index.ts';
import type { Tx, Writing } from '../../store/index.ts';
import { moveOrder, type OrderRow, readOrderRow, tellRequest } from '../order/move.ts';
import { orderKey } from '../order/states.ts';
import { type HoldGround, heldText } from './grounds.ts';

interface Covered {
  readonly order_id: Id<'application_order'>;
  readonly person_id: Id<'person'>;
  /** Those of the order, covered or not. */
  readonly persons: number;
  readonly ground: HoldGround;
  readonly ends_on: string | null;
}

/**
 * The persons of these orders whom a hold in force covers, each with the hold that lasts longest. A hold on some categories
 * covers an application whose frozen plan erases one of them, or whose plan Socle doesn't know; and always Socle itself,
 * which could not honour it after forgetting the person. Those found to be one person are held together.
 */
async function coveredBy(tx: Tx, orders: readonly Id<'application_order'>[]): Promise<readonly Covered[]> {
  const { rows } = await sql<Covered>`
    select distinct on (o.id, op.person_id) o.id as order_id, op.person_id, h.ground, h.ends_on,
           (select count(*)::int from compliance.order_person one where one.order_id = o.id) as persons
      from compliance.order_person op
      join compliance.application_order o on o.id = op.order_id
      join compliance.person p on p.id = op.person_id
      join compliance.person holder
        on holder.id = coalesce(p.joined_into, p.id) or holder.joined_into = coalesce(p.joined_into, p.id)
      join compliance.hold h on h.person_id = holder.id and h.ended_at is null
      left join compliance.campaign_application line
        on line.campaign_id = o.campaign_id and line.application_id = o.application_id
     where o.id = any(${sql.val([...orders])}::uuid[]) and o.action in ('erase', 'anonymise')
       and (h.categories is null or o.channel = 'socle' or line.plan is null
            or exists (select from jsonb_array_elements(line.plan -> 'steps') step,
                              jsonb_array_elements(step -> 'fields') field
                        where (field ->> 'do' = 'blank' or step ->> 'action' = 'delete')
                          and field ->> 'category' = any(h.categories)))
     order by o.id, op.person_id, h.ends_on desc nulls first`.execute(tx);
  return rows;
}

/**
 * Holds these orders back as far as a hold in force covers their persons: called in the transaction that makes them. Answers with
 * how many orders are held.
 */
export async function holdBack(writing: Writing, orders: readonly Id<'application_order'>[]): Promise<number> {
  if (orders.length === 0) return 0;
  // Whoever places a hold locks the person: either it sees these orders, or they see it.
  await sql`select p.id from compliance.person p
     where p.id in (select op.person_id from compliance.order_person op where op.order_id = any(${sql.val([...orders])}::uuid[]))
     order by p.id for key share of p`.execute(writing.tx);
  return holdBackNow(writing, orders);
}

/**
 * The same, in the transaction that places the hold and has its persons locked: the others of an order for many are not waited for,
 * so that holds on two of them don't wait for each other. What an application has already been given, or Socle has begun, goes
 * on: half an erasure would prove nothing.
 */
export async function holdBackNow(writing: Writing, orders: readonly Id<'application_order'>[]): Promise<number> {
  const { tx } = writing;
  if (orders.length === 0) return 0;
  // An order that is just leaving has left before anybody is taken out of it: its text names them.
  await sql`select o.id from compliance.application_order o where o.id = any(${sql.val([...orders])}::uuid[])
     order by o.id for update of o`.execute(tx);
  const covered = await coveredBy(tx, orders);
  const left = new Map(covered.map((one) => [one.order_id, one.persons]));
  let held = 0;
  for (const one of covered) {
    const order = await readOrderRow(tx, one.order_id);
    if (!(await mayWait(tx, order))) continue;
    const persons = left.get(order.id) ?? 1;
    // The last one stays in it: an order about nobody would be refused for a reason that isn't true.
    const own = persons > 1 && order.state === 'planned' ? await setApart(writing, order, one.person_id) : order;
    if (own !== order) left.set(order.id, persons - 1);
    await moveOrder(tx, own, 'held', {
      next_at: null,
      problem: JSON.stringify(heldText(one.ground, one.ends_on === null ? null : day(one.ends_on))),
    });
    await record(writing, {
      kind: 'order.held',
      subject: publicId(own.campaign_kind === 'request' ? 'req' : 'cmp', own.campaign_id),
      data: { order: publicId('ord', own.id), generation: own.generation, ground: one.ground, until: one.ends_on },
    });
    await tellRequest(writing, own, 'order_held', { ground: one.ground, until: one.ends_on });
    held += 1;
  }
  return held;
}

/** Nothing of it has begun: not handed over, and no row captured. */
async function mayWait(tx: Tx, order: OrderRow): Promise<boolean> {
  if (order.state === 'planned') return true;
  if (order.state !== 'sent' || order.delivered_at !== null || order.channel === 'pull' || order.channel === 'socle')
    return false;
  const begun = await tx
    .selectFrom('compliance.order_capture')
    .select('order_id')
    .where('order_id', '=', order.id)
    .executeTakeFirst();
  return begun === undefined;
}

/** Takes one person out of an order for many, into an order of their own: the batch goes without them. */
async function setApart(writing: Writing, order: OrderRow, person: Id<'person'>): Promise<OrderRow> {
  const { tx } = writing;
  const id: Id<'application_order'> = newId();
  // Two holds at once take each a number of their own.
  await sql`select id from compliance.campaign where id = ${order.campaign_id} for no key update`.execute(tx);
  const last = await tx
    .selectFrom('compliance.application_order')
    .select((select) => select.fn.max('batch').as('batch'))
    .where('campaign_id', '=', order.campaign_id)
    .executeTakeFirstOrThrow();
  const batch = (last.batch ?? order.batch) + 1;
  const [, application = ''] = order.key.split('/');
  const cause = publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id);
  await tx
    .insertInto('compliance.application_order')
    .values({
      id,
      campaign_id: order.campaign_id,
      application_id: order.application_id,
      application_name: order.application_name,
      channel: order.channel,
      action: order.action,
      batch,
      generation: order.generation,
      key: orderKey({ cause, application, action: order.action, batch, generation: order.generation }),
      state: 'planned',
      planned_at: order.planned_at,
      next_at: null,
    })
    .execute();
  await tx
    .updateTable('compliance.order_person')
    .set({ order_id: id })
    .where('order_id', '=', order.id)
    .where('person_id', '=', person)
    .execute();
  return readOrderRow(tx, id);
}

/** Held orders of these persons that no hold covers any more. */
export async function heldNoLonger(tx: Tx, persons: readonly Id<'person'>[]): Promise<readonly OrderRow[]> {
  const held = await ordersOfPersons(tx, persons, ['held']);
  const still = new Set((await coveredBy(tx, held)).map((one) => one.order_id));
  const free = held.filter((id) => !still.has(id));
  return Promise.all(free.map((id) => readOrderRow(tx, id)));
}

export async function ordersOfPersons(
  tx: Tx,
  persons: readonly Id<'person'>[],
  states: readonly OrderRow['state'][],
): Promise<readonly Id<'application_order'>[]> {
  const rows = await tx
    .selectFrom('compliance.order_person as op')
    .innerJoin('compliance.application_order as o', 'o.id', 'op.order_id')
    .select('o.id')
    .distinct()
    .where('op.person_id', 'in', persons)
    .where('o.state', 'in', states)
    .execute();
  return rows.map((row) => row.id);
}
