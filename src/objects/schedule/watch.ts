import { type Log, type Problem, Refusal, systemCause, type Uuid } from '../../kernel/index.ts';
import type { Model, Reminder, Scheduled, Transition, TypeModel } from '../../model/index.ts';
import { type Beat, type DueHandler, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import { systemAsker } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { tell } from '../notices/tell.ts';
import { findRow } from '../read.ts';
import { toObject } from '../rows.ts';
import type { AnyShape } from '../stored-object.ts';
import { transitionObject } from '../transition.ts';
import { type DueObject, remindable, ruleOf, schedulable } from './due-objects.ts';

const lookEveryMs = 60_000;
const batch = 100;

/** Every organisation has its row: those made since the last look get theirs. */
export function scheduleBeat(organisations: () => Promise<readonly { readonly id: Uuid }[]>): Beat {
  return {
    name: 'objects.schedule',
    everyMs: lookEveryMs,
    run: async (store) => {
      for (const { id } of await organisations()) {
        await store
          .scope(id)
          .db.insertInto('objects.schedule_watch')
          .values({ id, next_at: store.clock.now() })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },
  };
}

/** Reminds, and does what is scheduled: each object once for each time, in a transaction of its own. */
export function scheduleHandler(models: ModelSource, log: Log): DueHandler {
  return {
    table: 'objects.schedule_watch',
    batch: 1,
    leaseMs: 60_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) {
        await look(scope, models.current(), lease, log);
        const next = new Date(scope.clock.now().getTime() + lookEveryMs);
        await scope.db.transaction().execute((tx) => lease.settle(tx, row.id, next));
      }
    },
  };
}

async function look(scope: Scope, model: Model, lease: Lease, log: Log): Promise<void> {
  for (const type of model.types.values()) {
    for (const reminder of type.lifecycle?.reminders ?? []) {
      await each(
        lease,
        () => remindable(scope, type, reminder, batch),
        (due) => remind(scope, model, type, reminder, due),
      );
    }
    for (const scheduled of type.lifecycle?.scheduled ?? []) {
      const transition = type.lifecycle?.transitions.get(scheduled.transition);
      if (transition === undefined) continue;
      await each(
        lease,
        () => schedulable(scope, type, scheduled, transition, batch),
        (due) => move(scope, model, type, scheduled, transition, due, log),
      );
    }
  }
}

/** Batch after batch, until nothing is due: what was done isn't found again. */
async function each(
  lease: Lease,
  find: () => Promise<readonly DueObject[]>,
  handle: (due: DueObject) => Promise<void>,
): Promise<void> {
  while (!lease.isLost) {
    const found = await find();
    for (const due of found) {
      if (lease.isLost) return;
      await handle(due);
    }
    if (found.length < batch) return;
  }
}

const cause = systemCause('schedule');

async function remind(scope: Scope, model: Model, type: TypeModel, reminder: Reminder, due: DueObject): Promise<void> {
  await write(scope, cause, async (writing) => {
    if (!(await once(writing, type, ruleOf('reminder', reminder.name), due, null))) return;
    const row = await findRow(writing, { model, asker: systemAsker }, type, due.id, false).catch(gone);
    if (row !== null) await tell(writing, type, toObject<AnyShape>(type, row), reminder.notice);
  });
}

/** Deleted since it was found: there is nothing to tell. */
function gone(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

async function move(
  scope: Scope,
  model: Model,
  type: TypeModel,
  scheduled: Scheduled,
  transition: Transition,
  due: DueObject,
  log: Log,
): Promise<void> {
  const rule = ruleOf('scheduled', scheduled.name);
  const { room } = transition;
  try {
    await write(scope, cause, async (writing) => {
      if (!(await once(writing, type, rule, due, null))) return;
      const asked = { transition: transition.name, ...(room === null ? {} : { room }) };
      await transitionObject(writing, { model, asker: systemAsker }, type.name, due.id, asked);
    });
  } catch (error) {
    if (!(error instanceof Refusal)) log.warn({ error, type: type.name, rule }, 'schedule.object_failed');
    const why = error instanceof Refusal ? reasonsOf(error) : [failed];
    await write(scope, cause, (writing) => once(writing, type, rule, due, why));
  }
}

function reasonsOf({ code, text, problems }: Refusal): readonly Problem[] {
  return problems.length === 0 ? [{ pointer: '/transition', code, text }] : problems;
}

const failed: Problem = {
  pointer: '/transition',
  code: 'schedule.failed',
  text: {
    fr: 'Une erreur de notre part l’a empêché : l’objet est inchangé.',
    en: 'A mistake of ours prevented it: the object is unchanged.',
  },
};

/** True for the one who does it: whoever comes second for the same object and time finds it done. */
async function once(
  writing: Writing,
  type: TypeModel,
  rule: string,
  due: DueObject,
  refusal: readonly Problem[] | null,
): Promise<boolean> {
  const mine = await writing.tx
    .insertInto('objects.schedule_done')
    .values({
      type: type.name,
      rule,
      object: due.id,
      occurrence: due.occurrence,
      at: writing.now,
      refusal: refusal === null ? null : JSON.stringify(refusal),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('rule')
    .executeTakeFirst();
  return mine !== undefined;
}
