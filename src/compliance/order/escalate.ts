import { sql } from 'kysely';
import { listUsersWhoMay, postMessage } from '../../access/index.ts';
import { record } from '../../journal/index.ts';
import { type Language, publicId, systemCause, type Text } from '../../kernel/index.ts';
import { hintDue, type Lease, type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { type OrderRow, readOrderRow } from './move.ts';

/** Told to its owner first; two days later, to the DPO. */
const toDpoMs = 2 * 86_400_000;
/** An order that waits for people is looked at again: the application may have been removed meanwhile. */
export const lookAgainMs = 6 * 3_600_000;

/** Why somebody is asked: the application is past its time to answer, or its order could not be delivered. */
type Trouble = 'silent' | 'failed';

interface Recipient {
  readonly email: string;
  readonly language: Language;
}

/**
 * Tells people, once each, that an application does not do its part: its owner, then the DPO. One message for all the
 * orders of a campaign that wait for the same application. The rows and the messages are of one transaction. `tryAt`: when the
 * order itself is next tried, if it is.
 */
export async function escalate(
  engine: Engine,
  scope: Scope,
  id: string,
  lease: Lease,
  tryAt: Date | null = null,
): Promise<void> {
  const order = await readOrderRow(scope.db, id);
  const { application_id: application } = order;
  if (application === null) throw new Error('an order of Socle’s own is not escalated');
  const owner = order.escalation === 0 ? await engine.applications.owner(scope, application) : null;
  await write(scope, systemCause('orders', id), async (writing) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${order.campaign_id} ${application}`}, 1))`.execute(
      writing.tx,
    );
    const current = await readOrderRow(writing.tx, id);
    const trouble = troubleOf(current, writing.now);
    if (trouble === null || !isToTell(current, writing.now)) {
      return lease.settle(writing.tx, id, sooner(next(writing, current), tryAt));
    }
    const level = current.escalation === 0 && owner?.email != null ? 1 : 2;
    if (!(await wasTold(writing, current, level))) {
      const to =
        level === 1 && owner?.email != null
          ? [{ email: owner.email, language: 'fr' as const }]
          : await dpos(writing, current);
      for (const recipient of to) await tell(engine, writing, current, { recipient, trouble });
    }
    await writing.tx
      .updateTable('compliance.application_order')
      .set({ escalation: level, escalated_at: writing.now })
      .where('id', '=', id)
      .execute();
    await record(writing, {
      kind: 'order.escalated',
      subject: publicId(current.campaign_kind === 'request' ? 'req' : 'cmp', current.campaign_id),
      data: { order: publicId('ord', id), to: level === 1 ? 'owner' : 'dpo', trouble },
    });
    await lease.settle(writing.tx, id, sooner(later(writing), tryAt));
    await hintDue(writing.tx);
  });
  engine.log.warn({ order: publicId('ord', id) }, 'order.escalated');
}

/** Nobody yet, or its owner two days ago. */
export function isToTell({ escalation, escalated_at: at }: OrderRow, now: Date): boolean {
  if (escalation === 1) return at === null || at.getTime() + toDpoMs <= now.getTime();
  return escalation === 0;
}

function sooner(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function troubleOf(order: OrderRow, now: Date): Trouble | null {
  if (order.state === 'failed') return order.retry_at === null ? 'failed' : null;
  const isAwaited = order.state === 'planned' || order.state === 'sent' || order.state === 'received';
  return isAwaited && order.due_at !== null && order.due_at <= now ? 'silent' : null;
}

/** When it is looked at again, nothing being to tell. */
function next(writing: Writing, order: OrderRow): Date | null {
  if (order.retry_at !== null) return order.retry_at;
  if (!['planned', 'sent', 'received', 'failed'].includes(order.state)) return null;
  const soon = later(writing);
  return order.due_at !== null && order.due_at > writing.now && order.due_at < soon ? order.due_at : soon;
}

function later(writing: Writing): Date {
  return new Date(writing.now.getTime() + lookAgainMs);
}

async function wasTold(writing: Writing, order: OrderRow, level: number): Promise<boolean> {
  const other = await writing.tx
    .selectFrom('compliance.application_order')
    .select('id')
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', '=', order.application_id)
    .where('id', '!=', order.id)
    .where('escalation', '>=', level)
    .executeTakeFirst();
  return other !== undefined;
}

async function dpos(writing: Writing, order: OrderRow): Promise<readonly Recipient[]> {
  // The campaign of a request has the request's id.
  const id: string = order.campaign_id;
  const request = await writing.tx
    .selectFrom('compliance.request')
    .select('controller_id')
    .where('id', '=', id)
    .executeTakeFirst();
  const users = await listUsersWhoMay(writing.tx, 'requests.decide', request?.controller_id ?? null);
  return users.map(({ email, language }) => ({ email, language: language ?? 'fr' }));
}

async function tell(
  engine: Engine,
  writing: Writing,
  order: OrderRow,
  { recipient, trouble }: { readonly recipient: Recipient; readonly trouble: Trouble },
): Promise<void> {
  const { title, text } = words(engine, order, trouble);
  await postMessage(writing, {
    kind: `order.${trouble}`,
    subject: publicId('ord', order.id),
    to: recipient.email,
    title: title[recipient.language],
    text: text[recipient.language],
  });
}

/** No personal value: the application, the order and where to look. */
function words(engine: Engine, order: OrderRow, trouble: Trouble): { readonly title: Text; readonly text: Text } {
  const name = order.application_name;
  const page = `${engine.publicUrl}/applications/${publicId('app', order.application_id ?? '')}/channel`;
  const id = publicId('ord', order.id);
  const due = order.due_at?.toISOString().slice(0, 10) ?? '';
  if (trouble === 'silent') {
    return {
      title: {
        fr: `${name} n’a pas rendu compte d’un ordre de purge`,
        en: `${name} has not reported on a purge order`,
      },
      text: {
        fr: `Bonjour,\n\nL’application ${name} devait rendre compte de l’ordre ${id} avant le ${due}. Rien n’est arrivé, et une personne attend sa réponse dans un délai légal d’un mois.\n\nSon état et ses ordres en attente : ${page}\n\nMerci de vérifier qu’elle reçoit ses ordres et y répond.`,
        en: `Hello,\n\nThe application ${name} was to report on order ${id} by ${due}. Nothing came, and a person awaits an answer within the legal month.\n\nIts state and its open orders: ${page}\n\nPlease check that it receives its orders and answers them.`,
      },
    };
  }
  return {
    title:
      order.channel === 'sql'
        ? { fr: `Un ordre de purge a échoué dans ${name}`, en: `A purge order failed in ${name}` }
        : {
            fr: `Un ordre de purge n’a pas pu être remis à ${name}`,
            en: `A purge order could not be delivered to ${name}`,
          },
    text: {
      fr: `Bonjour,\n\nL’ordre ${id} n’a pas pu être exécuté par l’application ${name}, et Socle a cessé d’essayer. Une personne attend sa réponse dans un délai légal d’un mois.\n\nLa raison, et le bouton pour relancer une fois la cause corrigée : ${page}`,
      en: `Hello,\n\nOrder ${id} could not be carried out by the application ${name}, and Socle has stopped trying. A person awaits an answer within the legal month.\n\nThe reason, and the button to replay it once the cause is mended: ${page}`,
    },
  };
}
