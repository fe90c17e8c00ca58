import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../src/kernel/index.ts';

/**
 * Cold and warm start: from the command to `Socle is ready`, with the retailer's example and without. Cold: an empty data
 * folder (initdb, migrations, packs, example). Warm: the same folder again; the limit beside it is the contract's 5 s.
 * The dependencies are installed and the bundle is built before anything is timed.
 *
 *   node bin/socle.mjs bench start
 */
async function timedStart(dataFolder: string, example: string): Promise<{ ms: number; child: ChildProcess }> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'bin/socle.mjs'), 'up'], {
    env: { ...process.env, SOCLE_DATA: dataFolder, SOCLE_EXAMPLE: example, PORT: '0', SOCLE_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ms = await new Promise<number>((done, failed) => {
    let seen = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes('Socle is ready at')) done(performance.now() - began);
    });
    child.once('exit', (code) => failed(new Error(`the start ended with ${code}`)));
  });
  return { ms, child };
}

async function stop(child: ChildProcess): Promise<number> {
  const began = performance.now();
  child.removeAllListeners('exit');
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
  return performance.now() - began;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

for (const example of ['none', 'retailer']) {
  const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
  try {
    const cold = await timedStart(folder, example);
    const stops = [await stop(cold.child)];
    const warm: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const started = await timedStart(folder, example);
      warm.push(started.ms);
      stops.push(await stop(started.child));
    }
    console.log(
      `example ${example}: cold ${seconds(cold.ms)}, warm median of 5 ${seconds(median(warm))} (worst ${seconds(Math.max(...warm))}, limit 5 s), stop ${seconds(median(stops))}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
