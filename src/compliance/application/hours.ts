import { Temporal } from 'temporal-polyfill';
import { frenchZone } from '../../kernel/index.ts';
import type { Hours } from '../../repository/index.ts';

/**
 * When orders may leave: now when the window is open, else when it next opens. A window belongs to the day on which it
 * opens, and may last into the next; clock changes are those of the zone.
 */
export function opensAt(now: Date, hours: Hours | null, zone: string = frenchZone): Date {
  if (hours === null) return now;
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const today = instant.toZonedDateTimeISO(zone).toPlainDate();
  for (let day = -1; day <= 8; day += 1) {
    const on = today.add({ days: day });
    if (!hours.days.includes(on.dayOfWeek)) continue;
    const from = at(on, hours.from, zone);
    const to = at(hours.to <= hours.from ? on.add({ days: 1 }) : on, hours.to, zone);
    if (to <= now) continue;
    return from <= now ? now : from;
  }
  throw new Error('a window of hours without a day');
}

function at(on: Temporal.PlainDate, time: string, zone: string): Date {
  const moment = on.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
  return new Date(moment.epochMilliseconds);
}
