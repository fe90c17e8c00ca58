import { listUsersToTell, type User } from '../../access/index.ts';
import { type Id, isUuid, newId, type Text, type Uuid } from '../../kernel/index.ts';
import type { Notice, Transition, TypeModel, Value } from '../../model/index.ts';
import type { Writing } from '../../store/index.ts';
import { type Acting, systemAsker } from '../acting.ts';
import { followerIds } from '../discussion/follower.ts';
import { findRow } from '../read.ts';
import { isInPerimeter, may } from '../rights.ts';
import { toObject } from '../rows.ts';
import type { AnyShape, StoredObject } from '../stored-object.ts';
import { planMails } from './mail-plan.ts';

/**
 * What a transition tells, of the object as it leaves it: in the transaction that moves it, so that nobody is told of what wasn't
 * done. Those who follow the object and whom the pack doesn't tell are told that it moved.
 */
export async function tellOfTransition(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  transition: Transition,
  { id }: StoredObject,
): Promise<void> {
  const notices = transition.effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.notice] : []));
  const told = new Set<Uuid>();
  if (notices.length > 0) {
    const row = await findRow(writing, { ...acting, asker: systemAsker }, type, id, false);
    const object = toObject<AnyShape>(type, row);
    for (const notice of notices) for (const user of await tell(writing, type, object, notice)) told.add(user);
  }
  const followers = (await followerIds(writing, id)).filter((user) => !told.has(user));
  const { label } = transition;
  await notify(writing, { type: type.name, id }, othersOf(writing, followers), {
    title: { fr: `{title} : « ${label.fr} » est fait`, en: `{title}: “${label.en}” is done` },
    body: null,
  });
}

/** Without whoever does it: they know. */
export function othersOf(writing: Writing, users: readonly Uuid[]): readonly Uuid[] {
  const { actor } = writing.cause;
  return actor.kind === 'user' ? users.filter((user) => user !== actor.id) : users;
}

/** Tells those a notice is for, as far as they may see the object; not whoever causes it. Returns whom. */
export async function tell(
  writing: Writing,
  type: TypeModel,
  object: StoredObject,
  notice: Notice,
): Promise<readonly Uuid[]> {
  const named = notice.users.map((name) => whoIs(object, name));
  const users = await listUsersToTell(writing.tx, {
    roles: notice.roles,
    ids: named.flatMap((one) => one.id ?? []),
    emails: named.flatMap((one) => one.email ?? []),
  });
  const able = users.filter((user) => maySee(user, type, object)).map((user) => user.id);
  const told = othersOf(writing, able);
  await notify(writing, object, told, notice);
  return told;
}

/** Leaves one notification a user, and has what waits sent by e-mail as each of them wishes. */
export async function notify(
  writing: Writing,
  object: { readonly type: string; readonly id: Uuid },
  users: readonly Id<'user'>[],
  said: { readonly title: Text; readonly body: Text | null },
): Promise<void> {
  if (users.length === 0) return;
  // Who left since they began to follow is told nothing more.
  const present = (await listUsersToTell(writing.tx, { roles: [], ids: users, emails: [] })).map((user) => user.id);
  if (present.length === 0) return;
  await writing.tx
    .insertInto('objects.notification')
    .values(
      present.map((user) => ({
        id: newId(writing.now.getTime()),
        user_id: user,
        type: object.type,
        object: object.id,
        title: JSON.stringify(said.title),
        body: said.body === null ? null : JSON.stringify(said.body),
        at: writing.now,
      })),
    )
    .execute();
  await planMails(writing, present);
}

/** An attribute names a user by `user:…`, as history does, or by the address of their account. */
function whoIs(object: StoredObject, name: string): { readonly id?: Uuid; readonly email?: string } {
  const value: Value =
    name === 'created_by' ? object.createdBy : name === 'updated_by' ? object.updatedBy : (object.values[name] ?? null);
  if (typeof value !== 'string') return {};
  const id = value.replace(/^user:/, '');
  return isUuid(id) ? { id } : { email: value.trim().toLowerCase() };
}

/** Whether their role and perimeters let them see it; conditions of rights are asked again when they read. */
export function maySee(
  user: Pick<User, 'id' | 'roles' | 'perimeters'>,
  type: TypeModel,
  object: StoredObject,
): boolean {
  const perimeters = user.perimeters.length === 0 ? null : user.perimeters;
  const asker = { kind: 'user', roles: user.roles, perimeters, me: `user:${user.id}` } as const;
  return may(asker, type, 'read') && isInPerimeter(asker, type, object.id, (attribute) => object.values[attribute]);
}
