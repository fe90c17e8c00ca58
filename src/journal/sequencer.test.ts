import { describe, expect, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { newId, publicId, Refusal, systemCause } from '../kernel/index.ts';
import { type Scope, write } from '../store/index.ts';
import { openCheckpoint } from './checkpoint.ts';
import { entryHash } from './entry.ts';
import { openEpoch } from './epoch.ts';
import { journalBeat, journalKey, latestCheckpoint, readEntries, record, sequence } from './index.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';
import { parseVerifierKey } from './note.ts';
import { consistencyProof, inclusionProof, tileReader } from './proof.ts';

const { store, organisation, asOwner } = await testStore();
const cause = systemCause('test');
const request = publicId('req', newId());

async function decide(scope: Scope, times: number, subject = request): Promise<void> {
  await write(scope, cause, async (writing) => {
    for (let at = 0; at < times; at += 1) await record(writing, { kind: 'request.opened', subject, data: { at } });
  });
}

describe('the sequencer', () => {
  test('numbers what was decided, in order, after an entry that says which key signs', async () => {
    const scope = await organisation();
    await decide(scope, 3);
    expect(await sequence(scope)).toBe(3);
    const entries = await readEntries(scope, {});
    expect(entries.map(({ body }) => [body.number, body.kind, body.data.at])).toEqual([
      [1, 'journal.opened', undefined],
      [2, 'request.opened', 0],
      [3, 'request.opened', 1],
      [4, 'request.opened', 2],
    ]);
    expect(entries[0]?.body.data.key).toBe((await journalKey(scope)).text);
    expect(entries[1]?.body).toMatchObject({ subject: request, actor: 'system:test', source: 'pump', version: 1 });
    expect(await sequence(scope)).toBe(0);
  });

  test('keeps nothing of a transaction that was rolled back', async () => {
    const scope = await organisation();
    const failing = write(scope, cause, async (writing) => {
      await record(writing, { kind: 'request.opened', subject: request });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await sequence(scope)).toBe(0);
    expect(await latestCheckpoint(scope)).toBeNull();
  });

  test('grows across tiles, and every proof from stored tiles holds', async () => {
    const scope = await organisation();
    const heads = [];
    for (const count of [1, 254, 1, 300, 5_000]) {
      await decide(scope, count);
      await sequence(scope);
      heads.push(await latestCheckpoint(scope));
    }
    const last = heads.at(-1);
    if (last === null || last === undefined) throw new Error('no checkpoint');
    expect(last.size).toBe(1 + 1 + 254 + 1 + 300 + 5_000);
    const read = tileReader(scope.db);
    for (const head of heads) {
      if (head === null) throw new Error('no checkpoint');
      const path = await consistencyProof(read, head.size, last.size);
      expect(verifyConsistency(head, last, path)).toBe(true);
    }
    for (const { body, bytes } of (await readEntries(scope, {})).filter((_, place) => place % 97 === 0)) {
      const path = await inclusionProof(read, body.number, last.size);
      expect(verifyInclusion(body.number - 1, last.size, entryHash(bytes), path, last.root)).toBe(true);
    }
  });

  test('works from several places at once without losing or doubling an entry', async () => {
    const scope = await organisation();
    const work = Array.from({ length: 12 }, async () => {
      await decide(scope, 25);
      await sequence(scope);
    });
    await Promise.all(work);
    await sequence(scope);
    const entries = await readEntries(scope, {});
    expect(entries.map(({ body }) => body.number)).toEqual(Array.from({ length: 301 }, (_, place) => place + 1));
    expect(new Set(entries.map(({ body }) => body.id)).size).toBe(301);
  });

  test('signs checkpoints that the published key opens', async () => {
    const scope = await organisation();
    await decide(scope, 2);
    await sequence(scope);
    const head = await latestCheckpoint(scope);
    const key = parseVerifierKey((await journalKey(scope)).text);
    if (key === null || head === null) throw new Error('no key');
    expect(openCheckpoint(head.note, key)).toMatchObject({ size: 3, epoch: 1 });
  });

  test('is found by the pump for every organisation that waits, and only those', async () => {
    const [one, two, idle] = [await organisation(), await organisation(), await organisation()];
    await decide(one, 1);
    await decide(two, 2);
    await journalBeat.run(store);
    expect((await latestCheckpoint(one))?.size).toBe(2);
    expect((await latestCheckpoint(two))?.size).toBe(3);
    expect(await latestCheckpoint(idle)).toBeNull();
    const keys = await Promise.all([one, two].map(journalKey));
    expect(keys[0]?.text).not.toBe(keys[1]?.text);
  });

  test('adds nothing to a journal whose tree is not the one it signed', async () => {
    const scope = await organisation();
    await decide(scope, 3);
    await sequence(scope);
    await asOwner('alter table journal.tile disable trigger keep_tile');
    await asOwner('update journal.tile set hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) where org = $1', [
      scope.org,
    ]);
    await asOwner('alter table journal.tile enable trigger keep_tile');
    await decide(scope, 1);
    await expect(sequence(scope)).rejects.toThrow(Refusal);
    await expect(sequence(scope)).rejects.toMatchObject({ code: 'journal.broken' });
    // The journals of others go on, whichever comes first.
    const others = [await organisation(), await organisation(), await organisation()];
    for (const other of others) await decide(other, 1);
    await journalBeat.run(store);
    for (const other of others) expect((await latestCheckpoint(other))?.size).toBe(2);
  });

  test('refuses a signing key that this installation did not seal', async () => {
    const [one, two] = [await organisation(), await organisation()];
    await journalKey(one);
    await journalKey(two);
    await asOwner(
      'update journal.signing_key a set sealed = b.sealed from journal.signing_key b where a.org = $1 and b.org = $2',
      [one.org, two.org],
    );
    await expect(journalKey(one)).rejects.toMatchObject({ code: 'journal.foreign_key' });
  });
});

describe('the application role', () => {
  test('can neither change nor delete an entry, a checkpoint or a full stretch of a tile', async () => {
    const scope = await organisation();
    await decide(scope, 2);
    await sequence(scope);
    const denied = { code: '42501' };
    await expect(scope.db.updateTable('journal.entry').set({ kind: 'x.y' }).execute()).rejects.toMatchObject(denied);
    await expect(scope.db.deleteFrom('journal.entry').execute()).rejects.toMatchObject(denied);
    await expect(scope.db.updateTable('journal.checkpoint').set({ epoch: 9 }).execute()).rejects.toMatchObject(denied);
    await expect(scope.db.deleteFrom('journal.checkpoint').execute()).rejects.toMatchObject(denied);
    await expect(scope.db.deleteFrom('journal.tile').execute()).rejects.toMatchObject(denied);
    const rewriting = scope.db
      .updateTable('journal.tile')
      .set({ hashes: Buffer.alloc(96) })
      .execute();
    await expect(rewriting).rejects.toMatchObject({ code: '23001' });
  });
});

describe('an entry', () => {
  test('with an e-mail address, a malformed subject or commitment is refused before it is kept', async () => {
    const scope = await organisation();
    const attempt = (entry: Parameters<typeof record>[1]): Promise<unknown> =>
      write(scope, cause, (writing) => record(writing, entry));
    const fine = { kind: 'request.opened', subject: request };
    await expect(attempt({ ...fine, data: { note: 'write to a.b@example.org' } })).rejects.toThrow('e-mail');
    await expect(attempt({ ...fine, subject: 'someone' })).rejects.toThrow('public id');
    await expect(attempt({ ...fine, kind: 'Opened' })).rejects.toThrow('kind');
    await expect(attempt({ ...fine, commitments: { email: 'abc' } })).rejects.toThrow('64 hexadecimal');
    await expect(attempt({ ...fine, data: { long: 'x'.repeat(70_000) } })).rejects.toThrow('too large');
    const many = Array.from({ length: 900 }, (_, at) => [`ord_${at}`, 'a'.repeat(64)]);
    await expect(attempt({ ...fine, digests: Object.fromEntries(many) })).rejects.toThrow('too large');
    expect(await sequence(scope)).toBe(0);
  });

  test('as large as may be is still numbered', async () => {
    const scope = await organisation();
    const data = { long: 'x'.repeat(65_000) };
    await write(scope, cause, (writing) => record(writing, { kind: 'request.opened', subject: request, data }));
    expect(await sequence(scope)).toBe(1);
  });

  test('keeps the id its caller chose, so that a commitment can derive its nonce from it', async () => {
    const scope = await organisation();
    const id = newId();
    await write(scope, cause, (writing) => record(writing, { kind: 'request.opened', subject: request, id }));
    await sequence(scope);
    expect((await readEntries(scope, { ids: [id] }))[0]?.body.id).toBe(publicId('ent', id));
  });
});

test('a restored journal opens an epoch that names the head it was restored to', async () => {
  const scope = await organisation();
  await decide(scope, 2);
  await sequence(scope);
  const before = await latestCheckpoint(scope);
  await decide(scope, 1);
  const opened = await openEpoch(scope, cause, 'restore');
  expect(opened).toMatchObject({ epoch: 2, size: 4 });
  await sequence(scope);
  const entries = await readEntries(scope, { after: 3 });
  expect(entries.map(({ body }) => body.kind)).toEqual(['journal.epoch_opened', 'request.opened']);
  expect(entries[0]?.body.data).toMatchObject({
    epoch: 2,
    reason: 'restore',
    previous: { epoch: 1, size: 3, checkpoint: before?.note },
  });
  expect((await latestCheckpoint(scope))?.epoch).toBe(2);
});
