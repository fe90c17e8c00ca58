import { sql } from 'kysely';
import { type Id, newId, type PersonKeys, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { contradiction } from './contradiction.ts';
import { joinPersons } from './join.ts';
import { type GivenIdentity, normaliseIdentities, strengthOf } from './kinds.ts';
import {
  type KnownPerson,
  lookupHash,
  lookupKeyVersion,
  openPersons,
  openSecret,
  sealIdentity,
  sealSecret,
} from './secret.ts';

/** Where a profile comes from: one of the two. */
export interface ProfileSource {
  readonly applicationId?: string;
  readonly requestId?: string;
}

export interface Resolved {
  readonly person: Id<'person'>;
  readonly keys: PersonKeys;
  readonly isNew: boolean;
  /** Persons who share an identifier and contradict what was given: open until a human decides. */
  readonly reviews: number;
  readonly identities: readonly GivenIdentity[];
}

/**
 * The person these identifiers are of, found or made, with a new profile that holds them. Strong identifiers join only
 * when nothing contradicts; a shared identifier with conflicting names or birth dates makes another person and a review.
 * Refuses when nothing given is strong: nobody is found, and nothing is erased, on a name alone.
 */
export async function resolvePerson(
  writing: Writing,
  given: readonly GivenIdentity[],
  source: ProfileSource,
): Promise<Resolved> {
  const identities = normaliseIdentities(given);
  const strong = identities.filter((identity) => strengthOf(identity.kind) === 'strong');
  if (strong.length === 0) throw tooWeak();
  const { keys } = writing.scope;
  const hashes = strong.map((identity) => lookupHash(keys, identity));
  await lockHashes(writing, hashes);
  const candidates = await candidatesOf(writing, hashes);
  const chosen = choose(candidates, identities, await keptApart(writing, candidates));
  const kept = chosen.same[0];
  const kinds = [...new Set(strong.map((identity) => identity.kind))];
  for (const other of chosen.same.slice(1)) {
    await joinPersons(writing, kept?.id ?? other.id, other.id, { foundBy: 'identifiers', kinds });
  }
  const person = kept?.id ?? (await createPerson(writing));
  const personKeys = kept?.keys ?? (await keysOf(writing, person));
  await addProfile(writing, person, personKeys, identities, source);
  for (const { against, why } of chosen.conflicts) {
    await openReview(writing, person, against.id, strong[0]?.kind ?? 'email', why, source.requestId ?? null);
  }
  return { person, keys: personKeys, isNew: kept === undefined, reviews: chosen.conflicts.length, identities };
}

interface Choice {
  /** The persons found to be one, oldest first; empty when a new person must be made. */
  readonly same: readonly KnownPerson[];
  readonly conflicts: readonly { readonly against: KnownPerson; readonly why: string }[];
}

/** Pure: which of those who share an identifier these are. */
export function choose(
  candidates: readonly KnownPerson[],
  identities: readonly GivenIdentity[],
  apart: ReadonlySet<string> = new Set(),
): Choice {
  const oldestFirst = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  const judged = oldestFirst.map((person) => ({ person, why: contradiction(person.identities, identities) }));
  const compatible = judged.filter(({ why }) => why === null).map(({ person }) => person);
  const areOne = compatible.every((one, place) =>
    compatible
      .slice(place + 1)
      .every(
        (other) => !apart.has(pairName(one.id, other.id)) && contradiction(one.identities, other.identities) === null,
      ),
  );
  if (areOne && compatible.length > 0) return { same: compatible, conflicts: [] };
  // Nobody agrees, or those who agree contradict each other and nothing given tells them apart.
  return { same: [], conflicts: judged.map(({ person, why }) => ({ against: person, why: why ?? 'shared' })) };
}

function pairName(one: string, other: string): string {
  return [one, other].sort().join(' ');
}

/** Pairs that a human said are two persons, by a review or by undoing their join: no identifier joins them again. */
async function keptApart(writing: Writing, candidates: readonly KnownPerson[]): Promise<ReadonlySet<string>> {
  if (candidates.length < 2) return new Set();
  const ids = candidates.map((person) => person.id);
  const rows = await writing.tx
    .selectFrom('compliance.identity_review')
    .select(['person_id', 'other_person_id'])
    .where('state', '=', 'different')
    .where('person_id', 'in', ids)
    .where('other_person_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => pairName(row.person_id, row.other_person_id)));
}

/**
 * Serialises those who bring the same identifier at the same time, so that one person isn't made twice, and whoever forgets its
 * person: nobody is found who is no more a moment later.
 */
export async function lockHashes(writing: Writing, hashes: readonly Buffer[]): Promise<void> {
  const numbers = hashes.map((hash) => hash.readBigInt64BE(0)).sort((a, b) => (a < b ? -1 : 1));
  for (const number of numbers) await sql`select pg_advisory_xact_lock(${number})`.execute(writing.tx);
}

async function candidatesOf(writing: Writing, hashes: readonly Buffer[]): Promise<readonly KnownPerson[]> {
  const found = await writing.tx
    .selectFrom('compliance.identity_lookup')
    .select('person_id')
    .distinct()
    .where('hash', 'in', hashes)
    .execute();
  const ids = found.map((row) => row.person_id);
  return [...(await openPersons(writing.tx, writing.scope, ids)).values()];
}

async function createPerson(writing: Writing): Promise<Id<'person'>> {
  const id: Id<'person'> = newId(writing.now.getTime());
  await writing.tx
    .insertInto('compliance.person')
    .values({ id, secret: sealSecret(writing.scope.keys, id), created_at: writing.now })
    .execute();
  return id;
}

async function keysOf(writing: Writing, id: Id<'person'>): Promise<PersonKeys> {
  const row = await writing.tx
    .selectFrom('compliance.person')
    .select('secret')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return openSecret(writing.scope.keys, id, row.secret);
}

async function addProfile(
  writing: Writing,
  person: Id<'person'>,
  keys: PersonKeys,
  identities: readonly GivenIdentity[],
  source: ProfileSource,
): Promise<void> {
  const profile: Id<'profile'> = newId();
  await writing.tx
    .insertInto('compliance.profile')
    .values({
      id: profile,
      person_id: person,
      application_id: source.applicationId ?? null,
      request_id: source.requestId ?? null,
      created_at: writing.now,
    })
    .execute();
  const rows = identities.map((identity) => {
    const id: Id<'identity'> = newId();
    return {
      id,
      profile_id: profile,
      kind: identity.kind,
      sealed: sealIdentity(keys, id, identity.value),
      created_at: writing.now,
    };
  });
  await writing.tx.insertInto('compliance.identity').values(rows).execute();
  const lookups = identities
    .filter((identity) => strengthOf(identity.kind) === 'strong')
    .map((identity) => ({
      hash: lookupHash(writing.scope.keys, identity),
      key_version: lookupKeyVersion,
      person_id: person,
    }));
  await writing.tx
    .insertInto('compliance.identity_lookup')
    .values(lookups)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function openReview(
  writing: Writing,
  person: Id<'person'>,
  other: Id<'person'>,
  kind: string,
  why: string,
  requestId: string | null,
): Promise<void> {
  await writing.tx
    .insertInto('compliance.identity_review')
    .values({
      id: newId(),
      person_id: person,
      other_person_id: other,
      kind,
      contradiction: why,
      state: 'open',
      request_id: requestId,
      created_at: writing.now,
    })
    .execute();
}

function tooWeak(): Refusal {
  return new Refusal('identity.too_weak', 422, {
    fr: 'Un nom, une date de naissance, une adresse ou un téléphone ne désignent pas une seule personne. Ajoutez un identifiant qui la désigne : adresse e-mail, numéro de fidélité ou de client.',
    en: 'A name, a birth date, an address or a phone does not name one person. Add an identifier that does: e-mail address, loyalty or customer number.',
  });
}
