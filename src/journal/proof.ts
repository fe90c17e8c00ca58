import { sql } from 'kysely';
import { Refusal } from '../kernel/index.ts';
import type { Scope, Tx } from '../store/index.ts';
import { type EntryBody, readBody } from './entry.ts';
import { type Head, readHead, readTiles } from './head.ts';
import { readSigner } from './key.ts';
import { consistencyRanges, type Hash, inclusionRanges } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import { rangeHash, type Tile, type TileReader } from './tiles.ts';

/** The last signed checkpoint; null before the first entry was numbered. */
export async function latestCheckpoint(scope: Scope): Promise<Head | null> {
  return (await latestSigned(scope))?.head ?? null;
}

/** The last checkpoint with the key that signed it: one snapshot, since a key may take over meanwhile. */
export async function latestSigned(scope: Scope): Promise<{ readonly head: Head; readonly key: VerifierKey } | null> {
  const snapshot = scope.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (tx) => {
    const key = await readSigner(tx, scope);
    const head = key === null ? null : await readHead(tx, key);
    return key === null || head === null || head.size === 0 ? null : { head, key };
  });
}

/** Reads tiles of the database, each once. */
export function tileReader(db: Tx | Scope['db']): TileReader {
  const known = new Map<string, Promise<Tile>>();
  return (address) => {
    const key = `${address.level}/${address.index}`;
    const tile =
      known.get(key) ??
      readTiles(db, [address]).then(([found]) => {
        if (found === undefined) throw new Error(`the journal has no tile ${key}`);
        return found;
      });
    known.set(key, tile);
    return tile;
  };
}

async function hashesOf(read: TileReader, ranges: readonly { start: number; end: number }[]): Promise<Hash[]> {
  const hashes: Hash[] = [];
  for (const range of ranges) hashes.push(await rangeHash(read, range));
  return hashes;
}

/** Proves that entry `number` (from 1) is in the journal of `size` entries. */
export async function inclusionProof(read: TileReader, number: number, size: number): Promise<Hash[]> {
  return hashesOf(read, inclusionRanges(number - 1, size));
}

/** Proves that the journal of `second` entries continues that of `first`. */
export async function consistencyProof(read: TileReader, first: number, second: number): Promise<Hash[]> {
  return hashesOf(read, consistencyRanges(first, second));
}

export interface StoredEntry {
  readonly body: EntryBody;
  readonly bytes: Buffer;
}

export interface EntryQuery {
  /** Public ids; all subjects when absent. */
  readonly subjects?: readonly string[];
  readonly ids?: readonly string[];
  readonly kind?: string;
  /** Entries after this number. */
  readonly after?: number;
  /** Entries before this number. */
  readonly before?: number;
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** Numbered entries, in order: what a page or a list of the journal shows. */
export async function readEntries(scope: Scope, query: EntryQuery): Promise<readonly StoredEntry[]> {
  let rows = scope.db
    .selectFrom('journal.entry')
    .select(['body'])
    .where('org', '=', scope.org)
    .orderBy('number', query.newestFirst === true ? 'desc' : 'asc');
  if (query.subjects !== undefined) rows = rows.where(sql<boolean>`subject = any(${query.subjects}::text[])`);
  if (query.ids !== undefined) rows = rows.where(sql<boolean>`id = any(${query.ids}::uuid[])`);
  if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind);
  if (query.after !== undefined) rows = rows.where('number', '>', BigInt(query.after));
  if (query.before !== undefined) rows = rows.where('number', '<', BigInt(query.before));
  if (query.limit !== undefined) rows = rows.limit(query.limit);
  return (await rows.execute()).map(({ body }) => {
    const read = readBody(body);
    if (read === null) throw unreadable();
    return { body: read, bytes: body };
  });
}

function unreadable(): Refusal {
  return new Refusal('journal.unreadable', 409, {
    fr: 'Une écriture du journal est illisible : lancez « socle journal verify » pour la trouver.',
    en: 'An entry of the journal can’t be read: run “socle journal verify” to find it.',
  });
}
