import { z } from 'zod';
import { type PageAnswer, type PageApp, page, redirect } from '../../http/index.ts';
import { actorText, isUuid, type Problem, parseId, publicId, Refusal, same } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import { Button, ButtonForm, Form, FormActions, LinkButton, Pager, withQuery } from '../../ui/index.ts';
import type { Stand, Standing } from '../pages/context.ts';
import { readObject } from '../read.ts';
import { whyNot } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { addComment, changeComment, commentsOf, removeComment } from './comment.ts';
import { CommentForm, CommentList, MentionField, readDiscussion } from './discussion-section.tsx';
import { follow, unfollow } from './follower.ts';
import { typedAgain } from './mention.ts';
import { unawareText, discussionWords as words } from './words.ts';

const form = z.object({
  text: z.string().default(''),
  decision: z.string().optional(),
  decided_on: z.string().optional(),
});
const changeForm = z.object({ text: z.string().default('') });
const none = z.object({});

export function mountDiscussionPages(app: PageApp, stand: Standing): void {
  const one = '/objects/:type/:id';
  app.get(`${one}/discussion`, {}, (visit) => discussionPage(stand(visit, visit.params.type), visit.params.id));
  app.post(
    `${one}/comments`,
    {
      form,
      again: (visit, refusal, typed) =>
        formPage(stand(visit, visit.params.type), visit.params.id, typed, refusal.problems),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const { text, decision, decided_on } = visit.body;
      const decidedOn = decision === undefined ? null : (decided_on ?? todayIn(visit.clock.now()));
      let unaware: readonly string[] = [];
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const commented = await addComment(writing, acting, type.name, visit.params.id, { text, decidedOn });
        unaware = commented.unaware;
        return { status: 303, resource: `${commented.object.number} ${publicId('com', commented.id)}` };
      });
      const [number = '', comment = ''] = written.resource.split(/ (?=com_)/);
      return redirect(`${addresses.generic(type.name, { number })}#${comment}`, {
        flash: unaware.length === 0 ? words.sent : { tone: 'warning', title: unawareText(unaware) },
      });
    },
  );
  mountOwn(app, stand);
  for (const [name, run, said] of [
    ['follow', follow, words.following],
    ['unfollow', unfollow, words.notFollowing],
  ] as const) {
    app.post(`${one}/${name}`, { form: none }, async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const { actor } = visit.who;
      if (actor.kind !== 'user') throw usersOnly();
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const object = await run(writing, acting, type.name, visit.params.id, actor.id);
        return { status: 303, resource: object.number };
      });
      return redirect(`${addresses.generic(type.name, { number: written.resource })}#discussion`, { flash: said });
    });
  }
}

/** What only the author of a comment does. */
function mountOwn(app: PageApp, stand: Standing): void {
  const path = '/objects/:type/:id/comments/:comment/edit';
  app.get(path, {}, (visit) =>
    changePage(stand(visit, visit.params.type), visit.params.id, visit.params.comment, null, []),
  );
  app.post(
    path,
    {
      form: changeForm,
      again: (visit, refusal, typed) =>
        changePage(
          stand(visit, visit.params.type),
          visit.params.id,
          visit.params.comment,
          typed.text ?? '',
          refusal.problems,
        ),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const { id, comment } = visit.params;
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const { object } = await changeComment(writing, acting, type.name, id, comment, visit.body.text);
        return { status: 303, resource: object.number };
      });
      const number = written.resource;
      return redirect(`${addresses.generic(type.name, { number })}#${comment}`, { flash: words.changed });
    },
  );
  app.post('/objects/:type/:id/comments/:comment/delete', { form: none }, async (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    const { id, comment } = visit.params;
    const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
      const object = await removeComment(writing, acting, type.name, id, comment);
      return { status: 303, resource: object.number };
    });
    const number = written.resource;
    return redirect(`${addresses.generic(type.name, { number })}#discussion`, { flash: words.removed });
  });
}

