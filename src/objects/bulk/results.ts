import { z } from 'zod';
import { type Actor, actorText, type Problem, Refusal, type Uuid } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { type Bulk, findBulk } from './bulk.ts';

export type BulkStatus = 'waiting' | 'done' | 'refused';

export interface BulkItem {
  readonly position: number;
  readonly reference: string;
  readonly status: BulkStatus;
  readonly reasons: readonly Problem[];
}

export interface BulkProgress {
  readonly bulk: Bulk;
  readonly counts: Readonly<Record<BulkStatus, number>>;
}

/** Where it stands, for whoever asked it; a 404 for anybody else. */
export async function bulkProgress(scope: Scope, actor: Actor, id: Uuid): Promise<BulkProgress> {
  const bulk = await findBulk(scope, id);
  if (bulk === null || actorText(bulk.actor) !== actorText(actor)) throw unknownBulk();
  const rows = await scope.db
    .selectFrom('objects.bulk_item')
    .select(['status', (count) => count.fn.countAll<string>().as('n')])
    .where('bulk', '=', id)
    .groupBy('status')
    .execute();
  const count = (status: BulkStatus): number => Number(rows.find((row) => row.status === status)?.n ?? 0);
  return { bulk, counts: { waiting: count('waiting'), done: count('done'), refused: count('refused') } };
}

const storedReasons = z.array(
  z.object({ pointer: z.string(), code: z.string(), text: z.object({ fr: z.string(), en: z.string() }) }),
);

/** What became of each object, in the order they were chosen: all, or those of one outcome. */
export async function bulkItems(
  scope: Scope,
  id: Uuid,
  asked: { readonly status: BulkStatus | null; readonly after: number | null; readonly limit: number },
): Promise<readonly BulkItem[]> {
  const { status, after, limit } = asked;
  const rows = await scope.db
    .selectFrom('objects.bulk_item')
    .select(['position', 'reference', 'status', 'reasons'])
    .where('bulk', '=', id)
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'waiting'))
    .$if(after !== null, (query) => query.where('position', '>', after ?? 0))
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, reasons: storedReasons.parse(row.reasons) }));
}

export function unknownBulk(): Refusal {
  return new Refusal('bulk.not_found', 404, {
    fr: 'Cette transition groupée n’existe pas, ou c’est quelqu’un d’autre qui l’a demandée.',
    en: 'This bulk transition does not exist, or somebody else asked for it.',
  });
}
