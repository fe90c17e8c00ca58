import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { readLedger } from '../ledger/ledger.ts';
import { reportedDocument } from '../order/documents.ts';
import { readOrderRow } from '../order/move.ts';
import { contradict } from '../order/verify.ts';
import { type GivenIdentity, nameAndBirthKind } from '../person/kinds.ts';
import { withNameAndBirth } from '../person/name-and-birth.ts';
import { lookupHash, openPersons } from '../person/secret.ts';
import { mayRecognise } from '../tombstone/tombstone.ts';

/** An identifier as an application told of it. */
export interface Held {
  readonly place: number;
  readonly identity: GivenIdentity;
  readonly since: Date | null;
}

/** The ledger can't be searched by identifier, on purpose: its latest persons are opened one by one, so many at most. */
const mostOpened = 2_000;

interface Claim {
  readonly order_id: string;
  readonly campaign_id: Id<'campaign'>;
  readonly person_id: Id<'person'>;
  readonly ended_at: Date;
}

/** What an application’s words say of what it had answered. */
export interface Heard {
  /** Orders that it contradicts, and that go on again. */
  readonly reopened: number;
  /** Places of the identifiers of those whom it had said erased or not there: they must not come back. */
  readonly erased: readonly number[];
}

/**
 * Compares what an application says it holds, or is about to import, with what it had answered of these persons. What it held
 * before it answered contradicts its order; what it holds since is a new relationship: nothing is erased for that.
 */
export async function hearClaims(
  writing: Writing,
  application: Id<'application'>,
  held: readonly Held[],
  hasForgotten: boolean,
): Promise<Heard> {
  if (held.length === 0) return { reopened: 0, erased: [] };
  const erased = new Set<number>();
  const contradicted = new Map<string, Set<string>>();
  const note = (claim: Claim, one: Held | undefined): void => {
    if (one === undefined || (one.since !== null && one.since >= claim.ended_at)) return;
    erased.add(one.place);
    if (one.since === null) return;
    contradicted.set(claim.order_id, (contradicted.get(claim.order_id) ?? new Set()).add(claim.person_id));
  };
  const living = await livePersons(writing, held);
  for (const claim of await claimsOf(writing, application, [...living.alone.keys()])) {
    note(claim, living.alone.get(claim.person_id));
  }
  if (hasForgotten || held.some(({ identity }) => identity.kind === nameAndBirthKind)) {
    const named = new Map(held.map((one) => [nameOf(one.identity), one]));
    // A living person bears it too (a household's address): holding it proves nothing of the forgotten one.
    for (const name of living.names) named.delete(name);
    const claims = await claimsOf(writing, application, null);
    const known = await identitiesOf(writing, claims);
    for (const claim of claims) {
      const [one] = (known.get(claim.person_id) ?? []).flatMap((identity) => named.get(nameOf(identity)) ?? []);
      note(claim, one);
    }
  }
  for (const [id, persons] of contradicted) {
    const order = await readOrderRow(writing.tx, id);
    await contradict(writing, order, reportedDocument(order, writing.now, persons.size));
  }
  return { reopened: contradicted.size, erased: [...erased] };
}

function nameOf({ kind, value }: GivenIdentity): string {
  return `${kind}\n${value}`;
}

/** What the persons of these claims were known by: the living ones, and those of the ledger. */
async function identitiesOf(
  writing: Writing,
  claims: readonly Claim[],
): Promise<ReadonlyMap<string, readonly GivenIdentity[]>> {
  const known = new Map<string, readonly GivenIdentity[]>();
  const persons: readonly Id<'person'>[] = claims.map(({ person_id }) => person_id);
  for (const [id, { identities }] of await openPersons(writing.tx, writing.scope, persons)) {
    known.set(id, withNameAndBirth(identities).filter(mayRecognise));
  }
  for (const [campaign, of] of grouped(claims, ({ campaign_id }) => campaign_id)) {
    const forgotten = of.map(({ person_id }) => person_id).filter((id) => !known.has(id));
    for (const [id, { identities }] of await readLedger(writing.tx, writing.scope, campaign, forgotten)) {
      known.set(id, withNameAndBirth(identities).filter(mayRecognise));
    }
  }
  return known;
}

interface Living {
  /** Persons not forgotten yet who alone hold an identifier, with what the application says of it. */
  readonly alone: ReadonlyMap<Id<'person'>, Held>;
  /** Every identifier that somebody not forgotten holds. */
  readonly names: ReadonlySet<string>;
}

async function livePersons(writing: Writing, held: readonly Held[]): Promise<Living> {
  const byHash = new Map(held.map((one) => [lookupHash(writing.scope.keys, one.identity).toString('hex'), one]));
  const hashes = [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex'));
  const rows = await writing.tx
    .selectFrom('compliance.identity_lookup')
    .select(['hash', 'person_id'])
    .where('hash', 'in', hashes)
    .execute();
  const alone = new Map<Id<'person'>, Held>();
  const names = new Set<string>();
  for (const [hash, of] of grouped(rows, (row) => row.hash.toString('hex'))) {
    const known = byHash.get(hash);
    if (known === undefined) continue;
    names.add(nameOf(known.identity));
    const [one, ...others] = new Set(of.map((row) => row.person_id));
    if (one !== undefined && others.length === 0) alone.set(one, known);
  }
  return { alone, names };
}

function grouped<T>(rows: readonly T[], nameOfGroup: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(nameOfGroup(row));
    if (group === undefined) groups.set(nameOfGroup(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** What this application last said done of these persons; of all those of whom something is still known when null. */
async function claimsOf(
  writing: Writing,
  application: Id<'application'>,
  persons: readonly string[] | null,
): Promise<readonly Claim[]> {
  if (persons?.length === 0) return [];
  const whose =
    persons === null
      ? sql`(exists (select 1 from compliance.reissue_ledger l
                where l.campaign_id = o.campaign_id and l.person_id = p.person_id and l.ends_at > ${writing.now})
             or exists (select 1 from compliance.person living where living.id = p.person_id))`
      : sql`p.person_id = any(${persons}::uuid[])`;
  const { rows } = await sql<Claim>`
    select o.id as order_id, o.campaign_id, p.person_id, o.ended_at
      from compliance.application_order o
      join compliance.order_person p on p.order_id = o.id
     where o.application_id = ${application} and o.state in ('executed', 'partly', 'verified', 'not_found')
       and p.outcome in ('executed', 'not_found') and o.ended_at is not null and ${whose}
       and not exists (select 1 from compliance.application_order later
             where later.campaign_id = o.campaign_id and later.application_id = o.application_id
               and later.batch = o.batch and later.generation > o.generation)
     order by o.id desc limit ${mostOpened}`.execute(writing.tx);
  return rows;
}
