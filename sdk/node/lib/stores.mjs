import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where the SDK remembers what it has done, by the order's key: outcomes and opaque references, never an identifier of a
 * person. A store of one's own is two functions: `read(key)` gives the text last written, or null; `write(key, text)`
 * returns once the text is safe.
 */

/** For trials: what it knows dies with the process. */
export function memoryStore() {
  const texts = new Map();
  return {
    isVolatile: true,
    read: async (key) => texts.get(key) ?? null,
    write: async (key, text) => void texts.set(key, text),
  };
}

/** One small file an order in `folder`. Safe against a crash at any moment; for the processes of one machine. */
export function fileStore(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A key has slashes, and comes from outside: its hash is a file name that can't lead elsewhere.
  const pathOf = (key) => join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  return {
    isVolatile: false,
    read: (key) =>
      readFile(pathOf(key), 'utf8').catch((error) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    write: (key, text) => replace(folder, pathOf(key), text),
  };
}

/** Written aside, flushed, then renamed: a reader sees the old text or the new one, never a half. */
async function replace(folder, path, text) {
  const aside = join(folder, `${randomUUID()}.tmp`);
  try {
    await flushed(aside, 'wx', (file) => file.writeFile(text));
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await flushed(folder, 'r', () => undefined).catch(ignoreUnsupported);
}

async function flushed(path, flags, run) {
  const file = await open(path, flags, 0o600);
  try {
    await run(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows can't flush a folder. */
function ignoreUnsupported(error) {
  if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES'].includes(error.code)) throw error;
}
