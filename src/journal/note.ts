import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '../kernel/index.ts';

/**
 * Signed notes (C2SP signed-note) with Ed25519: a text, an empty line, then one line a signature:
 * an em dash, the key's name, and base64(key id ‖ signature).
 */
const ed25519 = 0x01;
const publicKeySizeBytes = 32;
const signatureSizeBytes = 64;
const dash = '\u2014';
const maxNoteSizeBytes = 100_000;

/** A public key under a name: together they give the key id that signature lines carry. */
export interface VerifierKey {
  readonly name: string;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Buffer;
}

export interface Signer extends VerifierKey {
  readonly privateKey: KeyObject;
}

/** A name may hold neither Unicode spaces nor `+`; control characters would break the lines of a note. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\p{Cc}]/u.test(name);
}

/** Base64 in one spelling only: what decodes and encodes back to itself. Null for anything else. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export function newSigner(name: string): Signer {
  return signerOf(name, generateKeyPairSync('ed25519').privateKey);
}

/** PKCS #8, DER: what is sealed and kept. */
export function exportPrivateKey(signer: Signer): Buffer {
  return signer.privateKey.export({ type: 'pkcs8', format: 'der' });
}

export function importSigner(name: string, privateKey: Buffer): Signer {
  return signerOf(name, createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }));
}

function signerOf(name: string, privateKey: KeyObject): Signer {
  if (!isKeyName(name)) throw new Error('not a key name');
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new Error('not an Ed25519 key');
  return { name, privateKey, publicKey: Buffer.from(x, 'base64url') };
}

function ed25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  });
}

/** Four bytes that, with the name, identify the key and its algorithm. */
function keyId(key: VerifierKey): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${key.name}\n`), Buffer.of(ed25519), key.publicKey])).subarray(0, 4);
}

/** The text by which a public key is shared: `name+key id+base64(0x01 ‖ public key)`. */
export function verifierKeyText(key: VerifierKey): string {
  const encoded = Buffer.concat([Buffer.of(ed25519), key.publicKey]).toString('base64');
  return `${key.name}+${keyId(key).toString('hex')}+${encoded}`;
}

/** Null when the text is not an Ed25519 verifier key, or its id is not that of its name and key. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (parts === null) return null;
  const [, name = '', id = '', encoded = ''] = parts;
  const bytes = strictBase64(encoded);
  if (!isKeyName(name) || bytes === null || bytes.length !== 1 + publicKeySizeBytes || bytes[0] !== ed25519)
    return null;
  const key = { name, publicKey: bytes.subarray(1) };
  return keyId(key).toString('hex') === id ? key : null;
}

/** SHA-256 of the public key, in the form people compare: `SHA256:base64` without padding, as OpenSSH prints. */
export function fingerprint(publicKey: Uint8Array): string {
  return `SHA256:${sha256(publicKey).toString('base64').replace(/=+$/, '')}`;
}

/** Signs a text that ends with a newline: a line a signer. */
export function signNote(text: string, ...signers: readonly Signer[]): string {
  if (!text.endsWith('\n') || !text.isWellFormed() || hasControls(text)) throw new Error('not the text of a note');
  const lines = signers.map((signer) => {
    const signature = sign(null, Buffer.from(text), signer.privateKey);
    return `${dash} ${signer.name} ${Buffer.concat([keyId(signer), signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** The text of a note, if this key signed it; null otherwise. Signatures of other keys are passed over. */
export function openNote(note: string, key: VerifierKey): string | null {
  if (Buffer.byteLength(note) > maxNoteSizeBytes || !note.isWellFormed() || hasControls(note)) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  const id = keyId(key);
  let isSigned = false;
  for (const line of lines) {
    const parts = line.startsWith(`${dash} `) ? line.slice(2).split(' ') : [];
    const [name = '', encoded = ''] = parts;
    const bytes = strictBase64(encoded);
    if (parts.length !== 2 || !isKeyName(name) || bytes === null || bytes.length < 5) return null;
    if (name !== key.name || !bytes.subarray(0, 4).equals(id)) continue;
    if (!isSignatureOf(key.publicKey, Buffer.from(text), bytes.subarray(4))) return null;
    isSigned = true;
  }
  return isSigned ? text : null;
}

/** Whether this Ed25519 key made this signature; false rather than an error for anything malformed. */
function isSignatureOf(publicKey: Uint8Array, signed: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeySizeBytes || signature.length !== signatureSizeBytes) return false;
  return verify(null, signed, ed25519PublicKey(publicKey), signature);
}

/** ASCII control characters other than the newline. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}
