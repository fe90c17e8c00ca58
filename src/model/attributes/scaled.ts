/**
 * Exact decimals as scaled integers: `12.5` at scale 2 is `1250n`. Never a floating-point number in between.
 */
const decimalText = /^([+-]?)(\d{1,18})(?:\.(\d+))?$/;

/** PostgreSQL's `bigint`. */
export const largestBigint = 9_223_372_036_854_775_807n;

export type Scaled = { readonly ok: true; readonly units: bigint } | { readonly ok: false; readonly why: ScaleFault };
export type ScaleFault = 'not_decimal' | 'too_precise' | 'too_large';

/**
 * Reads a decimal text. More significant decimals than the scale is a fault (`too_precise`), never a rounding; zeros past
 * the scale say nothing and are dropped.
 */
export function toScaled(text: string, scale: number): Scaled {
  const match = decimalText.exec(text);
  if (match === null) return { ok: false, why: 'not_decimal' };
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > scale) return { ok: false, why: 'too_precise' };
  const units = BigInt(whole + digits.padEnd(scale, '0'));
  if (units > largestBigint) return { ok: false, why: 'too_large' };
  return { ok: true, units: sign === '-' ? -units : units };
}

/** `1250n` at scale 2 is `"12.50"`; `minimumDecimals` keeps fewer when the rest are zeros. */
export function fromScaled(units: bigint, scale: number, minimumDecimals = scale): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = digits.slice(digits.length - scale);
  while (fraction.length > minimumDecimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The decimal text of a caller's input: text as it is, and numbers that JSON printed exactly (`12.5`, not `1e21`). */
export function decimalInput(input: unknown): string | null {
  if (typeof input === 'string')
    return input
      .trim()
      .replace(',', '.')
      .replace(/[\s\u00a0\u202f]/g, '');
  if (typeof input === 'number' && Number.isFinite(input) && Math.abs(input) < 1e15) return String(input);
  return null;
}

/** The value in a reader's language, without passing through a floating-point number. */
export function showDecimal(text: string, locale: string): string {
  const [whole = '0', fraction] = text.split('.');
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  const separator = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const grouped = new Intl.NumberFormat(locale).format(BigInt(whole));
  const sign = whole === '-0' ? '-' : '';
  return fraction === undefined ? `${sign}${grouped}` : `${sign}${grouped}${separator}${fraction}`;
}
