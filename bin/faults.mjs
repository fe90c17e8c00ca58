#!/usr/bin/env node
// `npm run test:faults -- --seeds 200` plays so many seeds of faults; `--from 1000` begins there; `--seed 417` replays one and
// tells what happened in it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, requireNode, root } from './prepare.mjs';

requireNode();
install(['vitest']);
const options = {
  seeds: { type: 'string', default: '200' },
  seed: { type: 'string' },
  from: { type: 'string', default: '1' },
};
const { values } = parseArgs({ options });
for (const [name, value] of Object.entries(values)) {
  if (/^\d+$/.test(value)) continue;
  process.stderr.write(`--${name} is a number: npm run test:faults -- --seeds 200\n`);
  process.exit(2);
}
const asked =
  values.seed === undefined
    ? { SOCLE_FAULT_RUNS: String(Math.ceil(Number(values.seeds) / 2)), SOCLE_FAULT_FROM: values.from }
    : { SOCLE_FAULT_SEED: values.seed };
const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/faults/share'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...asked },
});
process.exit(run.status ?? 1);
