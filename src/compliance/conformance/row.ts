import { z } from 'zod';
import type { Id } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { type Case, casesOf, type Step, type TestChannel } from './cases.ts';
import type { Answered, CaseResult, Kind, SeenOrder, Sent } from './seen.ts';

const text = z.object({ fr: z.string(), en: z.string() });
const outcome = z.enum(['executed', 'partly', 'refused', 'not_found', 'failed']);

const sentSchema: z.ZodType<Sent> = z.object({
  signing: z.enum(['well', 'offered', 'expired', 'wrongly', 'altered', 'unsigned']),
  status: z.number().nullable(),
  latencyMs: z.number(),
  problem: text.nullable(),
});

export const answeredSchema: z.ZodType<Answered> = z.object({
  verdict: z.enum(['taken', 'repeat', 'held', 'not_this_one', 'conflict']),
  at: z.string(),
  outcome,
  default: outcome.nullable(),
  persons: z.array(z.object({ ref: z.string(), outcome, counts: z.number(), hasReason: z.boolean() })),
  hasBy: z.boolean(),
  isSigned: z.boolean(),
});

const kind: z.ZodType<Kind> = z.enum(['present', 'absent']);
const personsSchema = z.array(z.object({ ref: z.string(), kind }));

const resultSchema: z.ZodType<CaseResult> = z.object({
  case: z.string(),
  verdict: z.enum(['passed', 'mend', 'untried']),
  findings: z.array(z.object({ verdict: z.enum(['good', 'advice', 'mend', 'untried']), text })),
});

export interface Run {
  readonly id: string;
  readonly application: Id<'application'>;
  readonly channel: TestChannel;
  readonly state: 'running' | 'passed' | 'failed';
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly results: readonly CaseResult[];
  readonly restart: 'never' | 'down' | 'seen' | 'told';
  /** What is being tried; null when it has ended. */
  readonly current: { readonly case: Case; readonly step: Step | null; readonly since: Date } | null;
  readonly caseAt: number;
  readonly stepAt: number;
}

const runColumns = [
  'id',
  'application_id',
  'channel',
  'state',
  'started_at',
  'ended_at',
  'results',
  'restart',
  'case_at',
  'step_at',
  'step_since',
] as const;

function runs(db: Scope['db'] | Tx) {
  return db.selectFrom('compliance.conformance_run').select(runColumns);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof runs>['executeTakeFirst']>>>;

export async function readRun(db: Scope['db'] | Tx, id: string): Promise<Run | null> {
  const row = await runs(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : runOf(row);
}

/** The last runs of an application, the latest first. */
export async function lastRuns(db: Scope['db'], application: string, count: number): Promise<readonly Run[]> {
  const rows = await runs(db).where('application_id', '=', application).orderBy('id', 'desc').limit(count).execute();
  return rows.map(runOf);
}

function runOf(row: Row): Run {
  const channel = row.channel === 'pull' ? 'pull' : 'webhook';
  const current = row.state === 'running' ? casesOf(channel)[row.case_at] : undefined;
  return {
    id: row.id,
    application: row.application_id,
    channel,
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    results: resultSchema.array().parse(row.results),
    restart: row.restart,
    current:
      current === undefined ? null : { case: current, step: current.steps[row.step_at] ?? null, since: row.step_since },
    caseAt: row.case_at,
    stepAt: row.step_at,
  };
}

export interface TestOrderRow extends SeenOrder {
  readonly id: string;
  readonly body: Buffer;
  readonly hold: number;
}

/** The orders of one case of a run, in their order. */
export async function ordersOfCase(db: Scope['db'] | Tx, run: string, name: string): Promise<readonly TestOrderRow[]> {
  const rows = await db
    .selectFrom('compliance.conformance_order')
    .select(['id', 'body', 'persons', 'hold', 'sent', 'receipts', 'fetched', 'answers'])
    .where('run_id', '=', run)
    .where('case_id', '=', name)
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    body: row.body,
    persons: personsSchema.parse(row.persons),
    hold: row.hold,
    sent: sentSchema.array().parse(row.sent),
    receipts: row.receipts,
    fetched: row.fetched,
    answers: answeredSchema.array().parse(row.answers),
  }));
}
