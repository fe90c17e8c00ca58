import { randomFillSync } from 'node:crypto';

/**
 * UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits; ids sort by creation time, so that
 * B-tree inserts stay at the right edge. Within one millisecond of one process a 12-bit counter keeps the order.
 */
export type Uuid = string;

/**
 * A UUID that says what it names: an `Id<'person'>` is not an `Id<'order'>`, while a plain string is either.
 */
export type Id<Kind extends string> = Uuid & { readonly kind?: Kind };

const bytes = Buffer.alloc(16);
let lastMs = 0;
let counter = 0;

export function newId(nowMs: number = Date.now()): Uuid {
  let ms = nowMs;
  if (ms <= lastMs) {
    ms = lastMs;
    counter += 1;
    if (counter > 0xfff) {
      ms += 1;
      counter = 0;
    }
  } else {
    counter = 0;
  }
  lastMs = ms;
  randomFillSync(bytes);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** Crockford's base 32, without I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What a public id says of itself. The prefix tells a person (and a log reader) what kind of thing it names.
 */
export type IdPrefix =
  | 'req'
  | 'ord'
  | 'cmp'
  | 'per'
  | 'app'
  | 'job'
  | 'ent'
  | 'org'
  | 'usr'
  | 'key'
  | 'obj'
  | 'mod'
  | 'fil'
  | 'com'
  | 'lnk'
  | 'view';

/** `publicId('req', uuid)` → `req_01JDXY…` (26 characters of Crockford base 32). */
export function publicId(prefix: IdPrefix, id: Uuid): string {
  let value = BigInt(`0x${id.replaceAll('-', '')}`);
  let out = '';
  for (let place = 0; place < 26; place += 1) {
    out = alphabet.charAt(Number(value & 31n)) + out;
    value >>= 5n;
  }
  return `${prefix}_${out}`;
}

/** The UUID of a public id, with or without its prefix, or of a plain UUID; null when it is neither. */
export function parseId(prefix: IdPrefix, text: string): Uuid | null {
  const lower = text.toLowerCase();
  if (isUuid(lower)) return lower;
  const body = lower.startsWith(`${prefix}_`) ? text.slice(prefix.length + 1) : text;
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(body)) return null;
  let value = 0n;
  for (const character of body.toUpperCase()) value = (value << 5n) | BigInt(alphabet.indexOf(character));
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
