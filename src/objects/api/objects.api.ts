import { type ApiApp, type Call, created, noContent, type Slice, versioned } from '../../http/index.ts';
import { isUuid, Refusal } from '../../kernel/index.ts';
import { typeOf } from '../../model/index.ts';
import { writeOnce } from '../../store/index.ts';
import { type Acting, askerOf } from '../acting.ts';
import { checklistsOf, tickItems } from '../checklist.ts';
import { createObject } from '../create.ts';
import { deleteObject } from '../delete.ts';
import { mountDiscussionApi } from '../discussion/discussion.api.ts';
import { type FileOptions, usualFiles } from '../files/file.ts';
import { mountFileApi } from '../files/files.api.ts';
import { objectHistory } from '../history.ts';
import { mountLinks } from '../links/links.api.ts';
import { listObjects } from '../list.ts';
import type { ModelSource } from '../model-source.ts';
import { qualityOf } from '../quality.ts';
import { readObject } from '../read.ts';
import { publicObjectId } from '../reference.ts';
import { expectType } from '../refusals.ts';
import type { Removal } from '../removal.ts';
import { expectRight, may } from '../rights.ts';
import { possibleTransitions, transitionObject } from '../transition.ts';
import { updateObject } from '../update.ts';
import { describedTypes } from './described.ts';
import { historyJson, objectJson, transitionJson, typeJson } from './json.ts';
import { listQuery, ticksSchema, transitionSchema, writeSchema } from './schemas.ts';

type AnyCall = Call<string, unknown, unknown>;

interface Target {
  readonly acting: Acting;
  readonly call: AnyCall;
  readonly type: string;
}

export interface ObjectsApiOptions {
  readonly models: ModelSource;
  readonly removals?: readonly Removal[];
  readonly files?: FileOptions;
}

/** The generic API of objects: for any type of the model in force when a request comes. */
export function objectsApi({ models, removals = [], files = usualFiles }: ObjectsApiOptions): Slice {
  return {
    name: 'objects',
    described: describedTypes(models),
    api(app) {
      mountModel(app, models);
      mountGeneric(app, models, removals);
      app.get('/objects/:type/quality', quality, (call) => qualityAnswer(targetOf(models, call, call.params.type)));
      mountLifeCycle(app, models);
      mountDiscussionApi(app, ({ who }) => ({ model: models.current(), asker: askerOf(who) }));
      mountLinks(app, models);
      mountFileApi(app, ({ who }) => ({ model: models.current(), asker: askerOf(who) }), files);
    },
  };
}

function targetOf(models: ModelSource, call: AnyCall, type: string): Target {
  return { acting: { model: models.current(), asker: askerOf(call.who) }, call, type };
}

function mountModel(app: ApiApp, models: ModelSource): void {
  app.get('/model', { summary: 'The model in force: packs, types, attributes, life cycles, rights' }, ({ who }) => {
    const model = models.current();
    const asker = askerOf(who);
    const types = [...model.types.values()].filter((type) => may(asker, type, 'read'));
    return { packs: model.packs, fingerprint: model.fingerprint, types: types.map(typeJson) };
  });
}

function mountGeneric(app: ApiApp, models: ModelSource, removals: readonly Removal[]): void {
  const base = '/objects/:type';
  app.get(base, { summary: 'Objects of a type', query: listQuery }, (call) =>
    listAnswer(targetOf(models, call, call.params.type)),
  );
  app.post(base, { summary: 'Create an object', body: writeSchema }, (call) =>
    createAnswer(targetOf(models, call, call.params.type)),
  );
  app.get(`${base}/:id`, { summary: 'Read an object by id or number' }, (call) =>
    readAnswer(targetOf(models, call, call.params.type), call.params.id),
  );
  app.patch(`${base}/:id`, { summary: 'Change an object (If-Match)', body: writeSchema }, (call) =>
    updateAnswer(targetOf(models, call, call.params.type), call.params.id),
  );
  app.delete(`${base}/:id`, { summary: 'Delete an object' }, (call) =>
    deleteAnswer(targetOf(models, call, call.params.type), call.params.id, removals),
  );
}

const quality = { summary: 'Quality rules of a type, and how many objects don’t meet each' };

async function qualityAnswer({ acting, call, type }: Target) {
  expectRight(acting.asker, expectType(acting.model, type), 'read');
  const rules = await qualityOf(call.who.scope, acting, type);
  return {
    items: rules.map(({ rule: { attribute, name, condition }, failing }) => ({
      attribute,
      rule: name,
      if: condition.source,
      why: condition.why,
      failing,
    })),
    next: null,
  };
}

