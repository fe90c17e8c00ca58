import { type RawBuilder, sql } from 'kysely';
import { findUser } from '../../access/index.ts';
import { actorText, type Id, newId, parseId, Refusal, seal, type Uuid } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { type Acting, askerOf } from '../acting.ts';
import { remember } from '../history.ts';
import { notify, othersOf } from '../notices/tell.ts';
import { readObject } from '../read.ts';
import { expectType } from '../refusals.ts';
import { expectRightOn } from '../rights.ts';
import { databaseOf, type Source } from '../rows.ts';
import { objectKey, objectKeys, openWith } from '../secrets.ts';
import type { StoredObject } from '../stored-object.ts';
import { journal } from '../write.ts';
import { follow, followerIds } from './follower.ts';
import { markMentions } from './mention.ts';

/** What somebody said of an object. */
export interface Comment {
  readonly id: Id<'comment'>;
  readonly at: Date;
  /** Who, as `actorText` says it. */
  readonly author: string;
  /** With `@[user:…]` for the persons it names. Null: removed by its author, or forgotten with the object's past. */
  readonly text: string | null;
  /** The day of what was decided, `YYYY-MM-DD`; null: it isn't a decision. */
  readonly decidedOn: string | null;
  readonly editedAt: Date | null;
  readonly removedAt: Date | null;
}

export interface CommentGiven {
  /** As typed: `@Ada Lovelace` names her. */
  readonly text: string;
  /** The day of a decision; null: it isn't one. */
  readonly decidedOn: string | null;
}

/** Beyond it, words are a document: attach it. */
export const longestComment = 10_000;

export interface Commented {
  readonly id: Id<'comment'>;
  readonly object: StoredObject;
  /** Names of those it names who may not see the object: they were not told. */
  readonly unaware: readonly string[];
}

/** Whoever may read an object may speak of it; to note a decision, one must be allowed to change it. */
export async function addComment(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  given: CommentGiven,
): Promise<Commented> {
  const object = await readObject(writing, acting, typeName, reference);
  const type = expectType(acting.model, typeName);
  const typed = checked(given);
  if (typed.decidedOn !== null) await expectRightOn(writing, acting.asker, type, 'update', object.id);
  const { text, users } = await markMentions(writing, typed.text);
  const id: Id<'comment'> = newId(writing.now.getTime());
  await writing.tx
    .insertInto('objects.comment')
    .values({
      id,
      type: type.name,
      object: object.id,
      at: writing.now,
      author: actorText(writing.cause.actor),
      sealed: seal(await objectKey(writing, object.id), text, contextOf(id)),
      decided_on: typed.decidedOn,
    })
    .execute();
  const unaware = await mention(writing, acting, object, id, users);
  const others = othersOf(writing, await followerIds(writing, object.id)).filter((user) => !users.includes(user));
  await notify(writing, object, others, writtenThere);
  if (writing.cause.actor.kind === 'user') await follow(writing, acting, typeName, object.id, writing.cause.actor.id);
  if (typed.decidedOn !== null) {
    const data = { type: type.name, number: object.number, on: typed.decidedOn };
    await journal(writing, undefined, 'object.decided', object.id, data);
  }
  return { id, object, unaware };
}

/** Its author changes their words; what they were stays in the history, sealed. */
export async function changeComment(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  comment: string,
  words: string,
): Promise<Commented> {
  const { object, own, from } = await openOwn(writing, acting, typeName, reference, comment);
  const typed = checked({ text: words, decidedOn: null });
  const { text, users } = await markMentions(writing, typed.text);
  if (text === from) return { id: own.id, object, unaware: [] };
  await writing.tx
    .updateTable('objects.comment')
    .set({ sealed: seal(await objectKey(writing, object.id), text, contextOf(own.id)), edited_at: writing.now })
    .where('id', '=', own.id)
    .execute();
  await tell(writing, acting, object, from, text);
  return { id: own.id, object, unaware: await mention(writing, acting, object, own.id, users) };
}

/** Its author takes it back: that there was one stays told, with its date; its words stay in the history, sealed. */
export async function removeComment(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  comment: string,
): Promise<StoredObject> {
  const { object, own, from } = await openOwn(writing, acting, typeName, reference, comment);
  await writing.tx
    .updateTable('objects.comment')
    .set({ sealed: null, removed_at: writing.now })
    .where('id', '=', own.id)
    .execute();
  await writing.tx.deleteFrom('objects.mention').where('comment', '=', own.id).execute();
  await tell(writing, acting, object, from, null);
  return object;
}

async function openOwn(writing: Writing, acting: Acting, typeName: string, reference: string, comment: string) {
  const object = await readObject(writing, acting, typeName, reference);
  const [own] = await commentsWhere(writing, object.id, sql`id = ${commentId(comment)}`, 1);
  if (own === undefined || own.removedAt !== null) throw noComment();
  if (own.author !== actorText(writing.cause.actor)) throw notAuthor();
  return { object, own, from: own.text };
}

