import { createSecretKey } from 'node:crypto';
import { hmacSha256, type Id, type PersonKeys } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { type LedgerEntry, readLedger } from '../ledger/ledger.ts';
import { type GivenIdentity, strengthOf } from '../person/kinds.ts';
import { lookupHash, openPersons } from '../person/secret.ts';
import type { Recipient } from './body.ts';

type Reader = Pick<Tx, 'selectFrom'>;

export interface OrderRef {
  readonly id: Id<'application_order'>;
  readonly campaign_id: Id<'campaign'>;
}

/**
 * The persons of an order with the identifiers it may be carried out by: strong ones, and never one that somebody else
 * shares. A person already forgotten is read from the reissue ledger; past its end, nothing of them is left to send.
 */
export async function recipientsOf(
  db: Reader,
  scope: Scope,
  order: OrderRef,
  understood: readonly string[] = [],
): Promise<readonly Recipient[]> {
  const rows = await db
    .selectFrom('compliance.order_person')
    .select(['person_id', 'ref'])
    .where('order_id', '=', order.id)
    .orderBy('ref')
    .execute();
  const ids = rows.map((row) => row.person_id);
  const known = await openPersons(db, scope, ids);
  const missing = ids.filter((id) => !known.has(id));
  const ledger = await readLedger(db, scope, order.campaign_id, missing);
  const strong = new Map<string, LedgerEntry>();
  for (const id of ids) {
    const person = known.get(id);
    const entry = person === undefined ? ledger.get(id) : entryOf(person.keys, person.identities);
    if (entry !== undefined) strong.set(id, entry);
  }
  const shared = await sharedHashes(db, scope, [...strong.values()]);
  return rows.flatMap(({ person_id, ref }): Recipient[] => {
    const entry = strong.get(person_id);
    if (entry === undefined) return [];
    const own = entry.identities.filter((identity) => !shared.has(lookupHash(scope.keys, identity).toString('hex')));
    const identities =
      understood.length === 0 ? own : inTheirKinds(understood, own, known.get(person_id)?.identities ?? []);
    return [{ person: person_id, ref, identities, salt: hmacSha256(createSecretKey(entry.secret), order.id) }];
  });
}

/**
 * What an application that knows persons by certain kinds is told: never one of another kind. One that knows them by weak
 * identifiers only (a name, a birth date) is given two that agree at least, and answers `identity_ambiguous` unless certain.
 */
function inTheirKinds(
  understood: readonly string[],
  own: readonly GivenIdentity[],
  all: readonly GivenIdentity[],
): readonly GivenIdentity[] {
  const strong = own.filter(({ kind }) => understood.includes(kind));
  const weak = all.filter(({ kind }) => strengthOf(kind) === 'weak' && understood.includes(kind));
  const kinds = new Set(weak.map(({ kind }) => kind));
  return strong.length > 0 || kinds.size >= 2 ? [...strong, ...weak] : [];
}

/** What may be sent of a person: what names them alone. */
export function entryOf(keys: PersonKeys, identities: readonly GivenIdentity[]): LedgerEntry {
  return {
    identities: identities.filter((identity) => strengthOf(identity.kind) === 'strong'),
    secret: keys.nonce('reissue'),
  };
}

/** Hashes of identifiers that several persons hold: none of them may be erased by it alone. */
async function sharedHashes(db: Reader, scope: Scope, entries: readonly LedgerEntry[]): Promise<ReadonlySet<string>> {
  const hashes = entries.flatMap((entry) => entry.identities.map((identity) => lookupHash(scope.keys, identity)));
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('compliance.identity_lookup')
    .select('hash')
    .where('hash', 'in', hashes)
    .groupBy('hash')
    .having((having) => having(having.fn.count('person_id').distinct(), '>', 1n))
    .execute();
  return new Set(rows.map((row) => row.hash.toString('hex')));
}
