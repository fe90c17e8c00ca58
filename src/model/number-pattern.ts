/**
 * A human reference such as `BC-{yyyy}-{seq:5}`: unique in the organisation, gapless, never reused. `{yyyy}`, `{yy}` and
 * `{mm}` are the date of creation; `{seq:5}` a counter of at least five digits, one for each distinct text around it, so
 * that a pattern with a year starts again each year.
 */
export interface NumberPattern {
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly digits: number;
}

const sequence = /\{seq(?::(\d{1,2}))?\}/g;
const known = /\{(?:yyyy|yy|mm|seq(?::\d{1,2})?)\}/g;

/** Null when the text isn't a pattern: exactly one `{seq}`, no other braces than the known ones. */
export function parseNumberPattern(text: string): NumberPattern | null {
  const found = [...text.matchAll(sequence)];
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  if (/[{}]/.test(text.replace(known, '')) || text.length > 60) return null;
  const digits = Number(only[1] ?? '1');
  if (digits < 1 || digits > 12) return null;
  return { text, before: text.slice(0, only.index), after: text.slice(only.index + only[0].length), digits };
}

/** The text around the counter on that day: `['BC-2026-', '']`. It is also what counts apart. */
export function numberFrame(pattern: NumberPattern, date: Date): readonly [string, string] {
  const yyyy = String(date.getUTCFullYear()).padStart(4, '0');
  const mm = String(date.getUTCMonth() + 1).padStart(2, '0');
  const fill = (text: string): string =>
    text.replaceAll('{yyyy}', yyyy).replaceAll('{yy}', yyyy.slice(2)).replaceAll('{mm}', mm);
  return [fill(pattern.before), fill(pattern.after)];
}

/** `BC-2026-00042`. */
export function formatNumber(pattern: NumberPattern, date: Date, counter: number): string {
  const [before, after] = numberFrame(pattern, date);
  return `${before}${String(counter).padStart(pattern.digits, '0')}${after}`;
}
