import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describeError, type Id, type Log, newId, Refusal } from '../kernel/index.ts';
import type { Scope, Store, Tx } from './database.ts';

/**
 * Due work. A durable thing is a row with `next_at` (when it is next to be worked on; null when it isn't), `leased_by`,
 * `leased_until` and `attempts`; there is no other queue. The pump leases due rows in batches and hands them to their
 * handler. A process that dies loses its lease, never the work: the row is due again when the lease runs out.
 */
export interface DueHandler<Row extends DueRow = DueRow> {
  /** The table, with its schema: `compliance.order`. It has an index (org, next_at) where next_at is not null. */
  readonly table: string;
  /** Rows leased at once; of one lane, when there are lanes. */
  readonly batch: number;
  /**
   * A column whose values don't wait for each other: the rows of each are worked on in batches of their own, so that one whose
   * work is slow holds up itself and no other. It has an index (org, lane, next_at) where next_at is not null.
   */
  readonly lane?: string;
  /** How long a lease holds without a heart-beat. The pump renews it at a third of that while the handler runs. */
  readonly leaseMs: number;
  /**
   * Works on leased rows of one organisation. It settles each row in the same transaction as its effect; a row it
   * leaves unsettled, or the whole batch when it throws, is tried again later with back-off.
   */
  run(scope: Scope, rows: readonly Row[], lease: Lease): Promise<void>;
}

export interface DueRow {
  readonly id: string;
  readonly org: string;
  readonly next_at: Date;
  readonly attempts: number;
}

/** Something done at intervals by one process at a time or by all: the function decides by its own locks. */
export interface Beat {
  readonly name: string;
  readonly everyMs: number;
  /** A channel of NOTIFY that calls for it before its time: a hint, so that the beat alone is always enough. */
  readonly hint?: string;
  run(store: Store): Promise<void>;
}

/** Least time between two runs, however many hints come: a burst of them is answered together. */
const hintedEveryMs = 100;

export interface PumpOptions {
  readonly store: Store;
  readonly handlers: readonly DueHandler[];
  readonly beats: readonly Beat[];
  readonly log: Log;
  readonly pollMs?: number;
  /** Told what a hint was about, in every process: wakes those who wait for it. */
  readonly onHint?: (topic: string) => void;
}

/** The right to work on some rows for a time. */
export class Lease {
  readonly id = newId();
  readonly settled = new Set<string>();
  isLost = false;

  constructor(readonly table: string) {}

  /**
   * Ends the lease of one row inside the transaction that holds the work's effect: due again at `nextAt`, or never
   * (null). Throws when the lease was lost meanwhile, so that the transaction of a slow worker rolls back.
   */
  async settle(tx: Tx, id: string, nextAt: Date | null): Promise<void> {
    await this.settleAll(tx, [{ id, nextAt }]);
  }

  /** Holds a row until the transaction ends; throws when its lease was lost: what follows is another worker's to do. */
  async hold(tx: Tx, id: string): Promise<void> {
    const { rows } = await sql`
      select 1 from ${sql.table(this.table)} where id = ${id} and leased_by = ${this.id} for update`.execute(tx);
    if (rows.length === 0) throw new LeaseLost(this.table);
  }

  /** Settles several rows, in one statement: the lease of one of them lost, nothing of it holds. */
  async settleAll(tx: Tx, due: readonly Due[]): Promise<void> {
    const { rows } = await sql`update ${sql.table(this.table)} as worked
        set next_at = given.next_at, leased_by = null, leased_until = null, attempts = 0
      from unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ nextAt }) => nextAt)}::timestamptz[]) as given(id, next_at)
      where worked.id = given.id and worked.leased_by = ${this.id} returning worked.id`.execute(tx);
    if (rows.length < due.length) throw new LeaseLost(this.table);
    for (const { id } of due) this.settled.add(id);
  }
}

/** A row of due work, and when it is next to be worked on; null: never by itself. */
export interface Due {
  readonly id: string;
  readonly nextAt: Date | null;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Wakes every pump after commit: a hint only, the poll finds the row anyway. A `topic` also wakes those who wait for it
 * in any process (`onHint`).
 */
export async function hintDue(tx: Tx, topic = ''): Promise<void> {
  await sql`select pg_notify('socle_due', ${topic})`.execute(tx);
}

/** Exponential back-off with jitter: 1 s, 2 s, 4 s… up to ten minutes. */
function backoffMs(attempts: number): number {
  return Math.min(600_000, 1_000 * 2 ** Math.min(attempts - 1, 10)) * (0.75 + Math.random() / 2);
}

export class Pump {
  readonly #options: PumpOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #isWoken = false;
  #endPause: () => void = () => undefined;
  /** By channel: ends the pause of the beat that a hint calls for. */
  readonly #hints = new Map<string, () => void>();
  /** Being opened, or open: settled once it holds or has failed. */
  #listener: Promise<pg.Client | null> = Promise.resolve(null);
  #loops: readonly Promise<void>[] = [];

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    const beats = this.#options.beats.map((beat) => this.#beat(beat));
    this.#loops = [this.#loop(), ...beats];
    this.#openListener();
  }

