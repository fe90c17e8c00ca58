import { sql } from 'kysely';
import { postMessage } from '../../access/index.ts';
import { dayOf, dayText, publicId, type Text } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import type { OrderRow } from '../order/move.ts';
import { contactHash, linkDays, taskPath } from './link.ts';

const day = 86_400_000;
/** How long after a message it is seen whether it left. */
export const lookAtMessageMs = 120_000;

export type TaskMessageKind = 'first' | 'reminder' | 'fresh';

/**
 * Writes to these contacts that an order waits for them, each with a link of their own. No personal value: who is to be
 * erased is only told behind the link.
 */
export async function sendTask(
  engine: Pick<Engine, 'publicUrl'>,
  writing: Writing,
  order: OrderRow,
  kind: TaskMessageKind,
  contacts: readonly string[],
): Promise<void> {
  const { tx, scope, now } = writing;
  const persons = await countPersons(writing, order.id);
  for (const to of contacts) {
    const contact = contactHash(scope, to);
    const link = { order: order.id, contact, expiresAt: new Date(now.getTime() + linkDays * day) };
    const { title, text } = words(order, kind, persons, `${engine.publicUrl}${taskPath(scope, link)}`);
    const id = await postMessage(writing, {
      kind: `task.${kind}`,
      subject: publicId('ord', order.id),
      to,
      title: `${title.fr} / ${title.en}`,
      text: `${text.fr}\n\n—\n\n${text.en}\n`,
    });
    await tx.insertInto('compliance.task_message').values({ id, order_id: order.id, contact, kind, at: now }).execute();
  }
  const soon = new Date(now.getTime() + lookAtMessageMs);
  await sql`update compliance.order_task set next_at = least(coalesce(next_at, ${soon}), ${soon})
     where id = ${order.id}`.execute(tx);
}

async function countPersons(writing: Writing, order: string): Promise<number> {
  const { total } = await writing.tx
    .selectFrom('compliance.order_person')
    .select((select) => select.fn.countAll<bigint>().as('total'))
    .where('order_id', '=', order)
    .executeTakeFirstOrThrow();
  return Number(total);
}

function words(
  order: OrderRow,
  kind: TaskMessageKind,
  persons: number,
  link: string,
): { readonly title: Text; readonly text: Text } {
  const name = order.application_name;
  const due = order.due_at === null ? null : dayText(dayOf(order.due_at));
  const who =
    persons === 1 ? { fr: 'une personne', en: 'one person' } : { fr: `${persons} personnes`, en: `${persons} persons` };
  const before = due === null ? { fr: '', en: '' } : { fr: ` avant le ${due.fr}`, en: ` by ${due.en}` };
  return {
    title: {
      fr: `${kind === 'reminder' ? 'Rappel : données' : 'Données'} à effacer dans ${name}`,
      en: `${kind === 'reminder' ? 'Reminder: data' : 'Data'} to erase in ${name}`,
    },
    text: {
      fr: `Bonjour,\n\nVous êtes contact de l’application ${name}. Les données de ${who.fr} sont à y effacer${before.fr}.\n\nLa liste de ce qui est à faire, et votre réponse :\n${link}\n\nCe lien est le vôtre : ne le transférez pas. Il s’ouvre pendant ${linkDays} jours ; passé ce délai, il vous en propose un nouveau. L’ouvrir ne répond rien à votre place.\n\nOrdre ${publicId('ord', order.id)}`,
      en: `Hello,\n\nYou are a contact of the application ${name}. The data of ${who.en} are to be erased there${before.en}.\n\nThe list of what is to be done, and your answer:\n${link}\n\nThis link is yours: do not forward it. It opens for ${linkDays} days; after that it offers you a new one. Opening it answers nothing in your place.\n\nOrder ${publicId('ord', order.id)}`,
    },
  };
}
