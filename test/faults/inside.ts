import type { Down, Question, Up, Work } from './protocol.ts';

/** A process's end of the line to the world. */
export class Inside {
  /** What the world's clock showed with its last message, in milliseconds. */
  now = 0;
  #seq = 0;
  #asked = 0;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  constructor(
    readonly given: {
      start(start: never): void;
      work(work: Work): Promise<unknown>;
      /** Called after each message: says `idle` when nothing happens any more. */
      quiet(say: () => void): void;
    },
  ) {
    process.on('message', (message: Down) => this.#hear(message));
    // No world any more.
    process.on('disconnect', () => process.exit());
  }

  /** Asks the world, and waits for what it says. */
  ask<T>(question: Question): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
      say({ kind: 'ask', id, question });
      this.quiet();
    });
  }

  log(line: string): void {
    say({ kind: 'log', line });
  }

  quiet(): void {
    this.given.quiet(() => say({ kind: 'idle', seq: this.#seq }));
  }

  #hear(message: Down): void {
    this.#seq = message.seq;
    this.now = message.now;
    if (message.kind === 'start') this.given.start(message.start as never);
    if (message.kind === 'work') {
      this.given.work(message.work).then(
        (value) => this.#done({ kind: 'done', id: message.id, value }),
        (error) => this.#done({ kind: 'done', id: message.id, error: String(error?.stack ?? error) }),
      );
    }
    if (message.kind === 'reply') {
      const waiting = this.#waiting.get(message.to);
      this.#waiting.delete(message.to);
      if (message.error === undefined) waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
    }
    this.quiet();
  }

  #done(message: Up): void {
    say(message);
    this.quiet();
  }
}

function say(message: Up): void {
  process.send?.(message);
}
