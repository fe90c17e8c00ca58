import {
  groupBy,
  hmacSha256,
  type Id,
  type OrganisationKeys,
  open,
  PersonKeys,
  randomSecret,
  seal,
} from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import type { GivenIdentity } from './kinds.ts';

/** The version of the key that hashes identifiers today. Older versions stay in the table, and are looked up too. */
export const lookupKeyVersion = 1;

export function sealSecret(keys: OrganisationKeys, person: Id<'person'>): Buffer {
  return seal(keys.persons, randomSecret(), `person ${person}`);
}

export function openSecret(keys: OrganisationKeys, person: Id<'person'>, sealed: Uint8Array): PersonKeys {
  return new PersonKeys(open(keys.persons, sealed, `person ${person}`));
}

/** The hash by which an identifier is looked up. The same value of another kind has another hash. */
export function lookupHash(keys: OrganisationKeys, identity: GivenIdentity): Buffer {
  return hmacSha256(keys.lookup, `${identity.kind}\n${identity.value}`);
}

export function sealIdentity(keys: PersonKeys, id: Id<'identity'>, value: string): Buffer {
  return seal(keys.identities, value, `identity ${id}`);
}

export interface KnownPerson {
  readonly id: Id<'person'>;
  /** The person it was joined into; itself when it wasn't. */
  readonly root: Id<'person'>;
  readonly keys: PersonKeys;
  readonly profiles: readonly KnownProfile[];
  /** Those of all profiles, without repeats. */
  readonly identities: readonly GivenIdentity[];
  readonly createdAt: Date;
}

export interface KnownProfile {
  readonly id: Id<'profile'>;
  readonly applicationId: string | null;
  readonly requestId: string | null;
  readonly createdAt: Date;
  readonly identities: readonly GivenIdentity[];
}

type Reader = Pick<Tx, 'selectFrom'>;

/** Opens persons and what is known of them: two queries, whatever their number. A forgotten person is absent. */
export async function openPersons(
  db: Reader,
  scope: Pick<Scope, 'keys'>,
  ids: readonly Id<'person'>[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  if (ids.length === 0) return new Map();
  const persons = await db
    .selectFrom('compliance.person as person')
    .leftJoin('compliance.person as root', 'root.id', 'person.joined_into')
    .select(['person.id', 'person.secret', 'person.created_at', 'root.id as root_id', 'root.secret as root_secret'])
    .where('person.id', 'in', ids)
    .execute();
  if (persons.length === 0) return new Map();
  const roots = [...new Set(persons.map((person) => person.root_id ?? person.id))];
  const rows = await db
    .selectFrom('compliance.profile as profile')
    .leftJoin('compliance.identity as identity', 'identity.profile_id', 'profile.id')
    .select(['profile.id as profile_id', 'profile.person_id', 'profile.application_id', 'profile.request_id'])
    .select(['profile.created_at', 'identity.id as identity_id', 'identity.kind', 'identity.sealed'])
    .where('profile.person_id', 'in', roots)
    .orderBy('profile.id')
    .orderBy('identity.id')
    .execute();
  const rowsOf = groupBy(rows, (row) => row.person_id);
  return new Map(
    persons.map((person): [string, KnownPerson] => {
      const root: Id<'person'> = person.root_id ?? person.id;
      const keys = openSecret(scope.keys, person.id, person.secret);
      const rootKeys = person.root_secret === null ? keys : openSecret(scope.keys, root, person.root_secret);
      const profiles = new Map<string, KnownProfile & { identities: GivenIdentity[] }>();
      for (const row of rowsOf.get(root) ?? []) {
        const profile = profiles.get(row.profile_id) ?? {
          id: row.profile_id,
          applicationId: row.application_id,
          requestId: row.request_id,
          createdAt: row.created_at,
          identities: [],
        };
        profiles.set(row.profile_id, profile);
        if (row.identity_id !== null && row.kind !== null && row.sealed !== null) {
          const value = open(rootKeys.identities, row.sealed, `identity ${row.identity_id}`).toString('utf8');
          profile.identities.push({ kind: row.kind, value });
        }
      }
      const known = [...profiles.values()];
      const identities = distinct(known.flatMap((profile) => profile.identities));
      return [person.id, { id: person.id, root, keys, profiles: known, identities, createdAt: person.created_at }];
    }),
  );
}

export async function openPerson(
  db: Reader,
  scope: Pick<Scope, 'keys'>,
  id: Id<'person'>,
): Promise<KnownPerson | null> {
  return (await openPersons(db, scope, [id])).get(id) ?? null;
}

export function distinct(identities: readonly GivenIdentity[]): readonly GivenIdentity[] {
  return [...new Map(identities.map((identity) => [`${identity.kind}\n${identity.value}`, identity])).values()];
}
