import { z } from 'zod';
import { csvLine } from '../../codecs/index.ts';
import { accepted, created, type FileAnswer, file, type Slice, type Who } from '../../http/index.ts';
import type { Id, Language } from '../../kernel/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { expectType } from '../refusals.ts';
import { expectRight, may } from '../rights.ts';
import { findImport, type Import, listImports, problemsOf, publicImportId } from './job.ts';
import { proposeOptions } from './mapping.ts';
import { askStep, importSteps } from './steps.ts';
import { beginImport, keepFile } from './upload.ts';

/** Half a gigabyte: some five million lines. */
export const fileLimitBytes = 500_000_000;

const stepBody = z.strictObject({
  step: z.enum(importSteps),
  /** For `check`. */
  options: z.unknown().optional(),
  /** For `apply`: the good lines only, or all or none. */
  lines: z.enum(['all', 'good']).optional(),
});

/** Imports over the API: send a file, say how it is read, see what it would do, let it, take it back. */
export function importsApi(models: ModelSource): Slice {
  return {
    name: 'imports',
    api(app) {
      app.postRaw(
        '/objects/:type/imports',
        {
          summary: 'Send a file of objects to import (?name=, ?delimiter=)',
          takes: ['text/csv', 'application/json', 'application/x-ndjson', 'application/octet-stream'],
          limitBytes: fileLimitBytes,
          query: z.object({ name: z.string().max(200).optional(), delimiter: z.string().length(1).optional() }),
        },
        async (call) => {
          const model = models.current();
          const acting = { model, asker: askerOf(call.who) };
          const { scope } = call.who;
          const { type } = call.params;
          if (!may(acting.asker, expectType(model, type), 'create'))
            expectRight(acting.asker, expectType(model, type), 'update');
          const kept = await keepFile(scope, call.query.name ?? 'import', call.body);
          const delimiter = call.query.delimiter ?? null;
          const job = await beginImport(scope, call.who, acting, call.cause, kept, { type, delimiter });
          const proposal = proposeOptions(expectType(model, job.type), job.columns);
          return created(`/api/v1/imports/${publicImportId(job.id)}`, { ...importJson(job), proposal });
        },
      );
      app.get('/imports', { summary: 'Imports, the newest first', isList: true }, async (call) => {
        const jobs = await listImports(call.who.scope, call.who, call.list().limit);
        return { items: jobs.map(importJson), next: null };
      });
      app.get('/imports/:id', { summary: 'An import: what was decided, how far it is, what it did' }, async (call) =>
        importJson(await findImport(call.who.scope, call.who, call.params.id)),
      );
      app.post(
        '/imports/:id/steps',
        { summary: 'Check, apply, pause, resume, cancel or undo an import', body: stepBody },
        async (call) => {
          const { step, options, lines } = call.body;
          const job = await askStep(call.who.scope, call.who, models.current(), call.cause, call.params.id, {
            step,
            ...(options === undefined ? {} : { options }),
            ...(lines === undefined ? {} : { isAll: lines === 'all' }),
          });
          return accepted(`/api/v1/imports/${publicImportId(job.id)}`, importJson(job));
        },
      );
      app.get(
        '/imports/:id/problems',
        { summary: 'Everything wrong in the file, line by line, as CSV' },
        async (call) =>
          problemsFile(call.who, await findImport(call.who.scope, call.who, call.params.id), call.language),
      );
    },
  };
}

export function importJson(job: Import) {
  return {
    id: publicImportId(job.id),
    type: job.type,
    file: job.fileName,
    size: job.sizeBytes,
    format: job.format,
    encoding: job.encoding,
    delimiter: job.delimiter,
    columns: job.columns,
    options: job.options,
    state: job.state,
    paused: job.isPaused,
    lines: job.isAll ? 'all' : 'good',
    done: job.done,
    total: job.total,
    ...job.counts,
    failure: job.failure,
    created_at: job.createdAt.toISOString(),
    created_by: job.createdBy,
  };
}

const headers = {
  fr: ['Ligne', 'Colonne', 'Problème', 'Code'],
  en: ['Line', 'Column', 'Problem', 'Code'],
} as const;

/** Streamed, however many there are. */
export function problemsFile(who: Who, job: Import, language: Language): FileAnswer {
  const name = language === 'fr' ? 'problemes' : 'problems';
  return file(problemLines(who, job.id, language), 'text/csv; charset=utf-8', `${name}-${job.fileName}.csv`);
}

async function* problemLines(who: Who, id: Id<'import'>, language: Language): AsyncGenerator<Uint8Array> {
  const delimiter = language === 'fr' ? ';' : ',';
  yield Buffer.from(`\ufeff${csvLine(headers[language], delimiter)}`);
  let after = { line: -1, place: -1 };
  for (;;) {
    const problems = await problemsOf(who.scope, id, after, 2_000);
    const last = problems.at(-1);
    if (last === undefined) return;
    const lines = problems.map(({ line, column, text, code }) =>
      csvLine([String(line), column ?? '', text[language], code], delimiter),
    );
    yield Buffer.from(lines.join(''));
    after = last;
  }
}
