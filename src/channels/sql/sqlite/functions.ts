import { createHash } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { phoneDigits } from '../matching.ts';

/** Thrown inside a statement whose time is over: SQLite asks nobody else while it runs. */
export const outOfTime = 'socle: out of time';

/**
 * What SQLite lacks, as functions of the connection. They only compute: a trigger or a view of the application that
 * would call them learns nothing. Texts are compared exactly as `soughtValues` writes them.
 */
export function registerFunctions(database: DatabaseSyncInstance, isOutOfTime: () => boolean): void {
  const define = (name: string, compute: (...values: unknown[]) => string | number | bigint | null): void => {
    database.function(name, { deterministic: true, varargs: true }, (...values: unknown[]) => {
      if (isOutOfTime()) throw new Error(outOfTime);
      return values[0] === null ? null : compute(...values);
    });
  };
  // `Alice <alice@example.fr>` is her e-mail (RFC 5322, name-addr).
  define('socle_email', (text) => (/<([^<>]*)>/.exec(String(text))?.[1] ?? String(text)).trim().toLowerCase());
  define('socle_exact', (text) => String(text).trim());
  define('socle_compact', (text) =>
    String(text)
      .trim()
      .replaceAll(/[\s.-]/g, '')
      .toUpperCase(),
  );
  define('socle_phone', (text, isNumber) => phoneOf(String(text), isNumber === 1));
  define('socle_sha256', (text) => createHash('sha256').update(String(text)).digest('hex'));
  define('socle_number', (digits) => BigInt(`0x${String(digits)}`));
  define('socle_emails', (text) => JSON.stringify(emailsIn(String(text))));
  define('socle_matches', (text, pattern) => (pattern === null ? null : Number(regexpOf(pattern).test(String(text)))));
  // `text regexp pattern` calls it so.
  database.function('regexp', { deterministic: true }, (pattern: unknown, text: unknown) =>
    text === null || pattern === null ? null : Number(regexpOf(pattern).test(String(text))),
  );
  define('socle_replaced', (text, pattern, mark) =>
    pattern === null ? null : String(text).replaceAll(regexpOf(pattern), () => String(mark)),
  );
  database.function('socle_key_text', { deterministic: true }, keyText);
  database.function('socle_key', { deterministic: true }, keyOf);
  database.aggregate('socle_alternatives', {
    start: () => '',
    step: (found: unknown, text: unknown) => alternative(String(found), text),
    result: (found: unknown) => (found === '' ? null : String(found)),
  });
}

/** A number column lost the first zero of a French number. */
function phoneOf(text: string, isNumber: boolean): string {
  return isNumber && /^[1-9]\d{8}$/.test(text) ? `33${text}` : phoneDigits(text);
}

function emailsIn(text: string): readonly string[] {
  const found = text.match(/[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+/gu) ?? [];
  return [...new Set(found.map((email) => email.toLowerCase().replace(/[.-]+$/, '')))];
}

const known = new Map<string, RegExp>();

/** Patterns are written for every engine, with POSIX classes. */
function regexpOf(pattern: unknown): RegExp {
  const text = String(pattern);
  const found = known.get(text);
  if (found !== undefined) {
    found.lastIndex = 0;
    return found;
  }
  const written = text
    .replaceAll('[:alnum:]', '\\p{L}\\p{N}')
    .replaceAll('[:alpha:]', '\\p{L}')
    .replaceAll('[:space:]', '\\s');
  const made = new RegExp(escapedClasses(written), 'giu');
  if (known.size > 10_000) known.clear();
  known.set(text, made);
  return made;
}

/** In this mode a hyphen of a class stands last or is escaped: `[\p{L}._%+-]` is fine, `[ ./()-]` as well. */
function escapedClasses(pattern: string): string {
  return pattern.replaceAll(/\[\^?[^\]]*\]/g, (set) => set.replaceAll(/-(?=\])/g, '\\-'));
}

/** A key of any kind as a text: rows of SQLite hold what they like. */
function keyText(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'bigint') return `i${value}`;
  if (typeof value === 'number') return Number.isInteger(value) ? `i${value}` : `r${value}`;
  return `t${String(value)}`;
}

function keyOf(text: unknown): string | number | bigint | Uint8Array | null {
  if (typeof text !== 'string') return null;
  const rest = text.slice(1);
  if (text.startsWith('b')) return Buffer.from(rest, 'hex');
  if (text.startsWith('i')) return BigInt(rest);
  return text.startsWith('r') ? Number(rest) : rest;
}

function alternative(found: string, text: unknown): string {
  if (text === null) return found;
  const one = String(text);
  if (found === '') return one;
  return found.split('|').includes(one) ? found : `${found}|${one}`;
}
