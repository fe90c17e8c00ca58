import { sql } from 'kysely';
import type { Refusal } from '../../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../../store/index.ts';

/** Deliveries in a row that nobody took before the circuit opens and the application is left in peace. */
export const failuresToOpen = 5;
const shortestRestMs = 60_000;
const longestRestMs = 1_800_000;

/** How an application fares. Its circuit is open while `openedAt` says so; `probeAt` is when one order may try. */
export interface Line {
  readonly failures: number;
  readonly openedAt: Date | null;
  readonly probeAt: Date | null;
  readonly nextSlotAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly lastProblem: unknown;
  readonly latencyMs: number | null;
}

const untried: Line = {
  failures: 0,
  openedAt: null,
  probeAt: null,
  nextSlotAt: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastProblem: null,
  latencyMs: null,
};

export async function readLine(
  db: Pick<Tx, 'selectFrom'> | Scope['db'],
  application: string,
  isLocked = false,
): Promise<Line> {
  const row = await db
    .selectFrom('compliance.application_line')
    .selectAll()
    .where('application_id', '=', application)
    .$if(isLocked, (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return untried;
  return {
    failures: row.failures,
    openedAt: row.opened_at,
    probeAt: row.probe_at,
    nextSlotAt: row.next_slot_at,
    lastSuccessAt: row.last_success_at,
    lastFailureAt: row.last_failure_at,
    lastProblem: row.last_problem,
    latencyMs: row.latency_ms,
  };
}

/** The row of an application, made when it is first needed, and locked. */
export async function lockLine(tx: Tx, application: string): Promise<Line> {
  await tx
    .insertInto('compliance.application_line')
    .values({ application_id: application })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return readLine(tx, application, true);
}

/** It took a message: the circuit closes, and whoever waited for it is woken. */
export async function noteSuccess(writing: Writing, application: string, latencyMs: number): Promise<void> {
  const { tx, now } = writing;
  const before = await lockLine(tx, application);
  const average = before.latencyMs === null ? latencyMs : Math.round(before.latencyMs * 0.8 + latencyMs * 0.2);
  await tx
    .updateTable('compliance.application_line')
    .set({ failures: 0, opened_at: null, probe_at: null, last_success_at: now, latency_ms: average })
    .where('application_id', '=', application)
    .execute();
  if (before.openedAt !== null) await wakeWaiting(tx, application, now);
}

/** It came for its orders: noted once a minute at most, for it comes again and again. */
export async function noteSeen(scope: Scope, application: string): Promise<void> {
  const now = scope.clock.now();
  const minuteAgo = new Date(now.getTime() - 60_000);
  await sql`insert into compliance.application_line (application_id, last_success_at) values (${application}, ${now})
    on conflict (org, application_id) do update set last_success_at = ${now}
      where application_line.last_success_at is null or application_line.last_success_at < ${minuteAgo}`.execute(
    scope.db,
  );
}

/** Nobody took a message. Too many in a row open the circuit; a probe that fails keeps it open, for twice as long. */
export async function noteFailure(writing: Writing, application: string, problem: Refusal): Promise<void> {
  const { tx, now } = writing;
  const before = await lockLine(tx, application);
  const failures = before.failures + 1;
  const isOpen = before.openedAt !== null || failures >= failuresToOpen;
  const openedAt = before.openedAt ?? now;
  await tx
    .updateTable('compliance.application_line')
    .set({
      failures,
      opened_at: isOpen ? openedAt : null,
      probe_at: isOpen ? new Date(now.getTime() + restMs(openedAt, now)) : null,
      last_failure_at: now,
      last_problem: JSON.stringify(problem.text),
    })
    .where('application_id', '=', application)
    .execute();
}

/** As long again as it has been open, within bounds: 1, 2, 4… up to thirty minutes, with jitter. */
function restMs(openedAt: Date, now: Date): number {
  const openMs = now.getTime() - openedAt.getTime();
  return Math.min(longestRestMs, Math.max(shortestRestMs, openMs)) * (0.75 + Math.random() / 2);
}

/** Orders that waited for the circuit, a slot or their next try are due now; the rate spreads them anew. */
export async function wakeWaiting(tx: Tx, application: string, now: Date): Promise<void> {
  await sql`update compliance.application_order set next_at = ${now}, slot_at = null
     where application_id = ${application} and delivered_at is null and next_at > ${now}
       and state in ('planned', 'sent') and channel not in ('pull', 'sql')`.execute(tx);
}
