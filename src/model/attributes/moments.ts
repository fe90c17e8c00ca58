import { type AttributeType, faulty, localeOf, parsed, textOf, wrongValue } from './attribute-type.ts';

const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists: not 2026-02-30. */
export function isDate(text: string): boolean {
  const match = dateText.exec(text);
  if (match === null || text < '0001-01-01') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

export const dateType: AttributeType = {
  kind: 'date',
  to: null,
  columns: [{ suffix: '', sqlType: 'date' }],
  parse: (input) =>
    typeof input === 'string' && isDate(input.trim())
      ? parsed(input.trim())
      : faulty('not_date', 'Une date est attendue, comme 2026-11-22.', 'A date is expected, such as 2026-11-22.'),
  encode: (value) => [textOf(value)],
  decode: ([stored]) => textOf(stored),
  show: (value, { language }) =>
    new Intl.DateTimeFormat(localeOf[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${textOf(value)}T00:00:00Z`),
    ),
  expression: { kind: 'date' },
  control: { kind: 'line', inputType: 'date' },
  jsonSchema: { type: 'string', format: 'date' },
  typescript: 'string',
};

const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of the instant, or null. An offset is required: without one, nobody knows when it was. */
export function parseInstant(text: string): Date | null {
  if (!instantText.test(text) || !isDate(text.slice(0, 10))) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

export const datetimeType: AttributeType = {
  kind: 'datetime',
  to: null,
  columns: [{ suffix: '', sqlType: 'timestamp with time zone' }],
  parse: (input) => {
    const instant = typeof input === 'string' ? parseInstant(input.trim()) : null;
    return instant === null
      ? faulty(
          'not_datetime',
          'Une date et une heure avec leur décalage sont attendues, comme 2026-11-22T09:00:00+01:00.',
          'A date and time with an offset are expected, such as 2026-11-22T09:00:00+01:00.',
        )
      : parsed(instant.toISOString());
  },
  encode: (value) => [new Date(textOf(value))],
  decode: ([stored]) => (stored instanceof Date ? stored.toISOString() : wrongValue('datetime')),
  show: (value, { language, timeZone }) =>
    new Intl.DateTimeFormat(localeOf[language], { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
      new Date(textOf(value)),
    ),
  expression: { kind: 'datetime' },
  control: { kind: 'line', inputType: 'datetime-local' },
  jsonSchema: { type: 'string', format: 'date-time' },
  typescript: 'string',
};

const durationText =
  /^P(?=.)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,7})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})S)?)?$/;

/** ISO 8601 duration in whole units, in canonical form (weeks become days): `P1W` is `P7D`. Null when it isn't one. */
export function canonicalDuration(text: string): string | null {
  const match = durationText.exec(text);
  if (match === null) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return durationFrom(
    (years ?? 0) * 12 + (months ?? 0),
    (weeks ?? 0) * 7 + (days ?? 0),
    (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  );
}

function durationFrom(months: number, days: number, seconds: number): string {
  const part = (count: number, unit: string): string => (count === 0 ? '' : `${count}${unit}`);
  const date = part(Math.floor(months / 12), 'Y') + part(months % 12, 'M') + part(days, 'D');
  const rest = seconds % 3600;
  const time = part(Math.floor(seconds / 3600), 'H') + part(Math.floor(rest / 60), 'M') + part(rest % 60, 'S');
  return date === '' && time === '' ? 'P0D' : `P${date}${time === '' ? '' : `T${time}`}`;
}

const partUnits = { Y: 'year', M: 'month', D: 'day' } as const;
const timeUnits = { H: 'hour', M: 'minute', S: 'second' } as const;

/** `P1Y6M` is "1 an 6 mois": each unit as the language says it. */
function durationWords(text: string, locale: string): string {
  const [date = '', time = ''] = text.slice(1).split('T');
  const say = (count: string, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(count));
  const said = [
    ...[...date.matchAll(/(\d+)([YMD])/g)].map(([, count = '', unit]) =>
      say(count, partUnits[unit as 'Y' | 'M' | 'D']),
    ),
    ...[...time.matchAll(/(\d+)([HMS])/g)].map(([, count = '', unit]) =>
      say(count, timeUnits[unit as 'H' | 'M' | 'S']),
    ),
  ];
  return said.join(' ');
}

export const durationType: AttributeType = {
  kind: 'duration',
  to: null,
  columns: [{ suffix: '', sqlType: 'interval' }],
  parse: (input) => {
    const duration = typeof input === 'string' ? canonicalDuration(input.trim().toUpperCase()) : null;
    return duration === null
      ? faulty(
          'not_duration',
          'Une durée est attendue, comme P30D ou PT2H.',
          'A duration is expected, such as P30D or PT2H.',
        )
      : parsed(duration);
  },
  encode: (value) => [textOf(value)],
  decode: ([stored]) => decodeInterval(stored),
  show: (value, { language }) => durationWords(textOf(value), localeOf[language]),
  expression: { kind: 'duration' },
  control: { kind: 'line', inputType: 'text' },
  jsonSchema: { type: 'string', format: 'duration' },
  typescript: 'string',
};

/** The driver gives intervals as an object of its units. */
function decodeInterval(stored: unknown): string {
  if (typeof stored !== 'object' || stored === null) return wrongValue('duration');
  const part = (name: string): number => {
    const count: unknown = Reflect.get(stored, name);
    return typeof count === 'number' ? count : 0;
  };
  const seconds = part('hours') * 3600 + part('minutes') * 60 + part('seconds');
  return durationFrom(part('years') * 12 + part('months'), part('days'), seconds);
}
