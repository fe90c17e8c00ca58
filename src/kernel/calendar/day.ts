import { Temporal } from 'temporal-polyfill';
import { Refusal } from '../refusal.ts';
import type { Text } from '../text.ts';

/** A date of the civil calendar with no time and no zone: `2026-07-14`. Days compare as their text does. */
export type Day = string & { readonly calendar: 'day' };

/** Where the day of an event is read. French law reads it in metropolitan France unless an organisation says otherwise. */
export const frenchZone = 'Europe/Paris';

export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = millisecondsOf(text);
  return !Number.isNaN(at) && ofMilliseconds(at) === text;
}

/** The day that a text names; refuses what is not a date of the calendar (`2026-02-30`). */
export function day(text: string): Day {
  if (isDay(text)) return text;
  throw new Refusal('day.invalid', 422, {
    fr: 'Cette date n’existe pas : écrivez-la sous la forme AAAA-MM-JJ, par exemple 2026-07-14.',
    en: 'This date does not exist: write it as YYYY-MM-DD, such as 2026-07-14.',
  });
}

/** The day it is somewhere at an instant: 22:30 UTC on 30 June is already 1 July in Paris. */
export function dayOf(instant: Date, zone: string = frenchZone): Day {
  return toDay(Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate());
}

/** The first instant of a day somewhere. */
export function startOfDay(on: Day, zone: string = frenchZone): Date {
  return new Date(Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds);
}

/** The last millisecond of a day somewhere: “the expiry of the last hour”, 23 or 25 hours after its start twice a year. */
export function endOfDay(on: Day, zone: string = frenchZone): Date {
  return new Date(startOfDay(addDays(on, 1), zone).getTime() - 1);
}

export function addDays(from: Day, days: number): Day {
  return ofMilliseconds(millisecondsOf(from) + days * dayMs);
}

/** The same date some months later, or the last day of that month when it has no such date. */
export function addMonths(from: Day, months: number): Day {
  return toDay(Temporal.PlainDate.from(from).add({ months }, { overflow: 'constrain' }));
}

/** Days from one to the other; negative when the second comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((millisecondsOf(to) - millisecondsOf(from)) / dayMs);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(on: Day): number {
  return new Date(millisecondsOf(on)).getUTCDay() || 7;
}

export function yearOf(on: Day): number {
  return Number(on.slice(0, 4));
}

export function laterOf(one: Day, other: Day): Day {
  return one > other ? one : other;
}

export function earlierOf(one: Day, other: Day): Day {
  return one < other ? one : other;
}

const longDate: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' };
const writers = {
  date: {
    fr: new Intl.DateTimeFormat('fr-FR', longDate),
    en: new Intl.DateTimeFormat('en-GB', longDate),
  },
  weekday: {
    fr: new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'long' }),
    en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' }),
  },
};

/** `1er mai 2026`, `1 May 2026`. */
export function dayText(on: Day): Text {
  const instant = new Date(`${on}T12:00:00Z`);
  return {
    fr: writers.date.fr.format(instant).replace(/^1 /, '1er '),
    en: writers.date.en.format(instant),
  };
}

/** `vendredi 1er mai 2026`, `Friday 1 May 2026`. */
export function fullDayText(on: Day): Text {
  const weekday = weekdayText(on);
  const date = dayText(on);
  return { fr: `${weekday.fr} ${date.fr}`, en: `${weekday.en} ${date.en}` };
}

/** `samedi`, `Saturday`. */
export function weekdayText(on: Day): Text {
  const instant = new Date(`${on}T12:00:00Z`);
  return { fr: writers.weekday.fr.format(instant), en: writers.weekday.en.format(instant) };
}

/** A day has no zone: counted at midnight UTC, where every day has 24 hours, it costs a hundred times less than elsewhere. */
const dayMs = 86_400_000;

function millisecondsOf(on: string): number {
  return Date.parse(`${on}T00:00:00Z`);
}

function ofMilliseconds(at: number): Day {
  return new Date(at).toISOString().slice(0, 10) as Day;
}

function toDay(date: Temporal.PlainDate): Day {
  return date.toString() as Day;
}
