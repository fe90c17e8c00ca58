import type { Json, Language } from '../../kernel/index.ts';
import { type AttributeType, faulty, type Parsed, parsed, textOf, type Value, wrongValue } from './attribute-type.ts';
import { countryType } from './contact.ts';

/** A postal address: what stands above the town, the town, and the country. */
export interface Address {
  /** Up to five: street, building, box. */
  readonly lines: readonly string[];
  readonly postal_code: string | null;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What expressions and pages may name of it, with its column's place. */
export const addressParts = { postal_code: 1, city: 2, country: 3, lines: 4 } as const;

const mostLines = 5;
const longest = { line: 100, city: 100, postalCode: 12 } as const;

/**
 * The first column is the whole on one line, by country and town: what lists sort by and search. The others are its parts.
 */
export const addressType: AttributeType = {
  kind: 'address',
  to: null,
  columns: ['', '_postal_code', '_city', '_country', '_lines'].map((suffix) => ({ suffix, sqlType: 'text' })),
  parse,
  encode: (value) => {
    const { lines, postal_code, city, country } = addressOf(value);
    const whole = [country, postal_code, city, ...lines].filter((part) => part !== null).join(' ');
    return [whole, postal_code, city, country, lines.join('\n')];
  },
  decode: ([, postalCode, city, country, lines]) => {
    const written = textOf(lines);
    return {
      lines: written === '' ? [] : written.split('\n'),
      postal_code: typeof postalCode === 'string' ? postalCode : null,
      city: textOf(city),
      country: textOf(country),
    };
  },
  show: (value, { language }) => {
    const address = addressOf(value);
    return [...address.lines, townOf(address), countryWords(address, language)].join(', ');
  },
  expression: { kind: 'address' },
  control: { kind: 'address' },
  jsonSchema: {
    type: 'object',
    required: ['city'],
    properties: {
      lines: { type: 'array', maxItems: mostLines, items: { type: 'string', maxLength: longest.line } },
      postal_code: { type: ['string', 'null'], maxLength: longest.postalCode },
      city: { type: 'string', maxLength: longest.city },
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
    },
  } satisfies Json,
  typescript:
    '{ readonly lines: readonly string[]; readonly postal_code: string | null; readonly city: string; readonly country: string }',
};

/** As an envelope has it: a line each, the country last. */
export function addressLines(value: Value, language: Language): readonly string[] {
  const address = addressOf(value);
  return [...address.lines, townOf(address), countryWords(address, language)];
}

/** `10 rue de la Paix; Bâtiment B; 75002; Paris; FR`: the last three are postal code, town and country. `parse` reads it back. */
export function addressText(value: Value): string {
  const { lines, postal_code, city, country } = addressOf(value);
  return [...lines, postal_code ?? '', city, country].map((part) => part.replace(/[\\;]/g, '\\$&')).join('; ');
}

function fromText(text: string): Record<string, unknown> | null {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\.|;|[^\\;]+|\\$/gs)) {
    if (piece === ';') parts.push('');
    else parts.push(`${parts.pop() ?? ''}${piece.startsWith('\\') && piece.length > 1 ? piece.slice(1) : piece}`);
  }
  if (parts.length < 3) return null;
  const [postal_code, city, country] = parts.slice(-3).map((part) => part.trim());
  return { lines: parts.slice(0, -3), postal_code, city, country };
}

function parse(input: unknown): Parsed {
  const given = typeof input === 'string' ? fromText(input) : input;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return notAddress();
  const country = countryType.parse(member(given, 'country') || 'FR');
  if (!country.ok) return country;
  const city = cleaned(member(given, 'city'));
  if (city === '') return faulty('city', 'Donnez la ville.', 'Give the town.');
  const lines = linesOf(Reflect.get(given, 'lines'));
  if (lines === null) return notAddress();
  if (lines.length > mostLines)
    return faulty('too_many_lines', `${mostLines} lignes au plus.`, `At most ${mostLines} lines.`);
  if (city.length > longest.city || lines.some((line) => line.length > longest.line)) {
    const most = longest.line;
    return faulty('too_long', `${most} caractères au plus par ligne.`, `At most ${most} characters a line.`);
  }
  const isReadable = [city, ...lines].every((part) => part.isWellFormed() && !/\p{Cc}/u.test(part));
  if (!isReadable)
    return faulty('bad_text', 'Ce texte contient des caractères illisibles.', 'This text has unreadable characters.');
  const code = cleaned(member(given, 'postal_code')).toUpperCase();
  const fault = postalFault(code, textOf(country.value));
  return (
    fault ?? parsed({ lines: [...lines], postal_code: code === '' ? null : code, city, country: textOf(country.value) })
  );
}

/** Lines as a list, or as they are typed: one below the other. */
function linesOf(given: unknown): readonly string[] | null {
  const list: readonly unknown[] = typeof given === 'string' ? given.split(/\r?\n/) : Array.isArray(given) ? given : [];
  if (!list.every((line) => typeof line === 'string')) return null;
  return list.map((line) => cleaned(String(line))).filter((line) => line !== '');
}

/** French codes are checked; those of other countries are theirs to know. */
function postalFault(code: string, country: string): Parsed | null {
  if (code === '') return null;
  if (country === 'FR' && !/^\d{5}$/.test(code)) {
    return faulty('postal_code', 'Un code postal français a 5 chiffres.', 'A French postal code has 5 digits.');
  }
  const isCode = code.length <= longest.postalCode && /^[A-Z0-9][A-Z0-9 -]*$/.test(code);
  return isCode ? null : faulty('postal_code', 'Ce code postal n’est pas valable.', 'This postal code isn’t valid.');
}

function notAddress(): Parsed {
  return faulty(
    'not_address',
    'Une adresse est attendue : {"lines": ["10 rue de la Paix"], "postal_code": "75002", "city": "Paris", "country": "FR"}.',
    'An address is expected: {"lines": ["10 rue de la Paix"], "postal_code": "75002", "city": "Paris", "country": "FR"}.',
  );
}

function cleaned(text: string): string {
  return text.trim().replace(/[ \t\u00a0\u202f]+/g, ' ');
}

function member(given: object, name: string): string {
  const found: unknown = Reflect.get(given, name);
  return typeof found === 'string' ? found : '';
}

function townOf({ postal_code, city }: Address): string {
  return postal_code === null ? city : `${postal_code} ${city}`;
}

function countryWords({ country }: Address, language: Language): string {
  return countryType.show(country, { language, timeZone: 'UTC' });
}

function addressOf(value: Value): Address {
  if (typeof value !== 'object' || value === null || !('lines' in value) || !('city' in value)) {
    return wrongValue('address');
  }
  const { lines, postal_code: code, city, country } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(lines) || typeof city !== 'string' || typeof country !== 'string') return wrongValue('address');
  return { lines: lines.map(textOf), postal_code: typeof code === 'string' ? code : null, city, country };
}
