import { type NamedUser, namesOfUsers } from '../../access/index.ts';
import type { Uuid } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { readObject } from '../read.ts';
import { databaseOf, type Source } from '../rows.ts';
import type { StoredObject } from '../stored-object.ts';

/** Whoever may read an object may follow it; whoever speaks of it does. */
export async function follow(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  user: Uuid,
): Promise<StoredObject> {
  const object = await readObject(writing, acting, typeName, reference);
  await writing.tx
    .insertInto('objects.follower')
    .values({ object: object.id, type: object.type, user_id: user, since: writing.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return object;
}

export async function unfollow(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  user: Uuid,
): Promise<StoredObject> {
  const object = await readObject(writing, acting, typeName, reference);
  await writing.tx.deleteFrom('objects.follower').where('object', '=', object.id).where('user_id', '=', user).execute();
  return object;
}

/** Ids of those who follow an object: the caller has read it. */
export async function followerIds(source: Source, object: Uuid): Promise<readonly Uuid[]> {
  const rows = await databaseOf(source)
    .selectFrom('objects.follower')
    .select('user_id')
    .where('object', '=', object)
    .execute();
  return rows.map((row) => row.user_id);
}

/** Who follows an object, since the longest first; a user who was deleted follows nothing. */
export async function followersOf(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
): Promise<readonly NamedUser[]> {
  const object = await readObject(source, acting, typeName, reference);
  const rows = await databaseOf(source)
    .selectFrom('objects.follower')
    .select('user_id')
    .where('object', '=', object.id)
    .orderBy('since')
    .orderBy('user_id')
    .execute();
  const names = await namesOfUsers(
    databaseOf(source),
    rows.map((row) => row.user_id),
  );
  return rows.flatMap(({ user_id: id }) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}
