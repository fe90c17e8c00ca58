import { z } from 'zod';
import { type Call, file, type Slice } from '../http/index.ts';
import { askerOf, expectRight, expectType, listObjects, objectJson } from '../objects/index.ts';
import { csvBytes } from './csv.ts';
import { draw } from './draw.ts';
import { both } from './narrowed.ts';
import type { ViewsOptions } from './options.ts';
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
      app.get('/views', { summary: 'The views that the caller may look at' }, ({ who }) => ({
        items: viewsFor(options.models.current(), who).map(viewJson),
        next: null,
      }));
      app.get(
        '/views/:view',
        { summary: 'What a view shows: JSON, text/csv or image/svg+xml, by Accept or format=', query: viewQuery },
        (call) => viewAnswer(call, options, call.params.view, call.query.format ?? accepted(call)),
      );
    },
  };
}

function viewJson({ key, label, definition, says }: Seen) {
  return { name: key, kind: says.kind, of: says.of, label, ...(definition === null ? {} : { definition }) };
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
  const view = findView(acting.model, call.who, key);
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
