import { sql } from 'kysely';
import type { Tx } from '../../store/index.ts';
import { readTiles } from '../head.ts';
import { type Hash, hashSizeBytes } from '../merkle.ts';
import { tileWidth } from '../tiles.ts';

/** Rows read a page at a time, one after the other: memory stays flat whatever the table's size. */
export class Stream<Row> {
  readonly #fetch: (after: Row | null) => Promise<readonly Row[]>;
  #page: readonly Row[] = [];
  #place = 0;
  #last: Row | null = null;
  #isDone = false;

  constructor(fetch: (after: Row | null) => Promise<readonly Row[]>) {
    this.#fetch = fetch;
  }

  /** The next row, without taking it; null at the end. */
  async peek(): Promise<Row | null> {
    if (this.#place >= this.#page.length && !this.#isDone) {
      this.#page = await this.#fetch(this.#last);
      this.#place = 0;
      this.#isDone = this.#page.length === 0;
      this.#last = this.#page.at(-1) ?? this.#last;
    }
    return this.#page[this.#place] ?? null;
  }

  take(): void {
    this.#place += 1;
  }
}

export interface EntryRow {
  readonly number: number;
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  readonly body: Buffer;
}

const pageSize = 2_048;

export function entryStream(tx: Tx): Stream<EntryRow> {
  return new Stream(async (after) => {
    let page = tx
      .selectFrom('journal.entry')
      .select(['number', 'id', 'at', 'kind', 'subject', 'body'])
      .orderBy('number')
      .limit(pageSize);
    if (after !== null) page = page.where('number', '>', BigInt(after.number));
    return (await page.execute()).map((row) => ({ ...row, number: Number(row.number) }));
  });
}

export interface CheckpointRow {
  readonly size: number;
  readonly epoch: number;
  readonly root: Buffer;
  readonly note: string;
}

export function checkpointStream(tx: Tx): Stream<CheckpointRow> {
  return new Stream(async (after) => {
    let page = tx
      .selectFrom('journal.checkpoint')
      .select(['size', 'epoch', 'root', 'note'])
      .orderBy('size')
      .limit(pageSize);
    if (after !== null) page = page.where('size', '>', BigInt(after.size));
    return (await page.execute()).map((row) => ({ ...row, size: Number(row.size) }));
  });
}

/** Hashes of the stored tiles, read in order: the last tile of each level is kept. */
export class StoredTiles {
  readonly #tx: Tx;
  readonly #kept = new Map<number, { readonly index: number; readonly hashes: Buffer }>();

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  /** The hash at `position` of `level`, counted from 0; null where none is kept. */
  async hash(level: number, position: number): Promise<Hash | null> {
    const index = Math.floor(position / tileWidth);
    let tile = this.#kept.get(level);
    if (tile?.index !== index) {
      const [found] = await readTiles(this.#tx, [{ level, index }]);
      tile = found ?? { index, hashes: Buffer.alloc(0) };
      this.#kept.set(level, tile);
    }
    const offset = (position % tileWidth) * hashSizeBytes;
    return tile.hashes.length < offset + hashSizeBytes ? null : tile.hashes.subarray(offset, offset + hashSizeBytes);
  }
}

/** How many hashes each level keeps. */
export async function hashesByLevel(tx: Tx): Promise<readonly number[]> {
  const { rows } = await sql<{ level: number; hashes: number }>`
    select level, (sum(length(hashes)) / 32)::float8 as hashes from journal.tile group by level`.execute(tx);
  const counts: number[] = [];
  for (const { level, hashes } of rows) counts[level] = hashes;
  return Array.from(counts, (count) => count ?? 0);
}

/** Where the entry that has this leaf hash stands now: the question asked once, about the first bad entry. */
export async function entryWithHash(tx: Tx, hash: Hash): Promise<number | null> {
  const { rows } = await sql<{ number: bigint }>`
    select number from journal.entry where sha256('\\x00'::bytea || body) = ${hash} order by number limit 1`.execute(
    tx,
  );
  return rows[0] === undefined ? null : Number(rows[0].number);
}

/** At which number this leaf hash was kept; null when the tree never had it. */
export async function keptHash(tx: Tx, hash: Hash): Promise<number | null> {
  const { rows } = await sql<{ index: bigint; at: number }>`
    select index, position(${hash}::bytea in hashes) as at from journal.tile
     where level = 0 and position(${hash}::bytea in hashes) % 32 = 1 order by index limit 1`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : Number(row.index) * tileWidth + Math.floor((row.at - 1) / hashSizeBytes) + 1;
}
