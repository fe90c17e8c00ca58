import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { actorText, type Id, newId, open, publicId } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { holdBack, ordersOfPersons } from '../hold/cover.ts';
import { lookupHash, openSecret, sealIdentity } from './secret.ts';

/** How two persons were found to be one: kinds of identifiers that they share, never their values. */
export interface JoinEvidence {
  readonly foundBy: 'identifiers' | 'review';
  readonly kinds: readonly string[];
}

/**
 * Joins two persons found to be one: the profiles of `other` become those of `kept`, their identifiers sealed anew
 * under its secret. What was decided about `other` before (requests, orders) stays under its id, and is read through
 * `joined_into`; its secret is destroyed with that of `kept`.
 */
export async function joinPersons(
  writing: Writing,
  kept: Id<'person'>,
  other: Id<'person'>,
  evidence: JoinEvidence,
): Promise<void> {
  if (kept === other) return;
  const { tx, scope } = writing;
  const secrets = await tx
    .selectFrom('compliance.person')
    .select(['id', 'secret'])
    .where('id', 'in', [kept, other])
    .forUpdate()
    .execute();
  const keysOf = (id: Id<'person'>) => {
    const row = secrets.find((secret) => secret.id === id);
    if (row === undefined) throw new Error('a person to join was forgotten');
    return openSecret(scope.keys, id, row.secret);
  };
  const [keptKeys, otherKeys] = [keysOf(kept), keysOf(other)];
  const identities = await tx
    .selectFrom('compliance.identity as identity')
    .innerJoin('compliance.profile as profile', 'profile.id', 'identity.profile_id')
    .select(['identity.id', 'identity.kind', 'identity.sealed'])
    .where('profile.person_id', '=', other)
    .execute();
  const ids = identities.map((identity) => identity.id);
  const values = identities.map((identity) =>
    open(otherKeys.identities, identity.sealed, `identity ${identity.id}`).toString('utf8'),
  );
  const sealed = identities.map((identity, place) => sealIdentity(keptKeys, identity.id, values[place] ?? ''));
  const hashes = identities.map(({ kind }, place) => lookupHash(scope.keys, { kind, value: values[place] ?? '' }));
  await sql`update compliance.identity set sealed = fresh.sealed
      from unnest(${sql.val(ids)}::uuid[], ${sql.val(sealed)}::bytea[]) as fresh(id, sealed)
     where identity.id = fresh.id`.execute(tx);
  const profiles = await tx
    .updateTable('compliance.profile')
    .set({ person_id: kept })
    .where('person_id', '=', other)
    .returning('id')
    .execute();
  await sql`insert into compliance.identity_lookup (hash, key_version, person_id)
      select hash, key_version, ${kept} from compliance.identity_lookup
       where hash = any(${sql.val(hashes)}::bytea[]) and person_id = ${other}
      on conflict do nothing`.execute(tx);
  await sql`delete from compliance.identity_lookup
     where hash = any(${sql.val(hashes)}::bytea[]) and person_id = ${other}`.execute(tx);
  const moved = await tx
    .updateTable('compliance.person')
    .set({ joined_into: kept })
    .where((where) => where.or([where('id', '=', other), where('joined_into', '=', other)]))
    .returning('id')
    .execute();
  await keepEvidence(writing, kept, other, evidence, {
    profiles: profiles.map((profile) => profile.id),
    followers: moved.map((person) => person.id).filter((id) => id !== other),
  });
  // A hold on either is on both from here on.
  await holdBack(writing, await ordersOfPersons(tx, [kept, ...moved.map((person) => person.id)], ['planned', 'sent']));
}

async function keepEvidence(
  writing: Writing,
  kept: Id<'person'>,
  other: Id<'person'>,
  evidence: JoinEvidence,
  moved: { readonly profiles: readonly Id<'profile'>[]; readonly followers: readonly Id<'person'>[] },
): Promise<void> {
  const { tx, now, cause } = writing;
  await tx
    .insertInto('compliance.person_join')
    .values({
      id: newId(now.getTime()),
      kept_id: kept,
      other_id: other,
      found_by: evidence.foundBy,
      kinds: [...evidence.kinds],
      profiles: [...moved.profiles],
      followers: [...moved.followers],
      joined_at: now,
      joined_by: actorText(cause.actor),
    })
    .execute();
  await record(writing, {
    kind: 'person.joined',
    subject: publicId('per', kept),
    data: { other: publicId('per', other), foundBy: evidence.foundBy, kinds: [...evidence.kinds] },
  });
}
