import { z } from 'zod';
import { usersBeginning } from '../../access/index.ts';
import { type ApiApp, type Call, created, noContent } from '../../http/index.ts';
import { isUuid, publicId, Refusal } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { publicObjectId } from '../reference.ts';
import { addComment, type Comment, changeComment, commentsOf, removeComment } from './comment.ts';
import { follow, followersOf, unfollow } from './follower.ts';
import { usersIn } from './mention.ts';

type ActingOf = (call: Pick<Call<string, unknown, unknown>, 'who'>) => Acting;

const addBody = z.strictObject({
  text: z.string().describe('@ and a user’s name in full names them'),
  decided_on: z.iso.date().nullish().describe('the day of a decision; none: it isn’t one'),
});
const changeBody = z.strictObject({ text: z.string() });

const mostNames = 8;

/** What is said of objects, and who follows them. */
export function mountDiscussionApi(app: ApiApp, actingOf: ActingOf): void {
  const one = '/objects/:type/:id';
  app.get(
    '/mentionable',
    { summary: 'Users whose name begins so, to complete a mention', query: z.object({ letters: z.string().max(100) }) },
    async ({ who, query }) => {
      const found = query.letters.trim() === '' ? [] : await usersBeginning(who.scope.db, query.letters, mostNames);
      return { items: found.map(({ id, name }) => ({ id: publicId('usr', id), name })), next: null };
    },
  );
  app.get(`${one}/comments`, { summary: 'What is said of an object, the newest first', isList: true }, async (call) => {
    const asked = call.list();
    const before = asked.after?.[0] ?? null;
    const all = await commentsOf(call.who.scope, actingOf(call), call.params.type, call.params.id, {
      limit: asked.limit + 1,
      before: typeof before === 'string' && isUuid(before) ? before : null,
    });
    const shown = all.slice(0, asked.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(commentJson),
      next: all.length > asked.limit && last !== undefined ? asked.next([last.id]) : null,
    };
  });
  app.post(`${one}/comments`, { summary: 'Comment an object, or note a decision', body: addBody }, async (call) => {
    const { type, id } = call.params;
    const acting = actingOf(call);
    const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      const given = { text: call.body.text, decidedOn: call.body.decided_on ?? null };
      const commented = await addComment(writing, acting, type, id, given);
      return { status: 201, resource: `${commented.object.id} ${commented.id}` };
    });
    const [object = '', only = ''] = written.resource.split(' ');
    const [comment] = await commentsOf(call.who.scope, acting, type, object, { only, limit: 1 });
    const path = `/api/v1/objects/${type}/${publicObjectId(object)}/comments`;
    return created(path, comment === undefined ? { id: publicId('com', only) } : commentJson(comment));
  });
  const comment = `${one}/comments/:comment` as const;
  app.patch(comment, { summary: 'Change a comment of one’s own', body: changeBody }, async (call) => {
    const { type, id } = call.params;
    const acting = actingOf(call);
    const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      const changed = await changeComment(writing, acting, type, id, call.params.comment, call.body.text);
      return { status: 200, resource: changed.id };
    });
    const [now] = await commentsOf(call.who.scope, acting, type, id, { only: written.resource, limit: 1 });
    return now === undefined ? { id: publicId('com', written.resource) } : commentJson(now);
  });
  app.delete(comment, { summary: 'Take back a comment of one’s own' }, async (call) => {
    const { type, id } = call.params;
    await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      await removeComment(writing, actingOf(call), type, id, call.params.comment);
      return { status: 204, resource: id };
    });
    return noContent();
  });
  app.get(`${one}/followers`, { summary: 'Who follows an object' }, async (call) => {
    const followers = await followersOf(call.who.scope, actingOf(call), call.params.type, call.params.id);
    return { items: followers.map(({ id, name }) => ({ id: publicId('usr', id), name })), next: null };
  });
  app.put(`${one}/followers/me`, { summary: 'Follow an object' }, (call) => following(call, actingOf(call), follow));
  app.delete(`${one}/followers/me`, { summary: 'Stop following an object' }, (call) =>
    following(call, actingOf(call), unfollow),
  );
}

async function following(
  call: Call<`${string}/:type/:id/followers/me`, unknown, unknown>,
  acting: Acting,
  run: typeof follow,
) {
  const { actor } = call.who;
  if (actor.kind !== 'user') {
    throw new Refusal('follow.users_only', 403, {
      fr: 'Suivre un objet est l’affaire d’une personne, non d’une clé d’accès.',
      en: 'Following an object is for people, not for an API key.',
    });
  }
  await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
    const object = await run(writing, acting, call.params.type, call.params.id, actor.id);
    return { status: 204, resource: object.id };
  });
  return noContent();
}

function commentJson(comment: Comment) {
  return {
    id: publicId('com', comment.id),
    at: comment.at.toISOString(),
    author: comment.author,
    text: comment.text,
    mentions: usersIn(comment.text ?? '').map((id) => publicId('usr', id)),
    decided_on: comment.decidedOn,
    edited_at: comment.editedAt?.toISOString() ?? null,
    removed_at: comment.removedAt?.toISOString() ?? null,
    forgotten: comment.text === null && comment.removedAt === null,
  };
}
