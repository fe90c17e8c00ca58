import { createSecretKey } from 'node:crypto';
import { z } from 'zod';
import { createLog, FixedClock, Refusal, randomSecret } from '../kernel/index.ts';
import { parsedAs } from './asked.ts';
import {
  created,
  createServer,
  fragment,
  page,
  pageOf,
  redirect,
  type ServerEvent,
  type Slice,
  versioned,
  type Who,
} from './index.ts';
import type { ServerOptions, SocleServer } from './options.ts';

/** A server with one invented slice, for the tests of this room: who is asking is told by a header or a cookie. */
export interface Fixture {
  readonly server: SocleServer;
  readonly logged: string[];
  whoIs(credentials: string): Who | null;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<Response>;
}

export const publicUrl = 'http://socle.test';
const sessionToken = Buffer.alloc(32, 7).toString('base64url');

function whoOf(kind: 'session' | 'key', isReadOnly: boolean): Who {
  const id = '01890000-0000-7000-8000-000000000001';
  return {
    org: id,
    organisation: 'Enseigne',
    user: { id, name: 'Ada', email: 'ada@enseigne.test' },
    actor: { kind: 'user', id },
    roles: ['dpo'],
    perimeters: null,
    language: null,
    // No handler of these tests asks a database.
    scope: parsedAs(null),
    csrf: kind === 'session' ? sessionToken : null,
    isReadOnly,
    cause: (key) => ({ actor: { kind: 'user', id }, source: 'page', key }),
  };
}

const title = { fr: 'Objets', en: 'Things' };
const numbers = Array.from({ length: 60 }, (_, at) => at + 1);

const things: Slice = {
  name: 'things',
  menu: [{ section: { id: 'work', text: title, order: 1 }, text: title, href: '/things' }],
  pages(app) {
    app.get('/things', {}, (visit) =>
      visit.target === 'part' ? fragment(<p id="part">part</p>) : page({ title, content: <p>all</p> }),
    );
    app.get('/things/:id', {}, (visit) => page({ title, content: <p>{`thing ${visit.params.id}`}</p> }));
    app.get('/things/new', {}, (visit) => page({ title, content: <input name="csrf" value={visit.csrf} /> }));
    app.post(
      '/things',
      {
        form: z.object({ name: z.string().min(2) }),
        again: (_visit, refusal, typed) =>
          page({ title, content: <p>{`${typed.name ?? ''}: ${refusal.problems.map((p) => p.pointer).join()}`}</p> }),
      },
      (visit) => {
        if (visit.body.name === 'taken') throw new Refusal('thing.taken', 409, title);
        return redirect('/things', { flash: { fr: 'Enregistré', en: 'Saved' } });
      },
    );
    app.post('/own', { isOwnAccount: true }, () => redirect('/things'));
    app.publicGet('/open', {}, (visit) =>
      page({ title, content: <input name="csrf" value={visit.csrf} />, shell: 'bare' }),
    );
    app.publicPost('/open', { form: z.object({ name: z.string() }) }, () => redirect('/open'));
    app.get('/broken', {}, () => {
      throw new Error('marie@exemple.fr is not unique');
    });
    app.events('/things/live', {}, (visit) => feed(Number(visit.lastEventId ?? 0), visit.signal));
  },
  api(app) {
    app.get('/things', { summary: 'The things', isList: true }, (call) => {
      const asked = call.list();
      const after = Number(asked.after?.[0] ?? 0);
      const rows = numbers.filter((number) => number > after).slice(0, asked.limit + 1);
      return pageOf(
        asked,
        rows,
        (row) => [row],
        (row) => ({ number: row }),
      );
    });
    app.get('/things/:id', { summary: 'One thing' }, (call) => versioned(3, { id: call.params.id }));
    app.get('/broken', { summary: 'Fails' }, () => {
      throw new Error('marie@exemple.fr is not unique');
    });
    const body = z.strictObject({ name: z.string().min(2), size: z.int().optional() });
    app.post('/things', { summary: 'Makes a thing', body, answer: body }, (call) =>
      created('/api/v1/things/1', { ...call.body, key: call.cause.key, hash: call.requestHash.toString('hex') }),
    );
    app.patch('/things/:id', { summary: 'Changes a thing', body }, (call) => ({ ifMatch: call.ifMatch }));
    app.postRaw('/lines', { summary: 'Takes lines', takes: ['application/x-ndjson'] }, async (call) => {
      let size = 0;
      for await (const chunk of call.body) size += chunk.byteLength;
      return { size };
    });
  },
};

async function* feed(after: number, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  for (let id = after + 1; id <= 3; id += 1)
    yield { id: String(id), event: 'thing', data: `<p>${id}</p>\n<p>more</p>` };
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function whoIs(credentials: string): Who | null {
  if (credentials === 'Bearer bad') throw new Refusal('access.bad_key', 401, title);
  if (credentials.includes('Bearer')) return whoOf('key', false);
  if (credentials.includes('session=auditor')) return whoOf('session', true);
  return credentials.includes('session=ada') ? whoOf('session', false) : null;
}

export function fixture(changes: Partial<ServerOptions> = {}): Fixture {
  const logged: string[] = [];
  const server = createServer({
    slices: [things],
    authenticate: async (request) => {
      const given = request.headers.get('authorization') ?? request.headers.get('cookie') ?? '';
      return whoIs(given);
    },
    publicUrl,
    log: createLog('info', { write: (line: string) => logged.push(line) }),
    clock: new FixedClock('2026-11-22T09:00:00Z'),
    key: createSecretKey(randomSecret()),
    version: '0.0.0',
    ...changes,
  });
  const fetch =
    (method: string) =>
    (path: string, headers: Record<string, string> = {}, body?: string) =>
      server.fetch(new Request(publicUrl + path, { method, headers, ...(body === undefined ? {} : { body }) }));
  return {
    server,
    logged,
    whoIs,
    get: (path, headers) => fetch('GET')(path, headers),
    post: (path, body, headers) => fetch('POST')(path, headers, body),
  };
}

/** What a page hides in its form. */
export function csrfOf(html: string): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

export const ada = { cookie: 'session=ada' };
export const machine = { authorization: 'Bearer good' };
export const json = { ...machine, 'content-type': 'application/json' };
export const form = { 'content-type': 'application/x-www-form-urlencoded' };
