import { sql } from 'kysely';
import { groupBy, type Id, type Json, publicId, Refusal } from '../../kernel/index.ts';
import type { Tx, Writing } from '../../store/index.ts';
import { addSteps, type StepKind } from '../request/steps.ts';
import { mayBecome, type OrderState } from './states.ts';

/** An order as its row says. */
export type OrderRow = Awaited<ReturnType<typeof readOrderRow>>;

export async function readOrderRow(db: Pick<Tx, 'selectFrom'>, id: Id<'application_order'>) {
  return rowsOf(db, [id]).executeTakeFirstOrThrow();
}

function rowsOf(db: Pick<Tx, 'selectFrom'>, ids: readonly string[]) {
  return db
    .selectFrom('compliance.application_order as o')
    .innerJoin('compliance.campaign as campaign', 'campaign.id', 'o.campaign_id')
    .selectAll('o')
    .select('campaign.kind as campaign_kind')
    .where('o.id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('o.id');
}

/** Several orders in one query. Those that are not there are absent. */
export async function readOrderRows(db: Pick<Tx, 'selectFrom'>, ids: readonly string[]): Promise<readonly OrderRow[]> {
  return rowsOf(db, ids).execute();
}

/** The same, and nobody else moves it until the transaction ends: two answers at once are taken one after the other. */
export async function lockOrder(tx: Tx, id: Id<'application_order'>): Promise<OrderRow> {
  return (await lockOrders(tx, [id]))(id);
}

/** Several orders, always locked in the order of their ids: two groups that share some don't wait for each other for ever. */
export async function lockOrders(tx: Tx, ids: readonly string[]): Promise<(id: string) => OrderRow> {
  const rows = new Map((await rowsOf(tx, ids).forUpdate('o').execute()).map((row) => [row.id, row]));
  return (id) => {
    const row = rows.get(id);
    if (row === undefined) throw noOrder();
    return row;
  };
}

interface Moved {
  readonly outcome?: 'executed' | 'partly' | 'refused' | 'not_found' | 'failed' | null;
  readonly reason?: string | null;
  readonly counts?: string;
  readonly kept?: string;
  readonly notices?: string;
  readonly body_digest?: Buffer;
  readonly sent_at?: Date;
  readonly due_at?: Date;
  readonly received_at?: Date | null;
  readonly ended_at?: Date | null;
  readonly verified_at?: Date;
  readonly escalated_at?: Date | null;
  readonly tries?: number;
  readonly problem?: string | null;
  readonly last_error?: string | null;
  readonly next_at?: Date | null;
  readonly delivered_at?: Date | null;
  readonly given_until?: Date | null;
  readonly slot_at?: Date | null;
  readonly escalation?: number;
  readonly failed_answers?: number;
  readonly retry_at?: Date | null;
}

/** The columns that may change with the state, as PostgreSQL names their types. */
const columnTypes: Readonly<Record<keyof Moved, string>> = {
  outcome: 'text',
  reason: 'text',
  counts: 'jsonb',
  kept: 'jsonb',
  notices: 'jsonb',
  body_digest: 'bytea',
  sent_at: 'timestamptz',
  due_at: 'timestamptz',
  received_at: 'timestamptz',
  ended_at: 'timestamptz',
  verified_at: 'timestamptz',
  escalated_at: 'timestamptz',
  tries: 'integer',
  problem: 'jsonb',
  last_error: 'text',
  next_at: 'timestamptz',
  delivered_at: 'timestamptz',
  given_until: 'timestamptz',
  slot_at: 'timestamptz',
  escalation: 'integer',
  failed_answers: 'integer',
  retry_at: 'timestamptz',
};

export interface Move {
  readonly order: { readonly id: Id<'application_order'>; readonly state: OrderState };
  readonly to: OrderState;
  readonly moved: Moved;
}

/**
 * Takes an order from the state it is in to another, by the table of `states.ts`. Refuses when it is no longer in that
 * state: two workers, or a worker and an answer, can't both end it.
 */
export async function moveOrder(tx: Tx, order: Move['order'], to: OrderState, moved: Moved = {}): Promise<void> {
  await moveOrders(tx, [{ order, to, moved }]);
}

/** Several at once: one statement for those of which the same is said. */
export async function moveOrders(tx: Tx, moves: readonly Move[]): Promise<void> {
  for (const { order, to } of moves) if (!mayBecome(order.state, to)) throw notPossible(order.state, to);
  const alike = groupBy(moves, ({ moved }) => Object.keys(moved).sort().join());
  for (const some of alike.values()) await moveAlike(tx, some);
}

async function moveAlike(tx: Tx, moves: readonly Move[]): Promise<void> {
  const columns = Object.keys(moves[0]?.moved ?? {}).filter((name) => name in columnTypes) as (keyof Moved)[];
  const values = columns.map(
    (column) => sql`${moves.map(({ moved }) => moved[column] ?? null)}::${sql.raw(columnTypes[column])}[]`,
  );
  const { rows } = await sql<{ id: string }>`
    update compliance.application_order as o
       set state = given.to_state${sql.join(
         columns.map((column) => sql`, ${sql.id(column)} = given.${sql.id(column)}`),
         sql``,
       )}
      from unnest(${sql.join([
        sql`${moves.map(({ order }) => order.id)}::uuid[]`,
        sql`${moves.map(({ order }) => order.state)}::text[]`,
        sql`${moves.map(({ to }) => to)}::text[]`,
        ...values,
      ])}) as given(${sql.join([sql.id('id'), sql.id('from_state'), sql.id('to_state'), ...columns.map((column) => sql.id(column))])})
     where o.id = given.id and o.state = given.from_state returning o.id`.execute(tx);
  const done = new Set(rows.map(({ id }) => id));
  const left = moves.find(({ order }) => !done.has(order.id));
  if (left !== undefined) throw notPossible(left.order.state, left.to);
}

/** What the journal files an order under: its request, or its campaign. */
export function subjectOf(order: Pick<OrderRow, 'campaign_id' | 'campaign_kind'>): string {
  return publicId(order.campaign_kind === 'request' ? 'req' : 'cmp', order.campaign_id);
}

export interface Telling {
  readonly order: Pick<OrderRow, 'id' | 'campaign_kind' | 'application_name'> & { readonly campaign_id: string };
  readonly kind: StepKind;
  readonly data?: { readonly [name: string]: Json };
}

/** Tells the request an order belongs to: a line of its history, and a look at what comes next. */
export async function tellRequest(
  writing: Writing,
  order: Telling['order'],
  kind: StepKind,
  data: { readonly [name: string]: Json } = {},
): Promise<void> {
  await tellRequests(writing, [{ order, kind, data }]);
}

export async function tellRequests(writing: Writing, tellings: readonly Telling[]): Promise<void> {
  const told = tellings.filter(({ order }) => order.campaign_kind === 'request');
  if (told.length === 0) return;
  await addSteps(
    writing,
    told.map(({ order, kind, data }) => ({
      request: order.campaign_id,
      kind,
      data: { application: order.application_name, order: publicId('ord', order.id), ...data },
    })),
  );
  const requests = [...new Set(told.map(({ order }) => order.campaign_id))];
  await writing.tx
    .updateTable('compliance.request')
    .set({ next_at: writing.now })
    .where('id', 'in', (query) =>
      // In the order of their ids: see `lockOrders`.
      query
        .selectFrom('compliance.request')
        .select('id')
        .where('id', '=', sql<string>`any(${requests}::uuid[])`)
        .orderBy('id')
        .forNoKeyUpdate(),
    )
    .execute();
}

export function noOrder(): Refusal {
  return new Refusal('order.not_found', 404, {
    fr: 'Cet ordre n’existe pas, ou n’est pas à vous.',
    en: 'This order does not exist, or is not yours.',
  });
}

function notPossible(from: OrderState, to: OrderState): Refusal {
  return new Refusal('order.state', 409, {
    fr: `Cet ordre ne peut pas passer de « ${from} » à « ${to} » : quelqu’un d’autre l’a fait avancer. Rechargez la page.`,
    en: `This order can’t go from “${from}” to “${to}”: someone else moved it on. Reload the page.`,
  });
}
