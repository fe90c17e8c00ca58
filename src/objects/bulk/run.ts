import { type Log, type Problem, Refusal, type Uuid } from '../../kernel/index.ts';
import { type DueHandler, type DueRow, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import type { ModelSource } from '../model-source.ts';
import { transitionObject } from '../transition.ts';
import { type Bulk, findBulk, movedAtOnce } from './bulk.ts';

/** An object whose transition fails otherwise than by a refusal is tried this often before it is told as failed. */
const maximumAttempts = 3;

/** Drains what was asked of many objects: each moves in a transaction of its own, so that one refusal holds up no other. */
export function bulkHandler(models: ModelSource, log: Log): DueHandler {
  return {
    table: 'objects.bulk',
    batch: 1,
    leaseMs: 60_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) await drain(scope, models, row, lease, log);
    },
  };
}

async function drain(scope: Scope, models: ModelSource, row: DueRow, lease: Lease, log: Log): Promise<void> {
  const bulk = await findBulk(scope, row.id);
  if (bulk === null) return;
  const isOver = await moveWaiting(scope, models, bulk, {
    until: () => lease.isLost,
    onFault: (error) => {
      if (row.attempts < maximumAttempts) throw error;
      log.warn({ error, bulk: bulk.id }, 'bulk.object_failed');
    },
  });
  if (!isOver) return;
  await scope.db.transaction().execute(async (tx) => {
    await finish(tx, bulk.id, scope.clock.now());
    await lease.settle(tx, row.id, null);
  });
}

/** A few objects, while whoever asked waits: what a crash leaves of it is the pump's, and many objects are from the start. */
export async function moveNow(scope: Scope, models: ModelSource, id: Uuid): Promise<void> {
  const bulk = await findBulk(scope, id);
  if (bulk === null || bulk.finishedAt !== null || bulk.total > movedAtOnce) return;
  const onFault = (error: unknown): never => {
    throw error;
  };
  if (!(await moveWaiting(scope, models, bulk, { until: () => false, onFault }))) return;
  await scope.db.transaction().execute(async (tx) => {
    await finish(tx, bulk.id, scope.clock.now());
    await tx.updateTable('objects.bulk').set({ next_at: null }).where('id', '=', bulk.id).execute();
  });
}

async function finish(tx: Writing['tx'], id: Uuid, now: Date): Promise<void> {
  await tx
    .updateTable('objects.bulk')
    .set({ finished_at: now })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

interface Manner {
  readonly until: () => boolean;
  /** What isn't a refusal: throws to try it again later, returns to tell it as failed. */
  readonly onFault: (error: unknown) => void;
}

/** True once no object waits. An object that another process has in hand is passed over: that one ends it. */
async function moveWaiting(scope: Scope, models: ModelSource, bulk: Bulk, manner: Manner): Promise<boolean> {
  while (!manner.until()) {
    const moved = await moveNext(scope, models, bulk, manner);
    if (moved === 'none') return true;
    if (moved === 'held') return false;
  }
  return false;
}

async function moveNext(
  scope: Scope,
  models: ModelSource,
  bulk: Bulk,
  manner: Manner,
): Promise<'moved' | 'none' | 'held'> {
  const cause = { actor: bulk.actor, source: 'pump', key: null } as const;
  let position: number | null = null;
  try {
    return await write(scope, cause, async (writing) => {
      const next = await lockNext(writing, bulk.id);
      if (next === 'none' || next === 'held') return next;
      position = next.position;
      const acting = { model: models.current(), asker: bulk.asker };
      await transitionObject(writing, acting, bulk.type, next.reference, { transition: bulk.transition });
      await settle(writing, bulk.id, next.position, 'done', []);
      return 'moved';
    });
  } catch (error) {
    if (position === null) throw error;
    if (!(error instanceof Refusal)) manner.onFault(error);
    const reasons = error instanceof Refusal ? reasonsOf(error) : [failed];
    await write(scope, cause, (writing) => settle(writing, bulk.id, position ?? 0, 'refused', reasons));
    return 'moved';
  }
}

async function lockNext(
  writing: Writing,
  bulk: Uuid,
): Promise<'none' | 'held' | { readonly position: number; readonly reference: string }> {
  const waiting = writing.tx
    .selectFrom('objects.bulk_item')
    .select(['position', 'reference'])
    .where('bulk', '=', bulk)
    .where('status', '=', 'waiting')
    .orderBy('position')
    .limit(1);
  const free = await waiting.forUpdate().skipLocked().executeTakeFirst();
  if (free !== undefined) return free;
  return (await waiting.executeTakeFirst()) === undefined ? 'none' : 'held';
}

async function settle(
  writing: Writing,
  bulk: Uuid,
  position: number,
  status: 'done' | 'refused',
  reasons: readonly Problem[],
): Promise<void> {
  await writing.tx
    .updateTable('objects.bulk_item')
    .set({ status, reasons: JSON.stringify(reasons) })
    .where('bulk', '=', bulk)
    .where('position', '=', position)
    .where('status', '=', 'waiting')
    .execute();
}

/** Problems are in words of the model; a refusal without them says all in its own text. */
function reasonsOf({ code, text, problems }: Refusal): readonly Problem[] {
  return problems.length === 0 ? [{ pointer: '/transition', code, text }] : problems;
}

const failed: Problem = {
  pointer: '/transition',
  code: 'bulk.failed',
  text: {
    fr: 'Une erreur de notre part l’a empêché : l’objet est inchangé. Essayez-le seul.',
    en: 'A mistake of ours prevented it: the object is unchanged. Try it alone.',
  },
};
