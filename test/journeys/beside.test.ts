import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Installation } from '../support/installation.ts';

/** The applications of the example live and die with Socle, however it dies. */
const names = ['loyalty', 'newsletter', 'customer-service', 'back-office'];
let socle: Installation;

beforeAll(async () => {
  socle = await Installation.create({ SOCLE_EXAMPLE: 'retailer', SOCLE_LOG: 'warn' });
});
afterAll(() => socle.remove());

const readyLine = z.object({ event: z.literal('ready'), pid: z.number(), port: z.number().nullable() });

/** What an application said each time that it was ready. */
async function readyLines(name: string): Promise<readonly z.output<typeof readyLine>[]> {
  const log = await readFile(join(socle.folder, 'applications', name, 'application.log'), 'utf8').catch(() => '');
  return log
    .split('\n')
    .filter((line) => line.startsWith('{"event":"ready"'))
    .map((line) => readyLine.parse(JSON.parse(line)));
}

async function untilReady(times: number): Promise<readonly z.output<typeof readyLine>[]> {
  let last: readonly z.output<typeof readyLine>[] = [];
  await expect
    .poll(
      async () => {
        const lines = await Promise.all(names.map(readyLines));
        last = lines.flatMap((each) => each.at(-1) ?? []);
        return lines.every((each) => each.length >= times);
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe(true);
  return last;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const untilGone = (pids: readonly number[]): Promise<void> =>
  expect.poll(() => pids.filter(isAlive), { timeout: 10_000, interval: 100 }).toEqual([]);

test('they start with it, again when they die, on the port they had, and leave with it', {
  timeout: 180_000,
}, async () => {
  await socle.start();
  const first = await untilReady(1);
  expect(first.every(({ pid }) => isAlive(pid))).toBe(true);

  for (const { pid } of first) process.kill(pid, 'SIGKILL');
  const second = await untilReady(2);
  expect(second.map(({ port }) => port)).toEqual(first.map(({ port }) => port));

  await socle.kill();
  await untilGone(second.map(({ pid }) => pid));

  await socle.start();
  const third = await untilReady(3);
  expect(third.map(({ port }) => port)).toEqual(first.map(({ port }) => port));
  await socle.stop();
  await untilGone(third.map(({ pid }) => pid));
});
