#!/usr/bin/env node
// `npm run test:faults -- --seeds 200` plays so many seeds of faults; `--from 1000` begins there; `--seed 417` replays one and
// tells what happened in it; `--results FILE` keeps what is told of each run. See test/faults/README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { install, requireNode, root } from './prepare.mjs';

requireNode();
install(['vitest']);
const options = {
  seeds: { type: 'string', default: '200' },
  seed: { type: 'string' },
  from: { type: 'string', default: '1' },
  results: { type: 'string' },
};
const { values } = parseArgs({ options });
for (const name of ['seeds', 'seed', 'from']) {
  if (values[name] === undefined || /^\d+$/.test(values[name])) continue;
  process.stderr.write(`--${name} is a number: npm run test:faults -- --seeds 200\n`);
  process.exit(2);
}
const asked =
  values.seed === undefined
    ? { SOCLE_FAULT_RUNS: values.seeds, SOCLE_FAULT_FROM: values.from }
    : { SOCLE_FAULT_SEED: values.seed };
const folder = mkdtempSync(join(tmpdir(), 'socle-faults-results-'));
const results = values.results === undefined ? join(folder, 'results') : resolve(values.results);
rmSync(results, { force: true });
const begun = Date.now();
const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/faults/share'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...asked, SOCLE_FAULT_RESULTS: results },
});
if (existsSync(results)) tell(readFileSync(results, 'utf8').trim().split('\n').map(JSON.parse));
rmSync(folder, { recursive: true, force: true });
process.exit(run.status ?? 1);

/** How many runs, which failed, and how often each fault was, and in how many runs. */
function tell(runs) {
  const failed = runs.filter(({ broken }) => broken.length > 0).map(({ seed }) => seed);
  const names = Object.keys(runs[0].counts);
  const width = Math.max(...names.map((name) => name.length));
  const rows = names.map((name) => {
    const counts = runs.map(({ counts }) => counts[name] ?? 0);
    const sum = counts.reduce((all, one) => all + one, 0);
    return `${name.padEnd(width)}  ${String(sum).padStart(7)}  ${String(counts.filter((one) => one > 0).length).padStart(6)}`;
  });
  const distinct = new Set(runs.map(({ seed }) => seed)).size;
  const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
  const load = loadavg().map((each) => each.toFixed(1));
  process.stdout.write(`\n${'what was played'.padEnd(width)}    times in runs\n${rows.join('\n')}\n\n`);
  process.stdout.write(
    `${runs.length} runs of ${distinct} seeds in ${minutes} minutes, load ${load.join(' ')} at the end\n`,
  );
  process.stdout.write(`${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}\n`);
}
