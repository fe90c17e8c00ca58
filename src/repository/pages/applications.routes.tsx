import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { type PageApp, pageOf, redirect, type Slice, type Visit } from '../../http/index.ts';
import { parseId, publicId, Refusal } from '../../kernel/index.ts';
import { askerOf } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { addApplication, reconnectApplication } from '../application/add.ts';
import { type ApplicationLine, listApplications, readApplication } from '../application/applications.ts';
import { type Connection, connectionOf } from '../connection/connection.ts';
import { type Channel, channels } from '../connection/input.ts';
import { readField } from '../dictionary/dictionary.ts';
import { setVerdict } from '../dictionary/verdict.ts';
import { viewsOf } from '../dictionary/views.ts';
import { harvest } from '../harvest/harvest.ts';
import { lastHarvests } from '../harvest/list.ts';
import { mountApi } from './applications.api.ts';
import { connectionOfForm } from './asked.ts';
import { connectionPage, problemsOfRefusal, reconnectPage } from './connection-page.tsx';
import type { RepositoryOptions } from './context.ts';
import { dictionaryPage } from './dictionary-page.tsx';
import { applicationsPath, pathsOf } from './frame.tsx';
import { listPage } from './list-page.tsx';
import { channelChoicePage, newApplicationPage, newApplicationPath } from './new-application.tsx';
import { mountPlan } from './plan.routes.tsx';
import { fieldsPage, filterOf, showOf } from './show.ts';
import { viewsPage } from './views-page.tsx';
import { harvestedText, repositorySection, words } from './words.ts';

const read = may('repository.read');
const connect = may('applications.connect');

/** Applications, their dictionary and their plan. */
export function applicationsSlice(options: RepositoryOptions): Slice {
  return {
    name: 'applications',
    menu: [
      {
        section: repositorySection,
        text: words.applications,
        href: applicationsPath,
        icon: 'application',
        order: 1,
        isFor: (who) => can(who, 'repository.read'),
      },
    ],
    create: [
      {
        text: { fr: 'Une application', en: 'An application' },
        href: newApplicationPath,
        isFor: (who) => can(who, 'applications.connect'),
      },
    ],
    pages(app) {
      mountList(app, options);
      mountConnection(app, options);
      mountDictionary(app, options);
      mountPlan(app, options);
    },
    api: (app) => mountApi(app, options),
  };
}

type AnyVisit = Pick<Visit<string, unknown, unknown>, 'who' | 'clock' | 'list'>;

function lineOf(options: RepositoryOptions, visit: AnyVisit, reference: string): Promise<ApplicationLine> {
  return readApplication(visit.who.scope, options.model(), reference);
}

function mountList(app: PageApp, options: RepositoryOptions): void {
  app.get(applicationsPath, { allow: read }, async (visit) => {
    const asked = visit.list();
    const [name, id] = asked.after ?? [];
    const search = visit.query.name ?? '';
    const lines = await listApplications(visit.who.scope, options.model(), {
      limit: asked.limit,
      after: typeof name === 'string' && typeof id === 'string' ? [name, id] : null,
      search,
    });
    return listPage({
      lines: pageOf(
        asked,
        lines,
        (line) => [line.name, line.id],
        (line) => line,
      ),
      search,
      now: visit.clock.now(),
      mayConnect: can(visit.who, 'applications.connect'),
    });
  });
  app.get(newApplicationPath, { allow: connect }, (visit) => {
    const channel = channelOf(visit.query.channel);
    return channel === null ? channelChoicePage() : newApplicationPage(channel, {}, []);
  });
  const form = z.object({
    name: z.string().trim().min(1).max(120),
    channel: z.enum(channels),
    url: z.string().max(2_000).optional(),
    contact: z.string().max(1_500).optional(),
    folder: z.string().max(1_000).optional(),
    identities: z.string().max(5_000).optional(),
    map: z.string().max(100_000).optional(),
    sample: z.string().max(10).optional(),
  });
  app.post(
    applicationsPath,
    {
      form,
      allow: connect,
      // The address is not written back into the page: it holds a password.
      again: (_visit, refusal, typed) => {
        const channel = channelOf(typed.channel);
        if (channel === null) return channelChoicePage();
        return newApplicationPage(channel, { ...typed, url: '' }, problemsOfRefusal(refusal));
      },
    },
    async (visit) => {
      const { name, channel, ...typed } = visit.body;
      const { scope } = visit.who;
      const acting = { model: options.model(), asker: askerOf(visit.who) };
      const id = await addApplication(scope, visit.cause, acting, { name, ...connectionOfForm(channel, typed) });
      const to = `${applicationsPath}/${publicId('app', id)}`;
      if (channel !== 'sql')
        return redirect(`${to}/channel`, { flash: { fr: 'Application ajoutée.', en: 'Application added.' } });
      const summary = await harvest(scope, visit.cause, id);
      return redirect(to, { flash: harvestedText(summary) });
    },
  );
}

function channelOf(text: string | undefined): Channel | null {
  return channels.find((channel) => channel === text) ?? null;
}

