#!/usr/bin/env node
// `npm test`: installs what is missing, runs every test, ends with one line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireNode, root } from './prepare.mjs';

requireNode();
install(['vitest', 'playwright-core']);
await build();
const folder = mkdtempSync(join(tmpdir(), 'socle-results-'));
const results = join(folder, 'results.json');
const [isFast, filters] = [process.argv.includes('--fast'), process.argv.slice(2).filter((word) => word !== '--fast')];
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...filters,
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(isFast ? { SOCLE_FAST: '1' } : {}) },
  },
);
let [passed, failed, skipped] = [0, 1, 0];
try {
  const counts = JSON.parse(readFileSync(results, 'utf8'));
  passed = counts.numPassedTests;
  skipped = counts.numPendingTests + counts.numTodoTests;
  failed =
    counts.numFailedTests +
    counts.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
} catch {
  process.stderr.write('The test run left no results.\n');
}
rmSync(folder, { recursive: true, force: true });
if (run.status !== 0 && failed === 0) failed = 1;
if (skipped > 0 && process.env.SOCLE_REQUIRE === 'all') {
  process.stderr.write(`${skipped} tests were skipped, and SOCLE_REQUIRE=all allows none.\n`);
  failed += skipped;
  skipped = 0;
}
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
