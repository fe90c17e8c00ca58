import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { describeError, Refusal } from '../../kernel/index.ts';

/** The folder of an application: orders go out in one below it, answers come in by another. */
export interface DropFolder {
  readonly orders: string;
  readonly answers: string;
}

/** Above that a file of answers is not read: ten thousand answers are about 3 MB. */
const answersLimitBytes = 10_000_000;
const mostAtOnce = 50;

/**
 * Opens (and makes) the two folders below `folder`, which must be below one of the roots that the operator allows, by no
 * symbolic link. A root that is missing is not made: a share that isn't mounted must not become a local folder.
 */
export async function openDropFolder(roots: readonly string[], folder: string): Promise<DropFolder> {
  return guarded(async () => {
    const root = roots.find((each) => folder.startsWith(`${each.replace(/\/+$/, '')}${sep}`));
    if (root === undefined) throw notAllowed();
    const inside = relative(root, folder).split(sep);
    if (inside.some((part) => part === '..' || part === '')) throw notAllowed();
    let at = await realpath(root);
    for (const part of inside) at = await ownFolder(join(at, part));
    return { orders: await ownFolder(join(at, 'orders')), answers: await ownFolder(join(at, 'answers')) };
  });
}

async function ownFolder(path: string): Promise<string> {
  await mkdir(path, { mode: 0o770 }).catch((error: unknown) => {
    if (describeError(error).code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  if (!found.isDirectory()) throw notAllowed();
  return path;
}

/** Writes a file whole or not at all, for readers who only see the final name; what was there is replaced. */
export async function writeWhole(folder: string, name: string, content: Uint8Array): Promise<void> {
  await guarded(async () => {
    const temporary = join(folder, `.${name}.tmp`);
    // What a crash left, or what somebody put there, is never written through.
    await rm(temporary, { force: true });
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o640);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  });
}

export async function removeFile(folder: string, name: string): Promise<void> {
  await guarded(() => rm(join(folder, name), { force: true }));
}

export async function renameFile(folder: string, from: string, to: string): Promise<void> {
  await guarded(() => rename(join(folder, from), join(folder, to)));
}

/** Files of answers that wait, by name: regular files only. What is still being written has another name (`.part`, `.tmp`). */
export async function listAnswers(folder: string): Promise<readonly string[]> {
  return guarded(async () => {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /^[^.].{0,150}\.(csv|ndjson|jsonl)$/i.test(entry.name))
      .map((entry) => entry.name)
      .sort()
      .slice(0, mostAtOnce);
  });
}

export interface ReadFile {
  readonly bytes: Buffer;
  readonly modifiedAt: Date;
}

/** Reads a regular file, never by a symbolic link. Null: it is not there, or is none. Refuses (413) one that is too large. */
export async function readRegular(folder: string, name: string): Promise<ReadFile | null> {
  return guarded(async () => {
    try {
      const file = await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const found = await file.stat();
        if (!found.isFile()) return null;
        if (found.size > answersLimitBytes) throw tooLarge();
        return { bytes: await file.readFile(), modifiedAt: found.mtime };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (['ENOENT', 'ELOOP'].includes(describeError(error).code ?? '')) return null;
      throw error;
    }
  });
}

/** What the system refuses (a right, a full disk, a share that is away) may succeed later. Nothing of a path is told. */
async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { code } = describeError(error);
    if (error instanceof Refusal || code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new Refusal('file.unavailable', 503, {
      fr: `Le dossier d’échange ne peut pas être lu ou écrit (${code}) : vérifiez qu’il existe, ses droits et la place.`,
      en: `The drop folder can’t be read or written (${code}): check that it exists, its rights and its space.`,
    });
  }
}

function notAllowed(): Refusal {
  return new Refusal('file.not_allowed', 422, {
    fr: 'Ce dossier n’est pas sous une racine permise (SOCLE_DROP_FOLDERS), ou y mène par un lien symbolique.',
    en: 'This folder is not below an allowed root (SOCLE_DROP_FOLDERS), or leads there by a symbolic link.',
  });
}

function tooLarge(): Refusal {
  return new Refusal('file.too_large', 413, {
    fr: 'Ce fichier dépasse 10 Mo : coupez-le en plusieurs.',
    en: 'This file is over 10 MB: split it.',
  });
}
