import { fault } from './fault.mjs';

/**
 * Exact shapes: every member that a version 1 file has, and no other. A member that the verifier does not know could
 * carry a claim that it did not check.
 */
const hash = /^[0-9a-f]{64}$/;
const publicId = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

const text = (value) => typeof value === 'string' && value.length <= 10_000;
const hashText = (value) => typeof value === 'string' && hash.test(value);
const idText = (value) => typeof value === 'string' && publicId.test(value);
const instantText = (value) => typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value));
const count = (value) => Number.isSafeInteger(value) && value >= 0;
const exactly = (wanted) => (value) => value === wanted;
const oneOf =
  (...wanted) =>
  (value) =>
    wanted.includes(value);
const listOf = (check) => (value) => Array.isArray(value) && value.every((item) => check(item));
const anyObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapOf = (check) => (value) => anyObject(value) && Object.values(value).every((item) => check(item));
const nullOr = (check) => (value) => value === null || check(value);
const anyOf =
  (...checks) =>
  (value) =>
    checks.some((check) => check(value));
const shape = (members) => (value) =>
  anyObject(value) &&
  Object.keys(value).length === Object.keys(members).length &&
  Object.entries(members).every(([name, check]) => Object.hasOwn(value, name) && check(value[name]));

export const isManifest = shape({
  format: exactly('socle-manifest'),
  version: exactly(1),
  files: listOf(shape({ name: text, sizeBytes: count, sha256: hashText })),
});

const provenEntries = listOf(
  shape({ body: (value) => typeof value === 'string' && value.length <= 65_535, proof: listOf(text) }),
);
const proofMembers = { format: exactly('socle-journal-proof'), key: text, checkpoint: text, entries: provenEntries };

/** Version 2 joins the entries by which keys took over from each other. */
export const isProof = anyOf(
  shape({ ...proofMembers, version: exactly(1) }),
  shape({ ...proofMembers, version: exactly(2), keyChanges: (value) => value.length > 0 && provenEntries(value) }),
);

export const isEntry = shape({
  version: exactly(1),
  number: (value) => count(value) && value >= 1,
  id: idText,
  at: instantText,
  kind: text,
  subject: idText,
  actor: text,
  source: text,
  data: anyObject,
  commitments: mapOf(hashText),
  digests: mapOf(hashText),
});

const isSignature = anyOf(
  shape({ scheme: exactly('ed25519'), publicKey: text, signature: text }),
  shape({ scheme: oneOf('hmac', 'socle', 'none') }),
);

const isAnswer = shape({
  name: text,
  at: instantText,
  digest: hashText,
  document: nullOr(anyObject),
  signature: isSignature,
});

const isOrder = shape({
  id: idText,
  key: text,
  application: shape({ id: text, name: text }),
  action: text,
  generation: count,
  persons: count,
  digest: hashText,
  answers: listOf(isAnswer),
});

export const isEvidence = shape({
  format: exactly('socle-evidence'),
  version: exactly(1),
  origin: text,
  subject: idText,
  kind: oneOf('request', 'campaign'),
  madeAt: instantText,
  facts: anyObject,
  orders: listOf(isOrder),
  entries: listOf(idText),
});

const isOpenings = (value) =>
  Array.isArray(value) && value.length > 0 && value.every(shape({ name: text, nonce: hashText, value: text }));

export const isReceipt = shape({
  format: exactly('socle-receipt'),
  version: exactly(1),
  subject: idText,
  entry: idText,
  openings: (value) => isOpenings(value) && new Set(value.map(({ name }) => name)).size === value.length,
});

/** Refuses a value whose shape is another. */
export function demand(check, value, what) {
  if (!check(value)) fault(`${what.fr} n’a pas la forme attendue.`, `${what.en} does not have the expected shape.`);
  return value;
}
