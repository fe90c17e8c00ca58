import { once } from 'node:events';
import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../src/kernel/index.ts';
import type { Place } from './place.ts';

/** Built with the bundle, whoever asks: a thread runs JavaScript. */
const thread = join(projectRoot, 'build/example-filler.mjs');

/** Makes the data of applications the first time, in one thread for all of them: they share the persons it invents. */
export class Filler {
  #worker: Worker | null = null;

  constructor(private readonly example: string) {}

  /** Filled under another name first: what is there is whole. Answers with whether it was missing. */
  async fillOnce(application: string, place: Place): Promise<boolean> {
    const isThere = (await readdir(place.folder)).includes('data');
    if (isThere) return false;
    const draft = join(place.folder, `filling-${process.pid}`);
    const worker = this.#worker ?? new Worker(thread);
    this.#worker = worker;
    const filled = once(worker, 'message');
    worker.postMessage({ example: this.example, application, file: draft });
    await filled;
    await chmod(draft, 0o600);
    await rename(draft, place.data);
    return true;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
