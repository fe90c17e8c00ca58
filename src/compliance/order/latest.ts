import { z } from 'zod';
import { categories, type Kept, type Sighting } from '../../channels/index.ts';
import type { Id, Text } from '../../kernel/index.ts';
import { natural, type Scope, type Tx } from '../../store/index.ts';
import { type HandCheck, handCheckOf, isChecked } from './hand-check-document.ts';
import { hasEnded, mayGoOn, type OrderState } from './states.ts';

/** What is shown and told of an order. */
export interface OrderView {
  readonly id: Id<'application_order'>;
  readonly applicationId: string | null;
  readonly application: string;
  readonly channel: string;
  readonly key: string;
  readonly generation: number;
  readonly batch: number;
  readonly state: OrderState;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** What stays because somebody decided so, and why. */
  readonly kept: readonly Kept[];
  /** What it leaves for people to know or to do. */
  readonly notices: readonly Text[];
  readonly problem: Text | null;
  readonly tries: number;
  readonly plannedAt: Date;
  readonly sentAt: Date | null;
  readonly dueAt: Date | null;
  readonly receivedAt: Date | null;
  readonly endedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly nextAt: Date | null;
  readonly digest: Buffer | null;
  /** Its last generation: the one that counts. */
  readonly isLatest: boolean;
  /** Where Socle still saw something, of the last generation that isn't finished: what the letter and the map need to know. */
  readonly left: readonly Sighting[];
  /** What somebody looked at by hand since the last proof. */
  readonly checks: readonly HandCheck[];
}

/** All orders of a campaign: applications by name, generations in order, Socle last. */
export async function ordersOf(db: Tx | Scope['db'], campaign: string): Promise<readonly OrderView[]> {
  const rows = await db
    .selectFrom('compliance.application_order')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .orderBy(natural('application_name'))
    .orderBy('batch')
    .orderBy('generation')
    .execute();
  const looks = await looksOf(
    db,
    rows.filter(({ channel }) => channel === 'sql').map(({ id }) => id),
    new Set(rows.filter(mayGoOn).map(({ id }) => id)),
  );
  const views = rows.map((row): OrderView => {
    const isLatest = !rows.some(
      (other) =>
        other.application_id === row.application_id && other.batch === row.batch && other.generation > row.generation,
    );
    return {
      id: row.id,
      applicationId: row.application_id,
      application: row.application_name,
      channel: row.channel,
      key: row.key,
      generation: row.generation,
      batch: row.batch,
      state: row.state,
      outcome: row.outcome,
      reason: row.reason,
      counts: numbers(row.counts),
      kept: keptOf(row.kept),
      notices: noticesSchema.parse(row.notices),
      problem: textOf(row.problem),
      tries: row.tries,
      plannedAt: row.planned_at,
      sentAt: row.sent_at,
      dueAt: row.due_at,
      receivedAt: row.received_at,
      endedAt: row.ended_at,
      verifiedAt: row.verified_at,
      nextAt: row.next_at,
      digest: row.body_digest,
      isLatest,
      left: isLatest ? (looks.get(row.id)?.left ?? []) : [],
      checks: looks.get(row.id)?.checks ?? [],
    };
  });
  return [...views.filter((view) => view.channel !== 'socle'), ...views.filter((view) => view.channel === 'socle')];
}

const sightings = z.array(
  z.object({
    where: z.string(),
    rows: z.number(),
    by: z.enum(['identity', 'row', 'sweep', 'name', 'key', 'alone']),
    mayStay: z.boolean(),
    about: z
      .object({
        categories: z.array(z.enum(categories)),
        columns: z.array(z.string()),
        kind: z.string().optional(),
        joins: z.array(z.object({ from: z.array(z.string()), to: z.array(z.string()) })),
      })
      .optional(),
  }),
);

/** As the proof says it, and the last look. */
const looked = z.union([
  z
    .object({ persons: z.array(z.object({ seen: sightings })) })
    .transform(({ persons }) => persons.flatMap(({ seen }) => seen)),
  z.object({ sightings }).transform((body) => body.sightings),
]);

