import { z } from 'zod';
import { type ApiApp, type Call, created, file, noContent, type Slice } from '../http/index.ts';
import { publicId } from '../kernel/index.ts';
import { roleNames, viewSchema } from '../model/index.ts';
import { askerOf, expectRight, expectType, listObjects, objectJson } from '../objects/index.ts';
import { writeOnce } from '../store/index.ts';
import { csvBytes } from './csv.ts';
import { draw } from './draw.ts';
import { both } from './narrowed.ts';
import type { ViewsOptions } from './options.ts';
import { changeView, findSaved, removeView, saveView } from './saved/saved.ts';
import { findView, type Seen, viewsFor } from './seen.ts';
import { pictureOf } from './views.pages.tsx';

const formats = { json: 'application/json', csv: 'text/csv', svg: 'image/svg+xml' } as const;
type Format = keyof typeof formats;

const viewQuery = z.object({
  format: z.enum(['json', 'csv', 'svg']).optional().describe('instead of the Accept header'),
  limit: z.string().optional(),
  cursor: z.string().optional(),
  filter: z.string().optional().describe('of a table, besides its own: a condition in CEL'),
});

/** Views for programs: what there is, and each as JSON, CSV or SVG. */
export function viewsApi(options: ViewsOptions): Slice {
  return {
    name: 'views API',
    api(app) {
      app.get('/views', { summary: 'The views that the caller may look at' }, async ({ who }) => ({
        items: (await viewsFor(options.models.current(), who)).map(viewJson),
        next: null,
      }));
      app.get(
        '/views/:view',
        { summary: 'What a view shows: JSON, text/csv or image/svg+xml, by Accept or format=', query: viewQuery },
        (call) => viewAnswer(call, options, call.params.view, call.query.format ?? accepted(call)),
      );
      mountWrites(app, options);
    },
  };
}

const savedSchema = z.strictObject({
  name: z.string().max(200),
  view: viewSchema.describe('what it shows, as a pack says it'),
  shared_with: z.array(z.enum(roleNames)).default([]),
  is_pinned: z.boolean().default(false),
});

function mountWrites(app: ApiApp, { models }: ViewsOptions): void {
  const asked = (body: z.output<typeof savedSchema>) => ({
    name: body.name,
    says: body.view,
    sharedWith: body.shared_with,
    isPinned: body.is_pinned,
  });
  app.post('/views', { summary: 'Save a view under a name', body: savedSchema }, async ({ who, body, ...call }) => {
    const model = models.current();
    const written = await writeOnce(who.scope, call.cause, call.requestHash, async (writing) => ({
      status: 201,
      resource: await saveView(writing, model, who, asked(body)),
    }));
    const key = publicId('view', written.resource);
    return created(`/api/v1/views/${key}`, { name: key });
  });
  app.put('/views/:view', { summary: 'Change a saved view', body: savedSchema }, async ({ who, body, ...call }) => {
    const model = models.current();
    const saved = await findSaved(who.scope, model, who, call.params.view);
    await writeOnce(who.scope, call.cause, call.requestHash, async (writing) => {
      await changeView(writing, model, who, saved, asked(body));
      return { status: 200, resource: saved.id };
    });
    return { name: saved.key };
  });
  app.delete('/views/:view', { summary: 'Take a saved view away' }, async ({ who, ...call }) => {
    const saved = await findSaved(who.scope, models.current(), who, call.params.view);
    await writeOnce(who.scope, call.cause, call.requestHash, async (writing) => {
      await removeView(writing, who, saved);
      return { status: 204, resource: saved.id };
    });
    return noContent();
  });
}

function viewJson({ key, label, definition, says, saved }: Seen) {
  return {
    name: key,
    kind: says.kind,
    of: says.of,
    label,
    ...(definition === null ? {} : { definition }),
    ...(saved === null ? {} : { is_mine: saved.isMine, shared_with: saved.sharedWith, no_longer_fits: saved.unfit }),
  };
}

/** The first of the types that the caller takes and a view is given in. */
function accepted({ request }: Pick<Call<string, unknown, unknown>, 'request'>): Format {
  const accept = request.headers.get('accept') ?? '';
  const places = (['json', 'csv', 'svg'] as const)
    .map((format) => ({ format, at: accept.indexOf(formats[format]) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return places[0]?.format ?? 'json';
}

async function viewAnswer(
  call: Call<string, unknown, undefined>,
  { models, addresses }: ViewsOptions,
  key: string,
  format: Format,
) {
  const acting = { model: models.current(), asker: askerOf(call.who) };
  const view = await findView(acting.model, call.who, key);
  const reading = { language: call.language, timeZone: 'Europe/Paris' };
  const looking = { scope: call.who.scope, acting, reading, addresses };
  if (format === 'json' && view.says.kind === 'table') {
    const type = expectType(acting.model, view.says.of);
    expectRight(acting.asker, type, 'read');
    const asked = call.list();
    const sort = asked.sort.length > 0 || view.says.sort === undefined ? asked.sort : [sortTerm(view.says.sort)];
    const list = await listObjects(call.who.scope, acting, type.name, {
      filter: both(view.says.filter ?? null, asked.filter),
      ...(sort.length === 0 ? {} : { sort }),
      limit: asked.limit,
      after: asked.after,
    });
    return {
      view: viewJson(view),
      items: list.items.map((object) => objectJson(type, object)),
      next: list.next === null ? null : asked.next(list.next),
    };
  }
  const drawing = await draw(looking, view.says, { moveHref: null });
  if (format === 'csv') return file(csvBytes(drawing.sheet()), `${formats.csv}; charset=utf-8`);
  if (format === 'svg') return file(pictureOf(drawing.picture(), call), formats.svg);
  return { view: viewJson(view), ...asRecord(drawing.json()) };
}

function sortTerm(sort: string) {
  return { field: sort.replace(/^-/, ''), descending: sort.startsWith('-') };
}

function asRecord(json: unknown): object {
  return typeof json === 'object' && json !== null ? json : { value: json };
}
