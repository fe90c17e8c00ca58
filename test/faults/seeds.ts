import { expect } from 'vitest';
import { faultBench, type Run } from './run.ts';

const asked = process.env.SOCLE_FAULT_SEED;
/** How many seeds each of the two files plays; `SOCLE_FAULT_RUNS=100` for two hundred in all, when the machine is free: a seed is one to two seconds of a core. */
const many = Number(process.env.SOCLE_FAULT_RUNS ?? 4);

function report({ seed, broken, told }: Run): string {
  return [`SOCLE_FAULT_SEED=${seed} npm test -- test/faults`, ...broken, ...(asked === undefined ? [] : told)].join(
    '\n  ',
  );
}

/** Plays its share of the seeds, or the one that was asked for; names each that fails with the command that replays it. */
export async function playShare(share: 1 | 2): Promise<void> {
  const seeds = Array.from({ length: many }, (_, place) => place * 2 + share);
  const wanted = asked === undefined ? seeds : [Number(asked)].filter((seed) => seed % 2 === share % 2);
  const failed: string[] = [];
  for (const seed of wanted) {
    // A database for each: with the rows of an earlier seed beside it, the third one never came to rest.
    const run = await (await faultBench()).play(seed);
    if (run.broken.length > 0) failed.push(report(run));
  }
  expect(failed.join('\n\n')).toBe('');
}
