import { expect, test } from 'vitest';
import { checkFloors, readFloors, violationsOf } from './floors.mjs';

const floors = readFloors();

test('every import of the tree respects the floors of ARCHITECTURE.md', () => {
  expect(checkFloors().violations).toEqual([]);
});

test.each([
  ['an arrow up', 'src/journal/record.ts', 'src/objects/index.ts', /floor 3.*may not import objects \(floor 5\)/],
  ['an arrow to the same floor', 'src/journal/record.ts', 'src/access/index.ts', /may not import access/],
  ['a room entered past its door', 'src/access/users.ts', 'src/store/write.ts', /only src\/store\/index.ts is a door/],
  ['src that knows a trade', 'src/model/index.ts', 'examples/example.ts', /imports nothing outside itself/],
  ['an sdk that needs src', 'sdk/verify/verify.mjs', 'src/kernel/index.ts', /stands alone/],
])('%s is refused', (_, path, to, why) => {
  const modules = [
    { path, imports: [{ to, isType: true }] },
    { path: to, imports: [] },
  ];
  expect(violationsOf(modules, floors).join('\n')).toMatch(why);
});

test('a circle of files is refused, and one of types alone is not', () => {
  const circle = (isType: boolean) => [
    { path: 'src/kernel/a.ts', imports: [{ to: 'src/kernel/b.ts', isType }] },
    { path: 'src/kernel/b.ts', imports: [{ to: 'src/kernel/a.ts', isType }] },
  ];
  const circlesIn = (isType: boolean) =>
    violationsOf(circle(isType), floors).filter((line) => line.startsWith('circle'));
  expect(circlesIn(false)).toHaveLength(1);
  expect(circlesIn(true)).toHaveLength(0);
});
