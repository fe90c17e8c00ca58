import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/index.ts';

interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
}

const sources: readonly SourceFile[] = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (path) => /^(src|packs|examples|sdk|bin|bench|test)\/.*\.(tsx?|mjs)$/.test(path) && !/generated\.ts$/.test(path),
  )
  .flatMap((path) => {
    try {
      return [{ path, lines: readFileSync(join(projectRoot, path), 'utf8').split('\n') }];
    } catch {
      return [];
    }
  });

function found(pattern: RegExp, isLookedAt: (path: string) => boolean): readonly string[] {
  return sources
    .filter(({ path }) => isLookedAt(path) && path !== 'test/house/tidy.test.ts')
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );
}

const isProduct = (path: string): boolean => path.startsWith('src/') && !/\.test\.tsx?$/.test(path);

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(200);
});

test('no file is longer than 500 lines', () => {
  expect(
    sources.filter(({ lines }) => lines.length > 500).map(({ path, lines }) => `${path}: ${lines.length}`),
  ).toEqual([]);
});

test('file names are kebab-case', () => {
  const odd = sources.filter(({ path }) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(path.split('/').at(-1) ?? ''));
  expect(odd.map(({ path }) => path)).toEqual([]);
});

test('nothing is left for later in a comment, and no test is skipped or alone', () => {
  expect(found(/\b(TODO|FIXME|XXX|HACK)\b/, () => true)).toEqual([]);
  expect(found(/\b(test|it|describe)\.(only|todo)\(/, () => true)).toEqual([]);
});

test('nothing escapes the type checker', () => {
  expect(found(/@ts-(ignore|expect-error|nocheck)|as unknown as/, (path) => !path.startsWith('bin/'))).toEqual([]);
});

test('time comes from the injected clock', () => {
  const mayAskTheSystem = new Set([
    'src/kernel/clock.ts',
    'src/kernel/ids.ts',
    'src/kernel/log.ts',
    'src/store/embedded/cluster.ts',
  ]);
  expect(found(/\bDate\.now\(\)|new Date\(\)/, (path) => isProduct(path) && !mayAskTheSystem.has(path))).toEqual([]);
});

test('no path of the machine it was written on', () => {
  expect(found(/['"`](\/work\/|\/home\/|\/root\/)/, () => true)).toEqual([]);
});