function crumbs({ type, addresses }: Stand, object: StoredObject) {
  return [
    { href: addresses.list(type), text: type.plural },
    { href: addresses.generic(type.name, object), text: same(object.number) },
  ];
}

async function discussionPage(standing: Stand, id: string): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = standing;
  const object = await readObject(visit.who.scope, acting, type.name, id);
  const asked = visit.list();
  const [before] = asked.after ?? [];
  const from = typeof before === 'string' && isUuid(before) ? before : null;
  const discussion = await readDiscussion(visit, acting, object, { limit: asked.limit + 1, before: from });
  const shown = discussion.comments.slice(0, asked.limit);
  const last = shown.at(-1);
  const path = addresses.generic(type.name, object);
  const hasMore = discussion.comments.length > asked.limit && last !== undefined;
  return page({
    title: { fr: `Discussion : ${object.title}`, en: `Discussion: ${object.title}` },
    breadcrumbs: crumbs(standing, object),
    content: (
      <>
        <CommentList visit={visit} discussion={discussion} path={path} comments={shown} />
        <Pager
          nextHref={hasMore ? withQuery(`${path}/discussion`, { cursor: asked.next([last.id]) }) : undefined}
          firstHref={asked.after === null ? undefined : `${path}/discussion`}
        />
      </>
    ),
  });
}

/** The form alone, with what was typed and what is wrong. */
async function formPage(
  standing: Stand,
  id: string,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = standing;
  const object = await readObject(visit.who.scope, acting, type.name, id);
  const canDecide = (await whyNot(visit.who.scope, acting.asker, type, 'update', object.id)) === null;
  const path = addresses.generic(type.name, object);
  return page({
    title: { fr: `Commenter : ${object.title}`, en: `Comment: ${object.title}` },
    breadcrumbs: crumbs(standing, object),
    content: <CommentForm path={path} canDecide={canDecide} typed={typed} problems={problems} />,
  });
}

async function changePage(
  standing: Stand,
  id: string,
  reference: string,
  typed: string | null,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { visit, acting, type, addresses } = standing;
  const { scope } = visit.who;
  const object = await readObject(scope, acting, type.name, id);
  const wanted = parseId('com', reference);
  const comment = await ownComment(standing, object, wanted);
  const path = addresses.generic(type.name, object);
  const action = `${path}/comments/${publicId('com', comment.id)}`;
  return page({
    title: { fr: 'Changer un commentaire', en: 'Change a comment' },
    lead: {
      fr: 'L’historique garde ce qui était écrit, scellé : il s’oublie avec le passé de l’objet.',
      en: 'The history keeps what was written, sealed: it is forgotten with the object’s past.',
    },
    breadcrumbs: crumbs(standing, object),
    actions: <ButtonForm kind="danger" action={`${action}/delete`} text={words.remove} />,
    content: (
      <Form id="comment" action={`${action}/edit`} problems={problems}>
        <MentionField value={typed ?? (await typedAgain(scope, comment.text ?? ''))} problems={problems} />
        <FormActions>
          <Button kind="main" text={{ fr: 'Enregistrer', en: 'Save' }} />
          <LinkButton kind="quiet" href={`${path}#discussion`} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

async function ownComment({ visit, acting, type }: Stand, object: StoredObject, wanted: string | null) {
  const found =
    wanted === null
      ? undefined
      : (await commentsOf(visit.who.scope, acting, type.name, object.id, { only: wanted, limit: 1 }))[0];
  if (found !== undefined && found.removedAt === null && found.author === actorText(visit.who.actor)) return found;
  throw new Refusal('comment.not_yours', 404, {
    fr: 'Ce commentaire n’est pas de vous, ou n’est plus là.',
    en: 'This comment isn’t yours, or is there no more.',
  });
}

/** Days are those of the place where the organisation works. */
function todayIn(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(now);
}

function usersOnly(): Refusal {
  return new Refusal('follow.users_only', 403, {
    fr: 'Suivre un objet est l’affaire d’une personne : connectez-vous avec votre compte.',
    en: 'Following an object is for people: sign in with your account.',
  });
}
