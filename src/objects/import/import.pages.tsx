import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { encodings } from '../../codecs/index.ts';
import {
  Bell,
  follow,
  type IncomingFile,
  type PageAnswer,
  page,
  redirect,
  type Slice,
  saying,
  type TakenFile,
  type Who,
} from '../../http/index.ts';
import { type Problem, same } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import {
  Badge,
  Button,
  FileField,
  Form,
  FormActions,
  LinkButton,
  renderFragment,
  Say,
  Table,
  When,
} from '../../ui/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import type { AnyVisit } from '../pages/context.ts';
import { expectType } from '../refusals.ts';
import { expectRight, may } from '../rights.ts';
import { fileLimitBytes, problemsFile } from './import.api.ts';
import { ImportContent, ImportProgress, importHref, isWorking, StepOver } from './import-page.tsx';
import { findImport, type Import, listImports, problemsOf } from './job.ts';
import { MappingForm, optionsOf } from './mapping-form.tsx';
import { importOptions } from './options.ts';
import { askStep, stateWords } from './steps.ts';
import { beginImport, keepFile } from './upload.ts';
import { importTitle, words } from './words.ts';

const keptShape = z.object({ id: z.uuid(), fileName: z.string(), sizeBytes: z.number(), encoding: z.enum(encodings) });

const shownProblems = 20;
const lookEveryMs = 700;
const fields = z.record(z.string(), z.unknown());

/** Pages of imports: send a file, decide how it is read, see what it would do, follow it, take it back. */
export function importPages(models: ModelSource): Slice {
  const typeOf = (visit: AnyVisit, name: string): TypeModel => {
    const type = expectType(models.current(), name);
    const asker = askerOf(visit.who);
    if (!may(asker, type, 'create')) expectRight(asker, type, 'update');
    return type;
  };
  const stepped = async (visit: AnyVisit, id: string, asked: Parameters<typeof askStep>[5]) => {
    const job = await askStep(visit.who.scope, visit.who, models.current(), visit.cause, id, asked);
    return redirect(importHref(job));
  };
  return {
    name: 'import pages',
    pages(app) {
      app.get('/imports', {}, (visit) => listPage(visit, models));
      app.get('/objects/:type/import', {}, (visit) => filePage(typeOf(visit, visit.params.type), []));
      app.post(
        '/objects/:type/import',
        {
          form: z.object({ file: z.string(saying(words.noFile)).transform(keptFile).pipe(keptShape) }),
          files: { limitBytes: fileLimitBytes, take: takeFile },
          again: (visit, { problems, text }) =>
            filePage(
              typeOf(visit, visit.params.type),
              problems.length > 0 ? problems : [{ pointer: '/file', code: 'import.file', text }],
            ),
        },
        async (visit) => {
          const { type } = visit.params;
          typeOf(visit, type);
          const acting = { model: models.current(), asker: askerOf(visit.who) };
          const { scope } = visit.who;
          const job = await beginImport(scope, visit.who, acting, visit.cause, visit.body.file, {
            type,
            delimiter: null,
          });
          return redirect(importHref(job));
        },
      );
      app.get('/imports/:id', {}, async (visit) => {
        const job = await findImport(visit.who.scope, visit.who, visit.params.id);
        return importPage(visit, expectType(models.current(), job.type), job);
      });
      app.get('/imports/:id/problems.csv', {}, async (visit) =>
        problemsFile(visit.who, await findImport(visit.who.scope, visit.who, visit.params.id), visit.language),
      );
      app.post(
        '/imports/:id/check',
        {
          form: fields,
          again: async (visit, refusal, typed) => {
            const job = await findImport(visit.who.scope, visit.who, visit.params.id);
            return mappingPage(expectType(models.current(), job.type), job, refusal.problems, typed);
          },
        },
        async (visit) => {
          const job = await findImport(visit.who.scope, visit.who, visit.params.id);
          return stepped(visit, visit.params.id, { step: 'check', options: optionsOf(job, visit.body) });
        },
      );
      app.post('/imports/:id/apply', { form: z.object({ lines: z.enum(['all', 'good']) }) }, (visit) =>
        stepped(visit, visit.params.id, { step: 'apply', isAll: visit.body.lines === 'all' }),
      );
      for (const step of ['pause', 'resume', 'cancel', 'undo'] as const) {
        app.post(`/imports/:id/${step}`, {}, (visit) => stepped(visit, visit.params.id, { step }));
      }
      app.events('/imports/:id/events', {}, (visit) => followImport(visit, visit.params.id, visit.lastEventId));
    },
  };
}

