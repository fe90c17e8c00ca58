import { createSecretKey } from 'node:crypto';
import { type TestStore, testStore } from '../../test/support/store.ts';
import { createServer, type ServerOptions, type SocleServer } from '../http/index.ts';
import { createLog, type Id, randomSecret, sha256, systemCause } from '../kernel/index.ts';
import { type Scope, write } from '../store/index.ts';
import type { AccessOptions } from './context.ts';
import {
  accessSlices,
  authenticator,
  createUser,
  type ExampleOffer,
  FirstRun,
  type AccessOptions as Options,
  type Role,
} from './index.ts';

export const password = 'correct cheval batterie agrafe';
export const operatorToken = `socleop_${Buffer.alloc(32, 5).toString('base64url')}`;
export const publicUrl = 'http://socle.test';

/** The access room on a real database, behind a server. */
export interface AccessFixture extends TestStore {
  readonly options: AccessOptions;
  readonly server: SocleServer;
  readonly firstRun: FirstRun;
  readonly logged: string[];
  readonly decisions: string[];
  /** A user of the organisation; their password is `password`. */
  user(scope: Scope, email: string, roles: readonly Role[]): Promise<Id<'user'>>;
  browser(): Browser;
  call(
    method: string,
    path: string,
    secret: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export async function accessFixture(
  changes: Partial<ServerOptions> = {},
  example: ExampleOffer | null = null,
): Promise<AccessFixture> {
  const store = await testStore();
  const logged: string[] = [];
  const decisions: string[] = [];
  const key = createSecretKey(randomSecret());
  const log = createLog('debug', { write: (line: string) => logged.push(line) });
  const options: Options = {
    store: store.store,
    key,
    log,
    operatorTokenHash: sha256(operatorToken),
    record: async (_writing, decision) => {
      decisions.push(decision.kind);
    },
  };
  const firstRun = new FirstRun(options, example);
  const server = createServer({
    slices: accessSlices(options, firstRun),
    authenticate: authenticator(options),
    publicUrl,
    log,
    clock: store.clock,
    key,
    version: '0.0.0',
    ...changes,
  });
  return {
    ...store,
    options,
    server,
    firstRun,
    logged,
    decisions,
    user: (scope, email, roles) =>
      write(scope, systemCause('test'), (writing) =>
        createUser(options, writing, { email, name: 'Ada Lovelace', roles: [...roles], password }),
      ),
    browser: () => new Browser(server),
    call: (method, path, secret, body, headers = {}) =>
      server.fetch(
        new Request(publicUrl + path, {
          method,
          headers: {
            authorization: `Bearer ${secret}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
  };
}

/** What a browser without scripts does: keeps cookies, fills forms, follows redirections. */
export class Browser {
  readonly cookies = new Map<string, string>();
  lastSetCookies: readonly string[] = [];
  readonly #server: SocleServer;

  constructor(server: SocleServer) {
    this.#server = server;
  }

  async get(path: string): Promise<Response> {
    return this.#send(new Request(publicUrl + path, { headers: this.#headers() }));
  }

  /** Opens the page of a form, then sends the form with its token. */
  async submit(
    page: string,
    action: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<Response> {
    const html = await (await this.get(page)).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return this.post(action, { ...fields, csrf });
  }

  async post(action: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
    }
    const headers = { ...this.#headers(), origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send(new Request(publicUrl + action, { method: 'POST', headers, body: body.toString() }));
  }

  async signIn(email: string, secret = password): Promise<Response> {
    return this.submit('/sign-in', '/sign-in', { email, password: secret });
  }

  #headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { cookie };
  }

  async #send(request: Request): Promise<Response> {
    const response = await this.#server.fetch(request);
    this.lastSetCookies = response.headers.getSetCookie();
    for (const line of this.lastSetCookies) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
