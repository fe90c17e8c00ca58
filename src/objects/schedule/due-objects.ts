import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Uuid } from '../../kernel/index.ts';
import { from, type Reminder, type Scheduled, type Transition, type TypeModel } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';

/** An object that a rule is due for, and which time it is: the day of its date, or when it entered its state. */
export interface DueObject {
  readonly id: Uuid;
  readonly occurrence: string;
}

/** A reminder is for what comes: of days further past than this, nobody is told any more. */
const rememberedDays = 7;

/** The day it is in France. */
export function dayOf(now: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Paris').toPlainDate();
}

/** Objects of which the reminder is due, and that nobody was reminded of for that day. */
export async function remindable(
  scope: Scope,
  type: TypeModel,
  reminder: Reminder,
  limit: number,
): Promise<readonly DueObject[]> {
  const today = dayOf(scope.clock.now());
  // date + days ≤ today, written so that the index on the date serves.
  const last = today.subtract({ days: reminder.days });
  const first = last.subtract({ days: rememberedDays });
  const day = sql.ref(`o.${columnOf(type, reminder.on)}`);
  const inState = reminder.states === null ? sql`true` : sql`o.state = any (${[...reminder.states]}::text[])`;
  return dueOf(scope, type, ruleOf('reminder', reminder.name), limit, {
    occurrence: sql`${day}::text`,
    condition: sql`${day} between ${first.toString()}::date and ${last.toString()}::date and ${inState}`,
    order: day,
  });
}

/** Objects that a scheduled transition is due for, in a state that it leaves from, and on which it was not tried that time. */
export async function schedulable(
  scope: Scope,
  type: TypeModel,
  scheduled: Scheduled,
  transition: Transition,
  limit: number,
): Promise<readonly DueObject[]> {
  const inState = sql`o.state = any (${[...transition.from]}::text[])`;
  const rule = ruleOf('scheduled', scheduled.name);
  const { when } = scheduled;
  if ('on' in when) {
    const day = sql.ref(`o.${columnOf(type, when.on)}`);
    const last = dayOf(scope.clock.now()).subtract({ days: when.days });
    return dueOf(scope, type, rule, limit, {
      occurrence: sql`${day}::text`,
      condition: sql`${day} <= ${last.toString()}::date and ${inState}`,
      order: day,
    });
  }
  const before = sql`${scope.clock.now()}::timestamptz - ${when.after}::interval`;
  // History tells when it entered its state; no object entered one before it was created.
  const entered = sql`coalesce((select h.at from objects.history h
      where h.object = o.id and h.action = 'transition' and h.changes @> jsonb_build_array(jsonb_build_object('attribute', 'state', 'to', o.state))
      order by h.id desc limit 1), o.created_at)`;
  return dueOf(scope, type, rule, limit, {
    occurrence: sql`to_char(${entered} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    condition: sql`o.created_at <= ${before} and ${inState} and ${entered} <= ${before}`,
    order: sql`o.id`,
  });
}

/** What a rule is called where what was done of it is kept. */
export function ruleOf(kind: 'reminder' | 'scheduled', name: string): string {
  return `${kind}.${name}`;
}

async function dueOf(
  scope: Scope,
  type: TypeModel,
  rule: string,
  limit: number,
  { occurrence, condition, order }: Readonly<Record<'occurrence' | 'condition' | 'order', RawBuilder<unknown>>>,
): Promise<readonly DueObject[]> {
  const { rows } = await sql<DueObject>`
    select o.id, ${occurrence} as occurrence from ${from(type)} as o
     where ${condition} and not exists (select 1 from objects.schedule_done d
       where d.object = o.id and d.type = ${type.name} and d.rule = ${rule} and d.occurrence = ${occurrence})
     order by ${order} limit ${limit}`.execute(scope.db);
  return rows;
}

function columnOf(type: TypeModel, name: string): string {
  return type.attributes.get(name)?.columns[0] ?? name;
}
