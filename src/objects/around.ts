import type { Uuid } from '../kernel/index.ts';
import type { Writing } from '../store/index.ts';

/** What stands around an object and goes with it: ticks, tasks, what was told of it, and what was scheduled for it. */
export async function dropAround(writing: Writing, object: Uuid): Promise<void> {
  const { tx } = writing;
  await tx.deleteFrom('objects.tick').where('object', '=', object).execute();
  await tx.deleteFrom('objects.task').where('object', '=', object).execute();
  await tx.deleteFrom('objects.notification').where('object', '=', object).execute();
  await tx.deleteFrom('objects.schedule_done').where('object', '=', object).execute();
}
