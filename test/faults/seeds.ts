import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';
import { faultBench, type Run } from './run.ts';
import { faults, played } from './tally.ts';

const asked = process.env.SOCLE_FAULT_SEED;
/** How many seeds the two files play between them; `npm run test:faults -- --seeds 200` plays more. */
const many = Number(process.env.SOCLE_FAULT_RUNS ?? 6);
const first = Number(process.env.SOCLE_FAULT_FROM ?? 1);
/** Where each run is told of, a line of JSON each. */
const results = process.env.SOCLE_FAULT_RESULTS;

function report({ seed, broken, told }: Run): string {
  const replay = `npm run test:faults -- --seed ${seed}`;
  return [replay, ...broken, ...(asked === undefined ? [] : told)].join('\n  ');
}

/** Plays its share of the seeds, or the one that was asked for; names each that fails with the command that replays it. */
export async function playShare(share: 1 | 2): Promise<void> {
  const bench = await faultBench();
  const seeds = Array.from({ length: many }, (_, place) => first + place);
  const wanted = (asked === undefined ? seeds : [Number(asked)]).filter((seed) => seed % 2 === share % 2);
  const failed: string[] = [];
  const begun = performance.now();
  for (const seed of wanted) {
    const before = performance.now();
    const run = await bench.play(seed);
    if (results !== undefined) appendFileSync(results, `${line(run, performance.now() - before)}\n`);
    if (run.broken.length > 0) failed.push(report(run));
  }
  const seconds = Math.round((performance.now() - begun) / 1_000);
  console.log(`faults: ${wanted.length} seeds, ${failed.length} failed; ${seconds} s`);
  expect(failed.join('\n\n')).toBe('');
}

function line({ seed, broken, tally }: Run, ms: number): string {
  // Those that were not played too: a reader sees the zero.
  const counts = Object.fromEntries([...faults, ...played].map((name) => [name, tally.counts.get(name) ?? 0]));
  return JSON.stringify({ seed, ms: Math.round(ms), broken, counts });
}
