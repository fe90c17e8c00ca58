import { createHash } from 'node:crypto';

/**
 * JSON Canonicalization Scheme (RFC 8785): one text for one value, so that Socle and the application compute the same
 * digest whatever wrote the bytes between them. Members sort by UTF-16 code units, as ECMAScript's sort does.
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The digest that names an order in its answer. */
export function digestOf(value) {
  return `sha256:${createHash('sha256').update(canonical(value)).digest('hex')}`;
}
