import { z } from 'zod';
import { record } from '../../journal/index.ts';
import { canonicalJson, type Id, newId, open, publicId, seal, systemCause } from '../../kernel/index.ts';
import { type DueHandler, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import { destroyCaptures } from '../order/capture.ts';
import type { GivenIdentity } from '../person/kinds.ts';

/** What is kept of a forgotten person so that an order can be sent to them again: no more than the order says. */
export interface LedgerEntry {
  readonly identities: readonly GivenIdentity[];
  /** Derived from the person's secret before it died; salts the digests of later orders. */
  readonly secret: Buffer;
}

const schema = z.object({
  identities: z.array(z.object({ kind: z.string(), value: z.string() })),
  secret: z.string(),
});

const context = (campaign: string, person: string): string => `ledger ${campaign} ${person}`;

/** Keeps the identifiers until `endsAt`: the longest backup horizon of the applications that were sent the order. */
export async function keepInLedger(
  writing: Writing,
  campaign: Id<'campaign'>,
  person: Id<'person'>,
  entry: LedgerEntry,
  endsAt: Date,
): Promise<void> {
  const plain = canonicalJson({
    identities: entry.identities.map(({ kind, value }) => ({ kind, value })),
    secret: entry.secret.toString('hex'),
  });
  await writing.tx
    .insertInto('compliance.reissue_ledger')
    .values({
      id: newId(),
      campaign_id: campaign,
      person_id: person,
      sealed: seal(writing.scope.keys.ledger, plain, context(campaign, person)),
      created_at: writing.now,
      ends_at: endsAt,
      next_at: endsAt,
    })
    .onConflict((conflict) => conflict.columns(['org', 'campaign_id', 'person_id']).doNothing())
    .execute();
}

/** The ledger's entries of these persons, by person; absent past their end. */
export async function readLedger(
  db: Pick<Tx, 'selectFrom'>,
  scope: Scope,
  campaign: Id<'campaign'>,
  persons: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  if (persons.length === 0) return new Map();
  const rows = await db
    .selectFrom('compliance.reissue_ledger')
    .select(['person_id', 'sealed'])
    .where('campaign_id', '=', campaign)
    .where('person_id', 'in', persons)
    .where('ends_at', '>', scope.clock.now())
    .execute();
  return new Map(
    rows.map((row): [string, LedgerEntry] => {
      const plain = open(scope.keys.ledger, row.sealed, context(campaign, row.person_id)).toString('utf8');
      const { identities, secret } = schema.parse(JSON.parse(plain));
      return [row.person_id, { identities, secret: Buffer.from(secret, 'hex') }];
    }),
  );
}

/** Destroys what has reached its end: one journal entry a campaign. */
export const ledgerHandler: DueHandler = {
  table: 'compliance.reissue_ledger',
  batch: 500,
  leaseMs: 60_000,
  run: (scope, rows, lease) =>
    write(scope, systemCause('ledger'), async (writing) => {
      const ids = rows.map((row) => row.id);
      const destroyed = await writing.tx
        .deleteFrom('compliance.reissue_ledger')
        .where('id', 'in', ids)
        .where('leased_by', '=', lease.id)
        .returning(['id', 'campaign_id'])
        .execute();
      const counts = new Map<string, number>();
      for (const row of destroyed) counts.set(row.campaign_id, (counts.get(row.campaign_id) ?? 0) + 1);
      await destroyCaptures(writing.tx, await endedCampaigns(writing, [...counts.keys()]));
      const kinds = await campaignKinds(writing, [...counts.keys()]);
      for (const [campaign, persons] of counts) {
        const subject = publicId(kinds.get(campaign) === 'request' ? 'req' : 'cmp', campaign);
        await record(writing, { kind: 'ledger.destroyed', subject, data: { persons } });
      }
      for (const row of destroyed) lease.settled.add(row.id);
    }),
};

/** Campaigns of which the ledger names nobody any more. */
async function endedCampaigns(writing: Writing, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const open = await writing.tx
    .selectFrom('compliance.reissue_ledger')
    .select('campaign_id')
    .distinct()
    .where('campaign_id', 'in', ids)
    .execute();
  const left = new Set<string>(open.map((row) => row.campaign_id));
  return ids.filter((id) => !left.has(id));
}

async function campaignKinds(writing: Writing, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await writing.tx
    .selectFrom('compliance.campaign')
    .select(['id', 'kind'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row.kind]));
}