function mountLifeCycle(app: ApiApp, models: ModelSource): void {
  const one = '/objects/:type/:id';
  app.get(
    `${one}/transitions`,
    { summary: 'Which transitions are possible for me, and why not the others' },
    async (call) => {
      const { acting } = targetOf(models, call, call.params.type);
      const { type, id } = call.params;
      const items = await possibleTransitions(call.who.scope, acting, type, id, call.who.actor);
      const checklists = await checklistsOf(call.who.scope, acting, type, id);
      return { items: items.map((one) => transitionJson(one, checklists)), next: null };
    },
  );
  app.post(`${one}/transitions`, { summary: 'Move an object along its life cycle', body: transitionSchema }, (call) =>
    transitionAnswer(targetOf(models, call, call.params.type), call.params.id),
  );
  app.patch(
    `${one}/transitions/:transition/checklist`,
    { summary: 'Tick items of a transition’s checklist, or take ticks back', body: ticksSchema },
    async (call) => {
      const { acting } = targetOf(models, call, call.params.type);
      const { type, id, transition } = call.params;
      const { ticks } = call.body;
      await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
        const object = await tickItems(writing, acting, type, id, { transition, ticks });
        return { status: 200, resource: object.id };
      });
      const items = await possibleTransitions(call.who.scope, acting, type, id, call.who.actor);
      const checklists = await checklistsOf(call.who.scope, acting, type, id);
      return {
        items: items
          .filter((each) => each.transition.name === transition)
          .map((each) => transitionJson(each, checklists)),
        next: null,
      };
    },
  );
  app.get(`${one}/history`, { summary: 'Who changed what, from what to what' }, async (call) => {
    const { acting } = targetOf(models, call, call.params.type);
    const type = expectType(acting.model, call.params.type);
    const asked = call.list();
    const before = asked.after?.[0] ?? null;
    const events = await objectHistory(call.who.scope, acting, type.name, call.params.id, {
      limit: asked.limit + 1,
      before: typeof before === 'string' && isUuid(before) ? before : null,
    });
    const shown = events.slice(0, asked.limit);
    const last = shown.at(-1);
    return {
      items: shown.map((event) => historyJson(type, event)),
      next: events.length > asked.limit && last !== undefined ? asked.next([last.id]) : null,
    };
  });
}

async function listAnswer({ acting, call, type: name }: Target) {
  const type = expectType(acting.model, name);
  const { searchParams } = call.url;
  const asked = call.list();
  const list = await listObjects(call.who.scope, acting, name, {
    filter: asked.filter,
    search: searchParams.get('search'),
    ...(asked.sort.length === 0 ? {} : { sort: asked.sort }),
    limit: asked.limit,
    after: asked.after,
    at: searchParams.get('at'),
    scenario: searchParams.get('scenario'),
  });
  return {
    items: list.items.map((object) => objectJson(type, object, asked.fields)),
    next: list.next === null ? null : asked.next(list.next),
  };
}

async function readAnswer({ acting, call, type: name }: Target, id: string) {
  const object = await readObject(call.who.scope, acting, name, id);
  return versioned(object.version, objectJson(expectType(acting.model, name), object));
}

async function createAnswer(target: Target) {
  const { acting, call, type: name } = target;
  const { values } = writeSchema.parse(call.body);
  const type = expectType(acting.model, name);
  const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
    const object = await createObject(writing, acting, name, values);
    return { status: 201, resource: object.id };
  });
  const answer = await afterWrite(target, written.resource);
  const path = `/api/v1/objects/${type.name}/${publicObjectId(written.resource)}`;
  return answer === null
    ? created(path, { id: publicObjectId(written.resource) })
    : created(path, objectJson(type, answer));
}

async function updateAnswer(target: Target, id: string) {
  const { acting, call, type: name } = target;
  const { values } = writeSchema.parse(call.body);
  const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
    const object = await updateObject(writing, acting, name, id, { values, version: versionOf(call) });
    return { status: 200, resource: object.id };
  });
  return changed(target, written.resource);
}

async function transitionAnswer(target: Target, id: string) {
  const { acting, call, type: name } = target;
  const { transition, values } = transitionSchema.parse(call.body);
  const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
    const asked = { transition, version: versionOf(call), ...(values === undefined ? {} : { values }) };
    const object = await transitionObject(writing, acting, name, id, asked);
    return { status: 200, resource: object.id };
  });
  return changed(target, written.resource);
}

async function deleteAnswer({ acting, call, type: name }: Target, id: string, removals: readonly Removal[]) {
  await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
    await deleteObject(writing, acting, name, id, { version: versionOf(call), removals });
    return { status: 204, resource: id };
  });
  return noContent();
}

/** The object as its writer may read it; who may write but not read gets its id alone. */
async function afterWrite({ acting, call, type: name }: Target, id: string) {
  const type = typeOf(acting.model, name);
  if (type === null || !may(acting.asker, type, 'read')) return null;
  return readObject(call.who.scope, acting, name, id).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  });
}

async function changed(target: Target, id: string) {
  const object = await afterWrite(target, id);
  if (object === null) return { id: publicObjectId(id) };
  return versioned(object.version, objectJson(expectType(target.acting.model, target.type), object));
}

function versionOf(call: AnyCall): number | null {
  if (call.ifMatch === null) return null;
  const version = Number(call.ifMatch);
  if (Number.isSafeInteger(version)) return version;
  throw new Refusal('version.malformed', 400, {
    fr: 'L’en-tête If-Match attend la version de l’objet, telle que rendue par ETag.',
    en: 'The If-Match header takes the object’s version, as ETag gave it.',
  });
}
