import { sql } from 'kysely';
import { type Id, publicId, type Text } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { type Line, readLine } from '../order/delivery/line.ts';
import type { OrderState } from '../order/states.ts';

/** How an application fares with its orders. Nothing of a person is in it. */
export interface Health {
  readonly line: Line;
  /** `closed`: orders leave. `open`: it is left in peace until `probeAt`. `half_open`: one order is trying now. */
  readonly circuit: 'closed' | 'open' | 'half_open';
  readonly waiting: number;
  readonly delivered: number;
  readonly late: number;
  readonly dead: number;
  /** Of the last twenty-four hours. */
  readonly attempts: number;
  readonly failures: number;
}

export interface OpenOrder {
  readonly id: Id<'application_order'>;
  readonly campaign: string;
  /** The request's number; null for an order of a campaign. */
  readonly number: string | null;
  readonly state: OrderState;
  readonly plannedAt: Date;
  readonly dueAt: Date | null;
  readonly nextAt: Date | null;
  readonly tries: number;
  readonly problem: Text | null;
}

const day = 86_400_000;

export async function healthOf(scope: Scope, application: Id<'application'>): Promise<Health> {
  const now = scope.clock.now();
  const [line, orders, attempts] = await Promise.all([
    readLine(scope.db, application),
    sql<{ waiting: number; delivered: number; late: number; dead: number }>`
      select count(*) filter (where (state in ('planned', 'held', 'sent') and delivered_at is null) or retry_at is not null)::int as waiting,
             count(*) filter (where state in ('sent', 'received') and delivered_at is not null)::int as delivered,
             count(*) filter (where state in ('planned', 'sent', 'received') and due_at < ${now})::int as late,
             count(*) filter (where state = 'failed' and retry_at is null)::int as dead
        from compliance.application_order
       where application_id = ${application} and state in ('planned', 'held', 'sent', 'received', 'failed')
         and superseded_at is null`.execute(scope.db),
    sql<{ attempts: number; failures: number }>`
      select count(*)::int as attempts, count(*) filter (where problem is not null)::int as failures
        from compliance.delivery
       where application_id = ${application} and at > ${new Date(now.getTime() - day)}`.execute(scope.db),
  ]);
  const counts = orders.rows[0] ?? { waiting: 0, delivered: 0, late: 0, dead: 0 };
  const tried = attempts.rows[0] ?? { attempts: 0, failures: 0 };
  const isOpen = line.probeAt !== null;
  const circuit = !isOpen ? 'closed' : line.probeAt !== null && line.probeAt <= now ? 'half_open' : 'open';
  return { line, circuit, ...counts, ...tried };
}

/** Orders that wait, that the application has, or that are dead letters: the oldest first. */
export async function openOrders(
  scope: Scope,
  application: Id<'application'>,
  which: 'open' | 'dead',
  limit: number,
): Promise<readonly OpenOrder[]> {
  const isWanted =
    which === 'dead'
      ? sql`o.state = 'failed' and o.retry_at is null`
      : sql`o.state in ('planned', 'held', 'sent', 'received', 'failed') and (o.state <> 'failed' or o.retry_at is not null)`;
  const { rows } = await sql<{
    id: string;
    campaign_id: string;
    number: string | null;
    state: OrderState;
    planned_at: Date;
    due_at: Date | null;
    next_at: Date | null;
    tries: number;
    problem: Text | null;
  }>`
    select o.id, o.campaign_id, r.number, o.state, o.planned_at, o.due_at, o.next_at, o.tries, o.problem
      from compliance.application_order o
      left join compliance.request r on r.org = o.org and r.id = o.campaign_id
     where o.application_id = ${application} and ${isWanted} and o.superseded_at is null
     order by o.id limit ${limit}`.execute(scope.db);
  return rows.map((row) => ({
    id: row.id,
    campaign: row.campaign_id,
    number: row.number,
    state: row.state,
    plannedAt: row.planned_at,
    dueAt: row.due_at,
    nextAt: row.next_at,
    tries: row.tries,
    problem: row.problem,
  }));
}

/** As the API tells it. */
export function healthJson(health: Health): object {
  const { line, circuit, ...counts } = health;
  return {
    circuit,
    failuresInARow: line.failures,
    openedAt: line.openedAt,
    probeAt: line.probeAt,
    lastSuccessAt: line.lastSuccessAt,
    lastFailureAt: line.lastFailureAt,
    lastProblem: line.lastProblem,
    latencyMs: line.latencyMs,
    orders: { waiting: counts.waiting, delivered: counts.delivered, late: counts.late, dead: counts.dead },
    lastDay: { attempts: counts.attempts, failures: counts.failures },
  };
}

/** The page of the request that an order belongs to. */
export function requestPath(order: OpenOrder): string {
  return `/requests/${publicId('req', order.campaign)}`;
}
