import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Together } from './together.ts';

/** Answers each call with itself; a group takes until the test lets it end. */
function recorder(refuses: (group: readonly string[]) => boolean = () => false, most = 10) {
  const groups: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const together = new Together<string, string>({
    most,
    nameOf: (call) => call,
    run: async (group) => {
      groups.push(group);
      await new Promise<void>((done) => ends.push(done));
      if (refuses(group)) throw new Error(`refused: ${group.join()}`);
      return group.map((call) => `done ${call}`);
    },
  });
  const endAll = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet += 1) {
      await turn();
      if (ends.length > 0) quiet = 0;
      for (const end of ends.splice(0)) end();
    }
  };
  return { together, groups, endAll };
}

test('calls of one turn go together, and those that come meanwhile go together next', async () => {
  const { together, groups, endAll } = recorder();
  const first = ['a', 'b'].map((call) => together.do('lane', call));
  await turn();
  await turn();
  const second = ['c', 'd', 'e'].map((call) => together.do('lane', call));
  await endAll();
  expect(await Promise.all([...first, ...second])).toEqual(['done a', 'done b', 'done c', 'done d', 'done e']);
  expect(groups).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});

test('what is refused of one is refused of it alone', async () => {
  const { together, groups, endAll } = recorder((group) => group.includes('bad'));
  const answers = Promise.allSettled(['a', 'bad', 'c'].map((call) => together.do('lane', call)));
  await endAll();
  expect(
    (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason))),
  ).toEqual(['done a', 'Error: refused: bad', 'done c']);
  expect(groups).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('the same name twice is done one after the other, lanes don’t mix, and a group has its size', async () => {
  const { together, groups, endAll } = recorder(undefined, 2);
  const calls = [...['a', 'a', 'b', 'c'].map((call) => together.do('one', call)), together.do('two', 'z')];
  await endAll();
  await Promise.all(calls);
  expect(groups.filter((group) => !group.includes('z'))).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ]);
  expect(groups).toContainEqual(['z']);
});
