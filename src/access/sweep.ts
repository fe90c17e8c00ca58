import { sql } from 'kysely';
import type { Beat } from '../store/index.ts';

const dayMs = 86_400_000;

/** Forgets sessions that are over and attempts of yesterday; every process may do it, it does no harm twice. */
export const accessSweep: Beat = {
  name: 'access.sweep',
  everyMs: 10 * 60_000,
  run: async (store) => {
    const now = store.clock.now();
    await sql`select access.sweep(${now}, ${new Date(now.getTime() - dayMs)})`.execute(store.unbound);
  },
};
