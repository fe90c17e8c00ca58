import { sql } from 'kysely';
import { z } from 'zod';
import { type Id, Refusal, type Text, type Uuid } from '../../kernel/index.ts';
import { filled, from, type TypeModel, typeOf } from '../../model/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { may, momentOf, visibleTo } from '../rights.ts';
import { columnsOf, databaseOf, type Row, type Source, toObject } from '../rows.ts';
import type { AnyShape, StoredObject } from '../stored-object.ts';

export interface Notification {
  readonly id: Uuid;
  readonly type: string;
  /** Null when it is gone, or when the reader may not see it any more: then nothing of it is told. */
  readonly object: StoredObject | null;
  readonly title: Text;
  readonly body: Text | null;
  readonly at: Date;
  readonly isRead: boolean;
}

const text = z.object({ fr: z.string(), en: z.string() });

/** What somebody was told, the latest first, with the values the object has now, as far as they may read it. */
export async function listNotifications(
  source: Source,
  acting: Acting,
  user: Id<'user'>,
  asked: {
    readonly limit: number;
    readonly before: Uuid | null;
    readonly only?: Uuid;
    readonly isUnmailed?: boolean;
  },
): Promise<readonly Notification[]> {
  const { before, only, limit, isUnmailed = false } = asked;
  const rows = await databaseOf(source)
    .selectFrom('objects.notification')
    .select(['id', 'type', 'object', 'title', 'body', 'at', 'read_at'])
    .where('user_id', '=', user)
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(isUnmailed, (query) => query.where('mailed_at', 'is', null).where('read_at', 'is', null))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const objects = await objectsOf(source, acting, rows);
  return rows.map((row) => {
    const type = typeOf(acting.model, row.type);
    const object = objects.get(row.object) ?? null;
    const said = (stored: unknown): Text => fill(text.parse(stored), type, object);
    return {
      id: row.id,
      type: row.type,
      object,
      title: said(row.title),
      body: row.body === null ? null : said(row.body),
      at: row.at,
      isRead: row.read_at !== null,
    };
  });
}

/** The objects told of that the reader may see, one query a type. */
export async function objectsOf(
  source: Source,
  acting: Acting,
  rows: readonly { readonly type: string; readonly object: Uuid }[],
): Promise<ReadonlyMap<Uuid, StoredObject>> {
  const found = new Map<Uuid, StoredObject>();
  for (const name of new Set(rows.map((row) => row.type))) {
    const type = typeOf(acting.model, name);
    if (type === null || !may(acting.asker, type, 'read')) continue;
    const ids = [...new Set(rows.filter((row) => row.type === name).map((row) => row.object))];
    const { rows: read } = await sql<Row>`
      select ${columnsOf(type, momentOf(source, acting.asker))} from ${from(type)} as o
       where o.id = any (${ids}::uuid[]) and ${visibleTo(source, acting.asker, type) ?? sql`true`}`.execute(
      databaseOf(source),
    );
    for (const row of read) {
      const object = toObject<AnyShape>(type, row);
      found.set(object.id, object);
    }
  }
  return found;
}

/** The pack's words with what the object is now; of an object that may not be seen, an ellipsis stands for each. */
function fill(words: Text, type: TypeModel | null, object: StoredObject | null): Text {
  const word =
    (language: 'fr' | 'en') =>
    (name: string): string => {
      if (type === null || object === null) return '…';
      if (name === 'number') return object.number;
      if (name === 'title') return object.title;
      if (name === 'state') return type.lifecycle?.states.get(object.state ?? '')?.label[language] ?? '';
      const value = object.values[name] ?? null;
      const attribute = type.attributes.get(name);
      if (value === null || attribute === undefined) return '…';
      return attribute.type.show(value, { language, timeZone: 'Europe/Paris' });
    };
  return { fr: filled(words.fr, word('fr')), en: filled(words.en, word('en')) };
}

/** How many wait to be read: asked for each page. */
export async function countUnread(scope: Scope, user: Id<'user'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from objects.notification where user_id = ${user} and read_at is null limit 100) as unread`.execute(
    scope.db,
  );
  return rows[0]?.n ?? 0;
}

/** Marks one as read (404 when it is not theirs), or all up to the latest when no id is given. */
export async function markRead(writing: Writing, user: Id<'user'>, id: Uuid | null): Promise<void> {
  const marked = await writing.tx
    .updateTable('objects.notification')
    .set({ read_at: sql`coalesce(read_at, ${writing.now})` })
    .where('user_id', '=', user)
    .$if(id !== null, (query) => query.where('id', '=', id ?? ''))
    .$if(id === null, (query) => query.where('read_at', 'is', null))
    .returning('id')
    .execute();
  if (id !== null && marked.length === 0) {
    throw new Refusal('notification.not_found', 404, {
      fr: 'Cette notification n’existe pas, ou ne vous est pas adressée.',
      en: 'This notification does not exist, or is not yours.',
    });
  }
}
