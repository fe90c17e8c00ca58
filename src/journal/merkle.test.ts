import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyRanges,
  emptyRoot,
  Frontier,
  type Hash,
  inclusionRanges,
  leafHash,
  type Range,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

/** The inputs and roots that Certificate Transparency implementations share as their reference. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));

const leavesOf = (size: number): Hash[] =>
  Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`${index}`)));
const resolve = (tree: readonly Hash[], ranges: readonly Range[]): Hash[] =>
  ranges.map(({ start, end }) => rootOf(tree.slice(start, end)));
const flipped = (hash: Hash, bit: number): Hash => {
  const copy = Buffer.from(hash);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
};

describe('the tree of RFC 6962', () => {
  test('has the roots of the shared reference, from 0 to 8 leaves', () => {
    expect(roots.map((_, size) => rootOf(leaves.slice(0, size)).toString('hex'))).toEqual(roots);
    expect(emptyRoot.toString('hex')).toBe(roots[0]);
  });

  test('has the inclusion paths of the shared reference', () => {
    const node = (start: number, end: number): string => rootOf(leaves.slice(start, end)).toString('hex');
    const path = (index: number, size: number): string[] =>
      resolve(leaves.slice(0, size), inclusionRanges(index, size)).map((hash) => hash.toString('hex'));
    expect(path(0, 1)).toEqual([]);
    expect(path(0, 8)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(path(5, 8)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(path(2, 3)).toEqual(['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']);
    expect(path(1, 5)).toEqual([node(0, 1), node(2, 4), node(4, 5)]);
  });

  test('has the consistency paths of the shared reference and of RFC 6962 §2.1.3', () => {
    const shared = (first: number, second: number): string[] =>
      resolve(leaves.slice(0, second), consistencyRanges(first, second)).map((hash) => hash.toString('hex'));
    expect(shared(6, 8)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(shared(2, 5)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
    const seven = leavesOf(7);
    const node = (start: number, end: number): Hash => rootOf(seven.slice(start, end));
    expect(resolve(seven, consistencyRanges(3, 7))).toEqual([node(2, 3), node(3, 4), node(0, 2), node(4, 7)]);
    expect(resolve(seven, consistencyRanges(4, 7))).toEqual([node(4, 7)]);
    expect(resolve(seven, consistencyRanges(6, 7))).toEqual([node(4, 6), node(6, 7), node(0, 4)]);
  });
});

const treeAndLeaf = fc
  .integer({ min: 1, max: 300 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
const twoSizes = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }));

describe('proofs', () => {
  test('of every leaf of every tree up to 70 leaves hold, and at no other place', () => {
    for (let size = 1; size <= 70; size += 1) {
      const tree = leavesOf(size);
      const root = rootOf(tree);
      tree.forEach((leaf, index) => {
        const path = resolve(tree, inclusionRanges(index, size));
        expect(verifyInclusion(index, size, leaf, path, root)).toBe(true);
        if (size > 1) expect(verifyInclusion((index + 1) % size, size, leaf, path, root)).toBe(false);
      });
    }
  });

  test('that a tree continues another hold for every pair of sizes up to 70', () => {
    const tree = leavesOf(70);
    const heads = Array.from({ length: 71 }, (_, size) => ({ size, root: rootOf(tree.slice(0, size)) }));
    for (const first of heads) {
      for (const second of heads.slice(first.size)) {
        const path = resolve(tree, consistencyRanges(first.size, second.size));
        expect(verifyConsistency(first, second, path)).toBe(true);
      }
    }
  });

  test('of inclusion are refused when any bit of them, of the leaf or of the root is changed', () => {
    fc.assert(
      fc.property(treeAndLeaf, fc.nat(255), fc.nat(), ([size, index], bit, pick) => {
        const tree = leavesOf(size);
        const root = rootOf(tree);
        const leaf = rootOf(tree.slice(index, index + 1));
        const path = resolve(tree, inclusionRanges(index, size));
        expect(verifyInclusion(index, size, leaf, path, root)).toBe(true);
        expect(verifyInclusion(index, size, flipped(leaf, bit), path, root)).toBe(false);
        expect(verifyInclusion(index, size, leaf, path, flipped(root, bit))).toBe(false);
        const at = path.length === 0 ? -1 : pick % path.length;
        const changed = path.map((hash, place) => (place === at ? flipped(hash, bit) : hash));
        if (at >= 0) expect(verifyInclusion(index, size, leaf, changed, root)).toBe(false);
        expect(verifyInclusion(index, size, leaf, [...path, root], root)).toBe(false);
        if (path.length > 0) expect(verifyInclusion(index, size, leaf, path.slice(1), root)).toBe(false);
        expect(verifyInclusion(size, size, leaf, path, root)).toBe(false);
      }),
    );
  });

  test('of consistency are refused when any bit of them or of a root is changed', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(255), fc.nat(), ([one, other], bit, pick) => {
        const tree = leavesOf(Math.max(one, other));
        const first = { size: Math.min(one, other), root: rootOf(tree.slice(0, Math.min(one, other))) };
        const second = { size: tree.length, root: rootOf(tree) };
        const path = resolve(tree, consistencyRanges(first.size, second.size));
        expect(verifyConsistency(first, second, path)).toBe(true);
        expect(verifyConsistency({ ...first, root: flipped(first.root, bit) }, second, path)).toBe(false);
        if (first.size > 0) {
          expect(verifyConsistency(first, { ...second, root: flipped(second.root, bit) }, path)).toBe(false);
        }
        const at = path.length === 0 ? -1 : pick % path.length;
        const changed = path.map((hash, place) => (place === at ? flipped(hash, bit) : hash));
        if (at >= 0) expect(verifyConsistency(first, second, changed)).toBe(false);
        expect(verifyConsistency(first, second, [...path, second.root])).toBe(false);
      }),
    );
  });

  test('are not asked of leaves or trees that do not exist', () => {
    expect(() => inclusionRanges(3, 3)).toThrow(RangeError);
    expect(() => inclusionRanges(-1, 3)).toThrow(RangeError);
    expect(() => consistencyRanges(4, 3)).toThrow(RangeError);
  });
});

test('a frontier that is copied goes its own way', () => {
  const frontier = new Frontier();
  for (const leaf of leaves.slice(0, 5)) frontier.append(leaf);
  const copy = frontier.copy();
  for (const leaf of leaves.slice(5)) copy.append(leaf);
  expect(frontier.root().toString('hex')).toBe(roots[5]);
  expect(copy.root().toString('hex')).toBe(roots[8]);
});
