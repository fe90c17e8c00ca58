import { z } from 'zod';
import { type PageAnswer, type PageApp, page, redirect, type Slice } from '../../http/index.ts';
import { Refusal, same } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import { type Scope, writeOnce } from '../../store/index.ts';
import {
  Button,
  Form,
  FormActions,
  HiddenField,
  iconNames,
  LinkButton,
  Pager,
  reader,
  Say,
  Timeline,
  withQuery,
} from '../../ui/index.ts';
import { type Acting, askerOf } from '../acting.ts';
import { tickItems } from '../checklist.ts';
import { createObject } from '../create.ts';
import { deleteObject } from '../delete.ts';
import { mountDiscussionPages } from '../discussion/discussion.pages.tsx';
import { type FileOptions, usualFiles } from '../files/file.ts';
import { filesOfForm, mountFilePages } from '../files/files.pages.tsx';
import { objectHistory } from '../history.ts';
import { mountLinkPages } from '../links/links.pages.tsx';
import { type Named, namesOf, readObject } from '../read.ts';
import { expectType } from '../refusals.ts';
import type { Removal } from '../removal.ts';
import { expectRight, may } from '../rights.ts';
import { transitionObject } from '../transition.ts';
import { updateObject } from '../update.ts';
import { ticksBy } from './checklists.tsx';
import { savedNames } from './conflict.tsx';
import { Addresses, type AnyVisit, type ObjectPagesOptions, type Stand, type Standing } from './context.ts';
import { editable, editPage, newPage, transitionPage } from './form-page.tsx';
import { actorNames, historyEntries, historyReferences } from './history-entries.ts';
import { listPage } from './list-page.tsx';
import { objectPage } from './object-page.tsx';
import { modelPage, typePage } from './type-page.tsx';
import { givenBy } from './typed.ts';
import { words } from './words.ts';

const fields = z.record(z.string(), z.unknown());

/** The generic pages of objects: every type of the model has them, the moment it is there. */
export function objectsPages(options: ObjectPagesOptions): Slice {
  const addresses = new Addresses(options.homes);
  const actingOf = (visit: AnyVisit): Acting => ({ model: options.models.current(), asker: askerOf(visit.who) });
  const stand = (visit: AnyVisit, name: string): Stand => {
    const acting = actingOf(visit);
    return { visit, acting, type: expectType(acting.model, name), addresses };
  };
  return {
    name: 'objects',
    get menu() {
      return menuOf(options, addresses);
    },
    get create() {
      return createLinks(options, addresses);
    },
    pages(app) {
      app.get('/model', {}, (visit) => modelPage(actingOf(visit), addresses));
      app.get('/model/:type', {}, (visit) => {
        const { acting, type } = stand(visit, visit.params.type);
        return typePage(acting, type, addresses);
      });
      app.get('/objects/:type', {}, (visit) => {
        const { acting, type } = stand(visit, visit.params.type);
        return listPage(visit, acting, type, { addresses, aboveLists: options.aboveLists });
      });
      mountObject(app, stand, options);
      mountForms(app, stand, options.files ?? usualFiles);
      mountDiscussionPages(app, stand);
      mountFilePages(app, stand, actingOf, options.files ?? usualFiles);
      mountLinkPages(app, stand);
      mountTransitions(app, stand, options.files ?? usualFiles);
      mountChecklists(app, stand);
      mountDelete(app, stand, options.removals ?? []);
    },
  };
}

function menuOf(options: ObjectPagesOptions, addresses: Addresses): NonNullable<Slice['menu']> {
  const { packs, types } = options.models.current();
  const parts = partsOf(options);
  return packs.flatMap((pack, at) =>
    [...types.values()]
      .filter((type) => type.pack === pack.name && addresses.home(type.name) === null && !parts.has(type.name))
      .map((type) => ({
        section: { id: pack.name, text: pack.label, order: 40 + at },
        text: type.plural,
        href: `/objects/${type.name}`,
        icon: iconNames.find((name) => name === type.icon) ?? 'list',
        isFor: (who) => may(askerOf(who), type, 'read'),
      })),
  );
}

/** Types whose objects are part of others: they are reached, and added, from there. */
function partsOf(options: ObjectPagesOptions): ReadonlySet<string> {
  const types = [...options.models.current().types.values()];
  return new Set(types.flatMap((type) => [...type.children.values()].map((children) => children.type)));
}

