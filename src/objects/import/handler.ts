import { sql } from 'kysely';
import { Refusal } from '../../kernel/index.ts';
import type { Model } from '../../model/index.ts';
import { type DueHandler, type Lease, LeaseLost, type Scope, type Writing, write } from '../../store/index.ts';
import type { ModelSource } from '../model-source.ts';
import { expectType } from '../refusals.ts';
import type { Removal } from '../removal.ts';
import { applyAllLines, applyGoodLines } from './apply.ts';
import { asCause } from './asker.ts';
import { checkLines } from './check.ts';
import { clearImport, type Import, setJob, toImport } from './job.ts';
import { importOptions } from './options.ts';
import { droppedAt } from './steps.ts';
import type { Turn } from './turn.ts';
import { undoLines } from './undo.ts';

/** Works on imports: reads and checks files, writes their lines, takes them back. One at a time in an organisation. */
export function importHandler(models: ModelSource, removals: readonly Removal[]): DueHandler {
  return {
    table: 'objects.import',
    batch: 1,
    leaseMs: 60_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) await work(scope, toImport(row), lease, models.current(), removals);
    },
  };
}

async function work(
  scope: Scope,
  job: Import,
  lease: Lease,
  model: Model,
  removals: readonly Removal[],
): Promise<void> {
  try {
    await step(scope, job, lease, model, removals);
  } catch (error) {
    // What a person can mend is told and ends the work; anything else is tried again by the pump.
    if (!(error instanceof Refusal)) throw error;
    await write(scope, asCause(job), async (writing) => {
      await setJob(writing, job.id, { state: 'failed', failure: JSON.stringify(error.text) });
      await clearImport(writing, job.id);
      await lease.settle(writing.tx, job.id, null);
    });
  }
}

async function step(
  scope: Scope,
  job: Import,
  lease: Lease,
  model: Model,
  removals: readonly Removal[],
): Promise<void> {
  const type = expectType(model, job.type);
  const turn: Turn = {
    scope,
    acting: { model, asker: job.asker },
    job,
    type,
    goesOn: () => goesOn(scope, job, lease),
    hold: async (writing) => {
      await lease.hold(writing.tx, job.id);
      await expectState(writing, job);
    },
    finish: (writing) => finish(writing, job, lease),
  };
  switch (job.state) {
    case 'checking': {
      const options = importOptions.parse(job.options);
      if (!job.isPaused && (await checkLines(turn, options))) return endCheck(scope, job, lease);
      return rest(scope, job, lease);
    }
    case 'applying': {
      const ended = job.isPaused ? 'stopped' : await (job.isAll ? applyAllLines(turn) : applyGoodLines(turn));
      if (ended === 'refused') return endCheck(scope, job, lease);
      return ended === 'stopped' ? rest(scope, job, lease) : undefined;
    }
    case 'undoing': {
      const ended = job.isPaused ? 'stopped' : await undoLines(turn, removals);
      return ended === 'stopped' ? rest(scope, job, lease) : undefined;
    }
    case 'uploaded':
    case 'checked':
      // Nobody went on with it: its file isn't kept for ever.
      return write(scope, asCause(job), async (writing) => {
        await setJob(writing, job.id, { state: 'cancelled' });
        await clearImport(writing, job.id);
        await lease.settle(writing.tx, job.id, null);
      });
    default:
      return rest(scope, job, lease);
  }
}

async function goesOn(scope: Scope, job: Import, lease: Lease): Promise<boolean> {
  if (lease.isLost) throw new LeaseLost('objects.import');
  const { rows } = await sql<{ state: string; is_paused: boolean }>`
    select state, is_paused from objects.import where id = ${job.id}`.execute(scope.db);
  return rows[0]?.state === job.state && !rows[0].is_paused;
}

/** Inside the transaction that writes: cancelled at that very moment, nothing more is written. */
async function expectState({ tx }: Writing, job: Import): Promise<void> {
  const { rows } = await sql<{ state: string }>`select state from objects.import where id = ${job.id}`.execute(tx);
  if (rows[0]?.state !== job.state) throw new LeaseLost('objects.import');
}

/** Paused or cancelled: the row rests until somebody asks for more; what a cancelled one had left goes. */
async function rest(scope: Scope, job: Import, lease: Lease): Promise<void> {
  await write(scope, asCause(job), async (writing) => {
    const { rows } = await sql<{ state: string; is_paused: boolean }>`
      select state, is_paused from objects.import where id = ${job.id} for update`.execute(writing.tx);
    const isOver = rows[0]?.state === 'cancelled';
    if (isOver) await clearImport(writing, job.id);
    const isToGoOn = !isOver && rows[0]?.is_paused === false && rows[0].state === job.state;
    await lease.settle(writing.tx, job.id, isToGoOn ? writing.now : null);
  });
}

async function finish(writing: Writing, job: Import, lease: Lease): Promise<void> {
  if (job.state === 'undoing') await setJob(writing, job.id, { state: 'undone' });
  else {
    await setJob(writing, job.id, { state: 'done' });
    await clearImport(writing, job.id);
  }
  await lease.settle(writing.tx, job.id, null);
}

/** All lines were read: what would be done is counted, and somebody decides. */
async function endCheck(scope: Scope, job: Import, lease: Lease): Promise<void> {
  await write(scope, asCause(job), async (writing) => {
    await lease.hold(writing.tx, job.id);
    await expectState(writing, job);
    const { rows } = await sql<{ verdict: string; count: bigint }>`
      select verdict, count(*) as count from objects.import_line where import = ${job.id} group by verdict`.execute(
      writing.tx,
    );
    const count = (verdict: string): bigint => rows.find((row) => row.verdict === verdict)?.count ?? 0n;
    await setJob(writing, job.id, {
      state: 'checked',
      is_paused: false,
      created_count: count('create'),
      updated_count: count('update'),
      same_count: count('same'),
      skipped_count: count('skip'),
      refused_count: count('refuse'),
      lines_total: rows.reduce((sum, row) => sum + row.count, 0n),
    });
    await lease.settle(writing.tx, job.id, droppedAt(writing.now));
  });
}
