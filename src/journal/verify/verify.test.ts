import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { newId, publicId, seal, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { readCheckpoint, signCheckpoint } from '../checkpoint.ts';
import { entryHash } from '../entry.ts';
import { openEpoch } from '../epoch.ts';
import { latestCheckpoint, readEntries, record, sequence } from '../index.ts';
import { journalOrigin, readSigner } from '../key.ts';
import { type Hash, hashSizeBytes } from '../merkle.ts';
import { exportPrivateKey, newSigner, type Signer } from '../note.ts';
import { TileTree } from '../tiles.ts';
import { verifyJournal } from './verify.ts';

const { organisation, asOwner } = await testStore();
const cause = systemCause('test');

/** A journal of batches: sizes 1 + the first, then each. */
async function journalOf(...batches: readonly number[]): Promise<Scope> {
  const scope = await organisation();
  for (const count of batches) {
    await write(scope, cause, async (writing) => {
      for (let at = 0; at < count; at += 1) {
        await record(writing, { kind: 'order.sent', subject: publicId('ord', newId()), data: { at } });
      }
    });
    await sequence(scope);
  }
  return scope;
}

const alter = (scope: Scope, query: string, ...values: readonly unknown[]): Promise<unknown> =>
  asOwner(query, [scope.org, ...values]);

/** Whoever owns the database can switch off what protects tiles. */
async function alterTile(
  scope: Scope,
  level: number,
  index: number,
  change: (hashes: Buffer) => Buffer,
): Promise<void> {
  const [tile] = await asOwner<{ hashes: Buffer }>(
    'select hashes from journal.tile where org = $1 and level = $2 and index = $3',
    [scope.org, level, index],
  );
  const set = 'update journal.tile set hashes = $4 where org = $1 and level = $2 and index = $3';
  await alter(scope, set, level, index, change(Buffer.from(tile?.hashes ?? [])));
}

const withHash = (place: number, hash: Hash) => (hashes: Buffer) => {
  hash.copy(hashes, place * hashSizeBytes);
  return hashes;
};

async function bodyOf(scope: Scope, number: number): Promise<Buffer> {
  const [entry] = await readEntries(scope, { after: number - 1, limit: 1 });
  if (entry === undefined) throw new Error('no such entry');
  return entry.bytes;
}

/** Another body of the same shape, as a forger would write it. */
async function forge(scope: Scope, number: number): Promise<Buffer> {
  const body = (await bodyOf(scope, number)).toString('utf8').replace('"data":{"at":', '"data":{"at":1');
  await alter(scope, 'update journal.entry set body = $3 where org = $1 and number = $2', number, Buffer.from(body));
  return Buffer.from(body);
}

beforeAll(async () => {
  await asOwner('alter table journal.tile disable trigger keep_tile');
});

describe('a journal that nobody touched', () => {
  test('is whole, also before it begins', async () => {
    const empty = await organisation();
    expect(await verifyJournal(empty)).toMatchObject({ isWhole: true, size: 0, fingerprint: null });
    const scope = await journalOf(3, 300, 1, 700);
    const head = await latestCheckpoint(scope);
    expect(await verifyJournal(scope, { against: head?.note ?? '' })).toMatchObject({
      isWhole: true,
      size: 1_005,
      checkpoints: 4,
      epoch: 1,
      root: head?.root.toString('base64'),
    });
  });

  test('continues each checkpoint it ever signed', async () => {
    const scope = await journalOf(2, 5, 260, 9);
    const notes = await asOwner<{ note: string }>('select note from journal.checkpoint where org = $1', [scope.org]);
    const [first] = notes;
    const mailed = `\r\n${first?.note.replaceAll('\n', '\r\n')}\r\n`;
    expect((await verifyJournal(scope, { against: mailed })).isWhole).toBe(true);
    for (const { note } of notes) expect((await verifyJournal(scope, { against: note })).isWhole).toBe(true);
  });
});

describe('the first bad entry is named', () => {
  test('when it was changed', async () => {
    const scope = await journalOf(10, 300);
    await forge(scope, 150);
    await forge(scope, 200);
    const report = await verifyJournal(scope);
    expect(report).toMatchObject({
      isWhole: false,
      size: 149,
      finding: { kind: 'changed', number: 150, through: 150 },
    });
    expect(report.text.fr).toContain('L’écriture 150 a été modifiée');
    expect(report.text.en).toContain('Entry 150 was changed');
  });

  test('when only the columns that pages show were changed', async () => {
    const scope = await journalOf(10);
    await alter(scope, "update journal.entry set kind = 'order.executed' where org = $1 and number = 4");
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'changed', number: 4 });
  });

  test('when it was deleted, with or without moving up the others', async () => {
    const holed = await journalOf(10);
    await alter(holed, 'delete from journal.entry where org = $1 and number = 5');
    expect((await verifyJournal(holed)).finding).toMatchObject({ kind: 'missing', number: 5 });
    const moved = await journalOf(10);
    await alter(moved, 'delete from journal.entry where org = $1 and number = 5');
    await alter(moved, 'update journal.entry set number = -number where org = $1 and number > 5');
    await alter(moved, 'update journal.entry set number = -number - 1 where org = $1 and number < 0');
    expect((await verifyJournal(moved)).finding).toMatchObject({ kind: 'missing', number: 5 });
  });

  test('when one was added in the middle, before the first, or at the end', async () => {
    const insert = (scope: Scope, number: number): Promise<unknown> =>
      alter(
        scope,
        "insert into journal.entry (org, number, id, at, kind, subject, body) values ($1, $2, $3, now(), 'x.y', 'z', '{}')",
        number,
        newId(),
      );
    const middle = await journalOf(10);
    await alter(middle, 'update journal.entry set number = -number where org = $1 and number >= 6');
    await alter(middle, 'update journal.entry set number = -number + 1 where org = $1 and number < 0');
    await insert(middle, 6);
    expect((await verifyJournal(middle)).finding).toMatchObject({ kind: 'added', number: 6 });
    const before = await journalOf(3);
    await insert(before, 0);
    expect((await verifyJournal(before)).finding).toMatchObject({ kind: 'added', number: 0 });
    const end = await journalOf(3);
    await insert(end, 5);
    expect((await verifyJournal(end)).finding).toMatchObject({ kind: 'added', number: 5 });
  });

  test('when two were exchanged, or one was moved to the end', async () => {
    const swapped = await journalOf(300);
    await alter(swapped, 'update journal.entry set number = -number where org = $1 and number in (7, 290)');
    await alter(swapped, 'update journal.entry set number = 297 + number where org = $1 and number < 0');
    expect((await verifyJournal(swapped)).finding).toMatchObject({ kind: 'reordered', number: 7 });
    const moved = await journalOf(10);
    await alter(moved, 'update journal.entry set number = 12 where org = $1 and number = 3');
    const { finding } = await verifyJournal(moved);
    expect(finding).toMatchObject({ kind: 'reordered', number: 3 });
    expect(finding?.text.en).toContain('stands at 12');
  });

  test('when the hash was altered instead, the entry is said to be good', async () => {
    const scope = await journalOf(300);
    await alterTile(scope, 0, 1, withHash(3, entryHash(Buffer.from('forged'))));
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'hash', number: 260 });
    const upper = await journalOf(300, 1);
    await alterTile(upper, 1, 0, withHash(0, entryHash(Buffer.from('forged'))));
    expect((await verifyJournal(upper)).finding).toMatchObject({ kind: 'hash', number: 1, through: 256 });
    const extra = await journalOf(3);
    await alterTile(extra, 0, 0, (hashes) => Buffer.concat([hashes, hashes.subarray(0, 32)]));
    expect((await verifyJournal(extra)).finding).toMatchObject({ kind: 'hash', number: null });
  });

  test('when entry and hash were altered together, as closely as checkpoints and upper hashes tell', async () => {
    const alone = await journalOf(5, 1, 5);
    await alterTile(alone, 0, 0, withHash(6, entryHash(await forge(alone, 7))));
    expect((await verifyJournal(alone)).finding).toMatchObject({ kind: 'changed', number: 7, through: 7 });
    const batch = await journalOf(5, 20, 5);
    await alterTile(batch, 0, 0, withHash(9, entryHash(await forge(batch, 10))));
    expect((await verifyJournal(batch)).finding).toMatchObject({ kind: 'changed', number: 7, through: 26 });
    const wide = await journalOf(1_000);
    await alterTile(wide, 0, 2, withHash(8, entryHash(await forge(wide, 521))));
    expect((await verifyJournal(wide)).finding).toMatchObject({ kind: 'changed', number: 513, through: 768 });
  });
});

