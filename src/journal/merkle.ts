import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1, with SHA-256: hashing, the running root, proofs and their verification
 * (algorithms of RFC 9162 §2.1.3 and §2.1.4). Sizes and indices are counts of leaves, exact up to 2^53; they are
 * halved by division, because bitwise operators stop at 2^31.
 */
export type Hash = Buffer;

export const hashSizeBytes = 32;

/** The prefixes keep a leaf from passing for a node, and the other way round. */
const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

export function leafHash(data: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(data).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export const emptyRoot: Hash = createHash('sha256').digest();

const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

/** The largest power of two below `size` (size ≥ 2): where RFC 6962 splits a tree. */
function splitPoint(size: number): number {
  let point = 1;
  while (point * 2 < size) point *= 2;
  return point;
}

/**
 * The right edge of a growing tree: the roots of its perfect subtrees, at most one a level. Appending costs two
 * hashes on average and memory stays at some fifty hashes whatever the size.
 */
export class Frontier {
  readonly #peaks: (Hash | null)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  append(leaf: Hash): void {
    this.appendSubtree(leaf, 0);
  }

  /** Appends the root of a perfect subtree of 2^height leaves; the size so far must be a multiple of that. */
  appendSubtree(root: Hash, height: number): void {
    if (this.#size % 2 ** height !== 0) throw new Error('a subtree that does not fall on its boundary');
    let hash = root;
    let level = height;
    for (let peak = this.#peaks[level]; peak !== null && peak !== undefined; peak = this.#peaks[level]) {
      hash = nodeHash(peak, hash);
      this.#peaks[level] = null;
      level += 1;
    }
    while (this.#peaks.length < level) this.#peaks.push(null);
    this.#peaks[level] = hash;
    this.#size += 2 ** height;
  }

  root(): Hash {
    let root: Hash | null = null;
    for (const peak of this.#peaks) {
      if (peak !== null) root = root === null ? peak : nodeHash(peak, root);
    }
    return root ?? emptyRoot;
  }

  copy(): Frontier {
    const copy = new Frontier();
    copy.#peaks.push(...this.#peaks);
    copy.#size = this.#size;
    return copy;
  }
}

/** The root of a tree of these leaf hashes. */
export function rootOf(leaves: Iterable<Hash>): Hash {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** Leaves from `start` up to, not including, `end`: a subtree whose hash a proof needs. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The subtrees whose hashes prove that leaf `index` is in a tree of `size` leaves (RFC 6962 §2.1.1). */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) {
    throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  }
  const path: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** The subtrees whose hashes prove that a tree of `second` leaves continues one of `first` (RFC 6962 §2.1.2). */
export function consistencyRanges(first: number, second: number): readonly Range[] {
  if (!(Number.isSafeInteger(first) && Number.isSafeInteger(second) && first >= 0 && first <= second)) {
    throw new RangeError(`a tree of ${second} can't continue one of ${first}`);
  }
  if (first === 0 || first === second) return [];
  const path: Range[] = [];
  let start = 0;
  let end = second;
  let isWhole = true;
  while (end !== first) {
    const middle = start + splitPoint(end - start);
    if (first <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
      isWhole = false;
    }
  }
  // The verifier knows the root of the first tree; it needs the last piece only where that isn't the whole of it.
  if (!isWhole) path.push({ start, end });
  return path.reverse();
}

/** Whether `path` proves that `leaf` stands at `index` in the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(index: number, size: number, leaf: Hash, path: readonly Hash[], root: Hash): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size)) || index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0 || sibling.length !== hashSizeBytes) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && hash.equals(root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether `path` proves that the second tree continues the first, unchanged (RFC 9162 §2.1.4.2). */
export function verifyConsistency(first: TreeHead, second: TreeHead, path: readonly Hash[]): boolean {
  if (first.size < 0 || first.size > second.size || path.some((hash) => hash.length !== hashSizeBytes)) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  // Every tree continues the empty one.
  if (first.size === 0) return path.length === 0 && first.root.equals(emptyRoot);
  let node = first.size - 1;
  let last = second.size - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // A first tree that is a perfect subtree of the second begins the path by itself.
  const steps = node === 0 ? [first.root, ...path] : path;
  const [seed, ...rest] = steps;
  if (seed === undefined) return false;
  let firstHash = seed;
  let secondHash = seed;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      firstHash = nodeHash(sibling, firstHash);
      secondHash = nodeHash(sibling, secondHash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      secondHash = nodeHash(secondHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && firstHash.equals(first.root) && secondHash.equals(second.root);
}
