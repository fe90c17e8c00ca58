import { expect, test } from 'vitest';
import { faultBench } from './run.ts';

const bench = await faultBench();

test.each([
  ['forgets_keys', /carried out .* times/],
  ['claims_undone', /the person is still in its storage/],
] as const)('an application that %s is caught', { timeout: 600_000 }, async (mutant, why) => {
  const broken: string[] = [];
  for (let seed = 1; seed <= 12 && !why.test(broken.join('\n')); seed += 1) {
    broken.push(...(await bench.play(seed, mutant)).broken);
  }
  expect(broken.join('\n')).toMatch(why);
});
