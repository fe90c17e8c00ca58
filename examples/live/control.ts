import { copyFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../src/kernel/index.ts';
import type { LiveApplication } from './live.ts';

/** What an operator does to an application beside Socle, to see what Socle notices. */
export const deeds = ['start', 'stop', 'copy', 'restore', 'lie', 'slow', 'fail', 'mend', 'ask'] as const;
export type Deed = (typeof deeds)[number];

const honest = { kind: 'behave', lies: 0, slowMs: 0, failures: 0 } as const;
/** Longer than the time after which the SDK says that it has the order and answers later. */
const slowMs = 12_000;
/** As many as open Socle's circuit breaker. */
const failuresInARow = 5;

export async function act(application: LiveApplication, deed: Deed, now: Date): Promise<void> {
  const { process } = application;
  switch (deed) {
    case 'start':
      return process.start();
    case 'stop':
      return process.stop();
    case 'copy':
      return quiet(application, () => copyData(application, now));
    case 'restore':
      return restore(application);
    case 'lie':
      return process.tell({ ...honest, lies: 1 });
    case 'slow':
      return process.tell({ ...honest, slowMs });
    case 'fail':
      return process.tell({ ...honest, failures: failuresInARow });
    case 'mend':
      return process.tell(honest);
    case 'ask':
      return process.tell({ kind: 'ask' });
  }
}

/** The moments of its copies, the oldest first. */
export async function copiesOf({ place }: Pick<LiveApplication, 'place'>): Promise<readonly Date[]> {
  const names = (await readdir(place.backups)).filter((name) => /^\d+$/.test(name));
  return names.map((name) => new Date(Number(name))).sort((one, other) => one.getTime() - other.getTime());
}

export async function copyData({ place }: Pick<LiveApplication, 'place'>, now: Date): Promise<void> {
  const draft = join(place.backups, 'copying');
  await copyFile(place.data, draft);
  await rename(draft, join(place.backups, String(now.getTime())));
}

/** Puts its oldest copy back, as after a disaster. It then declares that to Socle itself, with its own key. */
async function restore(application: LiveApplication): Promise<void> {
  const { place, process } = application;
  const [oldest] = await copiesOf(application);
  if (oldest === undefined) throw noCopy();
  await quiet(application, async () => {
    const draft = `${place.data}.restoring`;
    await copyFile(join(place.backups, String(oldest.getTime())), draft);
    await rename(draft, place.data);
  });
  await process.start();
  process.tell({ kind: 'restored', restoredTo: oldest.toISOString() });
}

/** While it is stopped: nobody copies or changes a file that is being written. */
async function quiet({ process }: LiveApplication, run: () => Promise<void>): Promise<void> {
  const wasRunning = process.state !== 'stopped';
  await process.stop();
  try {
    await run();
  } finally {
    if (wasRunning) await process.start();
  }
}

function noCopy(): Refusal {
  return new Refusal('example.no_copy', 409, {
    fr: 'Cette application n’a aucune copie à remettre : faites-en une d’abord.',
    en: 'This application has no copy to put back: make one first.',
  });
}
