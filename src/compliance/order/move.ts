import { type Id, publicId, Refusal } from '../../kernel/index.ts';
import type { Tx, Writing } from '../../store/index.ts';
import { addStep, type StepKind } from '../request/steps.ts';
import { mayBecome, type OrderState } from './states.ts';

/** An order as its row says. */
export type OrderRow = Awaited<ReturnType<typeof readOrderRow>>;

export async function readOrderRow(db: Pick<Tx, 'selectFrom'>, id: Id<'application_order'>) {
  return db
    .selectFrom('compliance.application_order as o')
    .innerJoin('compliance.campaign as campaign', 'campaign.id', 'o.campaign_id')
    .selectAll('o')
    .select('campaign.kind as campaign_kind')
    .where('o.id', '=', id)
    .executeTakeFirstOrThrow();
}

/** The same, and nobody else moves it until the transaction ends: two answers at once are taken one after the other. */
export async function lockOrder(tx: Tx, id: Id<'application_order'>): Promise<OrderRow> {
  await tx.selectFrom('compliance.application_order').select('id').where('id', '=', id).forUpdate().execute();
  return readOrderRow(tx, id);
}

interface Moved {
  readonly outcome?: 'executed' | 'partly' | 'refused' | 'not_found' | 'failed' | null;
  readonly reason?: string | null;
  readonly counts?: string;
  readonly kept?: string;
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

/**
 * Takes an order from the state it is in to another, by the table of `states.ts`. Refuses when it is no longer in that
 * state: two workers, or a worker and an answer, can't both end it.
 */
export async function moveOrder(
  tx: Tx,
  order: { readonly id: Id<'application_order'>; readonly state: OrderState },
  to: OrderState,
  moved: Moved = {},
): Promise<void> {
  if (!mayBecome(order.state, to)) throw notPossible(order.state, to);
  const done = await tx
    .updateTable('compliance.application_order')
    .set({ state: to, ...moved })
    .where('id', '=', order.id)
    .where('state', '=', order.state)
    .returning('id')
    .executeTakeFirst();
  if (done === undefined) throw notPossible(order.state, to);
}

/** Tells the request an order belongs to: a line of its history, and a look at what comes next. */
export async function tellRequest(
  writing: Writing,
  order: Pick<OrderRow, 'id' | 'campaign_kind' | 'application_name'> & { readonly campaign_id: string },
  kind: StepKind,
  data: Parameters<typeof addStep>[3] = {},
): Promise<void> {
  if (order.campaign_kind !== 'request') return;
  await addStep(writing, order.campaign_id, kind, {
    application: order.application_name,
    order: publicId('ord', order.id),
    ...data,
  });
  await writing.tx
    .updateTable('compliance.request')
    .set({ next_at: writing.now })
    .where('id', '=', order.campaign_id)
    .execute();
}

function notPossible(from: OrderState, to: OrderState): Refusal {
  return new Refusal('order.state', 409, {
    fr: `Cet ordre ne peut pas passer de « ${from} » à « ${to} » : quelqu’un d’autre l’a fait avancer. Rechargez la page.`,
    en: `This order can’t go from “${from}” to “${to}”: someone else moved it on. Reload the page.`,
  });
}
