import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Random bytes from the system; the only place they come from. */
export function randomSecret(sizeBytes = 32): Buffer {
  return randomBytes(sizeBytes);
}

/** SHA-256 of bytes or of UTF-8 text: 32 bytes. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest();
}

/** HMAC-SHA-256: 32 bytes. */
export function hmacSha256(key: KeyObject, data: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Compares secrets in constant time; unequal lengths are unequal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * A key derived from another (HKDF-SHA-256, RFC 5869). `purpose` separates uses: the same secret gives unrelated
 * keys for unrelated purposes. 32 bytes.
 */
export function derive(secret: Uint8Array | KeyObject, purpose: string, salt: Uint8Array | string = ''): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)));
}

const version = 1;
const nonceSize = 12;
const tagSize = 16;

/**
 * AES-256-GCM: `version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. `context` is authenticated and not stored: a
 * sealed value moved to another row, or to another column, does not open.
 */
export function seal(key: KeyObject, plain: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain as string, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, body, cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws when the key, the context or a byte differs. */
export function open(key: KeyObject, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < 1 + nonceSize + tagSize || bytes[0] !== version) throw new Error('not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceSize));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagSize));
  return Buffer.concat([decipher.update(bytes.subarray(1 + nonceSize, bytes.length - tagSize)), decipher.final()]);
}

/**
 * The keys of one organisation, all derived from the installation's root key, so that one row of one organisation
 * opens nothing of another.
 */
export class OrganisationKeys {
  /** Seals persons' secrets. */
  readonly persons: KeyObject;
  /** Hashes identifiers for look-up: HMAC over `kind \n normalised value`. */
  readonly lookup: KeyObject;
  /** Hashes identifiers of forgotten persons: apart from look-up, so that the two tables can't be joined. */
  readonly tombstone: KeyObject;
  /** Seals the reissue ledger. */
  readonly ledger: KeyObject;
  /** Seals secrets of applications (connection URLs, signing keys). */
  readonly applications: KeyObject;
  /** Seals the private keys that sign the journal's checkpoints. */
  readonly journal: KeyObject;

  constructor(root: KeyObject, organisation: string) {
    const key = derive(root, 'socle organisation', organisation);
    this.persons = derive(key, 'persons');
    this.lookup = derive(key, 'lookup');
    this.tombstone = derive(key, 'tombstone');
    this.ledger = derive(key, 'ledger');
    this.applications = derive(key, 'applications');
    this.journal = derive(key, 'journal');
  }
}

/**
 * What derives from one person's secret (32 random bytes, sealed under the organisation's key). Destroying the
 * secret destroys them all: identities can't be read, commitments can't be opened, references can't be joined.
 */
export class PersonKeys {
  readonly #secret: KeyObject;
  /** Seals the person's identities, and personal values of the history of their objects. */
  readonly identities: KeyObject;

  constructor(secret: Uint8Array) {
    this.#secret = createSecretKey(secret);
    this.identities = derive(this.#secret, 'identities');
  }

  /** The nonce of a commitment made for `entry` (an id): 32 bytes. */
  nonce(entry: string): Buffer {
    return hmacSha256(derive(this.#secret, 'commitment'), entry);
  }

  /** The opaque reference by which one application knows this person: it can't be joined across applications. */
  reference(application: string): string {
    return `p_${hmacSha256(derive(this.#secret, 'reference'), application).subarray(0, 15).toString('base64url')}`;
  }
}

/** A hiding and binding commitment to a value: SHA-256(nonce ‖ value). */
export function commit(nonce: Uint8Array, value: Uint8Array | string): Buffer {
  return createHash('sha256').update(nonce).update(value).digest();
}
