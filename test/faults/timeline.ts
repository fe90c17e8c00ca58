import { setImmediate as turn } from 'node:timers/promises';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * The time of a run, in milliseconds. It stands still while anything works and then leaps to the next moment somebody waits
 * for, so that hours pass in no time and always in the same order. What uses the database works within `during`; what only
 * computes needs not say so.
 */
export class Timeline {
  #now = 0;
  #active = 0;
  #sleepers: Sleeper[] = [];
  #calm: (() => void)[] = [];

  get now(): number {
    return this.#now;
  }

  /** Time stands still until this has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  enter(): void {
    this.#active += 1;
  }

  leave(): void {
    this.#active -= 1;
    if (this.#active > 0) return;
    for (const calm of this.#calm.splice(0)) calm();
  }

  /** Inside of `during`: time goes on meanwhile. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    this.leave();
    try {
      return await work();
    } finally {
      this.enter();
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + Math.max(0, Math.ceil(ms)), wake });
    });
  }

  /** Until nothing works any more: all wait for time to pass. False: somebody still works after two minutes, so that it never will. */
  async stillness(): Promise<boolean> {
    for (;;) {
      while (this.#active > 0) if (!(await this.#calmInTime())) return false;
      for (let turns = 0; turns < 3; turns += 1) await turn();
      if (this.#active === 0) return true;
    }
  }

  async #calmInTime(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<false>((end) => {
      timer = setTimeout(() => end(false), 120_000);
    });
    const isCalm = new Promise<true>((calm) => this.#calm.push(() => calm(true)));
    return Promise.race([isCalm, tooLong]).finally(() => clearTimeout(timer));
  }

  /** The next moment somebody waits for. */
  next(): number | null {
    return this.#sleepers.length === 0 ? null : Math.min(...this.#sleepers.map(({ at }) => at));
  }

  /** Leaps there, and wakes those whose moment it is. */
  leap(to: number): void {
    this.#now = Math.max(this.#now, to);
    const woken = this.#sleepers.filter(({ at }) => at <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of woken) wake();
  }
}

/** What a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
