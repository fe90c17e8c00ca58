import { sightingView } from '../../channels/index.ts';
import { type Id, type Language, publicId } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import type { RequestClock } from '../clock/clock.ts';
import { type Confirmation, confirmationOf } from '../confirmation/confirmation.ts';
import type { Engine } from '../engine.ts';
import { type HoldView, holdsOf } from '../hold/hold.ts';
import { checkText } from '../order/hand-check-words.ts';
import { type OrderView, ordersOf } from '../order/latest.ts';
import { mayGoOn } from '../order/states.ts';
import { type KnownPerson, openPerson } from '../person/secret.ts';
import { type ProofView, proofsOf } from '../task/proof.ts';
import { hasOtherUnanswered } from './awaited.ts';
import { clockOfRequest } from './clock-facts.ts';
import { fileOf, type RequestFile } from './file-retention.ts';
import { campaignOf, type RequestRow, readRequestRow } from './row.ts';
import { isOver, requestStateLabel } from './states.ts';
import { readSteps, type Step } from './steps.ts';
import { orderText, orderWhy, stepText } from './words.ts';

/** All that is known of a request, read together. */
export interface RequestView {
  readonly request: RequestRow;
  readonly clock: RequestClock;
  readonly orders: readonly OrderView[];
  readonly steps: readonly Step[];
  /** What contacts attached to their answers. */
  readonly proofs: readonly ProofView[];
  /** Null once the person is forgotten. */
  readonly person: KnownPerson | null;
  /** Persons who share an identifier and contradict this one: a human decides. */
  readonly openReviews: number;
  /** Whether the address given on the public form is confirmed; null when the request came otherwise. */
  readonly confirmation: Confirmation | null;
  /** Another request of this person waits for its answer: Socle can't forget them yet. */
  readonly isAwaitedElsewhere: boolean;
  /** Null while the request goes on. */
  readonly file: RequestFile | null;
  /** Unfinished orders of applications of which more is declared since their plan was frozen; see `withRenewed`. */
  readonly renewed: ReadonlySet<string>;
  /** Those of the person, in force or ended. */
  readonly holds: readonly HoldView[];
}

/** One snapshot: what is shown together was true together. */
export async function viewRequest(scope: Scope, id: Id<'request'>): Promise<RequestView> {
  const snapshot = scope.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (tx) => {
    const request = await readRequestRow(tx, id);
    const person = await openPerson(tx, scope, request.person_id);
    return {
      request,
      person,
      clock: await clockOfRequest(tx, request, scope.clock.now()),
      orders: await ordersOf(tx, id),
      proofs: await proofsOf(tx, id),
      steps: await readSteps(tx, id, person?.keys ?? null),
      file: await fileOf(tx, id),
      confirmation: await confirmationOf(tx, request),
      renewed: new Set<string>(),
      holds: await holdsOf(tx, scope, request.person_id),
      openReviews: await countOpenReviews(tx, request.person_id),
      isAwaitedElsewhere:
        request.state === 'answered' && (await hasOtherUnanswered(tx, [request.person_id], request.id)),
    };
  });
}

/** With which of its unfinished orders can go on, because somebody said more of their application since. */
export async function withRenewed(engine: Engine, scope: Scope, view: RequestView): Promise<RequestView> {
  const stopped = view.orders.filter((order) => order.isLatest && mayGoOn(order));
  if (stopped.length === 0) return view;
  const frozen = await scope.db
    .selectFrom('compliance.campaign_application')
    .select(['application_id', 'frozen_at'])
    .where('campaign_id', '=', campaignOf(view.request))
    .execute();
  const renewed = await Promise.all(
    stopped.map(async ({ id, applicationId }) => {
      const line = frozen.find(({ application_id: known }) => known === applicationId);
      const declaredAt = line === undefined ? null : await engine.applications.declaredAt(scope, line.application_id);
      return line !== undefined && declaredAt !== null && declaredAt > line.frozen_at ? [id] : [];
    }),
  );
  return { ...view, renewed: new Set(renewed.flat()) };
}