function createLinks(options: ObjectPagesOptions, addresses: Addresses): NonNullable<Slice['create']> {
  const parts = partsOf(options);
  return [...options.models.current().types.values()]
    .filter((type) => addresses.home(type.name) === null && !parts.has(type.name))
    .map((type) => ({
      text: type.label,
      href: `/objects/${type.name}/new`,
      isFor: (who) => may(askerOf(who), type, 'create') && !who.isReadOnly,
    }));
}

function mountObject(app: PageApp, stand: Standing, options: ObjectPagesOptions): void {
  app.get('/objects/:type/:id', {}, (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    const around = { addresses, panels: options.panels ?? [], files: options.files ?? usualFiles };
    return objectPage(visit, acting, type, visit.params.id, around);
  });
  app.get('/objects/:type/:id/history', {}, (visit) => historyPage(stand(visit, visit.params.type), visit.params.id));
}

/** What an object is part of: whoever adds a line goes back to its order. Null when it stands alone. */
async function wholeOf(scope: Scope, acting: Acting, type: TypeModel, number: string): Promise<Named | null> {
  for (const whole of acting.model.types.values()) {
    for (const children of whole.children.values()) {
      if (children.type !== type.name) continue;
      const object = await readObject(scope, acting, type.name, number).catch(() => null);
      const id = object?.values[children.by];
      if (typeof id !== 'string') continue;
      return (await namesOf(scope, acting, [{ type: whole.name, id }])).get(id) ?? null;
    }
  }
  return null;
}

function mountForms(app: PageApp, stand: Standing, files: FileOptions): void {
  const takesFiles = filesOfForm(files);
  app.get('/objects/:type/new', {}, (visit) => {
    const shown = stand(visit, visit.params.type);
    expectRight(shown.acting.asker, shown.type, 'create');
    return newPage(shown, null, []);
  });
  app.post(
    '/objects/:type',
    {
      form: fields,
      files: takesFiles,
      again: (visit, refusal, typed) =>
        newPage(stand(visit, visit.params.type), new Map(Object.entries(typed)), refusal.problems),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const object = await createObject(writing, acting, type.name, givenBy(type, editable(type), visit.body));
        return { status: 303, resource: object.number };
      });
      const whole = await wholeOf(visit.who.scope, acting, type, written.resource);
      const path = addresses.generic(whole?.type ?? type.name, whole ?? { number: written.resource });
      return redirect(path, { flash: words.saved });
    },
  );
  app.get('/objects/:type/:id/edit', {}, (visit) => {
    const shown = stand(visit, visit.params.type);
    expectRight(shown.acting.asker, shown.type, 'update');
    return editPage(shown, visit.params.id, null, null);
  });
  app.post(
    '/objects/:type/:id',
    {
      form: fields,
      files: takesFiles,
      again: (visit, refusal, typed) =>
        editPage(stand(visit, visit.params.type), visit.params.id, new Map(Object.entries(typed)), refusal),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const values = givenBy(type, savedNames(editable(type), visit.body), visit.body);
        const asked = { values, version: versionOf(visit.body) };
        const object = await updateObject(writing, acting, type.name, visit.params.id, asked);
        return { status: 303, resource: object.number };
      });
      return redirect(addresses.generic(type.name, { number: written.resource }), { flash: words.saved });
    },
  );
}

function mountTransitions(app: PageApp, stand: Standing, files: FileOptions): void {
  const path = '/objects/:type/:id/transitions/:transition';
  app.get(path, {}, async (visit) => {
    const { id, transition } = visit.params;
    return (await transitionPage(stand(visit, visit.params.type), id, transition, null, null)) ?? missing();
  });
  app.post(
    path,
    {
      form: fields,
      files: filesOfForm(files),
      again: async (visit, refusal, typed) => {
        const { id, transition, type } = visit.params;
        const shown = await transitionPage(stand(visit, type), id, transition, new Map(Object.entries(typed)), refusal);
        return shown ?? missing();
      },
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const { id, transition } = visit.params;
      const requires = type.lifecycle?.transitions.get(transition)?.requires ?? [];
      // The state bar's button sends no field; the transition's own page sends them all.
      const sent = requires.filter((name) =>
        Object.keys(visit.body).some((field) => field.startsWith(`values.${name}`)),
      );
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const asked = { transition, values: givenBy(type, sent, visit.body), version: versionOf(visit.body) };
        const object = await transitionObject(writing, acting, type.name, id, asked);
        return { status: 303, resource: object.number };
      });
      return redirect(addresses.generic(type.name, { number: written.resource }), { flash: words.saved });
    },
  );
}