async function tell(
  writing: Writing,
  acting: Acting,
  object: StoredObject,
  from: string | null,
  to: string | null,
): Promise<void> {
  await remember(writing, {
    type: expectType(acting.model, object.type),
    object: object.id,
    version: object.version,
    action: 'comment',
    transition: null,
    changes: [{ attribute: 'comment', from, to }],
  });
}

const namedThere = {
  title: { fr: 'On vous nomme dans la discussion de {title}', en: 'You are named in the discussion of {title}' },
  body: null,
};

const writtenThere = {
  title: { fr: 'On a écrit au sujet de {title}', en: 'Somebody wrote about {title}' },
  body: null,
};

/** Notes and tells whom a comment names; those who can't see the object are told to its author instead. */
async function mention(
  writing: Writing,
  acting: Acting,
  object: StoredObject,
  comment: Id<'comment'>,
  users: readonly Uuid[],
): Promise<readonly string[]> {
  const unaware: string[] = [];
  const named: Uuid[] = [];
  for (const id of users) {
    const user = await findUser(writing.scope, id);
    if (user === null) continue;
    const perimeters = user.perimeters.length === 0 ? null : user.perimeters;
    const asker = askerOf({ roles: user.roles, perimeters, actor: { kind: 'user', id } });
    const sees = await readObject(writing, { ...acting, asker }, object.type, object.id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal) return false;
        throw error;
      },
    );
    if (!sees) {
      unaware.push(user.name);
      continue;
    }
    const fresh = await writing.tx
      .insertInto('objects.mention')
      .values({ comment, user_id: id, at: writing.now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('user_id')
      .execute();
    named.push(...fresh.map((row) => row.user_id));
  }
  await notify(writing, object, othersOf(writing, named), namedThere);
  return unaware;
}

export interface CommentsAsked {
  readonly limit?: number;
  /** The id of the last comment seen; null from the newest. */
  readonly before?: Uuid | null;
  /** That one alone. */
  readonly only?: Uuid;
}

/** What was said of an object, the newest first, to whoever may read it. */
export async function commentsOf(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: CommentsAsked = {},
): Promise<readonly Comment[]> {
  const object = await readObject(source, acting, typeName, reference);
  const before = asked.before ?? null;
  const condition = asked.only === undefined ? sql`true` : sql`id = ${asked.only}`;
  const earlier = before === null ? condition : sql`${condition} and id < ${before}`;
  return commentsWhere(source, object.id, earlier, asked.limit ?? 50);
}

async function commentsWhere(
  source: Source,
  object: Id<'object'>,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<readonly Comment[]> {
  const rows = await databaseOf(source)
    .selectFrom('objects.comment')
    .selectAll()
    .where('object', '=', object)
    .where(sql<boolean>`${condition}`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const key = (await objectKeys(source, [object])).get(object);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    author: row.author,
    text: row.sealed === null ? null : openWith(key, row.sealed, contextOf(row.id)),
    decidedOn: row.decided_on,
    editedAt: row.edited_at,
    removedAt: row.removed_at,
  }));
}

/** With an object that is gone go the words about it and those who followed it. */
export async function removeDiscussionOf(writing: Writing, object: Uuid): Promise<void> {
  await writing.tx.deleteFrom('objects.comment').where('object', '=', object).execute();
  await writing.tx.deleteFrom('objects.follower').where('object', '=', object).execute();
}

function contextOf(id: string): string {
  return `objects.comment ${id}`;
}

function commentId(given: string): Uuid {
  const id = parseId('com', given);
  if (id === null) throw noComment();
  return id;
}

function checked({ text, decidedOn }: CommentGiven): CommentGiven {
  const clean = text.replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed().trim();
  if (clean === '') throw wrong('/text', 'comment.empty', { fr: 'Écrivez quelque chose.', en: 'Write something.' });
  if (clean.length > longestComment) {
    const fr = `${longestComment} caractères au plus : joignez plutôt un document.`;
    throw wrong('/text', 'comment.too_long', {
      fr,
      en: `At most ${longestComment} characters: attach a document instead.`,
    });
  }
  if (decidedOn !== null && !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(decidedOn)) {
    throw wrong('/decided_on', 'comment.bad_day', { fr: 'Une date est attendue.', en: 'A date is expected.' });
  }
  return { text: clean, decidedOn };
}

function wrong(pointer: string, code: string, text: Refusal['text']): Refusal {
  return new Refusal('comment.invalid', 422, text, [{ pointer, code, text }]);
}

function noComment(): Refusal {
  return new Refusal('comment.not_found', 404, {
    fr: 'Commentaire introuvable : il n’existe pas, ou son auteur l’a retiré.',
    en: 'Comment not found: it doesn’t exist, or its author took it back.',
  });
}

function notAuthor(): Refusal {
  return new Refusal('comment.not_yours', 403, {
    fr: 'Seul l’auteur d’un commentaire peut le changer ou le retirer.',
    en: 'Only the author of a comment may change it or take it back.',
  });
}
