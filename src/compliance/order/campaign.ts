import { planDigest } from '../../channels/index.ts';
import { canonicalJson, type Id, type Json, newId, publicId, Refusal, sha256, type Text } from '../../kernel/index.ts';
import { natural, type Scope, type Writing } from '../../store/index.ts';
import type { ConcernedApplication } from '../application/directory.ts';
import type { Engine } from '../engine.ts';
import { holdBack } from '../hold/cover.ts';
import { openPersons } from '../person/secret.ts';
import { orderKey, slugOf } from './states.ts';

/** One application of a plan, before it is frozen. `plan` is null when it can't be made, and `problem` says why. */
export interface PlanLine {
  readonly application: ConcernedApplication;
  readonly slug: string;
  readonly plan: Json;
  readonly digest: Buffer | null;
  readonly problem: Text | null;
}

/** Socle's own name in every plan. */
export const socleSlug = 'socle';
export const socleName = 'Socle';

/**
 * Asks every application concerned for its plan. One that can't say (never harvested, unreachable, too slow) doesn't keep
 * the others waiting: its line says why, and its plan is made when its order runs, or that order fails with the reason.
 */
export async function gatherPlan(
  engine: Engine,
  scope: Scope,
  controllerId: string | null,
): Promise<readonly PlanLine[]> {
  const applications = await engine.applications.concerned(scope, controllerId);
  const taken = new Set([socleSlug]);
  return Promise.all(
    applications.map(async (application): Promise<PlanLine> => {
      const plain = slugOf(application.name);
      const slug = taken.has(plain) ? `${plain}-${application.id.slice(-6)}` : plain;
      taken.add(slug);
      const line = { application, slug };
      if (application.channel !== 'sql') return { ...line, plan: null, digest: null, problem: null };
      return planLine(engine, scope, line);
    }),
  );
}

async function planLine(
  engine: Engine,
  scope: Scope,
  line: { application: ConcernedApplication; slug: string },
): Promise<PlanLine> {
  try {
    const plan = await inTime(engine.applications.erasurePlan(scope, line.application.id));
    return { ...line, plan: asJson(plan), digest: Buffer.from(planDigest(plan), 'hex'), problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...line, plan: null, digest: null, problem: error.text };
  }
}

/** An application that accepts a connection and then says nothing would hold the plan of every request. */
const patienceMs = 15_000;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): Refusal {
  return new Refusal('order.plan_too_slow', 503, {
    fr: 'L’application n’a pas donné son plan à temps. Il sera établi quand son ordre partira.',
    en: 'The application did not give its plan in time. It will be made when its order leaves.',
  });
}

function asJson(value: unknown): Json {
  const parsed: Json = JSON.parse(JSON.stringify(value));
  return parsed;
}

/** The digest of the whole plan: of its applications, in order, with the digest of each one's own plan. */
export function wholeDigest(lines: readonly PlanLine[]): Buffer {
  return sha256(
    canonicalJson(
      lines.map(({ application, digest }) => ({
        application: publicId('app', application.id),
        channel: application.channel,
        plan: digest?.toString('hex') ?? null,
      })),
    ),
  );
}

/** Freezes the plan: a campaign with its subjects, and one line an application. */
export async function freezeCampaign(
  writing: Writing,
  campaign: {
    readonly id: Id<'campaign'>;
    readonly kind: 'request' | 'purge';
    readonly persons: readonly Id<'person'>[];
  },
  lines: readonly PlanLine[],
): Promise<void> {
  const { tx, now } = writing;
  await tx
    .insertInto('compliance.campaign')
    .values({ id: campaign.id, kind: campaign.kind, action: 'erase', created_at: now })
    .execute();
  await tx
    .insertInto('compliance.campaign_subject')
    .values(campaign.persons.map((person) => ({ campaign_id: campaign.id, person_id: person, batch: 1 })))
    .execute();
  if (lines.length === 0) return;
  await tx
    .insertInto('compliance.campaign_application')
    .values(
      lines.map(({ application, slug, plan, digest, problem }) => ({
        campaign_id: campaign.id,
        application_id: application.id,
        application_name: application.name,
        channel: application.channel,
        slug,
        plan: plan === null ? null : JSON.stringify(plan),
        problem: problem === null ? null : JSON.stringify(problem),
        digest,
        backup_horizon_days: application.backupHorizonDays,
        answer_time_days: application.answerTimeDays,
        batch_size: application.batchSize,
        frozen_at: now,
      })),
    )
    .execute();
}

/** Makes the orders of a frozen campaign: every application's at once, Socle's own kept for the end. */
export async function createOrders(writing: Writing, campaign: Id<'campaign'>, cause: string): Promise<void> {
  const { tx, now, scope } = writing;
  const lines = await tx
    .selectFrom('compliance.campaign_application')
    .select(['application_id', 'application_name', 'channel', 'slug', 'batch_size'])
    .where('campaign_id', '=', campaign)
    .orderBy(natural('application_name'))
    .execute();
  const subjects = await tx
    .selectFrom('compliance.campaign_subject')
    .select(['person_id', 'batch'])
    .where('campaign_id', '=', campaign)
    .orderBy('batch')
    .orderBy('person_id')
    .execute();
  const persons = subjects.map((subject) => subject.person_id);
  const known = await openPersons(tx, scope, persons);
  const orders = [...lines, socleLine].flatMap((line) =>
    batchesOf(persons, line.batch_size).map((members, place) => ({
      members,
      row: {
        id: newId(),
        campaign_id: campaign,
        application_id: line.application_id,
        application_name: line.application_name,
        channel: line.channel,
        action: 'erase' as const,
        batch: place + 1,
        generation: 1,
        key: orderKey({ cause, application: line.slug, action: 'erase', batch: place + 1, generation: 1 }),
        state: 'planned' as const,
        planned_at: now,
        next_at: line.application_id === null ? null : now,
      },
    })),
  );
  if (orders.length === 0) return;
  await tx
    .insertInto('compliance.application_order')
    .values(orders.map(({ row }) => row))
    .execute();
  const members = orders.flatMap(({ row, members }) =>
    members.flatMap((person) => {
      const keys = known.get(person)?.keys;
      if (keys === undefined) return [];
      return [{ order_id: row.id, person_id: person, ref: keys.reference(row.application_id ?? socleSlug) }];
    }),
  );
  if (members.length > 0) await tx.insertInto('compliance.order_person').values(members).execute();
  await holdBack(
    writing,
    orders.map(({ row }) => row.id),
  );
}

/** Socle forgets all the persons of a campaign in one order. */
const socleLine = {
  application_id: null,
  application_name: socleName,
  channel: 'socle' as const,
  slug: socleSlug,
  batch_size: Number.MAX_SAFE_INTEGER,
};

/** In as many orders as the application takes persons at once. */
function batchesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_none, place) => all.slice(place * size, (place + 1) * size));
}
