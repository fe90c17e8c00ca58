import type { Language, Text } from '../../kernel/index.ts';
import type { Period } from '../../model/index.ts';

/** Beyond it, periods without objects are left out: a date typed wrong by a century must not draw a thousand bars. */
const mostFilledIn = 400;

/** The periods from the first to the last, those without objects too. A period is named by its first day. */
export function periodsBetween(found: readonly string[], per: Period): readonly string[] {
  const days = [...found].sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let day = first; day <= last && all.length <= mostFilledIn; day = afterPeriod(day, per)) all.push(day);
  return all.length > mostFilledIn ? days : all;
}

/** The first day of the period that follows. */
export function afterPeriod(day: string, per: Period): string {
  const date = new Date(`${day}T00:00:00Z`);
  switch (per) {
    case 'day':
      date.setUTCDate(date.getUTCDate() + 1);
      break;
    case 'week':
      date.setUTCDate(date.getUTCDate() + 7);
      break;
    case 'month':
      date.setUTCMonth(date.getUTCMonth() + 1);
      break;
    case 'quarter':
      date.setUTCMonth(date.getUTCMonth() + 3);
      break;
    case 'year':
      date.setUTCFullYear(date.getUTCFullYear() + 1);
      break;
  }
  return date.toISOString().slice(0, 10);
}

export function periodLabel(day: string, per: Period): Text {
  return { fr: labelIn('fr', day, per), en: labelIn('en', day, per) };
}

function labelIn(language: Language, day: string, per: Period): string {
  const date = new Date(`${day}T00:00:00Z`);
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const written = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
  switch (per) {
    case 'year':
      return day.slice(0, 4);
    case 'quarter':
      return `${language === 'fr' ? 'T' : 'Q'}${Math.floor(date.getUTCMonth() / 3) + 1} ${day.slice(0, 4)}`;
    case 'month':
      return written({ month: 'short', year: 'numeric' });
    case 'week':
      return `${language === 'fr' ? 'sem. du' : 'w/c'} ${written({ day: 'numeric', month: 'short', year: 'numeric' })}`;
    case 'day':
      return written({ day: 'numeric', month: 'short', year: 'numeric' });
  }
}
