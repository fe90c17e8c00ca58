import type { Identity } from './outcome.ts';
import type { Matching } from './plan.ts';

const aliases: Readonly<Record<string, string>> = {
  mail: 'email',
  'e-mail': 'email',
  courriel: 'email',
  tel: 'phone',
  telephone: 'phone',
  mobile: 'phone',
  customer: 'customer_id',
  customer_number: 'customer_id',
  client: 'customer_id',
  national_id: 'nir',
  ssn: 'nir',
  username: 'login',
  loyalty: 'loyalty_number',
  loyalty_id: 'loyalty_number',
  loyalty_card: 'loyalty_number',
};

export function normalisedKind(kind: string): string {
  const lower = kind.trim().toLowerCase();
  return aliases[lower] ?? lower;
}

export function matchingOf(kind: string): Matching {
  if (kind === 'email' || kind === 'phone') return kind;
  return kind === 'iban' || kind === 'nir' ? 'compact' : 'exact';
}

/** How much an identifier says alone: a household shares a telephone and an account, sometimes an e-mail. */
export function strengthOf(kind: string): number {
  if (isShareable(kind)) return 0;
  return kind === 'email' ? 1 : 2;
}

/** Kinds that a household has in common. */
export const shareableKinds: readonly string[] = ['phone', 'iban'];

export function isShareable(kind: string): boolean {
  return shareableKinds.includes(kind);
}

/** Kinds that never select a row by themselves: many people share them. */
const weak: ReadonlySet<string> = new Set([
  'name',
  'full_name',
  'first_name',
  'last_name',
  'birth_date',
  'postcode',
  'city',
]);

export interface SoughtValue {
  readonly kind: string;
  readonly value: string;
}

/** The values an identifier is compared by, the same way on both sides. Weak and empty ones are left out. */
export function soughtValues(identities: readonly Identity[]): readonly SoughtValue[] {
  const found = identities.flatMap(({ kind, value }) => {
    const normal = normalisedKind(kind);
    if (weak.has(normal)) return [];
    const wanted = matchingOf(normal) === 'phone' ? phoneDigits(value) : plain(value, matchingOf(normal));
    return wanted === '' ? [] : [{ kind: normal, value: wanted }];
  });
  return found.filter(
    (one, index) => found.findIndex((other) => other.kind === one.kind && other.value === one.value) === index,
  );
}

/** NUL can't be in a text of PostgreSQL: no row holds it. */
function plain(value: string, matching: Matching): string {
  const trimmed = value.trim();
  if (trimmed.includes('\u0000')) return '';
  if (matching === 'compact') return trimmed.replaceAll(/[\s.-]/g, '').toUpperCase();
  return matching === 'email' ? trimmed.toLowerCase() : trimmed;
}

/**
 * `06 12 34 56 78`, `+33 6 12 34 56 78` and `0033612345678` are one number: `33612345678`. A national number is read as
 * French; the SQL side does the same.
 */
export function phoneDigits(value: string): string {
  const isInternational = value.trim().startsWith('+');
  const digits = value.replaceAll(/\(0\)/g, '').replaceAll(/[^0-9]/g, '');
  if (digits.length < 6) return '';
  if (isInternational) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  return /^0[1-9]\d{8}$/.test(digits) ? `33${digits.slice(1)}` : digits;
}