async function* followImport(visit: AnyVisit, id: string, lastEventId: string | null) {
  const { who, language, csrf } = visit;
  const { state } = await findImport(who.scope, who, id);
  let isFinished = false;
  const events = follow({
    after: lastEventId,
    read: async (after) => {
      const job = await findImport(who.scope, who, id);
      isFinished = job.state !== state || !isWorking(job);
      const stamp = `${job.state}-${job.done}-${job.isPaused}`;
      if (stamp === after) return [];
      const reading = { language, csrf, timeZone: 'Europe/Paris', theme: 'auto' as const, now: visit.clock.now() };
      const html = isFinished
        ? renderFragment(<StepOver job={job} />, reading)
        : renderFragment(<ImportProgress job={job} now={reading.now} />, reading);
      return [{ id: stamp, event: 'fragment', data: html }];
    },
    bell: new Bell(),
    topic: 'imports',
    everyMs: lookEveryMs,
    signal: visit.signal,
  });
  for await (const event of events) {
    yield event;
    if (!isFinished) continue;
    yield { id: event.id, event: 'end', data: '' };
    return;
  }
}

function filePage(type: TypeModel, problems: readonly Problem[]): PageAnswer {
  const href = `/objects/${type.name}`;
  return page({
    title: importTitle(type.plural),
    lead: words.lead,
    breadcrumbs: [{ text: type.plural, href }],
    content: (
      <Form id="import" action={`${href}/import`} problems={problems} hasFiles>
        <FileField
          name="file"
          label={words.file}
          hint={words.fileHint}
          accept=".csv,.txt,.tsv,.json,.ndjson,.jsonl"
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={words.send} />
          <LinkButton kind="quiet" href="/imports" text={words.imports} />
        </FormActions>
      </Form>
    ),
  });
}

async function importPage(visit: AnyVisit, type: TypeModel, job: Import): Promise<PageAnswer> {
  const problems = await problemsOf(visit.who.scope, job.id, { line: -1, place: -1 }, shownProblems);
  const isChanging = visit.url.searchParams.get('change') === 'yes';
  return page({
    ...frameOf(type, job),
    content: <ImportContent job={job} type={type} problems={problems} isChanging={isChanging} />,
  });
}

function mappingPage(
  type: TypeModel,
  job: Import,
  problems: readonly Problem[],
  typed: Readonly<Record<string, string>>,
): PageAnswer {
  const given = importOptions.safeParse(
    optionsOf(job, { ...typed, key: (typed.key ?? '').split('\n').filter(Boolean) }),
  );
  return page({
    ...frameOf(type, job),
    content: (
      <MappingForm
        job={job}
        type={type}
        action={`${importHref(job)}/check`}
        problems={problems}
        {...(given.success ? { options: given.data } : {})}
      />
    ),
  });
}

function frameOf(type: TypeModel, job: Import) {
  const list = `/objects/${type.name}`;
  return {
    title: { fr: `Import de ${job.fileName}`, en: `Import of ${job.fileName}` },
    badge: <Badge tone={toneOf(job)} text={stateWords[job.state]} />,
    breadcrumbs: [
      { text: type.plural, href: list },
      { text: words.imports, href: '/imports' },
    ],
    actions: <LinkButton kind="quiet" href={list} text={words.seeList} />,
  };
}

function toneOf({ state }: Import): 'good' | 'bad' | 'accent' | 'neutral' {
  if (state === 'done') return 'good';
  if (state === 'failed') return 'bad';
  return state === 'cancelled' || state === 'undone' ? 'neutral' : 'accent';
}

async function listPage(visit: AnyVisit, models: ModelSource): Promise<PageAnswer> {
  const { types } = models.current();
  return page({
    title: words.imports,
    content: (
      <Table
        id="imports"
        caption={words.imports}
        columns={[
          { id: 'file', title: words.file, cell: (job) => job.fileName },
          { id: 'type', title: words.type, cell: (job) => <TypeName type={types.get(job.type)} name={job.type} /> },
          { id: 'state', title: words.state, cell: (job) => <Badge tone={toneOf(job)} text={stateWords[job.state]} /> },
          { id: 'created', title: words.created, kind: 'number', cell: (job) => String(job.counts.created) },
          { id: 'updated', title: words.updated, kind: 'number', cell: (job) => String(job.counts.updated) },
          { id: 'sent', title: words.sent, kind: 'fixed', cell: (job) => <When at={job.createdAt} /> },
        ]}
        rows={await listImports(visit.who.scope, visit.who, 25)}
        rowHref={importHref}
        empty={{ title: words.none, hint: words.noneHint }}
      />
    ),
  });
}

function TypeName({ type, name }: { readonly type: TypeModel | undefined; readonly name: string }) {
  return <Say text={type?.plural ?? same(name)} />;
}

/** The file is kept as it comes; the form holds what is needed to go on with it. */
async function takeFile(who: Who, { name, bytes }: IncomingFile): Promise<TakenFile> {
  const digest = createHash('sha256');
  const kept = await keepFile(who.scope, name, digested(bytes, digest));
  return { value: JSON.stringify(kept), digest: digest.digest('hex') };
}

async function* digested(bytes: AsyncIterable<Uint8Array>, digest: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    digest.update(chunk);
    yield chunk;
  }
}

function keptFile(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
