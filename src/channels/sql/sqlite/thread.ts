import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../../kernel/index.ts';
import type { Answer, Failure, Opening, Request } from './protocol.ts';

/** An error of SQLite, with its extended code. */
export class SqliteError extends Error {
  readonly number: number | null;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'SqliteError';
    this.number = failure.number;
  }
}

/** SQLITE_CANTOPEN: what a closed connection answers. */
const closed: Failure = { message: 'the connection is closed', number: 14 };

/** The thread of one file; answers come in the order of what was asked. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting: { resolve(answer: Answer): void }[] = [];
  #isClosed = false;

  constructor(opening: Opening) {
    this.#worker = new Worker(file, { workerData: opening });
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => this.#end({ message: error.message, number: null }));
    this.#worker.on('exit', () => this.#end(closed));
  }

  async ask(request: Request): Promise<Extract<Answer, { rows: readonly object[] }>> {
    const answer = this.#isClosed ? { failure: closed } : await this.#send(request);
    if ('failure' in answer) throw new SqliteError(answer.failure);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const last = this.#send({ kind: 'close' });
    this.#isClosed = true;
    await last;
    await this.#worker.terminate();
  }

  #send(request: Request): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting.push({ resolve });
      this.#worker.postMessage(request);
    });
  }

  #end(failure: Failure): void {
    this.#isClosed = true;
    for (const each of this.#waiting.splice(0)) each.resolve({ failure });
  }
}

/** Built with the bundle, whoever asks: a thread runs JavaScript. */
const file = join(projectRoot, 'build/sqlite-worker.mjs');