/** Each box says whether it was ticked when the page was shown: a tick that somebody else gave meanwhile is left alone. */
function mountChecklists(app: PageApp, stand: Standing): void {
  app.post('/objects/:type/:id/transitions/:transition/checklist', { form: fields }, async (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    const { id, transition } = visit.params;
    const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
      const asked = { transition, ticks: ticksBy(visit.body) };
      const object = await tickItems(writing, acting, type.name, id, asked);
      return { status: 303, resource: object.number };
    });
    return redirect(addresses.generic(type.name, { number: written.resource }), { flash: words.ticked });
  });
}

function mountDelete(app: PageApp, stand: Standing, removals: readonly Removal[]): void {
  const path = '/objects/:type/:id/delete';
  app.get(path, {}, (visit) => deletePage(stand(visit, visit.params.type), visit.params.id, removals));
  app.post(path, { form: fields }, async (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
      const asked = { version: versionOf(visit.body), removals };
      await deleteObject(writing, acting, type.name, visit.params.id, asked);
      return { status: 303, resource: visit.params.id };
    });
    return redirect(addresses.list(type), { flash: words.deleted });
  });
}

async function deletePage(
  { visit, acting, type, addresses }: Stand,
  id: string,
  removals: readonly Removal[],
): Promise<PageAnswer> {
  expectRight(acting.asker, type, 'delete');
  const { scope } = visit.who;
  const object = await readObject(scope, acting, type.name, id);
  const concerned = removals.filter((removal) => removal.types.includes(type.name));
  const told = (await Promise.all(concerned.map((removal) => removal.tell(scope, object.id)))).flat();
  const path = addresses.generic(type.name, object);
  return page({
    title: { fr: `Supprimer : ${object.title} ?`, en: `Delete: ${object.title}?` },
    lead: {
      fr: 'L’objet disparaît des listes. Son numéro ne sera plus donné ; son historique reste.',
      en: 'The object leaves the lists. Its number is never given again; its history stays.',
    },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <Form id="delete" action={`${path}/delete`}>
        <HiddenField name="version" value={String(object.version)} />
        {told.length === 0 ? null : (
          <ul>
            {told.map((text) => (
              <li>
                <Say text={text} />
              </li>
            ))}
          </ul>
        )}
        <FormActions>
          <Button kind="danger" text={words.delete} />
          <LinkButton kind="quiet" href={path} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

async function historyPage({ visit, acting, type, addresses }: Stand, id: string): Promise<PageAnswer> {
  const { scope } = visit.who;
  const object = await readObject(scope, acting, type.name, id);
  const asked = visit.list();
  const [before] = asked.after ?? [];
  const all = await objectHistory(scope, acting, type.name, object.id, {
    limit: asked.limit + 1,
    before: typeof before === 'string' ? before : null,
  });
  const events = all.slice(0, asked.limit);
  const last = events.at(-1);
  const names = await namesOf(scope, acting, historyReferences(type, events));
  const actors = await actorNames(
    scope,
    events.map((event) => event.actor),
  );
  const path = addresses.generic(type.name, object);
  return page({
    title: { fr: `Historique : ${object.title}`, en: `History: ${object.title}` },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <>
        <HistoryList told={{ type, names, actors }} events={events} />
        <Pager
          nextHref={
            all.length > asked.limit && last !== undefined
              ? withQuery(`${path}/history`, { cursor: asked.next([last.id]) })
              : undefined
          }
          firstHref={asked.after === null ? undefined : `${path}/history`}
        />
      </>
    ),
  });
}

function HistoryList(props: {
  readonly told: Omit<Parameters<typeof historyEntries>[1], 'reading'>;
  readonly events: Parameters<typeof historyEntries>[0];
}) {
  const entries = historyEntries(props.events, { ...props.told, reading: reader() });
  return <Timeline id="events" label={words.history} entries={entries} />;
}

function versionOf(body: Readonly<Record<string, unknown>>): number | null {
  const version = Number(body.version);
  return typeof body.version === 'string' && Number.isSafeInteger(version) ? version : null;
}

function missing(): never {
  throw new Refusal('object.unknown_transition', 404, {
    fr: 'Ce type n’a pas cette transition.',
    en: 'This type has no such transition.',
  });
}
