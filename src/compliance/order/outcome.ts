import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { destroyCapture } from './capture.ts';
import { keepDocument, outcomeDocument, overall, proofDocument, totalCounts } from './documents.ts';
import type { Execution } from './executor.ts';
import { moveOrder, type OrderRow, subjectOf, tellRequest } from './move.ts';

/** Records what Socle itself did and proved: the order's end, each person's, and both documents in the journal. */
export async function recordExecution(writing: Writing, order: OrderRow, batch: Execution): Promise<void> {
  const { now, tx } = writing;
  const outcome = overall(batch.persons);
  const counts = totalCounts(batch.persons);
  const reason = batch.persons.find((person) => person.reason !== null)?.reason ?? null;
  const detail = batch.persons.find((person) => person.detail !== null)?.detail ?? stillSeen(batch);
  const outcomeDigest = await keepDocument(writing, order, 'outcome', outcomeDocument(order, now, outcome, batch));
  const proofDigest = await keepDocument(writing, order, 'proof', proofDocument(order, now, batch));
  await moveOrder(tx, order, outcome, {
    outcome,
    reason,
    counts: JSON.stringify(counts),
    kept: JSON.stringify(batch.kept),
    notices: JSON.stringify(batch.notices),
    received_at: order.received_at ?? now,
    ended_at: now,
    problem: detail === null ? null : JSON.stringify(detail),
    ...(outcome === 'failed' || outcome === 'refused' ? { escalated_at: now } : {}),
  });
  await recordPersons(
    writing,
    batch.persons.map((person) => ({ ...person, order: order.id, until: null })),
  );
  await record(writing, {
    kind: `order.${outcome}`,
    subject: subjectOf(order),
    data: {
      order: publicId('ord', order.id),
      generation: order.generation,
      counts,
      persons: batch.persons.length,
      sweep: batch.proof.sweep,
      ...(batch.kept.length === 0 ? {} : { keptRows: batch.kept.reduce((sum, kept) => sum + kept.rows, 0) }),
      ...(reason === null ? {} : { reason }),
    },
    digests: { ...outcomeDigest, ...proofDigest },
  });
  if (outcome === 'not_found') await destroyCapture(tx, order.id);
  await tellRequest(writing, order, `order_${outcome}`, { counts, ...(reason === null ? {} : { reason }) });
}

/** Where the proof saw somebody who was to be gone; null when nowhere. Places, never a value. */
function stillSeen({ persons }: Execution): Text | null {
  const sightings = persons.flatMap(({ seen }) => seen.filter(({ mayStay }) => !mayStay));
  const places = [...new Set(sightings.map(({ where }) => where))];
  if (places.length === 0) return null;
  const named = places.slice(0, mostPlaces).join(', ');
  const more = places.length - mostPlaces;
  return {
    fr: `Effacé, et pourtant Socle y voit encore la personne : ${named}${more > 0 ? ` et ${more} autres` : ''}. Voyez avec son équipe ce qui la garde, ou dites-le sur le plan d’effacement de l’application, puis relancez.`,
    en: `Erased, and yet Socle still sees the person there: ${named}${more > 0 ? ` and ${more} more` : ''}. See with its team what keeps them, or say it on the application’s erasure plan, then retry.`,
  };
}

const mostPlaces = 3;

interface PersonEnd {
  readonly order: string;
  readonly ref: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly until: string | null;
  readonly counts: Readonly<Record<string, number | undefined>>;
}

/** The end of each person of some orders, in one statement. */
export async function recordPersons(writing: Writing, persons: readonly PersonEnd[]): Promise<void> {
  await sql`
    update compliance.order_person as p
       set outcome = given.outcome, reason = given.reason, until = given.until, counts = given.counts
      from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb)
             as given("order" uuid, ref text, outcome text, reason text, until date, counts jsonb)
     where p.order_id = given."order" and p.ref = given.ref`.execute(writing.tx);
}
