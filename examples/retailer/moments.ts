import { addDays, type Day, daysBetween, laterOf } from '../../src/kernel/index.ts';
import { firstDay, lastDay } from './people/people.ts';
import type { Random } from './people/random.ts';

/** A day between two, the later ones a little more likely: a shop grows. */
export function dayBetween(random: Random, from: Day, to: Day): Day {
  const span = Math.max(0, daysBetween(from, to));
  return addDays(from, Math.floor(span * Math.sqrt(random.next())));
}

/** A day some days after another, never past the end of the invented history. */
export function daysAfter(random: Random, from: Day, low: number, high: number): Day {
  const to = addDays(from, random.integer(low, high));
  return to > lastDay ? lastDay : to;
}

export function sinceFirstDay(from: Day): Day {
  return laterOf(from, firstDay);
}

/** `2024-03-14T18:42:07Z`: an instant of waking hours on a day. */
export function instantOn(random: Random, on: Day): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${on}T${two(random.integer(7, 20))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}Z`;
}