async function countOpenReviews(tx: Tx, person: string): Promise<number> {
  const row = await tx
    .selectFrom('compliance.identity_review')
    .select((select) => select.fn.countAll().as('count'))
    .where('state', '=', 'open')
    .where((where) => where.or([where('person_id', '=', person), where('other_person_id', '=', person)]))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The request as the API says it, words in the caller's language. No personal value. */
export function requestJson(view: RequestView, language: Language) {
  const { request, clock } = view;
  return {
    id: publicId('req', request.id),
    number: request.number,
    right: request.right_asked,
    state: request.state,
    stateWords: requestStateLabel(request.state)[language],
    isClosed: isOver(request.state),
    controller: request.controller_id === null ? null : publicId('obj', request.controller_id),
    person: publicId('per', request.person_id),
    assignee: request.assignee_id === null ? null : publicId('usr', request.assignee_id),
    intake: request.intake,
    language: request.language,
    receivedOn: clock.receivedOn,
    dueOn: clock.deadline,
    clock: {
      state: clock.state,
      deadline: clock.deadline,
      firstDeadline: clock.firstDeadline,
      isProvisional: clock.isProvisional,
      daysLeft: clock.daysLeft,
      words: clock.steps.map((step) => step.text[language]),
    },
    identity: {
      establishedBy: request.identity_by,
      at: iso(request.identity_at),
      openReviews: view.openReviews,
      confirmation: confirmationJson(view.confirmation),
    },
    plan:
      request.plan_digest === null
        ? null
        : { digest: request.plan_digest.toString('hex'), frozenAt: iso(request.planned_at) },
    answer: {
      mode: request.answer_mode,
      kind: request.answer_kind,
      at: iso(request.answered_at),
      isFinal: request.answer_final_at !== null,
    },
    refusalGround: request.refusal_ground,
    problem: request.last_error,
    verifiedAt: iso(request.verified_at),
    closedAt: iso(request.closed_at),
    file: view.file === null ? null : { keptUntil: view.file.endsOn, forgottenAt: iso(view.file.forgottenAt) },
    version: request.version,
    steps: view.steps.map((step) => ({
      at: step.at.toISOString(),
      kind: step.kind,
      actor: step.actor,
      words: stepText(step.kind, step.data)[language],
    })),
    orders: view.orders.map((order) => ({
      ...orderJson(order, language),
      isLatest: order.isLatest,
      left: order.left.map(sightingView),
      checks: order.checks.map((check) => ({ ...check, at: check.at.toISOString(), words: checkText(check) })),
      isRenewed: view.renewed.has(order.id),
    })),
    proofs: view.proofs.map(({ order, digest, mediaType, sizeBytes, at, isKept }) => ({
      order: publicId('ord', order),
      digest: `sha256:${digest}`,
      mediaType,
      sizeBytes,
      at: at.toISOString(),
      isKept,
    })),
  };
}

/** Whether the address of the public form is confirmed; null when the request came otherwise. */
function confirmationJson(confirmation: Confirmation | null) {
  if (confirmation === null) return null;
  const { isAwaited, lastDay, remindedAt, endedAt } = confirmation;
  return { isAwaited, lastDay, remindedAt: iso(remindedAt), endedAt: iso(endedAt) };
}

function orderJson(order: OrderView, language: Language) {
  return {
    id: publicId('ord', order.id),
    key: order.key,
    application: order.application,
    applicationId: order.applicationId === null ? null : publicId('app', order.applicationId),
    channel: order.channel,
    generation: order.generation,
    isLatest: order.isLatest,
    state: order.state,
    outcome: order.outcome,
    reason: order.reason,
    counts: order.counts,
    words: orderText(order)[language],
    why: orderWhy(order)[language],
    tries: order.tries,
    digest: order.digest === null ? null : `sha256:${order.digest.toString('hex')}`,
    plannedAt: iso(order.plannedAt),
    sentAt: iso(order.sentAt),
    dueAt: iso(order.dueAt),
    receivedAt: iso(order.receivedAt),
    endedAt: iso(order.endedAt),
    verifiedAt: iso(order.verifiedAt),
  };
}
