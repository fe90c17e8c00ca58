import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../sdk/verify/lib/evidence.mjs';
import {
  buildEvidence,
  buildReceipt,
  documentDigest,
  type EvidenceContents,
  journalKey,
  record,
  rotateKey,
  sequence,
  verifyJournal,
} from '../../src/journal/index.ts';
import {
  canonicalJson,
  commit,
  newId,
  PersonKeys,
  projectRoot,
  publicId,
  randomSecret,
  systemCause,
} from '../../src/kernel/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import { testStore } from '../support/store.ts';

const { organisation } = await testStore();
const cause = systemCause('test');
const person = new PersonKeys(randomSecret());
const email = 'marie.o’brien+achats@example.org';
const application = generateKeyPairSync('ed25519');

interface Story {
  readonly scope: Scope;
  readonly contents: EvidenceContents;
  readonly opened: string;
}

/** A request whose two orders were answered: one signed by its application, one by Socle's own account. */
async function story(): Promise<Story> {
  const scope = await organisation();
  const request = publicId('req', newId());
  const opened = newId();
  await write(scope, cause, (writing) =>
    record(writing, {
      id: opened,
      kind: 'request.opened',
      subject: request,
      data: { right: 'erasure' },
      commitments: { 'identity.email': commit(person.nonce(opened), email).toString('hex') },
    }),
  );
  const orders = [];
  for (const name of ['shop', 'loyalty']) orders.push(await answeredOrder(scope, request, name));
  await write(scope, cause, (writing) => record(writing, { kind: 'request.answered', subject: request }));
  const report = Buffer.from(`%PDF-1.7\n${randomSecret(600).toString('base64')}`);
  const facts = { right: 'erasure', received: '2026-11-22', answered: '2026-11-23' };
  return { scope, opened, contents: { subject: request, kind: 'request', facts, orders, report } };
}

async function answeredOrder(scope: Scope, request: string, name: string): Promise<EvidenceContents['orders'][number]> {
  const id = publicId('ord', newId());
  const digest = documentDigest({ order: id, nonce: randomSecret().toString('hex'), identities: [{ value: email }] });
  const document = { order: id, digest: `sha256:${digest}`, outcome: 'executed', persons: [], default: 'executed' };
  const signature = sign(null, Buffer.from(canonicalJson(document)), application.privateKey);
  const raw = Buffer.from(application.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  await write(scope, cause, async (writing) => {
    await record(writing, { kind: 'order.sent', subject: id, digests: { [id]: digest } });
    const digests = { [`${id}/outcome`]: documentDigest(document) };
    await record(writing, { kind: 'order.executed', subject: id, digests });
  });
  return {
    id,
    key: `${request}/${name}/erase/1`,
    application: { id: publicId('app', newId()), name },
    action: 'erase',
    generation: 1,
    persons: 1,
    digest,
    answers: [
      {
        name: `${id}/outcome`,
        at: '2026-11-23T09:00:00.000Z',
        document,
        signature:
          name === 'shop'
            ? { scheme: 'ed25519', publicKey: raw.toString('base64'), signature: signature.toString('base64') }
            : { scheme: 'socle' },
      },
    ],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an evidence file', () => {
  test('is proven by the verifier, offline, with the key printed by the journal', async () => {
    const { scope, contents, opened } = await story();
    const { bytes } = await buildEvidence(scope, cause, contents);
    const key = await journalKey(scope);
    const openings = [{ name: 'identity.email', nonce: person.nonce(opened), value: email }];
    const receipt = buildReceipt({ subject: contents.subject, entry: opened, openings });
    expect(verifyEvidence(bytes, { key: key.text, receipt })).toMatchObject({
      isProven: true,
      isKeyConfirmed: true,
      key: { fingerprint: key.fingerprint },
      orders: [{ answers: [{ heldBy: 'ed25519' }] }, { answers: [{ heldBy: 'socle' }] }],
    });
    writeFileSync(join(folder, 'evidence.zip'), bytes);
    const verifier = join(projectRoot, 'sdk/verify/verify.mjs');
    const out = execFileSync(process.execPath, [
      verifier,
      join(folder, 'evidence.zip'),
      '--key',
      key.text,
      '--language',
      'en',
    ]);
    expect(out.toString()).toContain('PROVEN');
    expect((await verifyJournal(scope)).isWhole).toBe(true);
  });

  test('holds no personal value of the person', async () => {
    const { scope, contents } = await story();
    const { bytes } = await buildEvidence(scope, cause, contents);
    for (const value of [email, 'marie', Buffer.from(email).toString('base64'), Buffer.from(email).toString('hex')]) {
      expect(bytes.includes(value)).toBe(false);
    }
  });

  test('is refused after a change of any bit, wherever it falls', async () => {
    const { scope, contents } = await story();
    const { bytes } = await buildEvidence(scope, cause, contents);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
      if (verifyEvidence(changed).isProven) expect.fail(`byte ${at} can be changed`);
    }
  });

  test('can be made again later, in a journal that has grown', async () => {
    const { scope, contents } = await story();
    const first = await buildEvidence(scope, cause, contents);
    await write(scope, cause, async (writing) => {
      for (let at = 0; at < 700; at += 1)
        await record(writing, { kind: 'order.sent', subject: publicId('ord', newId()) });
    });
    await sequence(scope);
    const second = await buildEvidence(scope, cause, contents);
    for (const { bytes } of [first, second]) expect(verifyEvidence(bytes).failure).toBeNull();
    expect(second.bytes.equals(first.bytes)).toBe(false);
  });

  test('is not built when an order, an answer or a fact would not be proven', async () => {
    const { scope, contents } = await story();
    const [order] = contents.orders;
    if (order === undefined) throw new Error('no order');
    const build = (changed: Partial<EvidenceContents>): Promise<unknown> =>
      buildEvidence(scope, cause, { ...contents, ...changed });
    await expect(build({ orders: [{ ...order, digest: documentDigest('other') }] })).rejects.toThrow('vouches');
    await expect(build({ facts: { to: email } })).rejects.toThrow('e-mail');
    const [answer] = order.answers;
    if (answer === undefined) throw new Error('no answer');
    const said = { ...answer, document: { ...answer.document, outcome: 'failed' } };
    await expect(build({ orders: [{ ...order, answers: [said] }] })).rejects.toThrow('vouches');
  });

  test('withholds an answer in which an application wrote an address, and keeps its digest', async () => {
    const { scope, contents } = await story();
    const [order] = contents.orders;
    if (order === undefined) throw new Error('no order');
    const document = { order: order.id, digest: `sha256:${order.digest}`, outcome: 'failed', detail: `ask ${email}` };
    const name = `${order.id}/outcome/2`;
    await write(scope, cause, (writing) =>
      record(writing, { kind: 'order.failed', subject: order.id, digests: { [name]: documentDigest(document) } }),
    );
    const answers = [{ name, at: '2026-11-23T09:00:00.000Z', document, signature: { scheme: 'hmac' } as const }];
    const { bytes } = await buildEvidence(scope, cause, { ...contents, orders: [{ ...order, answers }] });
    expect(bytes.includes('brien')).toBe(false);
    expect(verifyEvidence(bytes)).toMatchObject({ isProven: true, orders: [{ answers: [{ heldBy: 'withheld' }] }] });
  });
});