interface Looks {
  /** What the last look saw that may not stay, and that nobody looked at by hand. */
  readonly left: readonly Sighting[];
  readonly checks: readonly HandCheck[];
}

/** `stopped`: the orders of which what is left counts; of the others only the checks are read. */
async function looksOf(
  db: Tx | Scope['db'],
  orders: readonly string[],
  stopped: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Looks>> {
  const checks = await checksOf(db, orders);
  if (stopped.size === 0) return new Map([...checks].map(([id, own]) => [id, { left: [], checks: own }]));
  const documents = await db
    .selectFrom('compliance.order_answer')
    .select(['order_id', 'body'])
    .where('order_id', 'in', [...stopped])
    .where('kind', 'in', ['proof', 'verification'])
    .orderBy('id')
    .execute();
  const seen = new Map(documents.map(({ order_id: id, body }) => [id as string, looked.safeParse(body).data ?? []]));
  const told = new Set([...seen.keys(), ...checks.keys()]);
  return new Map(
    [...told].map((id) => {
      const own = checks.get(id) ?? [];
      const left = (seen.get(id) ?? []) as readonly Sighting[];
      return [id, { left: left.filter((each) => !each.mayStay && !isChecked(own, each)), checks: own }];
    }),
  );
}

/** What was looked at by hand since the last proof of each order: another try sees anew. */
export async function checksOf(
  db: Tx | Scope['db'],
  orders: readonly string[],
): Promise<ReadonlyMap<string, readonly HandCheck[]>> {
  if (orders.length === 0) return new Map();
  const documents = await db
    .selectFrom('compliance.order_answer as answer')
    .select(['answer.order_id', 'answer.body'])
    .where('answer.order_id', 'in', orders)
    .where('answer.kind', '=', 'hand_check')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('compliance.order_answer as later')
            .select('later.id')
            .whereRef('later.order_id', '=', 'answer.order_id')
            .where('later.kind', '=', 'proof')
            .whereRef('later.id', '>', 'answer.id'),
        ),
      ),
    )
    .orderBy('answer.id')
    .execute();
  const found = new Map<string, HandCheck[]>();
  for (const { order_id: id, body } of documents) {
    const check = handCheckOf(body);
    if (check !== null) found.set(id, [...(found.get(id) ?? []), check]);
  }
  return found;
}

/** The orders to applications that count now: the last generation of each. */
export function applicationOrders(orders: readonly OrderView[]): readonly OrderView[] {
  return orders.filter((order) => order.isLatest && order.channel !== 'socle');
}

/** Nothing more is awaited of the application: not even a look of ours. */
export function isSettled(order: OrderView): boolean {
  if (order.state === 'executed' && order.channel === 'sql') return false;
  // A technical difficulty is no ground of refusal (GDPR art. 12(4), 17(3)): somebody mends it, and the order goes on.
  if (mayGoOn(order)) return false;
  return hasEnded(order.state) && order.state !== 'contradicted' && order.state !== 'partly';
}

const noticesSchema = z.array(z.object({ fr: z.string(), en: z.string() }));

const keptSchema = z.array(
  z.object({
    table: z.string(),
    columns: z.array(z.string()),
    categories: z.array(z.enum(categories)),
    reason: z.string(),
    rows: z.number(),
  }),
);

function keptOf(value: unknown): readonly Kept[] {
  const parsed = keptSchema.safeParse(value);
  return parsed.success ? parsed.data : [];
}

function numbers(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, count]) => (typeof count === 'number' ? [[name, count]] : [])),
  );
}

function textOf(value: unknown): Text | null {
  if (typeof value !== 'object' || value === null || !('fr' in value) || !('en' in value)) return null;
  return typeof value.fr === 'string' && typeof value.en === 'string' ? { fr: value.fr, en: value.en } : null;
}
