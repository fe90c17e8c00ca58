import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../src/kernel/index.ts';

/** Where an application beside Socle keeps what is its own, under the data folder. */
export interface Place {
  readonly folder: string;
  /** Its data. */
  readonly data: string;
  /** Copies of its data, each named by the moment it was made. */
  readonly backups: string;
  /** What its SDK remembers of orders. */
  readonly orders: string;
  readonly log: string;
  /** The secrets that Socle gave it. */
  readonly secrets: string;
  readonly port: string;
}

export async function placeOf(dataFolder: string, name: string): Promise<Place> {
  const folder = join(dataFolder, 'applications', name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase());
  const backups = join(folder, 'backups');
  await mkdir(backups, { recursive: true, mode: 0o700 });
  return {
    folder,
    backups,
    data: join(folder, 'data'),
    orders: join(folder, 'orders'),
    log: join(folder, 'application.log'),
    secrets: join(folder, 'secrets.json'),
    port: join(folder, 'port'),
  };
}

/** The port it had at its last start, or one that is free now: an address that lasts spares a change at each start. */
export async function portOf(place: Place): Promise<number> {
  const known = Number(await readText(place.port));
  if (known > 0) return known;
  const port = await freePort();
  await writeWhole(place.port, String(port));
  return port;
}

export async function webhookAddress(place: Place): Promise<string> {
  return `http://127.0.0.1:${await portOf(place)}/socle`;
}

/** Empty when it isn't there. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Whole or not at all, and readable by this account only. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}
