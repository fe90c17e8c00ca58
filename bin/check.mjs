#!/usr/bin/env node
// `npm run check`: types, lint and format, floors, dead code. Each must pass; all are run, so that one look shows all.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { install, requireNode, root } from './prepare.mjs';

requireNode();
install(['typescript', '@biomejs/biome', 'knip', 'oxc-parser']);
const bin = (name) => join(root, 'node_modules/.bin', name);
const checks = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['floors', process.execPath, ['test/house/floors.mjs']],
  ['dead code', bin('knip'), ['--no-progress']],
];
let isRed = false;
for (const [name, command, words] of checks) {
  const { status } = spawnSync(command, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) isRed = true;
}
process.exit(isRed ? 1 : 0);
