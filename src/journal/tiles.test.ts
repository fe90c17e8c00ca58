import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consistencyRanges, type Hash, inclusionRanges, leafHash, rootOf } from './merkle.ts';
import { edgeOf, rangeHash, type Tile, type TileReader, TileTree, tileCount, tilePath } from './tiles.ts';

const leavesOf = (size: number): Hash[] =>
  Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`${index}`)));

/** Grows a tree in steps, each from the stored edge of the one before, as the sequencer does. */
function grown(leaves: readonly Hash[], steps: readonly number[]): { tiles: Map<string, Tile>; tree: TileTree } {
  const tiles = new Map<string, Tile>();
  const keep = (tile: Tile): unknown => tiles.set(`${tile.level}/${tile.index}`, tile);
  let size = 0;
  let tree = new TileTree(0, [], keep);
  for (const step of [...steps, leaves.length]) {
    tree = new TileTree(size, [...tiles.values()], keep);
    for (const leaf of leaves.slice(size, size + step)) tree.append(leaf);
    size = Math.min(leaves.length, size + step);
    for (const tile of tree.partials()) keep(tile);
  }
  return { tiles, tree };
}

const readerOf =
  (tiles: Map<string, Tile>): TileReader =>
  async ({ level, index }) => {
    const tile = tiles.get(`${level}/${index}`);
    if (tile === undefined) throw new Error(`no tile ${level}/${index}`);
    return tile;
  };

describe('tiles', () => {
  test('are those that C2SP tlog-tiles gives for 70,000 and for 256 leaves', () => {
    expect(edgeOf(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(tileCount(70_000)).toBe(274 + 2 + 1);
    expect(edgeOf(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(edgeOf(0)).toEqual([]);
  });

  test('have the paths of the standard', () => {
    expect(tilePath({ level: 0, index: 1_234_067 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 0 }, 17)).toBe('tile/1/000.p/17');
  });

  test('grown in any steps are the same, and give the root of the tree', () => {
    const leaves = leavesOf(1_400);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_400 }), fc.array(fc.integer({ min: 1, max: 600 })), (size, steps) => {
        const some = leaves.slice(0, size);
        const { tiles, tree } = grown(some, steps);
        expect(tree.root().equals(rootOf(some))).toBe(true);
        expect(tiles.size).toBe(tileCount(size));
      }),
      { numRuns: 40 },
    );
  });

  test('give every hash that proofs need, at any earlier size', async () => {
    const leaves = leavesOf(70_000);
    const { tiles } = grown(leaves, [1, 254, 1, 1, 30_000]);
    const read = readerOf(tiles);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70_000 }), fc.nat(), async (size, pick) => {
        const ranges = [...inclusionRanges(pick % size, size), ...consistencyRanges(pick % size, size)];
        for (const range of ranges) {
          expect((await rangeHash(read, range)).equals(rootOf(leaves.slice(range.start, range.end)))).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('that are not whole are not grown', () => {
    const { tiles } = grown(leavesOf(300), []);
    const cut = [...tiles.values()].map((tile) => ({ ...tile, hashes: tile.hashes.subarray(32) }));
    expect(() => new TileTree(300, cut, () => undefined)).toThrow('not whole');
    expect(() => new TileTree(300, [], () => undefined)).toThrow('not whole');
  });
});
