import { sql } from 'kysely';
import { forgetMessages } from '../../access/index.ts';
import { type Id, publicId } from '../../kernel/index.ts';
import { limitsOf } from '../../repository/index.ts';
import type { Writing } from '../../store/index.ts';
import { keepInLedger } from '../ledger/ledger.ts';
import { entryOf } from '../order/recipients.ts';
import { withNameAndBirth } from '../person/name-and-birth.ts';
import type { KnownPerson } from '../person/secret.ts';
import { layTombstones } from '../tombstone/tombstone.ts';

const day = 86_400_000;

/**
 * What must outlive the person for a time: sealed identifiers for as long as a backup can bring them back, and
 * fingerprints to recognise them. Neither is kept of a person in whom no application had anything to erase. Answers whether
 * somebody can still be looked for.
 */
export async function keepTraces(
  writing: Writing,
  campaign: Id<'campaign'>,
  known: readonly KnownPerson[],
): Promise<boolean> {
  const erased = await writing.tx
    .selectFrom('compliance.application_order as o')
    .leftJoin('compliance.campaign_application as line', (join) =>
      join.onRef('line.campaign_id', '=', 'o.campaign_id').onRef('line.application_id', '=', 'o.application_id'),
    )
    .select((select) => select.fn.max('line.backup_horizon_days').as('horizon'))
    .where('o.campaign_id', '=', campaign)
    .where('o.application_id', 'is not', null)
    .where('o.state', 'in', ['executed', 'partly', 'verified', 'contradicted'])
    .executeTakeFirst();
  const horizon = erased?.horizon ?? null;
  if (horizon === null) return false;
  const asked = await kindsAsked(writing, campaign);
  for (const person of known) {
    const entry = entryOf(person.keys, person.identities, (kind) => asked.has(kind));
    await layTombstones(writing, withNameAndBirth(entry.identities));
    const endsAt = new Date(writing.now.getTime() + horizon * day);
    if (horizon > 0) await keepInLedger(writing, campaign, person.id, entry, endsAt);
  }
  return horizon > 0;
}

/** The kinds by which the applications of this campaign asked to be told of persons: no more is kept of anybody. */
async function kindsAsked(writing: Writing, campaign: Id<'campaign'>): Promise<ReadonlySet<string>> {
  const rows = await writing.tx
    .selectFrom('compliance.application_order')
    .select('application_id')
    .distinct()
    .where('campaign_id', '=', campaign)
    .where('application_id', 'is not', null)
    .execute();
  const kinds = new Set<string>();
  for (const { application_id: id } of rows) {
    if (id === null) continue;
    for (const kind of (await limitsOf(writing.tx, id)).identityKinds) kinds.add(kind);
  }
  return kinds;
}

/** Destroys all that Socle itself holds of these persons, and their secrets last. */
export async function forgetPersons(
  writing: Writing,
  persons: readonly Id<'person'>[],
  hashes: readonly Buffer[],
): Promise<void> {
  const { tx } = writing;
  if (persons.length === 0) return;
  const requests = await tx
    .updateTable('compliance.request')
    .set({ contact: null, letter: null })
    .where('person_id', 'in', persons)
    .returning('id')
    .execute();
  const ids = sql`${sql.val(requests.map((request) => request.id))}::uuid[]`;
  await sql`update compliance.request_step set note = null
     where request_id = any(${ids}) and note is not null`.execute(tx);
  for (const { id } of requests) await forgetMessages(writing, publicId('req', id));
  if (hashes.length > 0) {
    await tx
      .deleteFrom('compliance.identity_lookup')
      .where('hash', 'in', hashes)
      .where('person_id', 'in', persons)
      .execute();
  }
  await tx.updateTable('compliance.hold').set({ words: null }).where('person_id', 'in', persons).execute();
  await tx
    .deleteFrom('compliance.identity_review')
    .where((where) => where.or([where('person_id', 'in', persons), where('other_person_id', 'in', persons)]))
    .execute();
  await tx.updateTable('compliance.task_proof').set({ sealed: null }).where('person_id', 'in', persons).execute();
  // Profiles and identities go with the person that owns them.
  await tx.deleteFrom('compliance.person').where('id', 'in', persons).execute();
}
