import { noContent, type Slice } from '../../http/index.ts';
import { isUuid } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { publicObjectId } from '../reference.ts';
import { listNotifications, markRead, type Notification } from './notifications.ts';
import { readWish, saveWish, wishInput } from './wishes.ts';

/** What the caller was told. A key that stands for nobody was told nothing. */
export function noticesApi(models: ModelSource): Slice {
  return {
    name: 'notifications',
    api(app) {
      app.get('/notifications', { summary: 'What you were told, the latest first', isList: true }, async (call) => {
        const { who } = call;
        const acting = { model: models.current(), asker: askerOf(who) };
        const asked = call.list();
        const [before] = asked.after ?? [];
        const found = await listNotifications(who.scope, acting, who.user.id, {
          limit: asked.limit + 1,
          before: typeof before === 'string' && isUuid(before) ? before : null,
        });
        const items = found.slice(0, asked.limit);
        const last = items.at(-1);
        return {
          items: items.map(notificationJson),
          next: found.length > asked.limit && last !== undefined ? asked.next([last.id]) : null,
        };
      });
      const read = { summary: 'Mark all your notifications as read', isOwnAccount: true };
      app.post('/notifications/read', read, async ({ who, cause }) => {
        await write(who.scope, cause, (writing) => markRead(writing, who.user.id, null));
        return noContent();
      });
      const one = { summary: 'Mark one of your notifications as read', isOwnAccount: true };
      app.post('/notifications/:id/read', one, async ({ who, cause, params }) => {
        await write(who.scope, cause, (writing) => markRead(writing, who.user.id, idOf(params.id)));
        return noContent();
      });
      app.get('/notifications/wishes', { summary: 'When your notifications are sent by e-mail' }, async ({ who }) =>
        readWish(who.scope, who.user.id),
      );
      const wish = {
        summary: 'Choose when your notifications are sent by e-mail (hours of France)',
        body: wishInput,
        isOwnAccount: true,
      };
      app.put('/notifications/wishes', wish, async ({ who, cause, body }) => {
        await write(who.scope, cause, (writing) => saveWish(writing, who.user.id, body));
        return readWish(who.scope, who.user.id);
      });
    },
  };
}

/** What isn't an id names nothing: the refusal is that of an unknown one. */
function idOf(text: string): string {
  return isUuid(text) ? text : '00000000-0000-0000-0000-000000000000';
}

function notificationJson({ id, type, object, title, body, at, isRead }: Notification) {
  return {
    id,
    type,
    object: object === null ? null : { id: publicObjectId(object.id), number: object.number, title: object.title },
    title,
    body,
    at: at.toISOString(),
    read: isRead,
  };
}
