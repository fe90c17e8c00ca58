import type { PersonOutcome, Seen, Sighting } from '../../channels/index.ts';
import { type Id, systemCause } from '../../kernel/index.ts';
import { type Scope, type Tx, write } from '../../store/index.ts';
import { destroyCaptures } from '../order/capture.ts';
import type { Executor } from '../order/executor.ts';
import type { OrderRow } from '../order/move.ts';
import { lockHashes } from '../person/resolve.ts';
import { openPersons } from '../person/secret.ts';
import { hasOtherUnanswered } from '../request/awaited.ts';
import { forgetPersons, keepTraces } from './forget.ts';
import { countHoldings, type Holdings, lookupHashes, relatedPersons } from './holdings.ts';

/** What Socle found of a person in itself before it forgot them. */
interface SocleCapture {
  readonly persons: readonly {
    readonly ref: string;
    readonly holdings: Holdings;
    /** False when nobody knew them: no application, and Socle only by the request itself. */
    readonly wasKnown: boolean;
  }[];
}

/**
 * Socle is an application like the others in every plan, and the last: it forgets what it holds itself, by destroying the
 * person's secret and all that hangs on it, and proves it by reading its own tables again.
 */
export const socleExecutor: Executor = {
  async execute({ scope, order, earlier, persist }) {
    const persons = await personsOf(scope.db, order.id);
    const before: SocleCapture | null = earlier === null ? null : JSON.parse(earlier);
    const capture = before ?? (await capturePersons(scope, order.campaign_id, persons));
    if (before === null) await persist(capture);
    const outcomes: PersonOutcome[] = [];
    for (const { id, ref } of persons) {
      const left = await forgetOne(scope, order.campaign_id, id);
      outcomes.push(outcomeOf(ref, capture, left));
    }
    const proof = { sweep: 'complete', notSwept: [], personsSwept: persons.length } as const;
    return { persons: outcomes, proof, notices: [], kept: [] };
  },
  async see({ scope, order }) {
    const persons = await personsOf(scope.db, order.id);
    const seen: Seen[] = [];
    for (const { id } of persons) seen.push(seenOf(await countHoldings(scope.db, [id], [])));
    return seen;
  },
};

async function personsOf(db: Pick<Tx, 'selectFrom'>, order: string) {
  const rows = await db
    .selectFrom('compliance.order_person')
    .select(['person_id', 'ref'])
    .where('order_id', '=', order)
    .execute();
  return rows.map((row): { id: Id<'person'>; ref: string } => ({ id: row.person_id, ref: row.ref }));
}

async function capturePersons(
  scope: Scope,
  campaign: Id<'campaign'>,
  persons: readonly { id: Id<'person'>; ref: string }[],
): Promise<SocleCapture> {
  return scope.db.transaction().execute(async (tx) => {
    const elsewhere = await tx
      .selectFrom('compliance.application_order')
      .select('id')
      .where('campaign_id', '=', campaign)
      .where('application_id', 'is not', null)
      .where((where) =>
        where.or([
          where('state', 'in', ['executed', 'partly', 'verified', 'contradicted']),
          // One that a hold ended, and that was sent anew, says nothing of the person.
          where.and([where('state', '=', 'refused'), where('superseded_at', 'is', null)]),
        ]),
      )
      .executeTakeFirst();
    const captured: SocleCapture['persons'][number][] = [];
    for (const { id, ref } of persons) {
      const related = await relatedPersons(tx, [id]);
      const known = await openPersons(tx, scope, related);
      const holdings = await countHoldings(tx, related, lookupHashes(scope, known.values()));
      const profiles = [...known.values()].flatMap((person) => person.profiles);
      const requests = new Set(profiles.map((profile) => profile.requestId));
      const isInSocle = profiles.some((profile) => profile.applicationId !== null) || requests.size > 1;
      const wasKnown = isInSocle || elsewhere !== undefined;
      captured.push({ ref, holdings, wasKnown });
    }
    return { persons: captured };
  });
}

/** The person of a request’s own order asked again, and waits for an answer: they are forgotten once they have it. */
export async function isStillNeeded(db: Tx | Scope['db'], order: OrderRow): Promise<boolean> {
  if (order.campaign_kind !== 'request') return false;
  const persons = await personsOf(db, order.id);
  const ids = persons.map(({ id }) => id);
  return hasOtherUnanswered(db, ids, order.campaign_id);
}

/** They asked again at that very moment. Nobody was forgotten. */
export class StillNeeded extends Error {
  override readonly name = 'StillNeeded';
}

/** Forgets one person and answers with what is left: nothing, if all went well. */
async function forgetOne(scope: Scope, campaign: Id<'campaign'>, person: Id<'person'>): Promise<Holdings> {
  return write(scope, systemCause('socle'), async (writing) => {
    const related = await relatedPersons(writing.tx, [person]);
    const known = await openPersons(writing.tx, scope, related);
    const hashes = lookupHashes(scope, known.values());
    // Whoever asks again has asked by now, or finds nobody.
    await lockHashes(writing, hashes);
    if (await hasOtherUnanswered(writing.tx, related, campaign)) throw new StillNeeded();
    const root = known.get(person);
    if (root !== undefined && !(await keepTraces(writing, campaign, [root]))) {
      await destroyCaptures(writing.tx, [campaign]);
    }
    await forgetPersons(writing, related, hashes);
    return countHoldings(writing.tx, related, hashes);
  });
}

function outcomeOf(ref: string, capture: SocleCapture, left: Holdings): PersonOutcome {
  const found = capture.persons.find((person) => person.ref === ref);
  const holdings = found?.holdings ?? {};
  const isClean = Object.keys(left).length === 0;
  const end = found?.wasKnown === true ? 'executed' : 'not_found';
  return {
    ref,
    outcome: isClean ? end : 'partly',
    counts: {
      identity: (holdings['compliance.person'] ?? 0) + (holdings['compliance.identity'] ?? 0),
      contact: holdings['compliance.request'] ?? 0,
      free_text: holdings['compliance.request_step'] ?? 0,
    },
    tables: holdings,
    seen: seenOf(left).sightings,
    reason: isClean ? null : 'technical',
    detail: null,
  };
}

function seenOf(left: Holdings): Seen {
  const sightings = Object.entries(left).map(
    ([where, rows]): Sighting => ({ where, rows, by: 'identity', mayStay: false }),
  );
  return {
    isSeen: sightings.length > 0,
    mayBeSeen: false,
    sightings,
    proof: { sweep: 'complete', notSwept: [], personsSwept: 1 },
  };
}
