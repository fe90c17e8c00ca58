// What must be there before anything of Socle can run: its dependencies, and the bundle of its sources.
// Plain JavaScript on Node.js alone, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Stops with one clear line when this Node.js is too old. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  process.stderr.write(`Socle needs Node.js 20 or later (24 is recommended); this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Installs what package-lock.json names when it is missing or older. `needs` are packages that must be there. */
export function install(needs) {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules/.package-lock.json');
  const isCurrent =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs &&
    needs.every((name) => existsSync(join(root, 'node_modules', name)));
  if (isCurrent) return;
  process.stderr.write('Installing what Socle needs (npm ci)…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed: see its words above. Nothing was started.\n');
    process.exit(1);
  }
}

/** Bundles src/ into build/ when a source is newer than the bundle; returns the bundle's URL. */
export async function build() {
  const bundle = join(root, 'build/socle.mjs');
  const isStale =
    !existsSync(bundle) || newest(['src', 'examples', 'packs', 'package.json']) > statSync(bundle).mtimeMs;
  if (isStale) {
    const { build: bundleWith } = await import('esbuild');
    await bundleWith({
      absWorkingDir: root,
      entryPoints: {
        socle: 'src/cli/main.ts',
        'sqlite-worker': 'src/channels/sql/sqlite/worker.ts',
        'example-filler': 'examples/live/filler.ts',
      },
      outdir: 'build',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      sourcemap: true,
      logLevel: 'warning',
    });
    writeFileSync(join(root, 'build/.gitignore'), '*\n');
  }
  return pathToFileURL(bundle);
}

function newest(names) {
  let latest = 0;
  const look = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(path)) look(join(path, name));
    }
    latest = Math.max(latest, found.mtimeMs);
  };
  for (const name of names) look(join(root, name));
  return latest;
}
