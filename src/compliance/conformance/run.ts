import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal, systemCause } from '../../kernel/index.ts';
import { type DueHandler, hintDue, type Lease, LeaseLost, type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { pullTopic } from '../order/pull-topic.ts';
import { casesOf, type Step } from './cases.ts';
import { type Driver, webhookDriver } from './driver.ts';
import { ordersOfCase, type Run, readRun, type TestOrderRow } from './row.ts';
import { type CaseResult, type Restart, type Sent, verdictOf } from './seen.ts';
import { words } from './words.ts';

/** How often an answer is looked for when nothing wakes the run. */
const lookMs = 1_000;
/** How long, and how often, one turn watches an application that is restarted. */
const watchMs = 6_000;
const probeMs = 200;

/** Carries running tests on, one step a turn: a crash repeats a step, and the application drops the repeat by its key. */
export function conformanceHandler(engine: Engine): DueHandler {
  return {
    table: 'compliance.conformance_run',
    batch: 2,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      await Promise.all(rows.map(({ id }) => carryOn(engine, scope, id, lease)));
    },
  };
}

async function carryOn(engine: Engine, scope: Scope, id: string, lease: Lease): Promise<void> {
  try {
    const run = await readRun(scope.db, id);
    if (run?.current === null || run === null) return await settle(scope, lease, id, null);
    const { step } = run.current;
    if (step === null) return await endCase(scope, lease, run);
    await takeStep(engine, scope, lease, run, step);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (!(error instanceof Refusal)) throw error;
    // The application can't be driven at all: its secret or its address is gone.
    engine.log.info({ error }, 'conformance.ended');
    await endAll(scope, lease, id, error);
  }
}

async function takeStep(engine: Engine, scope: Scope, lease: Lease, run: Run, step: Step): Promise<void> {
  const now = scope.clock.now();
  const orders = await ordersOfCase(scope.db, run.id, run.current?.case.id ?? '');
  switch (step.do) {
    case 'quiet':
      return isOver(run, quietSeconds(run, step.seconds), now)
        ? next(scope, lease, run)
        : settle(scope, lease, run.id, inMs(now, lookMs));
    case 'send': {
      const order = expectOrder(orders, step.order);
      if (run.channel === 'pull') return next(scope, lease, run, (writing) => offer(writing, run, order));
      const driver = await webhookDriver(engine, scope, run.application);
      const sent = await driver.send(order, step.signing);
      return next(scope, lease, run, (writing) => keepSent(writing, order, sent));
    }
    case 'send_again': {
      const order = expectOrder(orders, step.order);
      if (isAcknowledged(order)) return next(scope, lease, run);
      const sent = await (await webhookDriver(engine, scope, run.application)).send(order, 'well');
      return next(scope, lease, run, (writing) => keepSent(writing, order, sent));
    }
    case 'answer': {
      const order = expectOrder(orders, step.order);
      const isDone = isAnswered(order, step.until) || isOver(run, step.seconds, now);
      return isDone ? next(scope, lease, run) : settle(scope, lease, run.id, inMs(now, lookMs));
    }
    case 'restart': {
      const order = expectOrder(orders, step.order);
      // Nothing to restart for: it never got as far as an answer.
      if (order.answers.length === 0 || isOver(run, step.seconds, now)) return next(scope, lease, run);
      return watchRestart(await driverOf(engine, scope, run), scope, lease, run, order);
    }
  }
}

/** Who comes for orders comes when they please: one waits for their next time. */
function quietSeconds(run: Run, seconds: number): number {
  return run.channel === 'pull' ? 30 : seconds;
}

/** Nobody can look whether an application that comes for its orders is up: its restart is taken on trust. */
function driverOf(engine: Engine, scope: Scope, run: Run): Promise<Pick<Driver, 'isUp'>> {
  if (run.channel === 'webhook') return webhookDriver(engine, scope, run.application);
  return Promise.resolve({ isUp: () => Promise.resolve(true) });
}

/** The application is given it the next time it comes. */
async function offer(writing: Writing, run: Run, order: TestOrderRow): Promise<void> {
  const sent: Sent = { signing: 'offered', status: 200, latencyMs: 0, problem: null };
  await writing.tx
    .updateTable('compliance.conformance_order')
    .set({ offered_at: writing.now, sent: JSON.stringify([...order.sent, sent]) })
    .where('id', '=', order.id)
    .execute();
  await hintDue(writing.tx, pullTopic(run.application));
}

/** An order that nobody took is not answered: one doesn't wait for it. */
function isAnswered(order: TestOrderRow, until: 'taken' | 'tried'): boolean {
  if (!isAcknowledged(order)) return true;
  return until === 'tried' ? order.answers.length > 0 : order.answers.some(({ verdict }) => verdict === 'taken');
}

