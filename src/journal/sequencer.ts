import { sql } from 'kysely';
import { parseId, systemCause } from '../kernel/index.ts';
import type { Beat, Scope, Store, Tx } from '../store/index.ts';
import { signCheckpoint } from './checkpoint.ts';
import { bodyBytes, type EntryBody, entryHash, type PendingBody, pendingBody } from './entry.ts';
import { type Head, openTree, readHead } from './head.ts';
import { ensureSigner, journalOrigin, lockJournal } from './key.ts';
import { fingerprint, type Signer, verifierKeyText } from './note.ts';
import type { Tile } from './tiles.ts';

/** Entries numbered in one transaction, under one checkpoint. */
const batchSize = 4_096;

/**
 * Gives every waiting entry its number: takes the visible rows in the order they were inserted, and writes entries,
 * tiles and a signed checkpoint in one transaction a batch. Several processes may call it at once; they take turns.
 * Returns how many entries were numbered.
 */
export async function sequence(scope: Scope): Promise<number> {
  for (let total = 0; ; ) {
    const taken = await scope.db.transaction().execute((tx) => sequenceBatch(tx, scope));
    total += taken;
    if (taken < batchSize) return total;
  }
}

async function sequenceBatch(tx: Tx, scope: Scope): Promise<number> {
  await lockJournal(tx, scope);
  const waiting = await takePending(tx);
  if (waiting.length === 0) return 0;
  const signer = await ensureSigner(tx, scope);
  const head = await readHead(tx, signer);
  await append(tx, scope, [signer], head, head.size === 0 ? [opening(scope, signer), ...waiting] : waiting, head.epoch);
  return waiting.length;
}

/**
 * Takes the first rows in their order. They are deleted one by one: a row with a lower position may have become
 * visible since, and must wait for the next batch. The bounds keep a long backlog from being read whole.
 */
async function takePending(tx: Tx): Promise<readonly PendingBody[]> {
  const rows = await tx
    .selectFrom('journal.pending')
    .select(['position', 'body'])
    .orderBy('position')
    .limit(batchSize)
    .execute();
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const positions = rows.map(({ position }) => position);
  await tx
    .deleteFrom('journal.pending')
    .where('position', '>=', first.position)
    .where('position', '<=', last.position)
    .where(sql<boolean>`position = any(${positions}::bigint[])`)
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as PendingBody);
}

/** The first entry of a journal says which key signs it. */
function opening(scope: Scope, signer: Signer): PendingBody {
  const data = { epoch: 1, key: verifierKeyText(signer), fingerprint: fingerprint(signer.publicKey) };
  const subject = journalOrigin(scope).slice(journalOrigin(scope).lastIndexOf('/') + 1);
  return pendingBody({ kind: 'journal.opened', subject, data }, systemCause('journal'), scope.clock.now()).body;
}

/** Appends bodies to the log and signs its new head, by both keys when one takes over. The caller holds the journal's lock. */
export async function append(
  tx: Tx,
  scope: Scope,
  signers: readonly Signer[],
  head: Head,
  bodies: readonly PendingBody[],
  epoch: number,
): Promise<Head> {
  const full: Tile[] = [];
  const tree = await openTree(tx, head, (tile) => full.push(tile));
  const rows = bodies.map((body, place) => {
    const numbered: EntryBody = { ...body, number: head.size + place + 1 };
    const bytes = bodyBytes(numbered);
    tree.append(entryHash(bytes));
    return { body: numbered, bytes };
  });
  await insertEntries(tx, rows);
  await keepTiles(tx, [...full, ...tree.partials()]);
  const next = { origin: head.origin, size: tree.size, root: tree.root(), epoch };
  const note = signCheckpoint(next, ...signers);
  await tx
    .insertInto('journal.checkpoint')
    .values({ size: BigInt(next.size), epoch, root: next.root, note, at: scope.clock.now() })
    .execute();
  return { ...next, note };
}

async function insertEntries(tx: Tx, rows: readonly { body: EntryBody; bytes: Buffer }[]): Promise<void> {
  const ids = rows.map(({ body }) => parseId('ent', body.id));
  await sql`insert into journal.entry (number, id, at, kind, subject, body)
    select * from unnest(
      ${rows.map(({ body }) => body.number)}::bigint[], ${ids}::uuid[], ${rows.map(({ body }) => body.at)}::timestamptz[],
      ${rows.map(({ body }) => body.kind)}::text[], ${rows.map(({ body }) => body.subject)}::text[],
      ${rows.map(({ bytes }) => bytes)}::bytea[])`.execute(tx);
}

/** New tiles are inserted, partial ones grow in place. A tile that filled and the partial one after it are distinct. */
async function keepTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  await sql`insert into journal.tile (level, index, hashes)
    select * from unnest(
      ${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
      ${tiles.map(({ hashes }) => hashes)}::bytea[])
    on conflict (org, level, index) do update set hashes = excluded.hashes`.execute(tx);
}

/** How long the beat leaves a journal that refused to grow: it is looked at by people, not by retries. */
const refusedForMs = 60_000;

/** For the pump: numbers what waits, in every organisation that has something waiting. */
export const journalBeat: Beat = (() => {
  const refusedUntil = new Map<string, number>();
  return {
    name: 'journal',
    everyMs: 1_000,
    // The trigger of journal.pending gives it at each commit (migration 009).
    hint: 'socle_journal',
    run: async (store: Store) => {
      const now = store.clock.now().getTime();
      const { rows } = await sql<{ org: Scope['org'] }>`select org from journal.organisations_pending()`.execute(
        store.unbound,
      );
      for (const { org } of rows) {
        if ((refusedUntil.get(org) ?? 0) > now) continue;
        // One broken journal must not keep those of others waiting.
        await sequence(store.scope(org)).catch((error) => {
          refusedUntil.set(org, now + refusedForMs);
          store.log.error({ error, org }, 'journal.not_sequenced');
        });
      }
    },
  };
})();
