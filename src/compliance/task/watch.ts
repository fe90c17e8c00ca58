import { messageStatus } from '../../access/index.ts';
import { publicId, Refusal, systemCause, type Text } from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { noteFailure } from '../order/delivery/line.ts';
import { lockOrder, type OrderRow } from '../order/move.ts';
import { fail } from '../order/retry.ts';
import { contactsOf } from './contacts.ts';
import { contactHash } from './link.ts';
import { lookAtMessageMs, sendTask } from './mail.ts';
import { reminderTimes } from './reminders.ts';

/** Sees whether the messages of a task left, and reminds its contacts before its time is over. */
export function taskHandler(engine: Engine): DueHandler {
  return {
    table: 'compliance.order_task',
    batch: 20,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) await watch(engine, scope, row.id, lease);
    },
  };
}

async function watch(engine: Engine, scope: Scope, id: string, lease: Lease): Promise<void> {
  const { application_id: application } = await scope.db
    .selectFrom('compliance.application_order')
    .select('application_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const contacts = application === null ? [] : await contactsIfAny(engine, scope, application);
  const mails = await mailsOf(scope, id, contacts);
  await write(scope, systemCause('tasks', id), async (writing) => {
    const order = await lockOrder(writing.tx, id);
    const next = isAwaited(order) ? await lookAfter(engine, writing, order, contacts, mails) : null;
    await lease.settle(writing.tx, id, next);
  });
}

/** The application may have been disconnected meanwhile: its order ends for that reason, not here. */
async function contactsIfAny(engine: Engine, scope: Scope, application: string): Promise<readonly string[]> {
  try {
    return await contactsOf(engine, scope, application);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function isAwaited({ state }: OrderRow): boolean {
  return state === 'sent' || state === 'received';
}

interface Mails {
  /** Contacts whose last message could not be delivered. */
  readonly bounced: number;
  readonly waiting: number;
}

/** What became of the last message to each contact. */
async function mailsOf(scope: Scope, order: string, contacts: readonly string[]): Promise<Mails> {
  const rows = await scope.db
    .selectFrom('compliance.task_message')
    .select(['id', 'contact'])
    .where('order_id', '=', order)
    .orderBy('id')
    .execute();
  const last = new Map(rows.map((row) => [row.contact.toString('hex'), row.id]));
  const statuses = await Promise.all(
    contacts.map(async (address) => {
      const message = last.get(contactHash(scope, address).toString('hex'));
      return message === undefined ? null : ((await messageStatus(scope, message))?.status ?? null);
    }),
  );
  return {
    bounced: statuses.filter((status) => status === 'failed').length,
    waiting: statuses.filter((status) => status === 'waiting').length,
  };
}

/** Answers with when the task is next looked at. */
async function lookAfter(
  engine: Engine,
  writing: Writing,
  order: OrderRow,
  contacts: readonly string[],
  mails: Mails,
): Promise<Date | null> {
  const { tx, now } = writing;
  if (mails.bounced > 0 && mails.bounced === contacts.length) {
    await bounce(writing, order);
    return null;
  }
  if (mails.bounced > 0) {
    const problem = JSON.stringify(someBounced(mails.bounced, contacts.length));
    await tx.updateTable('compliance.application_order').set({ problem }).where('id', '=', order.id).execute();
  }
  const task = await tx
    .selectFrom('compliance.order_task')
    .select(['opened_at', 'reminders'])
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow();
  const times = order.due_at === null ? [] : reminderTimes(task.opened_at, order.due_at);
  const passed = times.filter((at) => at <= now).length;
  if (passed > task.reminders) {
    await tx.updateTable('compliance.order_task').set({ reminders: passed }).where('id', '=', order.id).execute();
    await sendTask(engine, writing, order, 'reminder', contacts);
    engine.log.info({ order: publicId('ord', order.id) }, 'task.reminded');
    return new Date(now.getTime() + lookAtMessageMs);
  }
  const reminder = times.find((at) => at > now) ?? null;
  return mails.waiting > 0 ? sooner(new Date(now.getTime() + lookAtMessageMs), reminder) : reminder;
}

/** Nobody can be reached: the order has failed, and people are told by what tells them of every order that failed. */
async function bounce(writing: Writing, order: OrderRow): Promise<void> {
  const { tx, now } = writing;
  const refusal = new Refusal('task.bounced', 502, noneReached);
  await fail(writing, order, refusal.code, {
    tries: order.tries + 1,
    problem: JSON.stringify(refusal.text),
    last_error: refusal.code,
  });
  await tx.updateTable('compliance.application_order').set({ next_at: now }).where('id', '=', order.id).execute();
  if (order.application_id !== null) await noteFailure(writing, order.application_id, refusal);
  await hintDue(tx);
}

function sooner(one: Date, other: Date | null): Date {
  return other === null || one < other ? one : other;
}

const noneReached: Text = {
  fr: 'Le message n’a pu être remis à aucun contact de l’application : leurs adresses sont refusées. Corrigez-les dans la connexion, puis relancez l’ordre.',
  en: 'The message could be delivered to no contact of the application: their addresses are refused. Correct them in the connection, then replay the order.',
};

function someBounced(bounced: number, all: number): Text {
  return {
    fr: `Le message n’a pas pu être remis à ${bounced} contact${bounced > 1 ? 's' : ''} sur ${all} : corrigez l’adresse dans la connexion. Les autres l’ont reçu.`,
    en: `The message could not be delivered to ${bounced} of ${all} contacts: correct the address in the connection. The others got it.`,
  };
}
