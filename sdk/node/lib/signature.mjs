import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** A message that is not to be believed. `code` is stable; the words are for the log and the sender. */
export class NotBelieved extends Error {
  constructor(code, words) {
    super(words);
    this.name = 'NotBelieved';
    this.code = code;
  }
}

const fiveMinutesMs = 300_000;

/** Reads what Socle shows once: `whsec_…` (a shared secret) or `whpk_…` (its public key). Several: the old and the new. */
export function readSecrets(given) {
  const texts = (Array.isArray(given) ? given : String(given ?? '').split(/\s+/)).filter((text) => text !== '');
  if (texts.length === 0) throw new TypeError('secrets: give at least one whsec_… or whpk_… that Socle has shown you');
  return texts.map(readSecret);
}

function readSecret(text) {
  const [, kind, encoded] = /^(whsec|whpk)_([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  if (kind === undefined) throw new TypeError('secrets: each must be whsec_ or whpk_ followed by base64');
  const bytes = Buffer.from(encoded, 'base64');
  if (kind === 'whsec') return { version: 'v1', bytes };
  if (bytes.length !== 32) throw new TypeError('secrets: a whpk_ key has 32 bytes');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
  return { version: 'v1a', key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/**
 * Standard Webhooks: one signature, by one of the secrets, over `id.timestamp.body`, at most five minutes old.
 * Throws `NotBelieved`. `maxAgeMs: null` for queues and files, where a message may wait.
 */
export function verifyMessage(message, secrets, { now = Date.now(), maxAgeMs = fiveMinutesMs } = {}) {
  const { id, timestamp, signature, body } = message;
  if (!id || !timestamp || !signature) {
    throw new NotBelieved('unsigned', 'webhook-id, webhook-timestamp and webhook-signature are needed');
  }
  if (!/^\d{1,12}$/.test(timestamp)) throw new NotBelieved('bad_timestamp', 'webhook-timestamp is in whole seconds');
  const known = typeof secrets === 'string' || typeof secrets[0] === 'string' ? readSecrets(secrets) : secrets;
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
  const given = signature.split(' ').slice(0, 20);
  if (!given.some((one) => known.some((secret) => holds(one, secret, signed)))) {
    throw new NotBelieved('bad_signature', 'no signature of this message was made with a secret known here');
  }
  // Looked at last: a clock is only told to be wrong to who holds the secret.
  if (maxAgeMs !== null && Math.abs(now - Number(timestamp) * 1_000) > maxAgeMs) {
    throw new NotBelieved('expired', 'this message was signed more than five minutes ago, or the two clocks differ');
  }
}

function holds(text, secret, signed) {
  const comma = text.indexOf(',');
  if (text.slice(0, comma) !== secret.version) return false;
  const given = Buffer.from(text.slice(comma + 1), 'base64');
  if (secret.version === 'v1a') return given.length === 64 && verify(null, signed, secret.key, given);
  const expected = createHmac('sha256', secret.bytes).update(signed).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}