  /** Stops taking work, then waits for what is running. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await Promise.all([...this.#loops, ...this.#running.values()]);
    // Awaited, for it may still be connecting: left behind, it would hold the process and the embedded server.
    const listener = await this.#listener;
    await listener?.end().catch(() => undefined);
  }

  /** Hints are a comfort, the poll goes on without them: a lost or refused listener is tried again until one holds. */
  #openListener(): void {
    if (this.#stopping.signal.aborted) return;
    const openLater = (): void => void setTimeout(() => this.#openListener(), 2_000).unref();
    this.#listener = this.#listen(openLater).catch((error) => {
      this.#options.log.warn({ error }, 'pump.listen_failed');
      openLater();
      return null;
    });
  }

  async #listen(onLost: () => void): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.store.roles.appUrl,
      application_name: 'socle pump',
    });
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload }) => {
      const callBeat = this.#hints.get(channel);
      if (callBeat !== undefined) return callBeat();
      if (payload !== undefined && payload !== '') this.#options.onHint?.(payload);
      this.#wake();
    });
    await client.connect();
    await client.query('listen socle_due');
    for (const { hint } of this.#options.beats) if (hint !== undefined) await client.query(`listen ${hint}`);
    client.once('end', onLost);
    return client;
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#round().catch((error) => this.#options.log.warn({ error }, 'pump.round_failed'));
      await this.#pause();
    }
  }

  /** Until a hint comes, a handler has drained its rows, or the poll's time is over: a slow handler holds up no other. */
  async #pause(): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, this.#options.pollMs ?? 1_000);
        this.#endPause = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    this.#isWoken = false;
  }

  /** Remembered when it comes during a round: what became due after the look isn't left to the poll. */
  #wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  async #beat(beat: Beat): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const pause = this.#pauseOf(beat);
      await beat
        .run(this.#options.store)
        .catch((error) => this.#options.log.warn({ error, beat: beat.name }, 'pump.beat_failed'));
      await pause();
    }
  }

  /** Listens from before the run, so that a hint given during it isn't lost. */
  #pauseOf(beat: Beat): () => Promise<void> {
    const startedAt = performance.now();
    const hinted = new AbortController();
    if (beat.hint !== undefined) this.#hints.set(beat.hint, () => hinted.abort());
    const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
      wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
    return async () => {
      await pause(beat.everyMs, AbortSignal.any([this.#stopping.signal, hinted.signal]));
      const tooSoonMs = hintedEveryMs - (performance.now() - startedAt);
      if (hinted.signal.aborted && tooSoonMs > 0) await pause(tooSoonMs, this.#stopping.signal);
    };
  }

  /** One look at what is due: starts a handler for each table and organisation that isn't being worked on. */
  async #round(): Promise<void> {
    const { store, handlers } = this.#options;
    if (handlers.length === 0) return;
    const tables = handlers.map((handler) => handler.table);
    const due = await sql<{ due_table: string; due_org: Id<'organisation'> }>`
      select * from store.due(${sql.val(tables)}::text[], ${store.clock.now()})`.execute(store.unbound);
    for (const { due_table, due_org } of due.rows) {
      const handler = handlers.find((known) => known.table === due_table);
      if (handler === undefined) continue;
      const slot = `${due_table} ${due_org}`;
      const scope = store.scope(due_org);
      if (handler.lane === undefined) {
        if (!this.#running.has(slot)) this.#start(slot, handler, scope);
        continue;
      }
      const busy = [...this.#running.keys()]
        .filter((each) => each.startsWith(`${slot} `))
        .map((each) => each.slice(slot.length + 1));
      for (const lane of await dueLanes(handler.table, handler.lane, scope, busy)) {
        this.#start(`${slot} ${lane ?? ''}`, handler, scope, lane);
      }
    }
  }

  #start(slot: string, handler: DueHandler, scope: Scope, lane?: string | null): void {
    const work = this.#drain(handler, scope, lane)
      .finally(() => this.#running.delete(slot))
      .then(
        () => this.#wake(),
        (error) => this.#options.log.warn({ error, table: handler.table }, 'pump.drain_failed'),
      );
    this.#running.set(slot, work);
  }

  /** Takes batches until nothing is due. */
  async #drain(handler: DueHandler, scope: Scope, lane?: string | null): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const worked = await runDueBatch(handler, scope, this.#options.log, lane);
      if (worked === 0) return;
    }
  }
}

/** The lanes in which something is due, without those that are `busy` (the empty text: those of no lane). */
export async function dueLanes(
  table: string,
  lane: string,
  scope: Scope,
  busy: readonly string[],
): Promise<readonly (string | null)[]> {
  const now = scope.clock.now();
  const column = sql.ref(lane);
  const { rows } = await sql<{ lane: string | null }>`
    select distinct ${column} as lane from ${sql.table(table)}
     where org = store.current_org() and next_at <= ${now} and (leased_until is null or leased_until <= ${now})
       and coalesce(${column}::text, '') <> all(${sql.val([...busy])}::text[])`.execute(scope.db);
  return rows.map((row) => row.lane);
}

/**
 * Leases one batch of due rows and works on it; returns how many rows were leased. The pump's step, and the tests'. `lane`: of
 * that lane alone (null: of none).
 */
export async function runDueBatch(handler: DueHandler, scope: Scope, log: Log, lane?: string | null): Promise<number> {
  const lease = new Lease(handler.table);
  const rows = await takeLease(handler, scope, lease, lane);
  if (rows.length === 0) return 0;
  const beat = setInterval(() => {
    renew(handler, scope, lease).catch((error) => log.warn({ error, table: handler.table }, 'pump.heartbeat_failed'));
  }, handler.leaseMs / 3);
  try {
    await handler.run(scope, rows, lease);
  } catch (error) {
    const isExpected = error instanceof Refusal || error instanceof LeaseLost;
    log[isExpected ? 'info' : 'warn']({ error, table: handler.table, rows: rows.length }, 'pump.batch_failed');
    await postpone(handler, scope, rows, lease, describeError(error).code ?? describeError(error).name);
    return rows.length;
  } finally {
    clearInterval(beat);
  }
  await postpone(handler, scope, rows, lease, 'unsettled');
  return rows.length;
}

async function takeLease(
  handler: DueHandler,
  scope: Scope,
  lease: Lease,
  lane: string | null | undefined,
): Promise<readonly DueRow[]> {
  const now = scope.clock.now();
  const until = new Date(now.getTime() + handler.leaseMs);
  const table = sql.table(handler.table);
  const column = sql.ref(handler.lane ?? 'id');
  const isInLane = lane === undefined ? sql`true` : lane === null ? sql`${column} is null` : sql`${column} = ${lane}`;
  // Materialized: as a plain subquery it may be run again for each row, and its limit then holds nothing back.
  const taken = await sql<DueRow>`
    with due as materialized (select id from ${table}
        where org = store.current_org() and next_at <= ${now} and (leased_until is null or leased_until <= ${now})
          and ${isInLane}
        order by next_at limit ${handler.batch} for update skip locked)
    update ${table} set leased_by = ${lease.id}, leased_until = ${until}, attempts = attempts + 1
     where id in (select id from due) and org = store.current_org()
    returning *`.execute(scope.db);
  return taken.rows;
}

async function renew(handler: DueHandler, scope: Scope, lease: Lease): Promise<void> {
  const until = new Date(scope.clock.now().getTime() + handler.leaseMs);
  const kept = await sql`update ${sql.table(handler.table)} set leased_until = ${until}
     where leased_by = ${lease.id} and org = store.current_org() returning id`.execute(scope.db);
  if (kept.rows.length === 0) lease.isLost = true;
}

/** What the handler left under its lease is due again, later each time. */
async function postpone(
  handler: DueHandler,
  scope: Scope,
  rows: readonly DueRow[],
  lease: Lease,
  reason: string,
): Promise<void> {
  const left = rows.filter((row) => !lease.settled.has(row.id));
  if (left.length === 0) return;
  const nextAt = new Date(scope.clock.now().getTime() + backoffMs(Math.max(...left.map((row) => row.attempts))));
  await sql`update ${sql.table(handler.table)}
      set next_at = ${nextAt}, leased_by = null, leased_until = null, last_error = ${reason}
    where leased_by = ${lease.id} and org = store.current_org()`.execute(scope.db);
}
