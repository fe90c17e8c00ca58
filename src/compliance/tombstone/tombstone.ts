import {
  addMonths,
  dayOf,
  frenchZone,
  hmacSha256,
  newId,
  type OrganisationKeys,
  startOfDay,
  systemCause,
} from '../../kernel/index.ts';
import { type DueHandler, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { type GivenIdentity, nameAndBirthKind, strengthOf } from '../person/kinds.ts';

/**
 * How long the fingerprints of a forgotten person are kept. Opposition lists are kept at least three years (CNIL);
 * an erasure's fingerprints serve the same end, refusing an import of old data, and take the same duration.
 */
export const tombstoneMonths = 36;

/** The key of tombstones is apart from that of look-up: the two tables can't be joined. */
const keyVersion = 1;

function tombstoneHash(keys: OrganisationKeys, identity: GivenIdentity): Buffer {
  return hmacSha256(keys.tombstone, `${identity.kind}\n${identity.value}`);
}

/**
 * Lays fingerprints of these identifiers: strong ones, and name and birth date as one where an application knows
 * persons by nothing else. Nothing links those of one person to one another.
 */
export async function layTombstones(writing: Writing, identities: readonly GivenIdentity[]): Promise<number> {
  const laidOn = dayOf(writing.now, frenchZone);
  const endsOn = addMonths(laidOn, tombstoneMonths);
  const rows = identities.filter(mayRecognise).map((identity) => ({
    id: newId(),
    hash: tombstoneHash(writing.scope.keys, identity),
    kind: identity.kind,
    key_version: keyVersion,
    laid_on: laidOn,
    ends_on: endsOn,
    next_at: startOfDay(endsOn),
  }));
  if (rows.length === 0) return 0;
  const hashes = rows.map((row) => row.hash);
  // The same person erased again: the newer fingerprint, with its later end, takes the older one's place.
  await writing.tx.deleteFrom('compliance.tombstone').where('hash', 'in', hashes).execute();
  await writing.tx.insertInto('compliance.tombstone').values(rows).execute();
  return rows.length;
}

/** Whether an identifier says enough to recognise a forgotten person by: a name alone does not. */
export function mayRecognise({ kind }: GivenIdentity): boolean {
  return strengthOf(kind) === 'strong' || kind === nameAndBirthKind;
}

/** Which of these identifiers belong to a forgotten person: places in the list. */
export async function recogniseForgotten(
  db: Pick<Tx, 'selectFrom'>,
  scope: Scope,
  identities: readonly GivenIdentity[],
): Promise<readonly number[]> {
  if (identities.length === 0) return [];
  const hashes = identities.map((identity) => tombstoneHash(scope.keys, identity));
  const rows = await db.selectFrom('compliance.tombstone').select('hash').where('hash', 'in', hashes).execute();
  const known = new Set(rows.map((row) => row.hash.toString('hex')));
  return hashes.flatMap((hash, place) => (known.has(hash.toString('hex')) ? [place] : []));
}

/** Fingerprints are personal data too: each ends at its date. */
export const tombstoneHandler: DueHandler = {
  table: 'compliance.tombstone',
  batch: 1_000,
  leaseMs: 60_000,
  run: (scope, rows, lease) =>
    write(scope, systemCause('tombstone'), async (writing) => {
      const ended = await writing.tx
        .deleteFrom('compliance.tombstone')
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .where('leased_by', '=', lease.id)
        .returning('id')
        .execute();
      for (const row of ended) lease.settled.add(row.id);
    }),
};
