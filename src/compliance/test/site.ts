import { createSecretKey } from 'node:crypto';
import { createServer, type SocleServer, type Who } from '../../http/index.ts';
import { type Log, newId, randomSecret } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { applicationFinder, applicationKeyPrefix } from '../application/credentials.ts';
import { complianceSlices } from '../slices.ts';
import type { ComplianceTest } from './compliance.ts';

const origin = 'https://socle.example.org';

export interface Visitor {
  readonly roles: readonly string[];
  readonly perimeters?: readonly string[] | null;
  readonly scope?: Scope;
}

/** The pages and the API of this room, asked as a visitor would: without script, with the hidden fields of each form. */
export class Site {
  readonly #server: SocleServer;
  #visitor: Visitor | null = { roles: ['dpo'] };
  readonly #cookies = new Map<string, string>();

  constructor(
    readonly test: ComplianceTest,
    log: Log,
  ) {
    this.#server = createServer({
      slices: [...complianceSlices(test.engine)],
      authenticate: async (request) => {
        const secret = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
        if (secret.startsWith(applicationKeyPrefix)) return applicationOf(this.test, secret);
        const visitor = this.#visitor;
        return visitor === null ? null : whoOf(this.test.scope, visitor, request.headers.has('authorization'));
      },
      publicUrl: origin,
      log,
      clock: test.store.clock,
      key: createSecretKey(randomSecret()),
      version: '0.0.0',
    });
  }

  get routes(): SocleServer['routes'] {
    return this.#server.routes;
  }

  /** Who asks from here on; null: nobody signed in. */
  as(visitor: Visitor | null): this {
    this.#visitor = visitor;
    return this;
  }

  async get(path: string): Promise<{ readonly status: number; readonly html: string }> {
    const response = await this.#fetch(path, {});
    return { status: response.status, html: await response.text() };
  }

  /** What a link scanner asks before it shows a link to anybody. */
  async head(path: string): Promise<number> {
    return (await this.#fetch(path, { method: 'HEAD' })).status;
  }

  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#fetch(path, {})).arrayBuffer());
  }

  /** Asks as the application whose key this is. */
  asApplication(key: string): Pick<Site, 'api'> {
    const authorization = `Bearer ${key}`;
    return {
      api: (method, path, body, headers = {}) => this.api(method, path, body, { ...headers, authorization }),
    };
  }

  /** Sends the form of the page `from`, with all its hidden fields and some files, as a browser does. */
  async sendFiles(from: string, fields: Readonly<Record<string, string | readonly File[]>>): Promise<Response> {
    const { html } = await this.get(from);
    const body = new FormData();
    for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
      body.set(name, value);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') body.set(name, value);
      else for (const each of value) body.append(name, each, each.name);
    }
    return this.#fetch(from, { method: 'POST', redirect: 'manual', headers: { origin }, body });
  }

  /** Sends the form that stands on the page `from`, to `action` (the page itself by default). */
  async send(from: string, fields: Readonly<Record<string, string>>, action = from): Promise<Response> {
    const { html } = await this.get(from);
    const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1];
    // A form with a ticket was read by somebody: that takes a moment.
    if (ticket !== undefined) this.test.store.clock.advance({ seconds: 3 });
    const hidden = { csrf, _key: newId(), ...(ticket === undefined ? {} : { ticket }) };
    const body = new URLSearchParams({ ...hidden, ...fields }).toString();
    return this.#fetch(action, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  }

  async api(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
    const response = await this.#fetch(`/api/v1${path}`, {
      method,
      headers: { authorization: 'Bearer key', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: JSON.parse((await response.text()) || 'null') };
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const sent = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (sent !== '') headers.set('cookie', sent);
    const response = await this.#server.fetch(new Request(origin + path, { ...init, headers }));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0(;|$)/i.test(cookie)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}

/** An application, by its own key: as the access room recognises it. */
async function applicationOf(test: ComplianceTest, secret: string): Promise<Who | null> {
  const found = await applicationFinder(test.store.store)(secret);
  if (found === null) return null;
  const actor = { kind: 'application', id: found.application } as const;
  return {
    ...whoOf(found.scope, { roles: [] }, true),
    actor,
    user: { id: found.application, name: 'application', email: null },
    cause: (key) => ({ actor, source: 'api', key }),
  };
}

function whoOf(usual: Scope, visitor: Visitor, isProgram: boolean): Who {
  const id = '0192f000-0000-7000-8000-000000000001';
  const scope = visitor.scope ?? usual;
  return {
    org: scope.org,
    organisation: 'Enseigne',
    user: { id, name: 'Ada', email: 'ada@enseigne.example' },
    actor: { kind: 'user', id },
    roles: visitor.roles,
    perimeters: visitor.perimeters ?? null,
    language: 'fr',
    scope,
    csrf: isProgram ? null : Buffer.alloc(32, 7).toString('base64url'),
    isReadOnly: false,
    cause: (key) => ({ actor: { kind: 'user', id }, source: 'page', key }),
  };
}