function mountConnection(app: PageApp, options: RepositoryOptions): void {
  app.get(`${applicationsPath}/:id`, { allow: read }, async (visit) => {
    const line = await lineOf(options, visit, visit.params.id);
    const [connection, harvests, ...panels] = await Promise.all([
      connectionIfAny(visit, line),
      lastHarvests(visit.who.scope, line.id, 5),
      ...(options.panels ?? []).map((panel) => panel(visit.who, line)),
    ]);
    const mayConnect = can(visit.who, 'applications.connect');
    return connectionPage({ line, connection, harvests, panels, now: visit.clock.now(), mayConnect });
  });
  app.post(`${applicationsPath}/:id/harvest`, { allow: connect }, async (visit) => {
    const line = await lineOf(options, visit, visit.params.id);
    const summary = await harvest(visit.who.scope, visit.cause, line.id);
    return redirect(pathsOf(line).root, { flash: harvestedText(summary) });
  });
  app.get(`${applicationsPath}/:id/connection`, { allow: connect }, async (visit) => {
    const line = await lineOf(options, visit, visit.params.id);
    const connection = await connectionIfAny(visit, line);
    const identities = (connection?.identities ?? []).map(({ kind, column }) => `${kind}=${column}`).join('\n');
    return reconnectPage(
      line,
      visit.clock.now(),
      {
        identities,
        ...placeTyped(connection),
        map: connection?.map ?? '',
        sample: connection?.mayBeSampled === true ? 'yes' : '',
      },
      [],
    );
  });
  app.post(
    `${applicationsPath}/:id/connection`,
    {
      form: z.object({
        url: z.string().max(2_000).optional(),
        contact: z.string().max(1_500).optional(),
        folder: z.string().max(1_000).optional(),
        identities: z.string().max(5_000).optional(),
        map: z.string().max(100_000).optional(),
        sample: z.string().max(10).optional(),
      }),
      allow: connect,
      again: async (visit, refusal, typed) => {
        const line = await lineOf(options, visit, visit.params.id);
        return reconnectPage(line, visit.clock.now(), { ...typed, url: '' }, problemsOfRefusal(refusal));
      },
    },
    async (visit) => {
      const line = await lineOf(options, visit, visit.params.id);
      const connection = await connectionIfAny(visit, line);
      const input = connectionOfForm(connection?.channel ?? 'sql', visit.body);
      await reconnectApplication(visit.who.scope, visit.cause, line.id, input);
      return redirect(pathsOf(line).root, {
        flash: { fr: 'Connexion essayée et enregistrée.', en: 'Connection tried and saved.' },
      });
    },
  );
}

/** A contact's address and a folder hold no password: the form shows them. */
function placeTyped(connection: Connection | null): { readonly contact?: string; readonly folder?: string } {
  if (connection?.channel === 'email') return { contact: connection.place ?? '' };
  return connection?.channel === 'file' ? { folder: connection.place ?? '' } : {};
}

async function connectionIfAny(visit: AnyVisit, line: ApplicationLine): Promise<Connection | null> {
  return line.channel === null ? null : connectionOf(visit.who.scope, line.id);
}

function mountDictionary(app: PageApp, options: RepositoryOptions): void {
  app.get(`${applicationsPath}/:id/dictionary`, { allow: read }, async (visit) => {
    const line = await lineOf(options, visit, visit.params.id);
    const show = showOf(visit.query.show);
    const table = visit.query.table ?? '';
    const mayJudge = maysJudge(visit);
    const field = mayJudge ? fieldId(visit.query.field) : null;
    const [fields, judged] = await Promise.all([
      fieldsPage(visit, line.id, filterOf(show, table)),
      field === null ? null : readField(visit.who.scope, field),
    ]);
    const cursor = visit.query.cursor ?? '';
    return dictionaryPage({ line, fields, show, table, judged, cursor, now: visit.clock.now(), mayJudge });
  });
  app.get(`${applicationsPath}/:id/views`, { allow: read }, async (visit) => {
    const line = await lineOf(options, visit, visit.params.id);
    const views = line.harvestedAt === null ? [] : await viewsOf(visit.who.scope, line.id);
    return viewsPage({ line, views, after: visit.query.after ?? '', now: visit.clock.now() });
  });
  app.post(
    `${applicationsPath}/:id/dictionary/:field`,
    {
      form: z.object({
        category: z.string().optional(),
        note: z.string().max(500).optional(),
        back: z.string().optional(),
      }),
      allow: (who) => {
        if (!can(who, 'applications.connect')) may('repository.change')(who);
      },
    },
    async (visit) => {
      const line = await lineOf(options, visit, visit.params.id);
      const { category, note, back } = visit.body;
      const show = showOf(category);
      const chosen = show === '' || show === 'personal' || show === 'undecided' ? null : show;
      await write(visit.who.scope, visit.cause, (writing) =>
        setVerdict(writing, fieldId(visit.params.field) ?? unknown(), { category: chosen, note: note ?? null }),
      );
      const { dictionary } = pathsOf(line);
      return redirect(back?.startsWith(dictionary) === true ? back : dictionary);
    },
  );
}

function maysJudge(visit: AnyVisit): boolean {
  return !visit.who.isReadOnly && (can(visit.who, 'repository.change') || can(visit.who, 'applications.connect'));
}

function fieldId(text: string | undefined): string | null {
  return text === undefined ? null : parseId('obj', text);
}

function unknown(): never {
  throw new Refusal('repository.field_unknown', 404, {
    fr: 'Ce champ n’existe pas dans le dictionnaire.',
    en: 'There is no such field in the dictionary.',
  });
}
