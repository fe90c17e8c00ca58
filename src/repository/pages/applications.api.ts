import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { isCategory, sightingView } from '../../channels/index.ts';
import { type ApiApp, created, type Page, pageOf, type Who } from '../../http/index.ts';
import { type Id, isUuid, publicId, Refusal } from '../../kernel/index.ts';
import { askerOf } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { addApplication } from '../application/add.ts';
import { type ApplicationLine, listApplications, readApplication } from '../application/applications.ts';
import { declarationSchema, declareInMap, replaceMap } from '../application/declare.ts';
import { connectionOf } from '../connection/connection.ts';
import { channels, identityDeclaration } from '../connection/input.ts';
import type { Field } from '../dictionary/dictionary.ts';
import { readField } from '../dictionary/dictionary.ts';
import { setVerdict } from '../dictionary/verdict.ts';
import { harvest } from '../harvest/harvest.ts';
import { planFor, previewFor } from '../plan/plan.ts';
import type { RepositoryOptions } from './context.ts';
import { fieldsPage, filterOf, showOf } from './show.ts';

const read = may('repository.read');
const connect = may('applications.connect');

const newApplication = z.strictObject({
  name: z.string().trim().min(1).max(120),
  purpose: z.string().trim().max(2_000).optional(),
  channel: z.enum(channels),
  url: z.string().max(2_000).optional(),
  identities: z.array(identityDeclaration).max(100).default([]),
  map: z.string().max(100_000).optional(),
  mapName: z.string().max(1_000).optional(),
  sample: z.boolean().default(false),
});

const identities = z
  .array(z.strictObject({ kind: z.string().min(1).max(40), value: z.string().min(1).max(320) }))
  .min(1)
  .max(20);

/** What programs and the command line ask: the same services as the pages. */
export function mountApi(app: ApiApp, options: RepositoryOptions): void {
  mountApplications(app, options);
  mountPlan(app, options);
  mountMap(app, options);
  mountFields(app, options);
}

function mountApplications(app: ApiApp, options: RepositoryOptions): void {
  app.get('/applications', { summary: 'Applications, with what is known of their data', allow: read }, async (call) => {
    const asked = call.list();
    const [name, id] = asked.after ?? [];
    const after = typeof name === 'string' && typeof id === 'string' ? ([name, id] as const) : null;
    const lines = await listApplications(call.who.scope, options.model(), { limit: asked.limit, after });
    const page: Page<object> = pageOf(asked, lines, (line) => [line.name, line.id], shown);
    return page;
  });
  app.post(
    '/applications',
    { summary: 'Registers an application, after trying its connection', body: newApplication, allow: connect },
    async (call) => {
      const { scope } = call.who;
      const { purpose, url, map, mapName, sample, ...rest } = call.body;
      const acting = { model: options.model(), asker: askerOf(call.who) };
      const id = await addApplication(scope, call.cause, acting, {
        ...rest,
        url: url ?? null,
        mayBeSampled: sample,
        map: map ?? null,
        ...(mapName === undefined ? {} : { mapName }),
        ...(purpose === undefined ? {} : { purpose }),
      });
      const line = await readApplication(scope, options.model(), id);
      return created(`/api/v1/applications/${publicId('app', id)}`, shown(line));
    },
  );
  app.get('/applications/:id', { summary: 'One application, by id, number or name', allow: read }, async (call) =>
    shown(await readApplication(call.who.scope, options.model(), call.params.id)),
  );
  app.post(
    '/applications/:id/harvest',
    { summary: 'Reads the application’s schema into the dictionary', allow: connect },
    async (call) => {
      const line = await readApplication(call.who.scope, options.model(), call.params.id);
      return { application: publicId('app', line.id), ...(await harvest(call.who.scope, call.cause, line.id)) };
    },
  );
}