/** Rewrites the whole of a journal's tree and checkpoints with a key, as whoever holds database and key could. */
async function resign(scope: Scope, signer: Signer): Promise<void> {
  const notes = await asOwner<{ size: bigint; note: string }>(
    'select size, note from journal.checkpoint where org = $1 order by size',
    [scope.org],
  );
  const tree = new TileTree(0, [], () => undefined);
  const entries = await readEntries(scope, {});
  for (const { size, note } of notes) {
    for (const { bytes } of entries.slice(tree.size, Number(size))) tree.append(entryHash(bytes));
    const old = readCheckpoint(note);
    const next = { origin: signer.name, size: tree.size, root: tree.root(), epoch: old?.epoch ?? 1 };
    const forged = signCheckpoint(next, signer);
    const set = 'update journal.checkpoint set note = $3, root = $4 where org = $1 and size = $2';
    await alter(scope, set, size, forged, next.root);
  }
  for (const { level, index, hashes } of tree.partials()) await alterTile(scope, level, index, () => hashes);
}

describe('whoever holds the database', () => {
  test('and cuts the tail is found by a checkpoint kept outside', async () => {
    const scope = await journalOf(5, 4);
    const outside = await latestCheckpoint(scope);
    await alter(scope, 'delete from journal.checkpoint where org = $1 and size > 6');
    await alter(scope, 'delete from journal.entry where org = $1 and number > 6');
    await alterTile(scope, 0, 0, (hashes) => hashes.subarray(0, 6 * hashSizeBytes));
    expect((await verifyJournal(scope)).isWhole).toBe(true);
    const { finding } = await verifyJournal(scope, { against: outside?.note ?? '' });
    expect(finding).toMatchObject({ kind: 'missing', number: 7, through: 10 });
  });

  test('and cuts the tail but leaves a checkpoint is found without help', async () => {
    const scope = await journalOf(5, 4);
    await alter(scope, 'delete from journal.entry where org = $1 and number > 8');
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'missing', number: 9 });
  });

  test('and deletes the last checkpoint leaves entries that nobody signed', async () => {
    const scope = await journalOf(5, 4);
    await alter(scope, 'delete from journal.checkpoint where org = $1 and size > 6');
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'added', number: 7, through: 10 });
  });

  test('and signs again with another key is found', async () => {
    const scope = await journalOf(5, 4);
    await forge(scope, 3);
    await resign(scope, newSigner(journalOrigin(scope)));
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'checkpoint', number: 1, through: 6 });
  });

  test('and puts a key of their own in its place is found', async () => {
    const scope = await journalOf(5);
    const other = await organisation();
    const signer = newSigner(journalOrigin(scope));
    const sealed = seal(other.keys.journal, exportPrivateKey(signer), 'journal.signing_key/x');
    await resign(scope, signer);
    await alter(scope, 'update journal.signing_key set sealed = $2 where org = $1', sealed);
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'key' });
    await alter(scope, 'delete from journal.signing_key where org = $1');
    expect((await verifyJournal(scope)).finding).toMatchObject({ kind: 'key' });
  });

  test('and the key too is found only by a checkpoint kept outside', async () => {
    const scope = await journalOf(5, 4);
    const outside = await latestCheckpoint(scope);
    await forge(scope, 3);
    const signer = await readSigner(scope.db, scope);
    if (signer !== null) await resign(scope, signer);
    expect((await verifyJournal(scope)).isWhole).toBe(true);
    const { finding } = await verifyJournal(scope, { against: outside?.note ?? '' });
    expect(finding).toMatchObject({ kind: 'against', through: 10 });
  });

  test('and hands over a checkpoint of another journal learns nothing', async () => {
    const [scope, other] = [await journalOf(2), await journalOf(2)];
    const note = (await latestCheckpoint(other))?.note ?? '';
    expect((await verifyJournal(scope, { against: note })).finding).toMatchObject({ kind: 'against', number: null });
    expect((await verifyJournal(scope, { against: 'nonsense' })).finding).toMatchObject({ kind: 'against' });
  });

  test('any single change to an entry is found, wherever it falls', async () => {
    const scope = await journalOf(40, 30);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 71 }), fc.nat(), fc.nat(7), async (number, pick, bit) => {
        const good = await bodyOf(scope, number);
        const bad = Buffer.from(good);
        bad.writeUInt8(bad.readUInt8(pick % bad.length) ^ (1 << bit), pick % bad.length);
        const set = 'update journal.entry set body = $3 where org = $1 and number = $2';
        await alter(scope, set, number, bad);
        const { finding } = await verifyJournal(scope);
        await alter(scope, set, number, good);
        expect(finding).toMatchObject({ kind: 'changed', number, through: number });
      }),
      { numRuns: 40 },
    );
    expect((await verifyJournal(scope)).isWhole).toBe(true);
  });
});

