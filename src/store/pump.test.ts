import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { createLog, newId, projectRoot } from '../kernel/index.ts';
import { type DueHandler, type DueRow, LeaseLost, Pump, runDueBatch } from './index.ts';

const { store, clock, roles, organisation } = await testStore();
const scope = await organisation();
const log = createLog('silent');

beforeAll(async () => {
  await store.asOwner((client) =>
    client.query(`
      create table store.chore (id uuid primary key, org uuid not null default store.current_org(), next_at timestamptz,
        leased_by uuid, leased_until timestamptz, attempts integer not null default 0, last_error text, done integer not null default 0, lane uuid);
      create index chore_due on store.chore (org, next_at) where next_at is not null;
      select store.protect('store.chore');`),
  );
});

beforeEach(async () => {
  await sql`delete from store.chore`.execute(scope.db);
});

async function plan(count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  await sql`insert into store.chore (id, next_at) select id, ${clock.now()} from unnest(${sql.val(ids)}::uuid[]) as id`.execute(
    scope.db,
  );
}

async function chores(): Promise<
  readonly { done: number; attempts: number; next_at: Date | null; last_error: string | null }[]
> {
  const found = await sql<{ done: number; attempts: number; next_at: Date | null; last_error: string | null }>`
    select done, attempts, next_at, last_error from store.chore`.execute(scope.db);
  return found.rows;
}

function handler(run: DueHandler['run'], batch = 10): DueHandler {
  return { table: 'store.chore', batch, leaseMs: 30_000, run };
}

const doAll: DueHandler['run'] = async (within, rows, lease) => {
  for (const row of rows) {
    await within.db.transaction().execute(async (tx) => {
      await sql`update store.chore set done = done + 1 where id = ${row.id}`.execute(tx);
      await lease.settle(tx, row.id, null);
    });
  }
};

test('due rows are taken in batches, each once, until none is due', async () => {
  await plan(25);
  const sizes: number[] = [];
  const counting = handler(async (within, rows, lease) => {
    sizes.push(rows.length);
    await doAll(within, rows, lease);
  });
  while ((await runDueBatch(counting, scope, log)) > 0);
  expect(sizes).toEqual([10, 10, 5]);
  expect((await chores()).every((chore) => chore.done === 1 && chore.next_at === null)).toBe(true);
});

test('a batch is never larger than it says, whatever plan PostgreSQL chooses', async () => {
  await plan(20);
  const taken = await scope.db.transaction().execute(async (tx) => {
    // The plan it may choose by itself by its statistics: a limit in a subquery is then asked again for each row.
    for (const way of ['hashjoin', 'mergejoin', 'hashagg', 'sort', 'material', 'memoize']) {
      await sql`select set_config(${`enable_${way}`}, 'off', true)`.execute(tx);
    }
    const sizes: number[] = [];
    const counting = handler(async (_, rows) => void sizes.push(rows.length), 3);
    await runDueBatch(counting, { ...scope, db: tx }, log);
    return sizes;
  });
  expect(taken).toEqual([3]);
});

test('a leased row is not given to another until its lease runs out', async () => {
  await plan(1);
  let seen: readonly DueRow[] = [];
  await runDueBatch(
    handler(async (_, rows) => {
      seen = rows;
      expect(await runDueBatch(handler(doAll), scope, log)).toBe(0);
      clock.advance({ seconds: 31 });
      // The first worker hung: its lease ran out, another does the work.
      expect(await runDueBatch(handler(doAll), scope, log)).toBe(1);
    }),
    scope,
    log,
  );
  expect(seen).toHaveLength(1);
  expect(await chores()).toMatchObject([{ done: 1, next_at: null }]);
});

test('a worker that lost its lease can’t write its effect', async () => {
  await plan(1);
  let refused: unknown = null;
  await runDueBatch(
    handler(async (within, rows, lease) => {
      clock.advance({ seconds: 31 });
      await runDueBatch(handler(doAll), scope, log);
      refused = await doAll(within, rows, lease).catch((error: unknown) => error);
    }),
    scope,
    log,
  );
  expect(refused).toBeInstanceOf(LeaseLost);
  expect(await chores()).toMatchObject([{ done: 1 }]);
});

