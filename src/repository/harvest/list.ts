import type { Id } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** One reading of an application's schema, and what it changed. */
export interface HarvestLine {
  readonly id: Id<'harvest'>;
  readonly at: Date;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
}

/** The last harvests, latest first. */
export async function lastHarvests(
  scope: Scope,
  application: Id<'application'>,
  limit: number,
): Promise<readonly HarvestLine[]> {
  const rows = await scope.db
    .selectFrom('repository.harvest')
    .select(['id', 'finished_at', 'created', 'changed', 'unchanged', 'withdrawn'])
    .where('application_id', '=', application)
    .orderBy('finished_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ finished_at: at, ...line }) => ({ ...line, at }));
}
