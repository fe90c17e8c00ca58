import { planDigest } from '../../channels/index.ts';
import { canonicalJson, type Id, type Json, newId, publicId, Refusal, sha256, type Text } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
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
    .select(['application_id', 'application_name', 'channel', 'slug'])
    .where('campaign_id', '=', campaign)
    .orderBy('application_name')
    .execute();
  const subjects = await tx
    .selectFrom('compliance.campaign_subject')
    .select(['person_id', 'batch'])
    .where('campaign_id', '=', campaign)
    .execute();
  const known = await openPersons(
    tx,
    scope,
    subjects.map((subject) => subject.person_id),
  );
  const batches = [...new Set(subjects.map((subject) => subject.batch))].sort((a, b) => a - b);
  const socle = { application_id: null, application_name: socleName, channel: 'socle' as const, slug: socleSlug };
  const orders = [...lines, socle].flatMap((line) =>
    batches.map((batch) => ({
      id: newId(),
      campaign_id: campaign,
      application_id: line.application_id,
      application_name: line.application_name,
      channel: line.channel,
      action: 'erase' as const,
      batch,
      generation: 1,
      key: orderKey({ cause, application: line.slug, action: 'erase', batch, generation: 1 }),
      state: 'planned' as const,
      planned_at: now,
      next_at: line.application_id === null ? null : now,
    })),
  );
  await tx.insertInto('compliance.application_order').values(orders).execute();
  const persons = orders.flatMap((order) =>
    subjects
      .filter((subject) => subject.batch === order.batch)
      .flatMap((subject) => {
        const person = known.get(subject.person_id);
        if (person === undefined) return [];
        const ref = person.keys.reference(order.application_id ?? socleSlug);
        return [{ order_id: order.id, person_id: subject.person_id, ref }];
      }),
  );
  await tx.insertInto('compliance.order_person').values(persons).execute();
  await holdBack(
    writing,
    orders.map((order) => order.id),
  );
}
