import { type Language, type Text, unreachable } from '../kernel/index.ts';

/** What a date or a number needs to be written for someone. A `Reader` is one. */
export interface Locale {
  readonly language: Language;
  readonly timeZone: string;
}

type Moment = Date | string;

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Building an Intl format costs more than using it a thousand times. */
function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale.language} ${options.timeZone ?? locale.timeZone} ${options.dateStyle} ${options.timeStyle}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locales[locale.language], { timeZone: locale.timeZone, ...options });
    dateFormats.set(key, format);
  }
  return format;
}

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

/** `3 mars 2026`. A calendar date (`2026-03-03`) is the same day everywhere: it ignores the time zone. */
export function formatDay(moment: Moment, locale: Locale, style: 'long' | 'medium' = 'long'): string {
  if (typeof moment === 'string' && dayOnly.test(moment)) {
    return dateFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(new Date(`${moment}T00:00:00Z`));
  }
  return dateFormat(locale, { dateStyle: style }).format(new Date(moment));
}

/** `3 mars 2026 à 14:05`, in the reader's time zone. */
export function formatDate(moment: Moment, locale: Locale): string {
  return dateFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(moment));
}

/** `14:05:09`, for logs and histories of one day. */
export function formatTime(moment: Moment, locale: Locale): string {
  return dateFormat(locale, { timeStyle: 'medium' }).format(new Date(moment));
}

/** `12 345,6` in French, `12,345.6` in English. */
export function formatNumber(value: number, locale: Pick<Locale, 'language'>, maximumFractionDigits = 2): string {
  return new Intl.NumberFormat(locales[locale.language], { maximumFractionDigits }).format(value);
}

/** `0.42` is `42 %` in French and `42%` in English. */
export function formatShare(share: number, locale: Pick<Locale, 'language'>): string {
  return new Intl.NumberFormat(locales[locale.language], { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

type Unit = 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
const unitMs: readonly (readonly [Unit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1],
];

/** `2 h 5 min`: the two largest units that say something. */
export function formatDuration(durationMs: number, locale: Pick<Locale, 'language'>): string {
  let rest = Math.max(0, Math.round(durationMs));
  const parts: string[] = [];
  for (const [unit, size] of unitMs) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0 || (unit === 'millisecond' && parts.length > 0)) continue;
    const format = new Intl.NumberFormat(locales[locale.language], { style: 'unit', unit, unitDisplay: 'short' });
    parts.push(format.format(count));
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : zeroSeconds[locale.language];
}

const zeroSeconds: Text = { fr: '0 s', en: '0 sec' };

/** `il y a 3 jours`, `in 2 hours`: the largest unit, rounded towards the past or the future. */
export function formatRelative(moment: Moment, now: Date, locale: Pick<Locale, 'language'>): string {
  const deltaMs = new Date(moment).getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(locales[locale.language], { numeric: 'auto' });
  for (const [unit, size] of unitMs) {
    if (unit === 'millisecond') break;
    if (Math.abs(deltaMs) >= size) return format.format(Math.trunc(deltaMs / size), unit);
  }
  return format.format(0, 'second');
}

/** Octets in French, bytes in English; powers of ten, as disks and networks are sold. */
export function formatSize(sizeBytes: number, locale: Pick<Locale, 'language'>): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = sizeBytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  const unit = units[power] ?? 'byte';
  return new Intl.NumberFormat(locales[locale.language], {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(sizeBytes / 1000 ** power);
}

/** How a value of a known kind is written; the kinds are those of attributes everywhere in the product. */
export type Value =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'day'; readonly value: string }
  | { readonly kind: 'moment'; readonly value: Moment }
  | { readonly kind: 'yes-no'; readonly value: boolean };

const yesNo: Record<'true' | 'false', Text> = { true: { fr: 'Oui', en: 'Yes' }, false: { fr: 'Non', en: 'No' } };

export function formatValue(value: Value, locale: Locale): string {
  switch (value.kind) {
    case 'text':
      return value.value;
    case 'number':
      return formatNumber(value.value, locale);
    case 'day':
      return formatDay(value.value, locale);
    case 'moment':
      return formatDate(value.value, locale);
    case 'yes-no':
      return yesNo[value.value ? 'true' : 'false'][locale.language];
    default:
      return unreachable(value);
  }
}
