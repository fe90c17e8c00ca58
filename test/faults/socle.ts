import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { OrderStep } from '../../src/compliance/engine.ts';
import { Crash } from '../../src/compliance/test/compliance.ts';
import type { Log } from '../../src/kernel/index.ts';
import { type DueHandler, runDueBatch, type Scope } from '../../src/store/index.ts';
import type { World } from './world.ts';

interface Process {
  isDead: boolean;
}

const processes = new AsyncLocalStorage<Process>();
const mostAtOnce = 2;

/**
 * Socle's processes, one after the other in this one: each drains what is due. One that dies says no more, and keeps its
 * leases until they run out.
 */
export class Workers {
  #busy = 0;
  readonly #ends: Promise<void>[] = [];
  readonly #corpses: ((error: Error) => void)[] = [];
  readonly #handlers: readonly DueHandler[];

  constructor(
    readonly world: World,
    readonly scope: Scope,
    handlers: readonly DueHandler[],
    readonly log: Log,
  ) {
    // One row at a time, so that a death is that of one thing under way; some runs work side by side, and nobody dies.
    this.#handlers = world.isSideBySide ? handlers : handlers.map((handler) => ({ ...handler, batch: 1 }));
  }

  get isFree(): boolean {
    return this.#busy < mostAtOnce;
  }

  start(): void {
    const process: Process = { isDead: false };
    this.#busy += 1;
    this.world.timeline.enter();
    const end = processes.run(process, async () => {
      await this.#drain(process).catch((error) => this.world.broken.push(`a worker fell over: ${error}`));
      if (!process.isDead) this.#leave();
    });
    this.#ends.push(end);
  }

  async #drain(process: Process): Promise<void> {
    for (let worked = 1; worked > 0; ) {
      worked = 0;
      for (const handler of this.#handlers) {
        if (!process.isDead) worked += await runDueBatch(handler, this.scope, this.log);
      }
      if (process.isDead) return;
    }
  }

  #leave(): void {
    this.#busy -= 1;
    this.world.timeline.leave();
  }

  /** Between two steps of an order: kill -9, or an error nobody foresaw. */
  async atStep(step: OrderStep): Promise<void> {
    const process = processes.getStore();
    const { world } = this;
    if (process === undefined || world.isCalm() || world.isSideBySide) return;
    const chance = world.fate.next(`step ${step}`);
    if (chance >= 0.09) return;
    world.network.told.push(`${world.timeline.now} Socle ${chance < 0.06 ? 'dies' : 'stumbles'} at “${step}”`);
    if (chance >= 0.06) throw new Crash(step);
    process.isDead = true;
    this.#leave();
    await new Promise<void>((_, reject) => this.#corpses.push(reject));
  }

  /** The next moment, in Socle's own time, at which something of this organisation is due and nobody's. */
  async nextDue(): Promise<number | null> {
    const each = this.#handlers.map(
      ({ table }) => sql`select greatest(next_at, leased_until) as at from ${sql.table(table)}
        where org = store.current_org() and next_at is not null`,
    );
    const { rows } = await sql<{ at: Date | null }>`
      select min(at) as at from (${sql.join(each, sql` union all `)}) as due`.execute(this.scope.db);
    return rows[0]?.at?.getTime() ?? null;
  }

  /** Buries those who died, and lets those who still wait for an answer have none: nobody works on after a run. */
  async bury(): Promise<void> {
    for (const end of this.#corpses) end(new Crash('dead'));
    let isOver = false;
    void Promise.all(this.#ends).then(() => {
      isOver = true;
    });
    for (let tries = 0; !isOver && tries < 1_000; tries += 1) {
      const { timeline } = this.world;
      timeline.leap(timeline.next() ?? timeline.now);
      await pause(2);
    }
  }
}
