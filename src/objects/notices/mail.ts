import { findUser, postMessage, type User } from '../../access/index.ts';
import { counted, type Language, publicId, systemCause, type Text } from '../../kernel/index.ts';
import { type DueHandler, type Lease, type Scope, write } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import type { Addresses } from '../pages/context.ts';
import { listNotifications, type Notification } from './notifications.ts';

/** More than this in one message is read on the page. */
const longestMail = 50;

export interface MailOptions {
  readonly models: ModelSource;
  readonly addresses: Addresses;
  /** Where people reach Socle, without a trailing slash. */
  readonly publicUrl: string;
}

/** Sends what waits for a person in one message, when they wish it; what they have read since isn't sent. */
export function noticeMailHandler(options: MailOptions): DueHandler {
  return {
    table: 'objects.notice_mail',
    batch: 10,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) {
        if (lease.isLost) return;
        await sendTo(scope, options, row.id, lease);
      }
    },
  };
}

async function sendTo(scope: Scope, options: MailOptions, id: string, lease: Lease): Promise<void> {
  const user = await findUser(scope, id);
  await write(scope, systemCause('notices'), async (writing) => {
    // Held: who adds a notification meanwhile waits, then makes the message due again.
    await lease.hold(writing.tx, id);
    if (user?.isActive === true) {
      const acting = actingFor(options, user);
      const asked = { limit: longestMail, before: null, isUnmailed: true };
      const waiting = await listNotifications(writing, acting, user.id, asked);
      if (waiting.length > 0) await postMessage(writing, messageOf(options, user, waiting));
    }
    await writing.tx
      .updateTable('objects.notification')
      .set({ mailed_at: writing.now })
      .where('user_id', '=', id)
      .where('mailed_at', 'is', null)
      .execute();
    await lease.settle(writing.tx, id, null);
  });
}

/** As the person themselves: a message tells nothing that their page would not. */
function actingFor({ models }: MailOptions, user: User): Acting {
  const perimeters = user.perimeters.length === 0 ? null : user.perimeters;
  return { model: models.current(), asker: { kind: 'user', roles: user.roles, perimeters, me: `user:${user.id}` } };
}

function messageOf(options: MailOptions, user: User, waiting: readonly Notification[]) {
  const language = user.language ?? 'fr';
  const [only] = waiting;
  const title =
    waiting.length === 1 && only !== undefined
      ? only.title[language]
      : counted(
          waiting.length,
          { fr: 'notification', en: 'notification' },
          { fr: 'notifications', en: 'notifications' },
        )[language];
  const { publicUrl } = options;
  const lines = waiting.map((one) => lineOf(options, one, language));
  return {
    kind: 'objects.notifications',
    subject: publicId('usr', user.id),
    to: user.email,
    title,
    text: `${lines.join('\n\n')}\n\n${wishes[language]} ${publicUrl}/notifications`,
  };
}

function lineOf({ addresses, publicUrl }: MailOptions, one: Notification, language: Language): string {
  const link = one.object === null ? [] : [`${publicUrl}${addresses.object(one.type, one.object)}`];
  const body = one.body === null ? [] : [one.body[language]];
  return [one.title[language], ...body, ...link].join('\n');
}

const wishes: Text = {
  fr: 'Tout voir, et choisir quand ces messages vous parviennent :',
  en: 'See all, and choose when these messages reach you:',
};
