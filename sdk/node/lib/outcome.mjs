import { createPrivateKey, sign } from 'node:crypto';
import { canonical } from './canonical.mjs';

/** Up to this many persons an answer tells the counts of each; above, the exceptions only (the protocol's batches). */
const toldOneByOne = 100;

/** The Ed25519 private key of the application, as PEM or as a KeyObject; null when it does not sign. */
export function readSigningKey(given) {
  if (given === undefined || given === null) return null;
  const key = typeof given === 'string' || Buffer.isBuffer(given) ? createPrivateKey(given) : given;
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('signingKey: an Ed25519 private key is expected');
  return key;
}

/**
 * The answer to an order (`persons`: what `personResult` made of each): a default, the exceptions, and the digest of what
 * is answered. Signed over its canonical JSON, it can be shown to a third party.
 */
export function buildOutcome({ order, persons, at, by, signingKey }) {
  const usual = mostFrequent(persons.map((person) => person.outcome));
  const isLong = persons.length > toldOneByOne;
  const told = persons.filter((person) => person.outcome !== usual || person.reason || (person.counts && !isLong));
  const answer = {
    order: order.id,
    digest: order.digest,
    outcome: overall(persons.map((person) => person.outcome)),
    at: at.toISOString(),
    ...(by === undefined ? {} : { by }),
    persons: told,
    default: usual,
  };
  if (signingKey === null) return answer;
  const signature = sign(null, Buffer.from(canonical(answer)), signingKey).toString('base64');
  return { ...answer, signature: `ed25519:${signature}` };
}

/** What is kept and answered of one person: their opaque reference and what was done. */
export function personResult({ ref, identities }, { outcome, reason, until, detail, counts }) {
  return {
    ref,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(detail === undefined || names(identities, detail) ? {} : { detail }),
    ...(counts === undefined || Object.keys(counts).length === 0 ? {} : { counts }),
  };
}

/** An answer is kept for years: a detail that repeats an identifier of the person is left out. */
function names(identities, detail) {
  const text = detail.toLowerCase();
  return identities.some(({ value }) => text.includes(value.toLowerCase()));
}

function mostFrequent(outcomes) {
  const counts = new Map();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

/** One word for the whole order. What is left to do (`failed`) or was kept (`refused`) never hides behind what was done. */
function overall(outcomes) {
  const has = (outcome) => outcomes.includes(outcome);
  const isSomeDone = has('executed') || has('partly');
  if (has('failed')) return isSomeDone ? 'partly' : 'failed';
  if (has('partly') || (has('executed') && has('refused'))) return 'partly';
  if (has('refused')) return 'refused';
  return has('executed') ? 'executed' : 'not_found';
}