describe('after the journal changed its key', () => {
  async function changed() {
    const { scope, contents } = await story();
    const keys = [await journalKey(scope)];
    const before = await buildEvidence(scope, cause, contents);
    for (let time = 0; time < 2; time += 1) {
      await rotateKey(scope, cause, 'routine');
      keys.push(await journalKey(scope));
    }
    const after = await buildEvidence(scope, cause, contents);
    return { scope, keys, before: before.bytes, after: after.bytes };
  }

  test('a file made before still verifies, with the key of its time', async () => {
    const { keys, before } = await changed();
    expect(verifyEvidence(before, { key: keys[0]?.text ?? '' })).toMatchObject({
      isProven: true,
      isKeyConfirmed: true,
    });
    expect(verifyEvidence(before, { key: keys[2]?.text ?? '' }).isProven).toBe(false);
  });

  test('a file made after verifies with any key that was published, and with no other', async () => {
    const { keys, after } = await changed();
    for (const { text, fingerprint } of keys) {
      for (const key of [text, fingerprint]) {
        expect(verifyEvidence(after, { key })).toMatchObject({
          isProven: true,
          isKeyConfirmed: true,
          key: { fingerprint: keys[2]?.fingerprint },
        });
      }
    }
    const stranger = await journalKey((await story()).scope);
    expect(verifyEvidence(after, { key: stranger.text })).toMatchObject({ isProven: false, isKeyConfirmed: false });
    writeFileSync(join(folder, 'after.zip'), after);
    const verifier = join(projectRoot, 'sdk/verify/verify.mjs');
    const words = [verifier, join(folder, 'after.zip'), '--key', keys[0]?.text ?? '', '--language', 'en'];
    expect(execFileSync(process.execPath, words).toString()).toContain('2 change(s) of key');
  });

  test('it is refused after a change of any bit, wherever it falls', async () => {
    const { after } = await changed();
    for (let at = 0; at < after.length; at += 1) {
      const bad = Buffer.from(after);
      bad.writeUInt8(bad.readUInt8(at) ^ (1 << (at % 8)), at);
      if (verifyEvidence(bad).isProven) expect.fail(`byte ${at} can be changed`);
    }
  });
});