test('a worker that lost its lease can’t hold its row any more', async () => {
  await plan(1);
  const seen: boolean[] = [];
  const slow = handler(async (within, rows, lease) => {
    const [row] = rows;
    await sql`update store.chore set leased_by = ${newId()}`.execute(within.db);
    const held = within.db.transaction().execute((tx) => lease.hold(tx, row?.id ?? ''));
    seen.push(
      await held.then(
        () => true,
        (error: unknown) => !(error instanceof LeaseLost),
      ),
    );
  });
  await runDueBatch(slow, scope, log);
  expect(seen).toEqual([false]);
});

test('a batch that fails is due again, later each time, and says why without its message', async () => {
  await plan(1);
  const failing = handler(async () => {
    throw Object.assign(new Error('claire.dupont@example.org is not welcome'), { code: 'ECONNREFUSED' });
  });
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    expect(await runDueBatch(failing, scope, log)).toBe(1);
    const [chore] = await chores();
    expect(chore).toMatchObject({ done: 0, attempts: attempt, last_error: 'ECONNREFUSED' });
    delays.push((chore?.next_at?.getTime() ?? 0) - clock.now().getTime());
    clock.advance({ ms: (delays.at(-1) ?? 0) + 1 });
  }
  expect(delays[3] ?? 0).toBeGreaterThan((delays[0] ?? 0) * 3);
});

test('a lane whose work hangs holds up no other, and has no more rows at once than its batch', async () => {
  const lanes = { slow: newId(), quick: newId() };
  await plan(60);
  await sql`update store.chore set lane = ${lanes.slow}`.execute(scope.db);
  await plan(20);
  await sql`update store.chore set lane = ${lanes.quick} where lane is null`.execute(scope.db);
  await plan(5);
  const quick = await sql<{ id: string }>`select id from store.chore where lane is distinct from ${lanes.slow}`.execute(
    scope.db,
  );
  const others = new Set(quick.rows.map(({ id }) => id));
  let release: () => void = () => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  let isDone: () => void = () => undefined;
  const done = new Promise<void>((end) => {
    isDone = end;
  });
  let [slow, left] = [0, others.size];
  const laned: DueHandler = {
    ...handler(async (within, rows, lease) => {
      const hanging = rows.filter(({ id }) => !others.has(id)).length;
      slow += hanging;
      if (hanging > 0) await released;
      await doAll(within, rows, lease);
      left -= rows.length - hanging;
      if (left === 0) isDone();
    }, 8),
    lane: 'lane',
  };
  const pump = new Pump({ store, handlers: [laned], beats: [], log, pollMs: 20 });
  pump.start();
  await done;
  expect(slow).toBe(8);
  release();
  await pump.stop();
});

test('a handler that hangs on the rows of one organisation holds up no other', async () => {
  const other = await organisation();
  let release: () => void = () => undefined;
  const hanging = new Promise<void>((done) => {
    release = done;
  });
  const begun: string[] = [];
  const run: DueHandler['run'] = async (within, rows, lease) => {
    begun.push(within.org);
    if (within.org === scope.org) await hanging;
    await doAll(within, rows, lease);
  };
  await plan(1);
  const pump = new Pump({ store, log, handlers: [handler(run)], beats: [], pollMs: 20 });
  pump.start();
  const until = async (isTrue: () => boolean) => {
    for (let time = 0; time < 250 && !isTrue(); time += 1) await wait(20);
    expect(isTrue()).toBe(true);
  };
  try {
    await until(() => begun.includes(scope.org));
    await sql`insert into store.chore (id, next_at) values (${newId()}, ${clock.now()})`.execute(other.db);
    await until(() => begun.includes(other.org));
    expect(await chores()).toMatchObject([{ done: 0 }]);
  } finally {
    release();
    await pump.stop();
  }
  expect(await chores()).toMatchObject([{ done: 1 }]);
});