function mountPlan(app: ApiApp, options: RepositoryOptions): void {
  app.get('/applications/:id/plan', { summary: 'The erasure plan, for anybody', allow: connect }, async (call) => {
    const line = await readApplication(call.who.scope, options.model(), call.params.id);
    return { ...(await planFor(call.who.scope, line.id)), application: publicId('app', line.id) };
  });
  app.post(
    '/applications/:id/plan',
    {
      summary: 'The erasure plan for one person, with the rows counted by table; changes nothing',
      body: z.strictObject({ action: z.literal('erase').default('erase'), identities }),
      allow: connect,
    },
    async (call) => {
      const line = await readApplication(call.who.scope, options.model(), call.params.id);
      const { planned, preview } = await previewFor(call.who.scope, line.id, call.body.identities);
      const { digest, changes, harvestedAt } = planned;
      const met = preview.met.map(sightingView);
      return { application: publicId('app', line.id), name: line.name, digest, changes, harvestedAt, ...preview, met };
    },
  );
}

function mountMap(app: ApiApp, options: RepositoryOptions): void {
  const shownMap = async (call: { readonly who: Who; readonly params: { readonly id: string } }) => {
    const line = await readApplication(call.who.scope, options.model(), call.params.id);
    const { map, version } = await connectionOf(call.who.scope, line.id);
    return { application: publicId('app', line.id), map, version };
  };
  app.get(
    '/applications/:id/map',
    { summary: 'What is declared of an application’s tables (YAML)', allow: connect },
    shownMap,
  );
  app.put(
    '/applications/:id/map',
    {
      summary: 'Another map in the place of the present one, held against the live schema; null for none',
      body: z.strictObject({ map: z.string().max(100_000).nullable(), mapName: z.string().max(1_000).optional() }),
      allow: connect,
    },
    async (call) => {
      const line = await readApplication(call.who.scope, options.model(), call.params.id);
      const { map, mapName } = call.body;
      await replaceMap(call.who.scope, call.cause, line.id, { map, name: mapName ?? 'map.yaml' });
      return shownMap(call);
    },
  );
  app.post(
    '/applications/:id/declarations',
    {
      summary: 'Adds one declaration to the map: a join, an identity column, a table to ignore',
      body: declarationSchema,
      allow: connect,
    },
    async (call) => {
      const line = await readApplication(call.who.scope, options.model(), call.params.id);
      await declareInMap(call.who.scope, call.cause, line.id, call.body);
      return shownMap(call);
    },
  );
}

function mountFields(app: ApiApp, options: RepositoryOptions): void {
  app.get(
    '/applications/:id/fields',
    { summary: 'The dictionary; `show=personal`, `undecided` or a category, `table=name`', allow: read },
    async (call) => {
      const line = await readApplication(call.who.scope, options.model(), call.params.id);
      return fieldsPage(call, line.id, filterOf(showOf(call.query.show), call.query.table ?? ''));
    },
  );
  app.put(
    '/applications/:id/fields/:field/verdict',
    {
      summary: 'What a person says a field is; a null category takes the verdict back',
      body: z.strictObject({
        category: z.string().refine(isCategory).nullable(),
        note: z.string().max(500).nullable().default(null),
      }),
      allow: (who) => {
        if (!can(who, 'applications.connect')) may('repository.change')(who);
      },
    },
    async (call): Promise<Field> => {
      const field = fieldOf(call.params.field);
      const { category, note } = call.body;
      await write(call.who.scope, call.cause, (writing) =>
        setVerdict(writing, field, { category: category !== null && isCategory(category) ? category : null, note }),
      );
      return readField(call.who.scope, field);
    },
  );
}

function shown(line: ApplicationLine): object {
  return { ...line, id: publicId('app', line.id) };
}

function fieldOf(text: string): Id<'field'> {
  if (isUuid(text)) return text;
  throw new Refusal('repository.field_unknown', 404, {
    fr: 'Ce champ n’existe pas dans le dictionnaire.',
    en: 'There is no such field in the dictionary.',
  });
}
