import { createHash, createPublicKey, verify } from 'node:crypto';
import { base64 } from './canonical.mjs';
import { fault } from './fault.mjs';

/** The Merkle tree of RFC 6962, signed notes and checkpoints of C2SP: only what verifying needs. */
const ed25519 = 0x01;
const hashSizeBytes = 32;

const isOdd = (value) => value % 2 === 1;
const half = (value) => Math.floor(value / 2);

export function leafHash(bytes) {
  return createHash('sha256').update(Buffer.of(0x00)).update(bytes).digest();
}

function nodeHash(left, right) {
  return createHash('sha256').update(Buffer.of(0x01)).update(left).update(right).digest();
}

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion(index, size, leaf, path, root) {
  if (index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0 || sibling === null || sibling.length !== hashSizeBytes) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && hash.equals(root);
}

/** A key as it is shared: `name+key id+base64(0x01 ‖ public key)`. Null when it is not one. */
export function parseKey(text) {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = parts === null ? null : base64(parts[3]);
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ed25519) return null;
  const key = { name: parts[1], publicKey: bytes.subarray(1) };
  return keyId(key).toString('hex') === parts[2] ? key : null;
}

function keyId(key) {
  const hash = createHash('sha256').update(`${key.name}\n`).update(Buffer.of(ed25519)).update(key.publicKey).digest();
  return hash.subarray(0, 4);
}

export function fingerprint(publicKey) {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

export function isSignedBy(publicKey, bytes, signature) {
  if (publicKey === null || publicKey.length !== 32 || signature === null || signature.length !== 64) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/**
 * The text of a signed note (C2SP signed-note) that `key` signed; null otherwise. Several lines may sign it: those of other
 * keys are passed over, as the format asks, and a line that claims to be this key's must be.
 */
function openNote(note, key) {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || note.length > 100_000) return null;
  const text = note.slice(0, split + 1);
  let isSigned = false;
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const parts = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
    const blob = parts === null ? null : base64(parts[2]);
    if (blob === null || blob.length < 5) return null;
    if (parts[1] !== key.name || !blob.subarray(0, 4).equals(keyId(key))) continue;
    if (!isSignedBy(key.publicKey, Buffer.from(text), blob.subarray(4))) return null;
    isSigned = true;
  }
  return isSigned ? text : null;
}

/** The checkpoint that `key` signed, alone or beside the key that it takes over from. */
export function openCheckpoint(note, key) {
  const parts = /^([^\n]+)\n([1-9]\d{0,15})\n([A-Za-z0-9+/=]{44})\nepoch ([1-9]\d{0,8})\n\n\u2014 /u.exec(note);
  if (parts === null) fault('Le point de contrôle est illisible.', 'The checkpoint can’t be read.');
  const [, origin, size, root, epoch] = parts;
  const rootHash = base64(root);
  if (origin !== key.name || rootHash?.length !== hashSizeBytes || !Number.isSafeInteger(Number(size))) {
    fault('Le point de contrôle n’est pas celui de ce journal.', 'The checkpoint is not of this journal.');
  }
  if (openNote(note, key) !== `${origin}\n${size}\n${root}\nepoch ${epoch}\n`) {
    fault('La signature du point de contrôle est fausse.', 'The signature of the checkpoint is false.');
  }
  return { origin, size: Number(size), root: rootHash, epoch: Number(epoch) };
}

/**
 * The key that takes over by this entry (`journal.key_changed`) and the one it replaces, when a statement signed by both says
 * so at this very place; null otherwise.
 */
export function keyChangeOf(entry) {
  const { statement, key, replaces } = entry.data;
  if (entry.kind !== 'journal.key_changed' || [statement, key, replaces].some((text) => typeof text !== 'string')) {
    return null;
  }
  const [old, next] = [parseKey(replaces), parseKey(key)];
  if (old === null || next === null || old.name !== next.name) return null;
  const text = openNote(statement, old);
  const lines = text === null || openNote(statement, next) !== text ? [] : text.split('\n');
  const wanted = ['socle/journal-key-change/v1', old.name, String(entry.number - 1), lines[3], replaces, key, ''];
  return lines.length === wanted.length && wanted.every((line, at) => line === lines[at])
    ? { replaces, key, old, next }
    : null;
}