describe('after a restore', () => {
  test('the journal is whole, and entries lost by it are named when an older checkpoint signed them', async () => {
    const scope = await journalOf(5, 4);
    const lost = (await latestCheckpoint(scope))?.note ?? '';
    // What a backup taken at size 6 brings back.
    await alter(scope, 'delete from journal.checkpoint where org = $1 and size > 6');
    await alter(scope, 'delete from journal.entry where org = $1 and number > 6');
    await alterTile(scope, 0, 0, (hashes) => hashes.subarray(0, 6 * hashSizeBytes));
    const kept = (await latestCheckpoint(scope))?.note ?? '';
    await openEpoch(scope, cause, 'restore');
    await write(scope, cause, async (writing) => {
      for (let at = 0; at < 9; at += 1)
        await record(writing, { kind: 'order.sent', subject: publicId('ord', newId()) });
    });
    await sequence(scope);
    expect(await verifyJournal(scope)).toMatchObject({ isWhole: true, epoch: 2, size: 16 });
    expect((await verifyJournal(scope, { against: kept })).isWhole).toBe(true);
    const { finding } = await verifyJournal(scope, { against: lost });
    expect(finding).toMatchObject({ kind: 'missing', number: 7, through: 10 });
    expect(finding?.text.en).toContain('epoch 2');
  });
});
