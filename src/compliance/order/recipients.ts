import { createSecretKey } from 'node:crypto';
import { sql } from 'kysely';
import { groupBy, hmacSha256, type Id, type PersonKeys } from '../../kernel/index.ts';
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
  return (await recipientsOfAll(db, scope, [order]))(order, understood);
}

/** The persons of several orders: as many queries as for one. `understood`: the kinds that the application knows persons by. */
export async function recipientsOfAll(
  db: Reader,
  scope: Scope,
  orders: readonly OrderRef[],
): Promise<(order: OrderRef, understood: readonly string[]) => readonly Recipient[]> {
  const rows = await db
    .selectFrom('compliance.order_person')
    .select(['order_id', 'person_id', 'ref'])
    .where('order_id', '=', sql<string>`any(${orders.map(({ id }) => id)}::uuid[])`)
    .orderBy('order_id')
    .orderBy('ref')
    .execute();
  const members = groupBy(rows, ({ order_id }) => order_id);
  const known = await openPersons(db, scope, [...new Set(rows.map(({ person_id }) => person_id))]);
  const live = new Map([...known].map(([id, { keys, identities }]) => [id, entryOf(keys, identities)]));
  const forgotten = new Map<string, ReadonlyMap<string, LedgerEntry>>();
  for (const [campaign, some] of groupBy(orders, ({ campaign_id }) => campaign_id)) {
    const persons = some.flatMap(({ id }) => (members.get(id) ?? []).map(({ person_id }) => person_id));
    const missing = persons.filter((id) => !live.has(id));
    forgotten.set(campaign, await readLedger(db, scope, campaign, missing));
  }
  const shared = await sharedHashes(db, scope, [
    ...live.values(),
    ...[...forgotten.values()].flatMap((ledger) => [...ledger.values()]),
  ]);
  return (order, understood) =>
    (members.get(order.id) ?? []).flatMap(({ person_id, ref }): Recipient[] => {
      const entry = live.get(person_id) ?? forgotten.get(order.campaign_id)?.get(person_id);
      if (entry === undefined) return [];
      const own = entry.identities
        .filter(isStrong)
        .filter((identity) => !shared.has(lookupHash(scope.keys, identity).toString('hex')));
      const identities = understood.length === 0 ? own : inTheirKinds(understood, own, entry.identities);
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

/** What may be sent of a person: what names them alone, and weak identifiers of the kinds that an application asks for. */
export function entryOf(
  keys: PersonKeys,
  identities: readonly GivenIdentity[],
  isAsked: (kind: string) => boolean = () => true,
): LedgerEntry {
  return {
    identities: identities.filter((identity) => isStrong(identity) || isAsked(identity.kind)),
    secret: keys.nonce('reissue'),
  };
}

function isStrong({ kind }: GivenIdentity): boolean {
  return strengthOf(kind) === 'strong';
}

/** Hashes of identifiers that several persons hold: none of them may be erased by it alone. */
async function sharedHashes(db: Reader, scope: Scope, entries: readonly LedgerEntry[]): Promise<ReadonlySet<string>> {
  const hashes = entries.flatMap((entry) =>
    entry.identities.filter(isStrong).map((identity) => lookupHash(scope.keys, identity)),
  );
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('compliance.identity_lookup')
    .select('hash')
    .where('hash', '=', sql<Buffer>`any(${hashes}::bytea[])`)
    .groupBy('hash')
    .having((having) => having(having.fn.count('person_id').distinct(), '>', 1n))
    .execute();
  return new Set(rows.map((row) => row.hash.toString('hex')));
}
