import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { readLedger } from '../ledger/ledger.ts';
import { reportedDocument } from '../order/documents.ts';
import { readOrderRow } from '../order/move.ts';
import { contradict } from '../order/verify.ts';
import type { GivenIdentity } from '../person/kinds.ts';
import { lookupHash } from '../person/secret.ts';

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
  readonly person_id: string;
  readonly ended_at: Date;
}

/**
 * Contradicts the orders of this application whose person, it said, was erased or not there, and whom it now says it held before
 * it said so. What it holds since is a new relationship: nothing is erased for that. Answers with how many orders.
 */
export async function contradictClaims(
  writing: Writing,
  application: Id<'application'>,
  held: readonly Held[],
  hasForgotten: boolean,
): Promise<number> {
  const old = new Map(held.flatMap(({ identity, since }) => (since === null ? [] : [[nameOf(identity), since]])));
  if (old.size === 0) return 0;
  const living = await livePersons(writing, held);
  const seen = new Map<string, number>();
  const note = (claim: Claim, since: Date | undefined): void => {
    if (since === undefined || since >= claim.ended_at) return;
    seen.set(claim.order_id, (seen.get(claim.order_id) ?? 0) + 1);
  };
  for (const claim of await claimsOf(writing, application, [...living.since.keys()])) {
    note(claim, living.since.get(claim.person_id));
  }
  if (hasForgotten) {
    const claims = await claimsOf(writing, application, null);
    // A living person bears it too (a household's address): holding it proves nothing of the forgotten one.
    for (const name of living.names) old.delete(name);
    for (const [campaign, ofCampaign] of grouped(claims, ({ campaign_id }) => campaign_id)) {
      const persons = ofCampaign.map(({ person_id }) => person_id);
      const ledger = await readLedger(writing.tx, writing.scope, campaign, persons);
      for (const claim of ofCampaign) {
        const known = ledger.get(claim.person_id)?.identities ?? [];
        const since = known.flatMap((identity) => old.get(nameOf(identity)) ?? []);
        note(claim, since[0]);
      }
    }
  }
  for (const [id, persons] of seen) {
    const order = await readOrderRow(writing.tx, id);
    await contradict(writing, order, reportedDocument(order, writing.now, persons));
  }
  return seen.size;
}

function nameOf({ kind, value }: GivenIdentity): string {
  return `${kind}\n${value}`;
}

interface Living {
  /** Persons not forgotten yet who alone hold an identifier, with since when the application holds it. */
  readonly since: ReadonlyMap<string, Date>;
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
  const since = new Map<string, Date>();
  const names = new Set<string>();
  for (const [hash, of] of grouped(rows, (row) => row.hash.toString('hex'))) {
    const known = byHash.get(hash);
    if (known === undefined) continue;
    names.add(nameOf(known.identity));
    const [one, ...others] = new Set(of.map((row) => row.person_id));
    if (one !== undefined && others.length === 0 && known.since !== null) since.set(one, known.since);
  }
  return { since, names };
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

/** What this application last said done of these persons; of all those still in the ledger when null. */
async function claimsOf(
  writing: Writing,
  application: Id<'application'>,
  persons: readonly string[] | null,
): Promise<readonly Claim[]> {
  if (persons?.length === 0) return [];
  const whose =
    persons === null
      ? sql`exists (select 1 from compliance.reissue_ledger l
               where l.campaign_id = o.campaign_id and l.person_id = p.person_id and l.ends_at > ${writing.now})`
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
