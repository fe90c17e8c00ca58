import { z } from 'zod';
import { open, seal } from '../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';

const context = (order: string): string => `capture ${order}`;

/** Keeps what an order found before it changes anything. A later attempt's capture takes the place of an earlier one. */
export async function keepCapture(writing: Writing, order: string, capture: object): Promise<void> {
  const sealed = seal(writing.scope.keys.ledger, JSON.stringify(capture), context(order));
  await writing.tx
    .insertInto('compliance.order_capture')
    .values({ order_id: order, sealed, captured_at: writing.now })
    .onConflict((conflict) => conflict.columns(['org', 'order_id']).doUpdateSet({ sealed, captured_at: writing.now }))
    .execute();
}

/** The capture as JSON text; null when nothing was captured yet. */
export async function openCapture(scope: Scope, order: string): Promise<string | null> {
  return readCapture(scope.db, scope, order);
}

async function readCapture(
  db: Pick<Tx, 'selectFrom'>,
  scope: Pick<Scope, 'keys'>,
  order: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('compliance.order_capture')
    .select('sealed')
    .where('order_id', '=', order)
    .executeTakeFirst();
  return row === undefined ? null : open(scope.keys.ledger, row.sealed, context(order)).toString('utf8');
}

/** It holds keys of the person's rows: destroyed as soon as nothing can need it. */
export async function destroyCapture(tx: Tx, order: string): Promise<void> {
  await tx.deleteFrom('compliance.order_capture').where('order_id', '=', order).execute();
}

const value = z.tuple([z.number(), z.string(), z.string()]);
const learning = z.looseObject({
  refs: z.array(z.string()).default([]),
  known: z.array(value).default([]),
  learnt: z.array(value).default([]),
  steps: z.array(z.looseObject({ keys: z.array(z.unknown()) })).default([]),
});

/** What rows of a person told, by the reference the order knows them by: kind and value. */
export function learntOf(capture: string | null): ReadonlyMap<string, readonly { kind: string; value: string }[]> {
  const found = new Map<string, { kind: string; value: string }[]>();
  if (capture === null) return found;
  const { refs, known, learnt } = learning.parse(JSON.parse(capture));
  for (const [person, kind, text] of [...known, ...learnt]) {
    const ref = refs[person] ?? '';
    found.set(ref, [...(found.get(ref) ?? []), { kind, value: text }]);
  }
  return found;
}

/**
 * The rows are gone, and proven so: of the capture only what they told stays, and how many they were, sealed, for as long as
 * the ledger has whom to look for. Nothing, when they told nothing.
 */
export async function keepLearnt(writing: Writing, order: string): Promise<void> {
  const capture = await readCapture(writing.tx, writing.scope, order);
  const learnt = capture === null ? null : learntAlone(capture);
  if (learnt === null) await destroyCapture(writing.tx, order);
  else await keepCapture(writing, order, learnt);
}

/** Gives the next generation of an order what this one had found: all of it, or only what the rows told. */
export async function handCaptureOver(
  writing: Writing,
  from: string,
  to: string,
  which: 'all' | 'learnt',
): Promise<void> {
  const capture = await readCapture(writing.tx, writing.scope, from);
  if (capture === null) return;
  const given = which === 'all' ? (JSON.parse(capture) as object) : learntAlone(capture);
  if (given !== null) await keepCapture(writing, to, given);
  await destroyCapture(writing.tx, from);
}

function learntAlone(capture: string): object | null {
  const { known, learnt, steps, version, plan, salt, refs } = learning.parse(JSON.parse(capture));
  const all = [...known, ...learnt];
  // How many rows were erased stays true of a later generation that finds nothing; which they were isn't needed.
  const counted = steps.map((step) => ({ ...step, keys: [] }));
  return all.length === 0 ? null : { version, plan, salt, refs, steps: counted, known: [], learnt: all };
}

/** What orders of a campaign to applications still hold of its persons: nobody is to be looked for any more. */
export async function destroyCaptures(tx: Tx, campaigns: readonly string[]): Promise<void> {
  if (campaigns.length === 0) return;
  await tx
    .deleteFrom('compliance.order_capture')
    .where('order_id', 'in', (query) =>
      query
        .selectFrom('compliance.application_order')
        .select('id')
        .where('campaign_id', 'in', campaigns)
        .where('channel', '!=', 'socle'),
    )
    .execute();
}