test('a hint calls for a beat before its time, and a burst of hints for few runs', async () => {
  let runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
  };
  const beat = { name: 'test', everyMs: 600_000, hint: 'socle_test', run };
  const pump = new Pump({ store, log, handlers: [], beats: [beat] });
  const until = async (least: number) => {
    for (let time = 0; time < 250 && runs < least; time += 1) await wait(20);
    expect(runs).toBeGreaterThanOrEqual(least);
  };
  pump.start();
  try {
    await until(1);
    // The listener may open a moment after the first run: hints given before are nobody's.
    for (let time = 0; time < 250 && runs < 2; time += 1) {
      await sql`select pg_notify('socle_test', '')`.execute(store.unbound);
      await wait(20);
    }
    await until(2);
    const before = runs;
    for (let time = 0; time < 30; time += 1) await sql`select pg_notify('socle_test', '')`.execute(store.unbound);
    await until(before + 1);
    await wait(300);
    expect(runs).toBeLessThanOrEqual(before + 5);
  } finally {
    await pump.stop();
  }
});

/** Real processes, killed at random while they work: printed seed, so that a failure can be looked at again. */
async function listeners(): Promise<readonly number[]> {
  const { rows } = await store.asOwner((client) =>
    client.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = 'socle pump' and datname = current_database()",
    ),
  );
  return rows.map((row) => row.pid);
}

test('a pump stopped while it still connects leaves no connection behind', async () => {
  const pump = new Pump({ store, log, handlers: [], beats: [] });
  pump.start();
  await pump.stop();
  await wait(200);
  expect(await listeners()).toEqual([]);
});

test('a listener whose connection is cut is replaced, and the last one ends with the pump', async () => {
  const pump = new Pump({ store, log, handlers: [], beats: [] });
  const until = async (isTrue: (pids: readonly number[]) => boolean): Promise<readonly number[]> => {
    for (let time = 0; time < 250; time += 1) {
      const pids = await listeners();
      if (isTrue(pids)) return pids;
      await wait(20);
    }
    throw new Error('never true');
  };
  pump.start();
  try {
    const [first] = await until((pids) => pids.length === 1);
    await sql`select pg_terminate_backend(${first})`.execute(scope.db);
    await until((pids) => pids.length === 1 && pids[0] !== first);
  } finally {
    await pump.stop();
  }
  await until((pids) => pids.length === 0);
});

test('several processes killed at random lose no row and do none twice', async () => {
  const seed = Number(process.env.SOCLE_SEED ?? Date.now() % 1_000_000);
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  await plan(400);
  // The workers live in real time.
  await sql`update store.chore set next_at = now()`.execute(scope.db);
  const start = () =>
    fork(join(projectRoot, 'test/support/pump-worker.ts'), [], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, SOCLE_TEST_ROLES: JSON.stringify(roles), SOCLE_TEST_SECRET: inject('cluster').secretHex },
      stdio: 'ignore',
    });
  const workers = [start(), start(), start()];
  const deadline = Date.now() + 50_000;
  let kills = 0;
  try {
    for (;;) {
      await wait(300 + random() * 500);
      const left = (await chores()).filter((chore) => chore.next_at !== null).length;
      if (left === 0 || Date.now() > deadline) break;
      if (kills < 6) {
        const victim = Math.floor(random() * workers.length);
        workers[victim]?.kill('SIGKILL');
        workers[victim] = start();
        kills += 1;
      }
    }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
  }
  const done = await chores();
  expect({ seed, lost: done.filter((chore) => chore.done === 0).length }).toEqual({ seed, lost: 0 });
  expect({ seed, twice: done.filter((chore) => chore.done > 1).length }).toEqual({ seed, twice: 0 });
  expect(kills).toBeGreaterThan(1);
});
