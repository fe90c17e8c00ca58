import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { strengthOf } from '../person/kinds.ts';
import { type KnownPerson, lookupHash } from '../person/secret.ts';

/** Rows by table that hold something of a person in Socle itself. */
export type Holdings = { readonly [table: string]: number };

/** A person, and those found to be the same: they are forgotten together. */
export async function relatedPersons(
  db: Pick<Tx, 'selectFrom'>,
  persons: readonly Id<'person'>[],
): Promise<readonly Id<'person'>[]> {
  if (persons.length === 0) return [];
  const roots = await db
    .selectFrom('compliance.person')
    .select((select) => select.fn.coalesce('joined_into', 'id').as('root'))
    .where('id', 'in', persons)
    .execute();
  const rootIds = roots.map((row) => row.root);
  if (rootIds.length === 0) return persons;
  const joined = await db.selectFrom('compliance.person').select('id').where('joined_into', 'in', rootIds).execute();
  return [...new Set([...persons, ...rootIds, ...joined.map((row) => row.id)])];
}

export function lookupHashes(scope: Pick<Scope, 'keys'>, known: Iterable<KnownPerson>): readonly Buffer[] {
  return [...known].flatMap((person) =>
    person.identities
      .filter((identity) => strengthOf(identity.kind) === 'strong')
      .map((identity) => lookupHash(scope.keys, identity)),
  );
}

/**
 * What Socle holds of these persons, by table: every place where something sealed or hashed of them is kept. A new
 * table that holds a personal value is added here and in `forget.ts`; the forgetting test finds one that isn't.
 */
export async function countHoldings(
  db: Tx | Scope['db'],
  persons: readonly string[],
  hashes: readonly Buffer[],
): Promise<Holdings> {
  const ids = sql`${sql.val([...persons])}::uuid[]`;
  const { rows } = await sql<{ place: string; rows: bigint }>`
    select 'compliance.person' as place, count(*) as rows from compliance.person where id = any(${ids})
    union all select 'compliance.profile', count(*) from compliance.profile where person_id = any(${ids})
    union all select 'compliance.identity', count(*) from compliance.identity i
      join compliance.profile p on p.org = i.org and p.id = i.profile_id where p.person_id = any(${ids})
    union all select 'compliance.identity_lookup', count(*) from compliance.identity_lookup
      where hash = any(${sql.val([...hashes])}::bytea[]) and person_id = any(${ids})
    union all select 'compliance.identity_review', count(*) from compliance.identity_review
      where person_id = any(${ids}) or other_person_id = any(${ids})
    union all select 'compliance.hold', count(*) from compliance.hold
      where person_id = any(${ids}) and words is not null
    union all select 'compliance.task_proof', count(*) from compliance.task_proof
      where person_id = any(${ids}) and sealed is not null
    union all select 'compliance.request', count(*) from compliance.request
      where person_id = any(${ids}) and (contact is not null or letter is not null)
    union all select 'compliance.request_step', count(*) from compliance.request_step s
      join compliance.request r on r.org = s.org and r.id = s.request_id
      where r.person_id = any(${ids}) and s.note is not null`.execute(db);
  return Object.fromEntries(rows.flatMap((row) => (row.rows === 0n ? [] : [[row.place, Number(row.rows)]])));
}
