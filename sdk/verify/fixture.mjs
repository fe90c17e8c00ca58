import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { writeArchive } from './lib/archive.mjs';
import { canonical, sha256 } from './lib/canonical.mjs';
import { leafHash } from './lib/log.mjs';

/**
 * Makes small evidence files for the tests, by hand: whoever holds a key can write one, true or false. `alter` changes
 * a part before everything after it is made (digests, seal, proofs, signature), as a forger with a key would.
 */
export function newKey(name = 'socle/journal/org_00000000000000000000000000') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  const id = createHash('sha256').update(`${name}\n`).update(Buffer.of(1)).update(raw).digest().subarray(0, 4);
  const text = `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(1), raw]).toString('base64')}`;
  return { name, privateKey, raw, id, text };
}

const request = 'req_00000000000000000000000001';
const order = 'ord_00000000000000000000000002';
const entryId = (number) => `ent_0000000000000000000000001${number}`;
const nonce = createHash('sha256').update('a nonce').digest();
const at = '2026-11-23T09:00:00.000Z';

const keep = (value) => value;

export function makeEvidence(key = newKey(), alter = {}) {
  const { document = keep, evidence = keep, manifest = keep, entries = keep, proof = keep, files = keep } = alter;
  const orderDigest = sha256('the order, with its random member');
  const answer = document({ order, digest: `sha256:${orderDigest}`, outcome: 'executed', at, by: 'shop-purge 2.3' });
  const application = newKey();
  const signature = sign(null, Buffer.from(canonical(answer)), application.privateKey).toString('base64');
  const answerDigest = sha256(canonical(answer));
  const email = createHash('sha256').update(nonce).update('marie@example.org').digest('hex');
  const entry = (number, kind, subject, members) => ({
    version: 1,
    number,
    id: entryId(number),
    at,
    kind,
    subject,
    actor: 'system:test',
    source: 'pump',
    data: {},
    commitments: {},
    digests: {},
    ...members,
  });
  const about = [
    entry(2, 'request.opened', request, { commitments: { 'identity.email': email } }),
    entry(3, 'order.sent', order, { digests: { [order]: orderDigest } }),
    entry(5, 'order.executed', order, { digests: { [`${order}/outcome`]: answerDigest } }),
  ];
  const contents = evidence({
    format: 'socle-evidence',
    version: 1,
    origin: key.name,
    subject: request,
    kind: 'request',
    madeAt: at,
    facts: { right: 'erasure' },
    orders: [
      {
        id: order,
        key: `${request}/shop/erase/1`,
        application: { id: 'app_00000000000000000000000009', name: 'shop' },
        action: 'erase',
        generation: 1,
        persons: 1,
        digest: orderDigest,
        answers: [
          {
            name: `${order}/outcome`,
            at,
            digest: answerDigest,
            document: answer,
            signature: { scheme: 'ed25519', publicKey: application.raw.toString('base64'), signature },
          },
        ],
      },
    ],
    entries: about.map(({ id }) => id),
  });
  const sealed = [
    ['evidence.json', Buffer.from(canonical(contents))],
    ['report.pdf', Buffer.from('%PDF-1.7 a report')],
  ];
  const list = canonical(
    manifest({
      format: 'socle-manifest',
      version: 1,
      files: sealed.map(([name, body]) => ({ name, sizeBytes: body.length, sha256: sha256(body) })),
    }),
  );
  const seal = entry(6, 'evidence.sealed', request, { digests: { 'manifest.json': sha256(list) } });
  const proven = entries([...about, seal]);
  const journal = canonical(proof(proofOf(key, proven)));
  const packed = [...sealed, ['manifest.json', Buffer.from(list)], ['journal.json', Buffer.from(journal)]];
  const receipt = {
    format: 'socle-receipt',
    version: 1,
    subject: request,
    entry: entryId(2),
    openings: [{ name: 'identity.email', nonce: nonce.toString('hex'), value: 'marie@example.org' }],
  };
  return {
    bytes: writeArchive(new Map(files(packed))),
    receipt: Buffer.from(canonical(receipt)),
    key,
    files: new Map(packed),
  };
}

/** A journal of seven entries in which the proven ones stand at their numbers. */
function proofOf(key, proven) {
  const bodies = Array.from({ length: 7 }, (_, place) => {
    const entry = proven.find(({ number }) => number === place + 1);
    return entry === undefined ? `other ${place}` : canonical(entry);
  });
  const leaves = bodies.map((body) => leafHash(Buffer.from(body)));
  const text = `${key.name}\n7\n${root(leaves).toString('base64')}\nepoch 1\n`;
  const line = Buffer.concat([key.id, sign(null, Buffer.from(text), key.privateKey)]).toString('base64');
  const entries = proven.map((entry) => ({
    body: canonical(entry),
    proof: path(entry.number - 1, leaves).map((hash) => hash.toString('base64')),
  }));
  return {
    format: 'socle-journal-proof',
    version: 1,
    key: key.text,
    checkpoint: `${text}\n\u2014 ${key.name} ${line}\n`,
    entries,
  };
}

const middle = (size) => 2 ** Math.ceil(Math.log2(size) - 1);
const node = (left, right) => createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

function root(leaves) {
  if (leaves.length === 1) return leaves[0];
  const at = middle(leaves.length);
  return node(root(leaves.slice(0, at)), root(leaves.slice(at)));
}

function path(index, leaves) {
  if (leaves.length === 1) return [];
  const at = middle(leaves.length);
  return index < at
    ? [...path(index, leaves.slice(0, at)), root(leaves.slice(at))]
    : [...path(index - at, leaves.slice(at)), root(leaves.slice(0, at))];
}
