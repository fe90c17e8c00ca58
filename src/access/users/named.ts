import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import { natural, type Tx } from '../../store/index.ts';

export interface NamedUser {
  readonly id: Id<'user'>;
  readonly name: string;
}

/** Users in service whose name begins one of these texts, whatever its case, the longest names first. */
export async function usersNamedIn(
  db: Pick<Tx, 'selectFrom'>,
  texts: readonly string[],
): Promise<readonly NamedUser[]> {
  if (texts.length === 0) return [];
  return db
    .selectFrom('access.user')
    .select(['id', 'name'])
    .where('is_active', '=', true)
    .where(
      sql<boolean>`exists (select 1 from unnest(${sql.val([...texts])}::text[]) as said
        where lower(left(said, length(access.user.name))) = lower(access.user.name))`,
    )
    .orderBy(sql`length(name)`, 'desc')
    .orderBy('id')
    .execute();
}

/** Users in service one of whose names begins with these letters, by name: to complete what somebody types. */
export async function usersBeginning(
  db: Pick<Tx, 'selectFrom'>,
  letters: string,
  limit: number,
): Promise<readonly NamedUser[]> {
  const begins = `${letters.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('access.user')
    .select(['id', 'name'])
    .where('is_active', '=', true)
    .where(sql<boolean>`(lower(name) like ${begins} or lower(name) like ${`% ${begins}`})`)
    .orderBy(natural('name'))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Names of those of these users who are still known. */
export async function namesOfUsers(
  db: Pick<Tx, 'selectFrom'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('access.user')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
