import { Refusal } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { lockOrder } from '../order/move.ts';
import { sendTask } from './mail.ts';
import type { Task } from './read.ts';

/** Whoever presses the button again and again does not fill a mailbox. */
const pauseMs = 600_000;

/** Sends a fresh link to the contact whose link has expired, and to nobody else. */
export async function sendFreshLink(
  engine: Engine,
  scope: Scope,
  { link, order, contact }: Extract<Task, { kind: 'expired' }>,
): Promise<void> {
  const actor = { kind: 'application', id: order.application_id ?? '' } as const;
  await write(scope, { actor, source: 'form', key: null }, async (writing) => {
    const current = await lockOrder(writing.tx, order.id);
    const last = await writing.tx
      .selectFrom('compliance.task_message')
      .select('at')
      .where('order_id', '=', order.id)
      .where('contact', '=', link.contact)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    if (last !== undefined && last.at.getTime() + pauseMs > writing.now.getTime()) throw justSent();
    await sendTask(engine, writing, current, 'fresh', [contact]);
  });
}

function justSent(): Refusal {
  return new Refusal('task.just_sent', 429, {
    fr: 'Un lien vient déjà de vous être envoyé : regardez votre boîte, puis réessayez dans dix minutes.',
    en: 'A link was just sent to you: look at your mailbox, then try again in ten minutes.',
  });
}
