import { sql } from 'kysely';
import type { Json } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';

/** As long as a real order is in an application's hands. */
const leaseMs = 60_000;

/** The orders of a running test that an application may be given now, before its real ones. Most of the time: none. */
export async function giveTests(writing: Writing, application: string): Promise<readonly Json[]> {
  const { tx, now } = writing;
  const run = await tx
    .selectFrom('compliance.conformance_run')
    .select('id')
    .where('application_id', '=', application)
    .where('state', '=', 'running')
    .where('channel', '=', 'pull')
    .executeTakeFirst();
  if (run === undefined) return [];
  const given = await tx
    .updateTable('compliance.conformance_order')
    .set({ offered_at: new Date(now.getTime() + leaseMs), fetched: sql`fetched + 1` })
    .where('run_id', '=', run.id)
    .where('offered_at', '<=', now)
    .returning('body')
    .execute();
  return given.map(({ body }) => JSON.parse(body.toString('utf8')));
}
