import { Frontier, type Hash, hashSizeBytes, type Range, rootOf } from './merkle.ts';

/**
 * The tree cut into tiles (C2SP tlog-tiles): a tile holds up to 256 consecutive hashes of one level; level 0 holds
 * leaf hashes, and a hash of level L + 1 is the root of one full tile of level L. Any proof reads a few tiles.
 */
const tileHeight = 8;
export const tileWidth = 256;

export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes of 32 bytes, one after the other. */
  readonly hashes: Buffer;
}

export function tileHashes(tile: Tile): readonly Hash[] {
  const hashes: Hash[] = [];
  for (let at = 0; at < tile.hashes.length; at += hashSizeBytes) {
    hashes.push(tile.hashes.subarray(at, at + hashSizeBytes));
  }
  return hashes;
}

/** Where a tile is found: level and index. */
export interface TileAddress {
  readonly level: number;
  readonly index: number;
}

/** The partial tiles at the right edge of a tree of `size` leaves: what is needed to make it grow. */
export function edgeOf(size: number): readonly (TileAddress & { readonly width: number })[] {
  const edge: (TileAddress & { readonly width: number })[] = [];
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / tileWidth)) {
    const width = hashes % tileWidth;
    if (width > 0) edge.push({ level, index: Math.floor(hashes / tileWidth), width });
  }
  return edge;
}

/** How many tiles hold a tree of `size` leaves. */
export function tileCount(size: number): number {
  let count = 0;
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) count += Math.ceil(hashes / tileWidth);
  return count;
}

/** A tile's path as C2SP tlog-tiles serves it: `tile/0/x001/x234/067`, with `.p/W` for a partial one. */
export function tilePath({ level, index }: TileAddress, width: number = tileWidth): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** A growing tree as tiles. Memory: at most 255 hashes a level. */
export class TileTree {
  /** Hashes of the last, partial tile of each level. */
  readonly #edge: Hash[][] = [];
  readonly #frontier = new Frontier();
  readonly #onFull: (tile: Tile) => void;

  /** `edge`: the partial tiles of `edgeOf(size)`. `onFull` is told of each tile as it fills. */
  constructor(size: number, edge: readonly Tile[], onFull: (tile: Tile) => void) {
    this.#onFull = onFull;
    const wanted = edgeOf(size);
    for (const { level, index, width } of [...wanted].reverse()) {
      const tile = edge.find((known) => known.level === level && known.index === index);
      const hashes = tile === undefined ? [] : tileHashes(tile).slice(0, width);
      if (hashes.length !== width) throw new Error(`the tile ${tilePath({ level, index }, width)} is not whole`);
      while (this.#edge.length <= level) this.#edge.push([]);
      this.#edge[level] = [...hashes];
      for (const hash of hashes) this.#frontier.appendSubtree(hash, level * tileHeight);
    }
  }

  get size(): number {
    return this.#frontier.size;
  }

  root(): Hash {
    return this.#frontier.root();
  }

  frontier(): Frontier {
    return this.#frontier.copy();
  }

  append(leaf: Hash): void {
    this.#frontier.append(leaf);
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const hashes = this.#edge[level] ?? [];
      this.#edge[level] = hashes;
      hashes.push(hash);
      if (hashes.length < tileWidth) return;
      const index = Math.floor(this.size / tileWidth ** (level + 1)) - 1;
      this.#onFull({ level, index, hashes: Buffer.concat(hashes) });
      hash = rootOf(hashes);
      this.#edge[level] = [];
    }
  }

  /** The tiles that are not full yet. */
  partials(): readonly Tile[] {
    return edgeOf(this.size).map(({ level, index }) => ({
      level,
      index,
      hashes: Buffer.concat(this.#edge[level] ?? []),
    }));
  }
}

/** Reads one tile; it may be wider than the tree asked about (tiles only grow). */
export type TileReader = (address: TileAddress) => Promise<Tile>;

/** The hash of a subtree, from tiles: its perfect subtrees, joined from the left. */
export async function rangeHash(read: TileReader, range: Range): Promise<Hash> {
  const frontier = new Frontier();
  let start = range.start;
  while (start < range.end) {
    let height = 0;
    while ((start - range.start) % 2 ** (height + 1) === 0 && start + 2 ** (height + 1) <= range.end) height += 1;
    frontier.appendSubtree(await perfectHash(read, start, height), height);
    start += 2 ** height;
  }
  return frontier.root();
}

/** The root of the perfect subtree of 2^height leaves that begins at `start`. */
async function perfectHash(read: TileReader, start: number, height: number): Promise<Hash> {
  const level = Math.floor(height / tileHeight);
  const first = start / tileWidth ** level;
  const count = 2 ** (height % tileHeight);
  const index = Math.floor(first / tileWidth);
  const offset = first % tileWidth;
  const hashes = tileHashes(await read({ level, index })).slice(offset, offset + count);
  if (hashes.length !== count) throw new Error(`the tile ${tilePath({ level, index })} is not whole`);
  return rootOf(hashes);
}
