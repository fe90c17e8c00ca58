import { sql } from 'kysely';
import type { KeyPart, Who } from '../../http/index.ts';
import { dayOf, publicId } from '../../kernel/index.ts';
import type { RequestState } from './states.ts';

export type StateFilter = 'open' | 'late' | 'all' | RequestState;

/** `mine`: the caller's; `nobody`: of nobody who still works here. */
export const assigneeFilters = ['anyone', 'mine', 'nobody'] as const;
export type AssigneeFilter = (typeof assigneeFilters)[number];

export interface RequestsAsked {
  readonly state: StateFilter;
  readonly assignee?: AssigneeFilter;
  readonly limit: number;
  readonly after: readonly KeyPart[] | null;
}

/** A request as lists show it, with what its orders are waiting for. */
export interface RequestLine {
  readonly id: string;
  readonly number: string;
  readonly state: RequestState;
  readonly controller_id: string | null;
  readonly received_on: string;
  readonly due_on: string;
  readonly answered_at: Date | null;
  readonly answer_kind: string | null;
  readonly assignee_id: string | null;
  readonly is_suspended: boolean;
  readonly orders: number;
  readonly ended: number;
  readonly contradicted: number;
  readonly failed: number;
}

const over: readonly RequestState[] = ['closed', 'refused', 'withdrawn'];

/**
 * Requests in a perimeter, the most urgent first, by keyset: `limit + 1` rows. Orders are counted for the rows shown
 * only, in the same statement.
 */
export async function listRequests(
  who: Pick<Who, 'scope' | 'perimeters' | 'user'>,
  asked: RequestsAsked,
): Promise<readonly RequestLine[]> {
  const { scope } = who;
  const [dueOn, id] = asked.after ?? [];
  const conditions = [
    stateCondition(asked.state, dayOf(scope.clock.now())),
    assigneeCondition(asked.assignee ?? 'anyone', who.user.id),
  ];
  if (who.perimeters !== null) conditions.push(sql`r.controller_id = any(${sql.val([...who.perimeters])}::uuid[])`);
  if (typeof dueOn === 'string' && typeof id === 'string') {
    conditions.push(sql`(r.due_on, r.id) > (${dueOn}::date, ${id}::uuid)`);
  }
  const { rows } = await sql<RequestLine>`
    with shown as (
      select r.id, r.number, r.state, r.controller_id, r.received_on, r.due_on, r.answered_at, r.answer_kind, r.assignee_id
        from compliance.request r
       where ${sql.join(conditions, sql` and `)}
       order by r.due_on, r.id
       limit ${asked.limit + 1})
    select shown.*,
           exists (select from compliance.identity_request i
                    where i.request_id = shown.id and i.received_at is null) as is_suspended,
           coalesce(o.orders, 0) as orders, coalesce(o.ended, 0) as ended,
           coalesce(o.contradicted, 0) as contradicted, coalesce(o.failed, 0) as failed
      from shown
      left join lateral (
        select count(*)::int as orders,
               count(*) filter (where a.state in ('executed', 'partly', 'refused', 'not_found', 'verified'))::int as ended,
               count(*) filter (where a.state = 'contradicted')::int as contradicted,
               count(*) filter (where a.state = 'failed')::int as failed
          from compliance.application_order a
         where a.campaign_id = shown.id) o on true
     order by shown.due_on, shown.id`.execute(scope.db);
  return rows;
}

function stateCondition(state: StateFilter, today: string) {
  if (state === 'all') return sql`true`;
  const isOpen = sql`r.state not in (${sql.join(over.map((one) => sql.lit(one)))})`;
  if (state === 'open') return isOpen;
  if (state === 'late') return sql`${isOpen} and r.answered_at is null and r.due_on < ${today}::date`;
  return sql`r.state = ${state}`;
}

function assigneeCondition(assignee: AssigneeFilter, user: string) {
  if (assignee === 'anyone') return sql`true`;
  if (assignee === 'mine') return sql`r.assignee_id = ${user}::uuid`;
  return sql`(r.assignee_id is null
      or not exists (select from access.user u where u.id = r.assignee_id and u.is_active))`;
}

export function requestLineJson(line: RequestLine) {
  return {
    id: publicId('req', line.id),
    number: line.number,
    state: line.state,
    controller: line.controller_id === null ? null : publicId('obj', line.controller_id),
    receivedOn: line.received_on,
    dueOn: line.due_on,
    assignee: line.assignee_id === null ? null : publicId('usr', line.assignee_id),
    answer: line.answer_kind,
    orders: { total: line.orders, ended: line.ended, contradicted: line.contradicted, failed: line.failed },
  };
}
