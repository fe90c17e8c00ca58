import { sql } from 'kysely';
import type { Who } from '../../http/index.ts';
import { addDays, dayOf } from '../../kernel/index.ts';

/** What the morning of a DPO is about. */
export interface Figures {
  readonly open: number;
  readonly late: number;
  /** Due within a week. */
  readonly soon: number;
  readonly contradicted: number;
  readonly failed: number;
  /** Orders whose application has not answered in its time. */
  readonly silent: number;
}

/** Order by order, what is stuck: the page shows the oldest. */
export interface StuckOrder {
  readonly id: string;
  readonly request_id: string;
  readonly number: string;
  readonly application_name: string;
  readonly state: 'contradicted' | 'failed' | 'partly' | 'sent' | 'received' | 'planned';
  readonly since: Date;
}

export async function deskFigures(who: Pick<Who, 'scope' | 'perimeters'>): Promise<Figures> {
  const { scope } = who;
  const today = dayOf(scope.clock.now());
  const mine = perimeterCondition(who);
  const { rows } = await sql<Figures>`
    with open_requests as (
      select r.due_on, r.answered_at from compliance.request r
       where r.state not in ('closed', 'refused', 'withdrawn') and ${mine}),
    stuck as (${stuckOrders(who)})
    select (select count(*)::int from open_requests) as open,
           (select count(*)::int from open_requests where answered_at is null and due_on < ${today}::date) as late,
           (select count(*)::int from open_requests where answered_at is null
              and due_on between ${today}::date and ${addDays(today, 7)}::date) as soon,
           (select count(*)::int from stuck where state = 'contradicted') as contradicted,
           (select count(*)::int from stuck where state in ('failed', 'partly')) as failed,
           (select count(*)::int from stuck where state in ('sent', 'received', 'planned')) as silent
    `.execute(scope.db);
  const [figures] = rows;
  if (figures === undefined) throw new Error('no figures');
  return figures;
}

/** Orders that don't go on by themselves, in the reader's perimeter, the oldest first. */
export async function listStuck(who: Pick<Who, 'scope' | 'perimeters'>, limit: number): Promise<readonly StuckOrder[]> {
  const { rows } = await sql<StuckOrder>`
    with stuck as (${stuckOrders(who)}) select * from stuck order by since, id limit ${limit}`.execute(who.scope.db);
  return rows;
}

/** Contradicted for good, failed, partly done, or silent past their time: the last generation of each only. */
function stuckOrders(who: Pick<Who, 'scope' | 'perimeters'>) {
  const now = who.scope.clock.now();
  return sql`
    select o.id, o.campaign_id as request_id, r.number, o.application_name, o.state,
           coalesce(o.escalated_at, o.due_at, o.planned_at) as since
      from compliance.application_order o
      join compliance.request r on r.org = o.org and r.id = o.campaign_id
     where o.state in ('planned', 'held', 'sent', 'received', 'failed', 'partly', 'contradicted')
       and o.retry_at is null and o.superseded_at is null
       and (o.state in ('contradicted', 'failed', 'partly')
            or (o.state in ('planned', 'sent', 'received') and o.due_at < ${now}))
       and r.state not in ('refused', 'withdrawn')
       and ${perimeterCondition(who)}`;
}

function perimeterCondition(who: Pick<Who, 'perimeters'>) {
  return who.perimeters === null ? sql`true` : sql`r.controller_id = any(${sql.val([...who.perimeters])}::uuid[])`;
}
