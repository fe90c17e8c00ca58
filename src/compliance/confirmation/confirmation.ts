import { subjectsWith } from '../../access/index.ts';
import { addDays, type Day, day, dayOf, type Id, laterOf, publicId, startOfDay } from '../../kernel/index.ts';
import { hintDue, type Tx, type Writing } from '../../store/index.ts';
import type { RequestRow } from '../request/row.ts';

/** Sooner, a reminder would press somebody who reads their mail once a week. */
const reminderDays = 5;
/** Later, the answer that ends the request would come after the shortest legal month (28 days) less a week to mend a letter. */
const lastDayDays = 21;
/** Whoever is reminded has as long to confirm. */
const leastDays = 7;

/** Whether the person showed that the address they gave is theirs, and what comes if they don't. */
export interface Confirmation {
  /** The last day to confirm, as it was told to the person. */
  readonly lastDay: Day;
  readonly remindedAt: Date | null;
  /** The request ended for want of it; null while it may still come, or once it came. */
  readonly endedAt: Date | null;
  /** Nothing but the confirmation is awaited: the request ends without it. */
  readonly isAwaited: boolean;
  /** A message to the address was given up: the person may never have read it. */
  readonly hasBounced: boolean;
}

/** A request came by the public form: the confirmation of its address is awaited until the day this answers with. */
export async function awaitConfirmation(writing: Writing, request: Id<'request'>): Promise<Day> {
  const today = dayOf(writing.now);
  const lastDay = addDays(today, lastDayDays);
  await writing.tx
    .insertInto('compliance.address_confirmation')
    .values({ id: request, last_day: lastDay, next_at: startOfDay(addDays(today, reminderDays)) })
    .execute();
  await hintDue(writing.tx);
  return lastDay;
}

/** Null for a request that did not come by the public form. */
export async function confirmationOf(db: Pick<Tx, 'selectFrom'>, request: RequestRow): Promise<Confirmation | null> {
  const row = await db
    .selectFrom('compliance.address_confirmation')
    .select(['last_day', 'reminded_at', 'ended_at'])
    .where('id', '=', request.id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const subject = publicId('req', request.id);
  return {
    lastDay: day(row.last_day),
    remindedAt: row.reminded_at,
    endedAt: row.ended_at,
    isAwaited: await isAwaited(db, request),
    hasBounced: (await subjectsWith(db, 'failed', [subject])).has(subject),
  };
}

/** Nobody established who asks, and nobody asked the person anything else: what they were told still holds. */
async function isAwaited(db: Pick<Tx, 'selectFrom'>, request: RequestRow): Promise<boolean> {
  if (request.identity_at !== null || (request.state !== 'received' && request.state !== 'qualified')) return false;
  const asked = await db
    .selectFrom('compliance.identity_request')
    .select('id')
    .where('request_id', '=', request.id)
    .executeTakeFirst();
  return asked === undefined;
}

/** The last day, for somebody who is reminded now: never so soon that the reminder is for nothing. */
export function lastDayFrom(lastDay: Day, today: Day): Day {
  return laterOf(lastDay, addDays(today, leastDays));
}

/** The day a request ends for want of confirmation, and the one when what the person wrote is forgotten. */
export function endOf(lastDay: Day): { readonly endsOn: Day; readonly forgottenOn: Day } {
  return { endsOn: addDays(lastDay, 1), forgottenOn: addDays(lastDay, 2) };
}
