import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { createLog, systemClock } from '../../src/kernel/index.ts';
import { Pump, Store } from '../../src/store/index.ts';

/** A process of the pump's crash test: does chores slowly, so that a kill falls between any two steps. */
const store = new Store({
  roles: JSON.parse(process.env.SOCLE_TEST_ROLES ?? '{}'),
  secret: Buffer.from(process.env.SOCLE_TEST_SECRET ?? '', 'hex'),
  clock: systemClock,
  log: createLog('silent'),
});

const pump = new Pump({
  store,
  log: store.log,
  pollMs: 50,
  beats: [],
  handlers: [
    {
      table: 'store.chore',
      batch: 20,
      leaseMs: 1_500,
      run: async (scope, rows, lease) => {
        for (const row of rows) {
          await scope.db.transaction().execute(async (tx) => {
            await sql`update store.chore set done = done + 1 where id = ${row.id}`.execute(tx);
            await wait(Math.random() * 20);
            await lease.settle(tx, row.id, null);
          });
        }
      },
    },
  ],
});
pump.start();
