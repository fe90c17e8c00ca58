import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asAdmin, testStore } from '../../test/support/store.ts';

const { organisation } = await testStore();

/** A failover, a restart, an administrator: PostgreSQL ends connections whenever it must. */
test('a connection that ends within a transaction fails that transaction, not the process', async () => {
  const { db } = await organisation();
  const cut = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await asAdmin('select pg_terminate_backend($1, 10000)', [rows[0]?.pid]);
    // Nothing of ours is under way when the end is heard.
    await new Promise((heard) => setTimeout(heard, 50));
    await sql`select 1`.execute(tx);
  });
  await expect(cut).rejects.toThrow();
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
  expect(rows).toEqual([{ one: 1 }]);
});
