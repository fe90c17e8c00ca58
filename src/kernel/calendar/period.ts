import { addDays, addMonths, type Day, weekdayOf } from './day.ts';
import { holidayOn, type Region } from './holidays.ts';

/** Any day that is neither a Saturday, a Sunday nor a public holiday (Regulation 1182/71 art. 2(2)). */
export function isWorkingDay(on: Day, region: Region = 'france'): boolean {
  return weekdayOf(on) < 6 && holidayOn(on, region) === null;
}

/** The day itself when it is a working day, else the first one after it. */
export function workingDayFrom(on: Day, region: Region = 'france'): Day {
  let candidate = on;
  while (!isWorkingDay(candidate, region)) candidate = addDays(candidate, 1);
  return candidate;
}

/** The first working day after a day. */
export function nextWorkingDay(after: Day, region: Region = 'france'): Day {
  return workingDayFrom(addDays(after, 1), region);
}

/** The day that comes so many working days after another: none counts itself. */
export function addWorkingDays(from: Day, count: number, region: Region = 'france'): Day {
  let reached = from;
  for (let left = count; left > 0; left -= 1) reached = nextWorkingDay(reached, region);
  return reached;
}

/** How a period in months ends: the date the months give, and the working day to which it moves. */
export interface MonthPeriod {
  /** The same date in the last month, or the last day of that month. */
  readonly monthsEnd: Day;
  /** That date, moved by the days during which the period did not run. */
  readonly date: Day;
  /** True when the last month lacks the date, so that its last day counts. */
  readonly isClamped: boolean;
  /** The last day of the period, through its last hour. */
  readonly lastDay: Day;
}

/**
 * A period in months after an event, by Regulation (EEC, Euratom) 1182/71:
 * - art. 3(1): the day of the event is not part of the period;
 * - art. 3(2)(c): it ends with the last hour of the same date in the last month (CJEU C-171/03, Toeters: the date of the
 *   event, not that of the day after), or of the last day of that month when it lacks the date;
 * - art. 3(3): Saturdays, Sundays and holidays inside the period count;
 * - art. 3(4): when the last day is one of them, the period ends with the last hour of the following working day;
 * - art. 2(1): holidays are those designated by the Member State where the action is taken.
 *
 * `extraDays` is time during which the period did not run (a suspension), counted before art. 3(4).
 */
export function monthsAfter(event: Day, months: number, region: Region = 'france', extraDays = 0): MonthPeriod {
  const monthsEnd = addMonths(event, months);
  const date = addDays(monthsEnd, extraDays);
  const isClamped = monthsEnd.slice(8) !== event.slice(8);
  return { monthsEnd, date, isClamped, lastDay: workingDayFrom(date, region) };
}

/** The last day of the month that follows an event: see `monthsAfter`. */
export function monthAfter(event: Day, region: Region = 'france'): Day {
  return monthsAfter(event, 1, region).lastDay;
}
