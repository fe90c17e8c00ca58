import { createHash } from 'node:crypto';
import { fault } from './fault.mjs';

/** RFC 8785: one text for one value. */
export function canonical(value) {
  if (value === null || typeof value !== 'object') {
    const isSayable = typeof value !== 'string' || value.isWellFormed();
    if (value === undefined || !isSayable) fault('Une valeur JSON est illisible.', 'A JSON value can’t be read.');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
}

/**
 * Reads JSON that must be written canonically: no second spelling, no member twice, no byte that says nothing.
 * `what` names it in messages, in both languages.
 */
export function readCanonical(bytes, what) {
  let text;
  let value;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    fault(`${what.fr} n’est pas du JSON lisible.`, `${what.en} is not readable JSON.`);
  }
  if (canonical(value) !== text) {
    fault(
      `${what.fr} n’est pas écrit sous sa forme canonique (RFC 8785).`,
      `${what.en} is not in its canonical form (RFC 8785).`,
    );
  }
  return value;
}

/** Hexadecimal SHA-256. */
export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Base64 in its one spelling; null for any other. */
export function base64(text) {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
