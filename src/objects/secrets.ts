import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { derive, type Id, open, randomSecret, seal, type Uuid } from '../kernel/index.ts';
import type { Scope, Writing } from '../store/index.ts';
import { forgetFilesOf } from './files/file.ts';
import { databaseOf, type Source } from './rows.ts';

/** Seals objects' secrets: apart from persons' secrets, under the same key of the organisation. */
function wrapping(scope: Scope): KeyObject {
  return derive(scope.keys.persons, 'object secrets');
}

function contextOf(object: Uuid): string {
  return `objects.secret ${object}`;
}

/** The key of an object's sealed history; made at its first personal value. */
export async function objectKey(writing: Writing, object: Id<'object'>): Promise<KeyObject> {
  const key = (await objectKeysMade(writing, [object])).get(object);
  if (key === undefined) throw new Error('a key was not made');
  return key;
}

/** The keys of objects' sealed histories; each is made at the object's first personal value. */
export async function objectKeysMade(
  writing: Writing,
  objects: readonly Id<'object'>[],
): Promise<ReadonlyMap<Uuid, KeyObject>> {
  const keys = new Map(await objectKeys(writing, objects));
  const made = objects.filter((object) => !keys.has(object)).map((object) => ({ object, secret: randomSecret() }));
  if (made.length === 0) return keys;
  const sealed = made.map(({ object, secret }) => seal(wrapping(writing.scope), secret, contextOf(object)));
  await sql`
    insert into objects.secret (object, secret) select * from unnest(${made.map(({ object }) => object)}::uuid[], ${sealed}::bytea[])`.execute(
    writing.tx,
  );
  for (const { object, secret } of made) keys.set(object, derive(secret, 'object history'));
  return keys;
}

/** Keys of those objects whose past was not forgotten. */
export async function objectKeys(source: Source, objects: readonly Uuid[]): Promise<ReadonlyMap<Uuid, KeyObject>> {
  if (objects.length === 0) return new Map();
  const scope = 'tx' in source ? source.scope : source;
  const rows = await databaseOf(source)
    .selectFrom('objects.secret')
    .select(['object', 'secret'])
    .where('object', 'in', [...objects])
    .execute();
  return new Map(
    rows.map((row) => [row.object, derive(open(wrapping(scope), row.secret, contextOf(row.object)), 'object history')]),
  );
}

/** What was sealed under an object's key; null when its past was forgotten since, whatever was sealed after that. */
export function openWith(key: KeyObject | undefined, sealed: Uint8Array, context: string): string | null {
  if (key === undefined) return null;
  try {
    return open(key, sealed, context).toString('utf8');
  } catch {
    return null;
  }
}

/**
 * Forgets the personal values of an object's history, for ever: who did what and when stays, the values can't be opened
 * any more. Files of its past go, those attached to it, and what was said of it; what its attributes hold now is its own.
 */
export async function forgetObjectPast(writing: Writing, object: Uuid): Promise<void> {
  await writing.tx.deleteFrom('objects.secret').where('object', '=', object).execute();
  await forgetFilesOf(writing.tx, object);
}
