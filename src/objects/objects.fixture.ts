import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { type TestStore, testStore } from '../../test/support/store.ts';
import { createServer, type Slice, type SocleServer, type Who } from '../http/index.ts';
import { type Actor, createLog, newId, projectRoot, randomSecret, type Uuid } from '../kernel/index.ts';
import { LiveModel, type Model } from '../model/index.ts';
import type { Scope } from '../store/index.ts';
import { type AboveLists, modelChangeApi, type ObjectPagesOptions, objectsSlices, studioSlice } from './index.ts';

export const publicUrl = 'http://socle.test';
export const csrf = 'a-session-bound-token';

/** The generic API and pages behind a server, on a real database. A request says who it comes from in two headers. */
export interface ObjectsFixture extends TestStore {
  /** The model as the packs of the fixture make it. */
  readonly model: Model;
  readonly live: LiveModel;
  readonly scope: Scope;
  readonly server: SocleServer;
  /** As a program: `call('GET', '/api/v1/…', { as: 'admin' })`. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
}

/** What a higher room brings. */
interface Above {
  readonly slices: readonly Slice[];
  readonly aboveLists?: AboveLists;
}

export interface CallOptions {
  /** Roles, separated by commas. */
  readonly as?: string;
  readonly user?: Uuid;
  readonly perimeters?: readonly Uuid[];
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function objectsFixture(
  options: Omit<ObjectPagesOptions, 'models'> = {},
  packs: readonly string[] = ['workshop'],
  organisationCount = 1,
  above: (live: LiveModel) => Above = () => ({ slices: [] }),
): Promise<ObjectsFixture> {
  const store = await testStore();
  const live = await LiveModel.open(
    store.store,
    packs.map((pack) => join(projectRoot, pack.includes('/') ? pack : `src/objects/fixtures/${pack}`)),
  );
  const changing = { live, organisations: async () => organisationCount };
  const scope = await store.organisation();
  const { slices, aboveLists } = above(live);
  const server = createServer({
    slices: [
      ...slices,
      ...objectsSlices({ ...options, ...(aboveLists === undefined ? {} : { aboveLists }), models: live }),
      modelChangeApi(changing),
      studioSlice(changing),
    ],
    authenticate: async (request) => whoOf(request, scope),
    publicUrl,
    log: createLog('silent'),
    clock: store.clock,
    key: createSecretKey(randomSecret()),
    version: '0.0.0',
  });
  return {
    ...store,
    model: live.current(),
    live,
    scope,
    server,
    call: (method, path, { as = 'admin', user = defaultUser, perimeters, body, headers = {} } = {}) =>
      server.fetch(
        new Request(publicUrl + path, {
          method,
          headers: {
            'x-roles': as,
            'x-user': user,
            ...(perimeters === undefined ? {} : { 'x-perimeters': perimeters.join(',') }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
  };
}

export const defaultUser = newId();

/** Programs come without a CSRF token; browsers (an `accept` of HTML) have one bound to their session. */
function whoOf(request: Request, scope: Scope): Who | null {
  const roles = request.headers.get('x-roles')?.split(',');
  if (roles === undefined) return null;
  const id = request.headers.get('x-user') ?? defaultUser;
  const actor: Actor = { kind: 'user', id };
  const isBrowser = request.headers.get('accept')?.includes('text/html') === true;
  return {
    org: scope.org,
    organisation: 'Atelier',
    user: { id, name: 'Ada Lovelace', email: null },
    actor,
    roles,
    perimeters: request.headers.get('x-perimeters')?.split(',') ?? null,
    language: null,
    scope,
    csrf: isBrowser ? csrf : null,
    isReadOnly: roles.includes('auditor'),
    cause: (key) => ({ actor, source: isBrowser ? 'page' : 'api', key }),
  };
}
