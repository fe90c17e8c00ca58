import { expect, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { canonicalJson, newId, publicId, systemCause } from '../kernel/index.ts';
import { type Scope, write } from '../store/index.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { journalKey, latestCheckpoint, readEntries, record, rotateKey, sequence, verifyJournal } from './index.ts';
import { journalOrigin, readSigner } from './key.ts';
import { newSigner, parseVerifierKey } from './note.ts';

const { organisation, asOwner } = await testStore();
const cause = systemCause('test');

async function grow(scope: Scope, count: number): Promise<void> {
  await write(scope, cause, async (writing) => {
    for (let at = 0; at < count; at += 1) {
      await record(writing, { kind: 'order.sent', subject: publicId('ord', newId()), data: { at } });
    }
  });
  await sequence(scope);
}

/** A journal that changed its key twice, with what was published on the way. */
async function rotated() {
  const scope = await organisation();
  await grow(scope, 3);
  const published = [await journalKey(scope)];
  const notes = [(await latestCheckpoint(scope))?.note ?? ''];
  for (let time = 0; time < 2; time += 1) {
    await rotateKey(scope, cause, 'routine');
    notes.push((await latestCheckpoint(scope))?.note ?? '');
    await grow(scope, 2);
    published.push(await journalKey(scope));
    notes.push((await latestCheckpoint(scope))?.note ?? '');
  }
  return { scope, published, notes };
}

const keyOf = (text: string) => parseVerifierKey(text) ?? { name: '', publicKey: Buffer.alloc(32) };

test('a journal goes on under its new key and is verified whole, through every key', async () => {
  const { scope, published } = await rotated();
  const report = await verifyJournal(scope);
  expect(report).toMatchObject({ isWhole: true, size: 10, keys: published.map((key) => key.fingerprint) });
  expect(report.text.en).toContain('3 keys in turn');
  for (const { text, fingerprint } of published) {
    expect((await verifyJournal(scope, { key: text })).isWhole).toBe(true);
    expect((await verifyJournal(scope, { key: fingerprint })).isWhole).toBe(true);
  }
  const stranger = await journalKey(await organisation());
  expect((await verifyJournal(scope, { key: stranger.text })).finding).toMatchObject({ kind: 'key' });
});

test('the change is signed by both keys, and so is its checkpoint; the next are signed by the new one alone', async () => {
  const { scope, published, notes } = await rotated();
  const [old, next] = published.map(({ text }) => keyOf(text));
  if (old === undefined || next === undefined) throw new Error('no keys');
  const [, atChange = '', after = ''] = notes;
  expect(openCheckpoint(atChange, old)?.size).toBe(5);
  expect(openCheckpoint(atChange, next)?.size).toBe(5);
  expect(openCheckpoint(after, old)).toBeNull();
  expect(openCheckpoint(after, next)?.size).toBe(7);
  const [entry] = await readEntries(scope, { after: 4, limit: 1 });
  expect(entry?.body).toMatchObject({ kind: 'journal.key_changed', data: { replaces: published[0]?.text } });
});

test('of a retired key only the public half is kept', async () => {
  const { scope } = await rotated();
  const rows = await asOwner<{ sealed: Buffer; retired: boolean }>(
    'select sealed, retired_at is not null as retired from journal.signing_key where org = $1 order by created_at, id',
    [scope.org],
  );
  expect(rows.map(({ retired }) => retired)).toEqual([true, true, false]);
  const sizes = rows.map(({ sealed }) => sealed.length);
  expect(sizes[0]).toBeLessThan(sizes[2] ?? 0);
});

test('checkpoints kept from before are still held against the journal, by the key of their time', async () => {
  const { scope, notes } = await rotated();
  for (const note of notes) expect((await verifyJournal(scope, { against: note })).isWhole).toBe(true);
});

test('a retired key that was stolen signs nothing that is believed', async () => {
  const scope = await organisation();
  await grow(scope, 3);
  const stolen = await readSigner(scope.db, scope);
  await rotateKey(scope, cause, 'suspicion');
  await grow(scope, 3);
  const head = await latestCheckpoint(scope);
  if (stolen === null || head === null) throw new Error('no journal');
  const forged = signCheckpoint(head, stolen);
  expect((await verifyJournal(scope, { against: forged })).finding).toMatchObject({ kind: 'against' });
  await asOwner('update journal.checkpoint set note = $2 where org = $1 and size = $3', [scope.org, forged, head.size]);
  expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'checkpoint', through: head.size });
});

test('whoever owns the database can’t pass a key of their own off as the next one', async () => {
  const { scope } = await rotated();
  const [entry] = await readEntries(scope, { after: 4, limit: 1 });
  if (entry === undefined) throw new Error('no entry');
  const own = newSigner(journalOrigin(scope));
  const data = { ...entry.body.data, key: `${own.name}+00000000+${own.publicKey.toString('base64')}` };
  const bytes = Buffer.from(canonicalJson({ ...entry.body, data }));
  await asOwner('update journal.entry set body = $2 where org = $1 and number = 5', [scope.org, bytes]);
  expect((await verifyJournal(scope)).finding).toMatchObject({ number: 5 });
  await asOwner('update journal.entry set body = $2 where org = $1 and number = 5', [scope.org, entry.bytes]);
  expect((await verifyJournal(scope)).isWhole).toBe(true);
  await asOwner('delete from journal.signing_key where org = $1 and retired_at is not null', [scope.org]);
  expect((await verifyJournal(scope)).isWhole).toBe(false);
});

test.each([
  'insert on journal.entry',
  'insert on journal.checkpoint',
  'update on journal.signing_key',
  'insert on journal.signing_key',
])('a crash at the %s leaves the journal under its old key, whole, and the next try changes it once', async (place) => {
  const scope = await organisation();
  await grow(scope, 2);
  const before = await journalKey(scope);
  await asOwner(`create function public.crash() returns trigger language plpgsql as $$ begin
      if new.org = '${scope.org}' then raise exception 'the process ended'; end if; return new; end $$`);
  const [event = '', table = ''] = place.split(' on ');
  await asOwner(`create trigger crash before ${event} on ${table} for each row execute function public.crash()`);
  try {
    await expect(rotateKey(scope, cause, 'routine')).rejects.toThrow('the process ended');
  } finally {
    await asOwner(`drop trigger crash on ${table}`);
    await asOwner('drop function public.crash()');
  }
  expect((await journalKey(scope)).text).toBe(before.text);
  expect(await verifyJournal(scope)).toMatchObject({ isWhole: true, keys: [before.fingerprint], size: 3 });
  await rotateKey(scope, cause, 'routine');
  await grow(scope, 1);
  expect(await verifyJournal(scope)).toMatchObject({ isWhole: true, size: 5, keys: { length: 2 } });
});

test('two changes at once follow one another, and entries written meanwhile are numbered', async () => {
  const scope = await organisation();
  await grow(scope, 2);
  await Promise.all([rotateKey(scope, cause, 'routine'), rotateKey(scope, cause, 'routine'), grow(scope, 5)]);
  await sequence(scope);
  expect(await verifyJournal(scope)).toMatchObject({ isWhole: true, size: 10, keys: { length: 3 } });
});

test('a journal that signed nothing yet has no key to replace', async () => {
  const scope = await organisation();
  await expect(rotateKey(scope, cause, 'routine')).rejects.toMatchObject({ code: 'journal.empty' });
  await journalKey(scope);
  await expect(rotateKey(scope, cause, 'routine')).rejects.toMatchObject({ code: 'journal.empty' });
});
