import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import type { Id } from '../../kernel/index.ts';
import { type Writing, write } from '../../store/index.ts';
import { asCause } from './asker.ts';
import { keepProblems } from './check.ts';
import type { LineProblem } from './draft.ts';
import { publicImportId, setJob } from './job.ts';
import { createLines, type Effect, type Line, linesToWrite, updateLines } from './lines.ts';
import { tryEach } from './try-each.ts';
import { linesAtOnce, type Turn } from './turn.ts';

/** How the writing of an import ended. */
export type Ended = 'done' | 'stopped' | 'refused';

/**
 * Writes the good lines, two thousand in a transaction: each is taken off the lines with what it did, so that cut anywhere it
 * goes on where it was. What fails on the way is refused in words, and the rest goes on.
 */
export async function applyGoodLines(turn: Turn): Promise<Ended> {
  const { scope, job, type } = turn;
  // What was written is gone from the lines, but its places in their index are passed over once only.
  let after = 0;
  for (;;) {
    if (!(await turn.goesOn())) return 'stopped';
    const writtenTo = await write(scope, asCause(job), async (writing) => {
      await turn.hold(writing);
      const lines = await linesToWrite(writing, type, job.id, after, linesAtOnce);
      const last = lines.at(-1);
      if (last === undefined) {
        await turn.finish(writing);
        return null;
      }
      const { refused, ...counts } = await writeLines(writing, turn, lines);
      await refuseLines(writing, job.id, refused);
      const written = lines.filter((line) => !refused.has(line)).map(({ line }) => line);
      await sql`delete from objects.import_line where import = ${job.id} and line = any (${written}::bigint[])`.execute(
        writing.tx,
      );
      await setJob(writing, job.id, { lines_done: sql`lines_done + ${lines.length}::int` });
      await countWritten(writing, turn, counts);
      return last.line;
    });
    if (writtenTo === null) return 'done';
    after = writtenTo;
  }
}

/**
 * Writes all lines in one transaction, or none: at the first that can't be, or when somebody stops it, nothing was done. Its
 * numbers are allotted in it, so that others who create objects of the type wait for its end.
 */
export async function applyAllLines(turn: Turn): Promise<Ended> {
  const { scope, job, type } = turn;
  let refused: ReadonlyMap<Line, LineProblem> = new Map();
  try {
    await write(scope, asCause(job), async (writing) => {
      const total = { created: 0, updated: 0, same: 0 };
      let after = 0;
      for (let done = 0; ; ) {
        if (!(await turn.goesOn())) throw new Stopped();
        const lines = await linesToWrite(writing, type, job.id, after, linesAtOnce);
        const last = lines.at(-1);
        if (last === undefined) break;
        const written = await writeLines(writing, turn, lines);
        refused = written.refused;
        if (refused.size > 0) throw new Stopped();
        total.created += written.created;
        total.updated += written.updated;
        total.same += written.same;
        after = last.line;
        done += lines.length;
        // Outside of the transaction: for whoever looks on.
        await setJob(scope, job.id, { lines_done: done });
      }
      await turn.hold(writing);
      await countWritten(writing, turn, total);
      await turn.finish(writing);
    });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (refused.size === 0) return 'stopped';
    await write(scope, asCause(job), (writing) => refuseLines(writing, job.id, refused));
    return 'refused';
  }
  return 'done';
}

class Stopped extends Error {}

interface Written {
  readonly refused: ReadonlyMap<Line, LineProblem>;
  readonly created: number;
  readonly updated: number;
  readonly same: number;
}

/** Writes some lines with what they did; says which could not be. */
async function writeLines(writing: Writing, { acting, job, type }: Turn, lines: readonly Line[]): Promise<Written> {
  const effects = new Map<Line, Effect>();
  const creates = await tryEach(writing, only(lines, 'create'), async (some) => {
    const wrong = await createLines(writing, acting, type, some);
    if (wrong.size === 0) for (const line of some) effects.set(line, { ...line, version: 1, isCreated: true });
    return wrong;
  });
  const updates = await tryEach(writing, only(lines, 'update'), (some) =>
    updateLines(writing, acting, type, some, effects),
  );
  const refused = new Map([...creates, ...updates]);
  const done = [...effects].flatMap(([line, effect]) => (refused.has(line) ? [] : [effect]));
  const created = done.filter(({ isCreated }) => isCreated).length;
  await keepEffects(writing, job.id, done);
  return { refused, created, updated: done.length - created, same: lines.length - refused.size - done.length };
}

/** One entry in the journal for each transaction. */
async function countWritten(
  writing: Writing,
  { job, type }: Turn,
  { created, updated, same }: Omit<Written, 'refused'>,
): Promise<void> {
  await setJob(writing, job.id, {
    created_count: sql`created_count + ${created}::int`,
    updated_count: sql`updated_count + ${updated}::int`,
    same_count: sql`same_count + ${same}::int`,
  });
  if (created + updated === 0) return;
  await record(writing, {
    kind: 'objects.imported',
    subject: publicImportId(job.id),
    data: { type: type.name, created, updated },
  });
}

function only(lines: readonly Line[], verdict: Line['verdict']): readonly Line[] {
  return lines.filter((line) => line.verdict === verdict);
}

async function keepEffects({ tx }: Writing, id: Id<'import'>, effects: readonly Effect[]): Promise<void> {
  await sql`
    insert into objects.import_effect (import, object, line, version, is_created)
    select ${id}, r.* from unnest(${effects.map(({ object }) => object)}::uuid[], ${effects.map(({ line }) => line)}::bigint[],
      ${effects.map(({ version }) => version)}::int[], ${effects.map(({ isCreated }) => isCreated)}::boolean[]) as r`.execute(
    tx,
  );
}

async function refuseLines(writing: Writing, id: Id<'import'>, refused: ReadonlyMap<Line, LineProblem>): Promise<void> {
  if (refused.size === 0) return;
  const lines = [...refused.keys()].map(({ line }) => line);
  await sql`update objects.import_line set verdict = 'refuse', values = '{}' where import = ${id} and line = any (${lines}::bigint[])`.execute(
    writing.tx,
  );
  await keepProblems(
    writing.tx,
    id,
    [...refused].map(([{ line }, problem]) => ({ line, problems: [problem] })),
  );
  await setJob(writing, id, { refused_count: sql`refused_count + ${lines.length}::int` });
}
