import { z } from 'zod';
import { type Actor, newId, type Problem, Refusal, type Uuid } from '../../kernel/index.ts';
import { hintDue, type Scope, type Writing } from '../../store/index.ts';
import type { Acting, Asker } from '../acting.ts';
import { standing } from '../hindrances.ts';
import { expectType, forbidden } from '../refusals.ts';
import { expectRight } from '../rights.ts';
import { expectTransition } from '../transition-of.ts';

/** More than this many objects at once isn't hand work any more: it is an import. */
export const bulkLimit = 300;

/** As many are moved while whoever asked waits; more are left to the pump at once. */
export const movedAtOnce = 20;

/** If the process that moves them dies, the pump goes on after this time. */
const takenUpAfterMs = 30_000;

export interface BulkAsked {
  readonly type: string;
  readonly transition: string;
  /** Ids or numbers; each counts once. */
  readonly objects: readonly string[];
}

/** Asks a transition of many objects. What each of them refuses is told for it alone; here only what no object could do is. */
export async function askBulk(writing: Writing, acting: Acting, actor: Actor, asked: BulkAsked): Promise<Uuid> {
  const type = expectType(acting.model, asked.type);
  expectRight(acting.asker, type, 'read');
  const transition = expectTransition(type, asked.transition);
  const never = standing(type, transition, acting, transition.from[0] ?? null, null);
  const [why] = never;
  if (why !== undefined) throw forbidden(why.text);
  const objects = [...new Set(asked.objects)];
  if (objects.length === 0) throw wrongCount(noneChosen);
  if (objects.length > bulkLimit) throw wrongCount(tooMany(objects.length));
  const id = newId(writing.now.getTime());
  const isShort = objects.length <= movedAtOnce;
  await writing.tx
    .insertInto('objects.bulk')
    .values({
      id,
      type: type.name,
      transition: transition.name,
      actor: JSON.stringify(actor),
      rights: JSON.stringify(rightsOf(acting.asker)),
      total: objects.length,
      asked_at: writing.now,
      next_at: new Date(writing.now.getTime() + (isShort ? takenUpAfterMs : 0)),
    })
    .execute();
  await writing.tx
    .insertInto('objects.bulk_item')
    .values(objects.map((reference, position) => ({ bulk: id, position, reference })))
    .execute();
  if (!isShort) await hintDue(writing.tx);
  return id;
}

const noneChosen = {
  fr: 'Choisissez au moins un objet : rien n’a été fait.',
  en: 'Choose at least one object: nothing was done.',
};

const tooMany = (count: number) => ({
  fr: `${count} objets, c’est trop en une fois : ${bulkLimit} au plus. Rien n’a été fait.`,
  en: `${count} objects are too many at once: ${bulkLimit} at most. Nothing was done.`,
});

function wrongCount(text: Problem['text']): Refusal {
  return new Refusal('bulk.wrong_count', 422, text, [{ pointer: '/objects', code: 'bulk.wrong_count', text }]);
}

/** The rights of whoever asked are kept with what they asked: null is the system's. */
function rightsOf(asker: Asker) {
  return asker.kind === 'system' ? null : { roles: asker.roles, perimeters: asker.perimeters, me: asker.me };
}

const storedRights = z.object({
  roles: z.array(z.string()),
  perimeters: z.array(z.string()).nullable(),
  me: z.string(),
});
const storedActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['user', 'api_key', 'application']), id: z.string() }),
  z.object({ kind: z.literal('system'), name: z.string() }),
  z.object({ kind: z.literal('person') }),
]);

export interface Bulk {
  readonly id: Uuid;
  readonly type: string;
  readonly transition: string;
  readonly actor: Actor;
  readonly asker: Asker;
  readonly total: number;
  readonly askedAt: Date;
  readonly finishedAt: Date | null;
}

/** What was asked; null when there is none of that id. */
export async function findBulk(scope: Scope, id: Uuid): Promise<Bulk | null> {
  const row = await scope.db.selectFrom('objects.bulk').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const rights = storedRights.nullable().parse(row.rights);
  return {
    id: row.id,
    type: row.type,
    transition: row.transition,
    actor: storedActor.parse(row.actor),
    asker: rights === null ? { kind: 'system' } : { kind: 'user', ...rights },
    total: row.total,
    askedAt: row.asked_at,
    finishedAt: row.finished_at,
  };
}
