import { Temporal } from 'temporal-polyfill';
import type { Id } from '../../kernel/index.ts';
import { hintDue, type Writing } from '../../store/index.ts';

export type Rhythm = 'soon' | 'daily' | 'never';

/** How a person wants their notifications by e-mail. Hours are those of France. */
export interface MailWish {
  readonly rhythm: Rhythm;
  readonly dailyHour: number;
  /** Between these hours nothing leaves; null: it may at any hour. They may go over midnight. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
}

/** Of whoever never said: once a day, in the morning. */
export const usualWish: MailWish = { rhythm: 'daily', dailyHour: 8, quiet: null };

/** What comes within it leaves in one message. */
const gatheredMinutes = 2;
const timeZone = 'Europe/Paris';

/** When what waits now leaves; null: never. Pure. */
export function mailTime(now: Date, wish: MailWish): Date | null {
  if (wish.rhythm === 'never') return null;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const wanted = wish.rhythm === 'soon' ? here.add({ minutes: gatheredMinutes }) : nextHour(here, wish.dailyHour);
  const { quiet } = wish;
  const leaves = quiet !== null && isQuiet(wanted.hour, quiet) ? nextHour(wanted, quiet.to) : wanted;
  return new Date(leaves.epochMilliseconds);
}

function isQuiet(hour: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  if (from === to) return false;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The next time the clock shows that hour. */
function nextHour(from: Temporal.ZonedDateTime, hour: number): Temporal.ZonedDateTime {
  const today = from.with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  return Temporal.ZonedDateTime.compare(today, from) > 0 ? today : today.add({ days: 1 });
}

/** Has what waits for these people sent when each wishes it; a message that is to leave already isn't put off. */
export async function planMails(writing: Writing, users: readonly Id<'user'>[]): Promise<void> {
  const known = await writing.tx
    .selectFrom('objects.notice_mail')
    .select(['id', 'rhythm', 'daily_hour', 'quiet_from', 'quiet_to'])
    .where('id', 'in', [...users])
    .execute();
  const wishes = new Map(known.map((row) => [row.id, toWish(row)]));
  const due = [...users].sort().flatMap((id) => {
    const at = mailTime(writing.now, wishes.get(id) ?? usualWish);
    return at === null ? [] : [{ id, next_at: at }];
  });
  if (due.length === 0) return;
  await writing.tx
    .insertInto('objects.notice_mail')
    .values(due)
    .onConflict((conflict) =>
      conflict.columns(['org', 'id']).doUpdateSet((update) => ({
        next_at: update.fn('least', ['objects.notice_mail.next_at', 'excluded.next_at']),
      })),
    )
    .execute();
  await hintDue(writing.tx);
}

export function toWish(row: {
  readonly rhythm: Rhythm;
  readonly daily_hour: number;
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
}): MailWish {
  const { quiet_from: from, quiet_to: to } = row;
  return {
    rhythm: row.rhythm,
    dailyHour: row.daily_hour,
    quiet: from === null || to === null ? null : { from, to },
  };
}
