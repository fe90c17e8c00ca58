import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { outboxHandler } from '../../src/access/index.ts';
import { type CallAnswer, type CallOptions, HttpCaller, networks } from '../../src/channels/index.ts';
import {
  applicationFinder,
  applicationKeyPrefix,
  complianceHandlers,
  complianceSlices,
  type Engine,
  openCompliance,
} from '../../src/compliance/index.ts';
import { createServer, type Who } from '../../src/http/index.ts';
import { createLog, FixedClock, projectRoot, Refusal } from '../../src/kernel/index.ts';
import { applyModel, loadPacks } from '../../src/model/index.ts';
import { type DueHandler, runDueBatch, type Scope, Store } from '../../src/store/index.ts';
import { Inside } from './inside.ts';
import type { SocleStart, Work } from './protocol.ts';

/**
 * A process of Socle: drains what is due and answers its API, when the world says so and at the world's time. It dies of
 * SIGKILL, with its connections and transactions as they are.
 */
const clock = new FixedClock(new Date(0));
let starting: ReturnType<typeof compose> | null = null;
let atWork = 0;
let asking = 0;
let statementsLeft: number | null = null;

const inside = new Inside({
  start: (start) => {
    atWork += 1;
    starting = compose(start).finally(() => {
      atWork -= 1;
      inside.quiet();
    });
  },
  work: async (work) => {
    atWork += 1;
    clock.set(new Date(inside.now));
    try {
      return await perform(work);
    } finally {
      atWork -= 1;
    }
  },
  quiet: (say) => {
    clock.set(new Date(inside.now));
    // An answer just heard is taken up first.
    setImmediate(() => {
      if (atWork === asking) say();
    });
  },
});

/** Within a piece of work: it waits for the world, and time may go on. */
async function ask<T>(question: Parameters<typeof inside.ask>[0]): Promise<T> {
  asking += 1;
  const answer = inside.ask<T>(question);
  return answer.finally(() => {
    asking -= 1;
  });
}

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  const sent = Reflect.apply(query, this, given);
  if (statementsLeft !== null) {
    statementsLeft -= 1;
    // The statement is on its way: PostgreSQL may carry it out or not.
    if (statementsLeft <= 0) process.kill(process.pid, 'SIGKILL');
  }
  return sent;
} as typeof query;

class Caller extends HttpCaller {
  override async post(url: string, { headers, body }: CallOptions): Promise<CallAnswer> {
    const status = await ask<number | null>({ what: 'post', url, headers, body });
    if (status === null) throw nobodyThere();
    return { status, headers: {}, body: Buffer.alloc(0), isCut: false };
  }
}

async function compose({ roles, secret }: SocleStart) {
  const log = createLog('debug', { write: (line) => inside.log(line) });
  const store = new Store({ roles, secret: Buffer.from(secret, 'hex'), clock, log, poolSize: 4 });
  const packs = ['src/repository', 'src/compliance'].map((folder) => join(projectRoot, folder));
  const model = await applyModel(store, await loadPacks(packs));
  const publicUrl = 'https://socle.example.org';
  const engine: Engine = {
    ...openCompliance({ store, log, model: () => model, publicUrl, internalNetworks: () => [], dropFolders: [] }),
    caller: new Caller(networks([])),
    atStep: async (step) => {
      if ((await ask({ what: 'step', step })) === 'stumble') throw new Error(`nobody foresaw this at “${step}”`);
    },
  };
  const outbox = outboxHandler({ send: async () => undefined, forget: async () => undefined }, log);
  const find = applicationFinder(store);
  let visited: Scope | null = null;
  const server = createServer({
    slices: [...complianceSlices(engine)],
    authenticate: async (request) => {
      const secret = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
      if (!secret.startsWith(applicationKeyPrefix)) return visited === null ? null : operator(visited);
      const found = await find(secret);
      return found === null ? null : application(found.scope, found.application);
    },
    publicUrl,
    log,
    clock,
    key: createSecretKey(Buffer.alloc(32, 1)),
    version: '0.0.0',
  });
  const handlers = [...complianceHandlers(engine), outbox].map((handler): DueHandler => ({ ...handler, batch: 1 }));
  return {
    log,
    /** Those with something due, as the pump asks. */
    due: async (scope: Scope) => {
      const now = clock.now();
      const each = handlers.map(
        ({ table }) => sql`select ${table}::text as name where exists (select from ${sql.table(table)}
          where org = store.current_org() and next_at <= ${now} and (leased_until is null or leased_until <= ${now}))`,
      );
      const { rows } = await sql<{ name: string }>`${sql.join(each, sql` union all `)}`.execute(scope.db);
      const names = new Set(rows.map(({ name }) => name));
      return handlers.filter(({ table }) => names.has(table));
    },
    scope: (org: string) => store.scope(org),
    call: (scope: Scope, request: Request) => {
      visited = scope;
      return server.fetch(request);
    },
  };
}

async function perform(work: Work): Promise<unknown> {
  const socle = await starting;
  if (socle === null || work.what === 'receive') throw new Error('not for Socle');
  const scope = socle.scope(work.org);
  if (work.diesAfter !== null) statementsLeft = work.diesAfter;
  try {
    if (work.what === 'api') {
      const { method, path, headers, body } = work;
      const request = new Request(`https://socle.example.org/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === null ? {} : { body }),
      });
      const response = await socle.call(scope, request);
      return { status: response.status, text: await response.text() };
    }
    Math.random = () => work.jitter;
    for (let worked = 1; worked > 0; ) {
      worked = 0;
      for (const handler of await socle.due(scope)) worked += await runDueBatch(handler, scope, socle.log);
    }
    return null;
  } finally {
    if (work.diesAfter !== null) statementsLeft = null;
  }
}

const operatorId = '0192f000-0000-7000-8000-000000000001';

function operator(scope: Scope): Who {
  const actor = { kind: 'user', id: operatorId } as const;
  return who(scope, ['dpo'], actor, { id: operatorId, name: 'Ada', email: 'ada@enseigne.example' });
}

function application(scope: Scope, id: string): Who {
  return who(scope, [], { kind: 'application', id }, { id, name: 'application', email: null });
}

function who(scope: Scope, roles: readonly string[], actor: Who['actor'], user: Who['user']): Who {
  const { org } = scope;
  const cause = (key: string | null) => ({ actor, source: 'api', key }) as const;
  const given = { perimeters: null, language: 'fr', csrf: null, isReadOnly: false } as const;
  return { org, organisation: 'Enseigne', user, actor, roles, scope, cause, ...given };
}

function nobodyThere(): Refusal {
  return new Refusal('http.timeout', 503, { fr: 'Personne n’a répondu à temps.', en: 'Nobody answered in time.' });
}
