import type { Json } from '../kernel/index.ts';

/** One server-sent event. `data` is a text (an HTML fragment) or a JSON value. */
export interface ServerEvent {
  /** What the browser gives back in `Last-Event-ID` after a cut. Sortable, from the database. */
  readonly id: string;
  readonly event: string;
  readonly data: Json;
}

/**
 * Wakes those who wait in this process: a hint that there may be something new to read. What is true is read from the
 * database, so a lost ring only costs the length of one wait.
 */
export class Bell {
  readonly #waiting = new Map<string, Set<() => void>>();

  ring(topic: string): void {
    const waiting = this.#waiting.get(topic);
    if (waiting === undefined) return;
    this.#waiting.delete(topic);
    for (const wake of waiting) wake();
  }

  /** Resolves when the topic rings, when `timeoutMs` have passed, or when `signal` is aborted. */
  wait(topic: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.get(topic)?.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      if (signal.aborted) return done();
      signal.addEventListener('abort', done, { once: true });
      const waiting = this.#waiting.get(topic) ?? new Set();
      waiting.add(done);
      this.#waiting.set(topic, waiting);
    });
  }
}

/**
 * Follows a feed kept in the database: reads what comes after the last id seen, then waits for the bell or for
 * `everyMs`, until the signal is aborted. Replay after a cut is the same reading.
 */
export async function* follow(options: {
  readonly after: string | null;
  readonly read: (after: string | null) => Promise<readonly ServerEvent[]>;
  readonly bell: Bell;
  readonly topic: string;
  readonly everyMs?: number;
  readonly signal: AbortSignal;
}): AsyncGenerator<ServerEvent> {
  const { read, bell, topic, everyMs = 2000, signal } = options;
  let after = options.after;
  while (!signal.aborted) {
    // Begun before reading: a ring during the read is not missed.
    const woken = new AbortController();
    const wait = bell.wait(topic, everyMs, AbortSignal.any([signal, woken.signal]));
    const events = await read(after);
    for (const event of events) {
      yield event;
      after = event.id;
    }
    if (events.length > 0) {
      woken.abort();
    }
    await wait;
  }
}