/** Looks whether the application stops and answers again, for some seconds a turn. */
async function watchRestart(
  driver: Pick<Driver, 'isUp'>,
  scope: Scope,
  lease: Lease,
  run: Run,
  order: TestOrderRow,
): Promise<void> {
  let restart = run.restart;
  let isUp = false;
  const until = performance.now() + watchMs;
  while (performance.now() < until) {
    isUp = await driver.isUp();
    restart = afterLooking(restart, isUp, (await readRun(scope.db, run.id))?.restart === 'told');
    if (isUp && hasRestarted(restart)) break;
    await pause(probeMs);
  }
  const isDone = isUp && hasRestarted(restart);
  await write(scope, systemCause('conformance', run.id), async ({ tx, now }) => {
    await tx
      .updateTable('compliance.conformance_run')
      .set({
        ...(restart === 'never' ? {} : { restart }),
        ...(isDone ? { step_at: run.stepAt + 1, step_since: now } : {}),
      })
      .where('id', '=', run.id)
      .execute();
    if (isDone)
      await tx.updateTable('compliance.conformance_order').set({ hold: 0 }).where('id', '=', order.id).execute();
    await lease.settle(tx, run.id, now);
  });
}

/** Seen down then up is better than said: it is what counts when both are there. */
function afterLooking(restart: Run['restart'], isUp: boolean, isTold: boolean): Run['restart'] {
  if (restart === 'seen') return 'seen';
  if (!isUp) return 'down';
  if (restart === 'down') return 'seen';
  return isTold ? 'told' : restart;
}

function isAcknowledged(order: TestOrderRow): boolean {
  const status = order.sent.at(-1)?.status ?? null;
  return status !== null && status >= 200 && status <= 299;
}

function hasRestarted(restart: Run['restart']): boolean {
  return restart === 'seen' || restart === 'told';
}

function keepSent({ tx }: Writing, order: TestOrderRow, sent: Sent): Promise<unknown> {
  return tx
    .updateTable('compliance.conformance_order')
    .set({ sent: JSON.stringify([...order.sent, sent]) })
    .where('id', '=', order.id)
    .execute();
}

/** On to the next step, in the transaction that keeps what this one saw. */
async function next(
  scope: Scope,
  lease: Lease,
  run: Run,
  keep: (writing: Writing) => Promise<unknown> = async () => undefined,
): Promise<void> {
  await write(scope, systemCause('conformance', run.id), async (writing) => {
    await keep(writing);
    await writing.tx
      .updateTable('compliance.conformance_run')
      .set({ step_at: run.stepAt + 1, step_since: writing.now })
      .where('id', '=', run.id)
      .execute();
    await lease.settle(writing.tx, run.id, writing.now);
  });
}

/** Every step of a case is done: what it showed is judged. When the first case fails, the others would say the same. */
async function endCase(scope: Scope, lease: Lease, run: Run): Promise<void> {
  const cases = casesOf(run.channel);
  const current = cases[run.caseAt];
  if (current === undefined) return endRun(scope, lease, run, run.results);
  const orders = await ordersOfCase(scope.db, run.id, current.id);
  const restart: Restart = run.restart === 'down' ? 'never' : run.restart;
  const findings = current.check(orders, restart);
  const results = [...run.results, { case: current.id, verdict: verdictOf(findings), findings }];
  const isLast = run.caseAt + 1 >= cases.length;
  const isHopeless = run.caseAt === 0 && verdictOf(findings) === 'mend';
  if (isLast || isHopeless) return endRun(scope, lease, run, results);
  await write(scope, systemCause('conformance', run.id), async ({ tx, now }) => {
    // What the application never came for is not given to it in the midst of another case.
    await tx
      .updateTable('compliance.conformance_order')
      .set({ offered_at: null })
      .where('run_id', '=', run.id)
      .execute();
    await tx
      .updateTable('compliance.conformance_run')
      .set({ case_at: run.caseAt + 1, step_at: 0, step_since: now, results: JSON.stringify(results) })
      .where('id', '=', run.id)
      .execute();
    await lease.settle(tx, run.id, now);
  });
}

/** The first case failed for a reason of Socle's own side: it is told as what to mend. */
async function endAll(scope: Scope, lease: Lease, id: string, why: Refusal): Promise<void> {
  const run = await readRun(scope.db, id);
  if (run === null) return;
  const current = casesOf(run.channel)[run.caseAt]?.id ?? '';
  const result: CaseResult = { case: current, verdict: 'mend', findings: [{ verdict: 'mend', text: why.text }] };
  await endRun(scope, lease, run, [...run.results, result]);
}

async function endRun(scope: Scope, lease: Lease, { id, channel }: Run, tried: readonly CaseResult[]): Promise<void> {
  const untried = casesOf(channel)
    .slice(tried.length)
    .map(
      (each): CaseResult => ({
        case: each.id,
        verdict: 'untried',
        findings: [{ verdict: 'untried', text: words.mendFirst }],
      }),
    );
  const results = [...tried, ...untried];
  const state = results.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'failed';
  await write(scope, systemCause('conformance', id), async ({ tx, now }) => {
    await tx
      .updateTable('compliance.conformance_run')
      .set({ state, ended_at: now, results: JSON.stringify(results) })
      .where('id', '=', id)
      .execute();
    await lease.settle(tx, id, null);
  });
}

async function settle(scope: Scope, lease: Lease, id: string, at: Date | null): Promise<void> {
  await scope.db.transaction().execute((tx) => lease.settle(tx, id, at));
}

function isOver(run: Run, seconds: number, now: Date): boolean {
  return run.current === null || now.getTime() >= run.current.since.getTime() + seconds * 1_000;
}

function inMs(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

function expectOrder(orders: readonly TestOrderRow[], place: number): TestOrderRow {
  const order = orders[place];
  if (order === undefined) throw new Error(`a case names its order ${place}, which it does not have`);
  return order;
}
