import { type NamedUser, namesOfUsers } from '../../access/index.ts';
import type { Content } from '../../http/index.ts';
import { actorText, isUuid, type Problem, publicId, type Uuid } from '../../kernel/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  CheckboxField,
  Day,
  Form,
  FormActions,
  InputField,
  LinkButton,
  reader,
  Say,
  Section,
  TextAreaField,
  When,
} from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import type { AnyVisit } from '../pages/context.ts';
import type { StoredObject } from '../stored-object.ts';
import { type Comment, commentsOf, longestComment } from './comment.ts';
import { followersOf } from './follower.ts';
import { piecesOf, usersIn } from './mention.ts';
import { discussionWords as words } from './words.ts';

/** On the object's page; the rest is on a page of its own. */
const latestComments = 10;

export interface Discussion {
  /** The newest first. */
  readonly comments: readonly Comment[];
  readonly followers: readonly NamedUser[];
  /** Names of authors and of whom they name, by user. */
  readonly names: ReadonlyMap<string, string>;
}

/** What is said of an object, and by whom. */
export async function readDiscussion(
  { who }: AnyVisit,
  acting: Acting,
  object: StoredObject,
  asked: { readonly limit: number; readonly before?: Uuid | null } = { limit: latestComments + 1 },
): Promise<Discussion> {
  const comments = await commentsOf(who.scope, acting, object.type, object.id, asked);
  const followers = await followersOf(who.scope, acting, object.type, object.id);
  const users = comments.flatMap(({ author, text }) => [author.split(':')[1] ?? '', ...usersIn(text ?? '')]);
  return { comments, followers, names: await namesOfUsers(who.scope.db, users.filter(isUuid)) };
}

interface SectionProps {
  readonly visit: AnyVisit;
  readonly discussion: Discussion;
  readonly path: string;
  /** Whether they may note decisions. */
  readonly canDecide: boolean;
}

/** The last words about an object, where one adds one's own, and who follows it. */
export function DiscussionSection(props: SectionProps): Content {
  const { visit, discussion, path } = props;
  const { comments } = discussion;
  const hasMore = comments.length > latestComments;
  const shown = comments.slice(0, latestComments).toReversed();
  const canSpeak = !visit.who.isReadOnly;
  return (
    <Section
      id="discussion"
      title={words.discussion}
      actions={
        <>
          {hasMore ? <LinkButton kind="quiet" href={`${path}/discussion`} text={words.older} /> : null}
          {canSpeak ? <FollowButton {...props} /> : null}
        </>
      }
    >
      {comments.length === 0 ? (
        <p class="hint">
          <Say text={words.none} />
        </p>
      ) : (
        <CommentList {...props} comments={shown} />
      )}
      <Followers followers={discussion.followers} />
      {canSpeak ? <CommentForm path={path} canDecide={props.canDecide} typed={{}} problems={[]} /> : null}
    </Section>
  );
}

function FollowButton({ visit, discussion, path }: SectionProps) {
  const { actor } = visit.who;
  if (actor.kind !== 'user') return null;
  const follows = discussion.followers.some(({ id }) => id === actor.id);
  return (
    <ButtonForm
      kind="quiet"
      icon="bell"
      action={`${path}/${follows ? 'unfollow' : 'follow'}`}
      text={follows ? words.unfollow : words.follow}
    />
  );
}

function Followers(props: { readonly followers: readonly NamedUser[] }) {
  if (props.followers.length === 0) return null;
  return (
    <p class="hint">
      <Say text={words.followedBy} /> {props.followers.map(({ name }) => name).join(', ')}
    </p>
  );
}

export function CommentList(
  props: Pick<SectionProps, 'visit' | 'discussion' | 'path'> & { readonly comments: readonly Comment[] },
): Content {
  const { say } = reader();
  return (
    <ol class="comments" aria-label={say(words.discussion)}>
      {props.comments.map((comment) => (
        <OneComment {...props} comment={comment} />
      ))}
    </ol>
  );
}

function OneComment(
  props: Pick<SectionProps, 'visit' | 'discussion' | 'path'> & { readonly comment: Comment },
): Content {
  const { say } = reader();
  const { comment, visit, path } = props;
  const { names } = props.discussion;
  const author = names.get(comment.author.split(':')[1] ?? '') ?? say(words.former);
  const isOwn = comment.author === actorText(visit.who.actor) && comment.removedAt === null && !visit.who.isReadOnly;
  const id = publicId('com', comment.id);
  return (
    <li id={id}>
      <header>
        <strong>{author}</strong>
        <small>
          <When at={comment.at} />
          {comment.editedAt !== null && comment.removedAt === null ? ` · ${say(words.edited)}` : null}
        </small>
        {comment.decidedOn === null ? null : (
          <>
            <Badge tone="accent" text={words.decision} /> <Day on={comment.decidedOn} />
          </>
        )}
        {isOwn ? <a href={`${path}/comments/${id}/edit`}>{say(words.change)}</a> : null}
      </header>
      <p>{wordsOf(comment, names)}</p>
    </li>
  );
}

function wordsOf(comment: Comment, names: ReadonlyMap<string, string>): Content {
  const { say } = reader();
  if (comment.removedAt !== null) return <i>{say(words.wasRemoved)}</i>;
  if (comment.text === null) return <i>{say(words.wasForgotten)}</i>;
  return (
    <>
      {piecesOf(comment.text, names).map((piece) =>
        typeof piece === 'string' ? piece : <strong>{`@${piece.name ?? say(words.former)}`}</strong>,
      )}
    </>
  );
}

/** Where one writes; names are completed when script runs. */
export function CommentForm(props: {
  readonly path: string;
  readonly canDecide: boolean;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}): Content {
  const { path, typed, problems } = props;
  return (
    <Form id="comment" action={`${path}/comments`} problems={problems}>
      <MentionField value={typed.text ?? ''} problems={problems} />
      {props.canDecide ? (
        <details open={typed.decision !== undefined}>
          <summary>
            <Say text={words.decision} />
          </summary>
          <CheckboxField name="decision" label={words.isDecision} isChecked={typed.decision !== undefined} />
          <InputField
            name="decided_on"
            kind="date"
            label={words.decidedOn}
            hint={words.decidedHint}
            value={typed.decided_on ?? ''}
            width="medium"
            problems={problems}
          />
        </details>
      ) : null}
      <FormActions>
        <Button text={words.send} />
      </FormActions>
    </Form>
  );
}

export function MentionField(props: { readonly value: string; readonly problems: readonly Problem[] }): Content {
  return (
    <div data-mentions="/api/v1/mentionable">
      <TextAreaField
        name="text"
        label={words.yours}
        hint={words.hint}
        isRequired
        rows={3}
        maxLength={longestComment}
        value={props.value}
        problems={props.problems}
      />
    </div>
  );
}
