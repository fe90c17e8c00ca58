import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Who } from '../../http/index.ts';
import { actorText, type Id, newId, parseId, publicId, Refusal, type Text } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { type Asker, askerOf } from '../acting.ts';
import { databaseOf, type Row, type Source } from '../rows.ts';
import type { FoundColumn } from './mapping.ts';
import { type ImportOptions, importOptions } from './options.ts';

export type ImportState =
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'applying'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'cancelled'
  | 'failed';

/** One import: its file, what was decided, how far it is. */
export interface Import {
  readonly id: Id<'import'>;
  readonly type: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly format: 'csv' | 'json' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly columns: readonly FoundColumn[];
  readonly options: ImportOptions | null;
  readonly state: ImportState;
  readonly isPaused: boolean;
  readonly isAll: boolean;
  readonly asker: Asker;
  readonly fingerprint: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly startedAt: Date | null;
  readonly counts: Counts;
  readonly failure: Text | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly updatedAt: Date;
}

export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly same: number;
  readonly skipped: number;
  readonly refused: number;
  readonly kept: number;
}

const asker = z.union([
  z.object({ kind: z.literal('system') }),
  z.object({
    kind: z.literal('user'),
    roles: z.array(z.string()),
    perimeters: z.array(z.string()).nullable(),
    me: z.string(),
  }),
]);
const text = z.object({ fr: z.string(), en: z.string() });
const stored = z.object({
  id: z.string(),
  type: z.string(),
  file_name: z.string(),
  size_bytes: z.bigint(),
  format: z.enum(['csv', 'json', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  options: importOptions.nullable(),
  state: z.enum(['uploaded', 'checking', 'checked', 'applying', 'done', 'undoing', 'undone', 'cancelled', 'failed']),
  is_paused: z.boolean(),
  is_all: z.boolean(),
  asker,
  fingerprint: z.string().nullable(),
  lines_done: z.bigint(),
  lines_total: z.bigint().nullable(),
  step_started_at: z.date().nullable(),
  created_count: z.bigint(),
  updated_count: z.bigint(),
  same_count: z.bigint(),
  skipped_count: z.bigint(),
  refused_count: z.bigint(),
  kept_count: z.bigint(),
  failure: text.nullable(),
  created_at: z.date(),
  created_by: z.string(),
  updated_at: z.date(),
});

export function toImport(row: unknown): Import {
  const job = stored.parse(row);
  return {
    id: job.id,
    type: job.type,
    fileName: job.file_name,
    sizeBytes: Number(job.size_bytes),
    format: job.format,
    encoding: job.encoding,
    delimiter: job.delimiter,
    columns: job.columns,
    options: job.options,
    state: job.state,
    isPaused: job.is_paused,
    isAll: job.is_all,
    asker: job.asker,
    fingerprint: job.fingerprint,
    done: Number(job.lines_done),
    total: job.lines_total === null ? null : Number(job.lines_total),
    startedAt: job.step_started_at,
    counts: {
      created: Number(job.created_count),
      updated: Number(job.updated_count),
      same: Number(job.same_count),
      skipped: Number(job.skipped_count),
      refused: Number(job.refused_count),
      kept: Number(job.kept_count),
    },
    failure: job.failure,
    createdAt: job.created_at,
    createdBy: job.created_by,
    updatedAt: job.updated_at,
  };
}

/** Their own imports; an administrator's eyes see all of the organisation's. */
function whose(who: Who): RawBuilder<boolean> {
  return who.roles.includes('admin') ? sql`true` : sql`created_by = ${actorText(who.actor)}`;
}

/** An import the caller may see, locked when it is to be changed. Refuses with 404. */
export async function findImport(source: Source, who: Who, reference: string, isLocked = false): Promise<Import> {
  const id = parseId('job', reference) ?? newId();
  const { rows } = await sql<Row>`
    select * from objects.import where id = ${id} and ${whose(who)} ${isLocked ? sql`for update` : sql``}`.execute(
    databaseOf(source),
  );
  const [row] = rows;
  if (row !== undefined) return toImport(row);
  throw new Refusal('import.not_found', 404, {
    fr: 'Cet import n’existe pas, ou n’est pas le vôtre.',
    en: 'There is no such import, or it isn’t yours.',
  });
}

/** The newest first. */
export async function listImports(source: Source, who: Who, limit: number): Promise<readonly Import[]> {
  const { rows } = await sql<Row>`
    select * from objects.import where ${whose(who)} order by created_at desc, id desc limit ${limit}`.execute(
    databaseOf(source),
  );
  return rows.map((row) => toImport(row));
}

export function publicImportId(id: Id<'import'>): string {
  return publicId('job', id);
}

export interface ProblemLine {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly text: Text;
}

/** What is wrong in the file, line by line, after this one. */
export async function problemsOf(
  source: Source,
  id: Id<'import'>,
  after: { readonly line: number; readonly place: number },
  limit: number,
): Promise<readonly (ProblemLine & { readonly place: number })[]> {
  const { rows } = await sql<Row>`
    select line, place, column_name, code, text from objects.import_problem
     where import = ${id} and (line, place) > (${after.line}, ${after.place}) order by line, place limit ${limit}`.execute(
    databaseOf(source),
  );
  return rows.map((row) => ({
    line: Number(row.line),
    place: Number(row.place),
    column: typeof row.column_name === 'string' ? row.column_name : null,
    code: String(row.code),
    text: text.parse(row.text),
  }));
}

/** What a step sets in the job's row; the values are columns. */
export async function setJob(
  source: Source,
  id: Id<'import'>,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = 'tx' in source ? source.now : source.clock.now();
  const set = Object.entries({ ...values, updated_at: now }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  await sql`update objects.import set ${sql.join(set)} where id = ${id}`.execute(databaseOf(source));
}

/** What only served to do it: the file, its lines, its samples. */
export async function clearImport(writing: Writing, id: Id<'import'>): Promise<void> {
  await sql`delete from objects.import_file where import = ${id}`.execute(writing.tx);
  await sql`delete from objects.import_line where import = ${id}`.execute(writing.tx);
  await sql`update objects.import set columns = '[]' where id = ${id}`.execute(writing.tx);
}

export function askerJson(who: Who): string {
  return JSON.stringify(askerOf(who));
}
