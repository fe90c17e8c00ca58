import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { type MailTransport, outboxHandler, PermanentFailure } from '../../src/access/index.ts';
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
import { sequence } from '../../src/journal/index.ts';
import { createLog, FixedClock, projectRoot, Refusal } from '../../src/kernel/index.ts';
import { applyModel, loadPacks } from '../../src/model/index.ts';
import { type DueHandler, runDueBatch, type Scope, Store } from '../../src/store/index.ts';
import type { HttpAnswer } from './call.ts';
import { Inside } from './inside.ts';
import type { Doom, MailAnswer, SocleStart, Work } from './protocol.ts';

/**
 * A process of Socle: drains what is due and answers its API, when the world says so and at the world's time. It dies of
 * SIGKILL, with its connections and transactions as they are.
 */
const clock = new FixedClock(new Date(0));
// Ids begin with the time: they too are of the clock of this machine.
Date.now = () => clock.now().getTime();
let starting: ReturnType<typeof compose> | null = null;
let atWork = 0;
let asking = 0;
/** Sent to a database, and not answered. */
let statements = 0;
let isLooking = false;
let doom: Doom | null = null;
let left = 0;

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
      else if (asking > 0) void whenOnlyAsking(say);
    });
  },
});

/** Work that does several things at once is at rest when all of them wait for the world, and no statement is under way. */
async function whenOnlyAsking(say: () => void): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  for (let turns = 0; turns < 3 && asking > 0; turns += 1) {
    await wait(2);
    if (statements > 0) turns = -1;
  }
  isLooking = false;
  if (asking > 0) say();
}

/** Within a piece of work: it waits for the world, and time may go on. */
async function ask<T>(question: Parameters<typeof inside.ask>[0]): Promise<T> {
  asking += 1;
  const answer = inside.ask<T>(question);
  return answer.finally(() => {
    asking -= 1;
  });
}

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client & { processID?: number }, ...given: unknown[]) {
  const send = () => {
    const sent = Reflect.apply(query, this, given) as unknown;
    if (sent instanceof Promise) {
      statements += 1;
      const ended = () => {
        statements -= 1;
      };
      sent.then(ended, ended);
    }
    return sent;
  };
  if (doom === null) return send();
  left -= 1;
  if (left > 0) return send();
  const { what } = doom;
  doom = null;
  const struck = ask<void>({ what: 'doomed', doom: what, backend: this.processID ?? 0 });
  // What answers by a function can't wait for the world.
  const isAwaited = typeof given.at(-1) !== 'function' && typeof Object(given[0]).submit !== 'function';
  if (what === 'cut_before' && isAwaited) return struck.then(send);
  const sent = send();
  // The statement is on its way: PostgreSQL may carry it out or not.
  if (what === 'dies') process.kill(process.pid, 'SIGKILL');
  return sent;
} as typeof query;

class Caller extends HttpCaller {
  override async post(url: string, { headers, body }: CallOptions): Promise<CallAnswer> {
    const status = await ask<number | null>({ what: 'post', url, headers, body });
    if (status === null) throw nobodyThere();
    return { status, headers: {}, body: Buffer.alloc(0), isCut: false };
  }
}

/** Messages leave into the world. */
const transport: MailTransport = {
  send: async (_id, _at, { to, title, text }) => {
    const answer = await ask<MailAnswer | null>({ what: 'mail', to, title, text });
    if (answer === 'refused') throw new PermanentFailure('smtp_550');
    if (answer !== 'taken') throw Object.assign(new Error('the mail server did not take it'), { code: 'ETIMEDOUT' });
  },
  forget: async () => undefined,
};

async function compose({ roles, secret, dropFolders }: SocleStart) {
  const log = createLog('debug', { write: (line) => inside.log(line) });
  const store = new Store({ roles, secret: Buffer.from(secret, 'hex'), clock, log, poolSize: 4 });
  const packs = ['src/repository', 'src/compliance'].map((folder) => join(projectRoot, folder));
  const model = await applyModel(store, await loadPacks(packs));
  const publicUrl = 'https://socle.example.org';
  const engine: Engine = {
    ...openCompliance({ store, log, model: () => model, publicUrl, internalNetworks: () => [], dropFolders }),
    caller: new Caller(networks([])),
    atStep: async (step) => {
      if ((await ask({ what: 'step', step })) === 'stumble') throw new Error(`nobody foresaw this at “${step}”`);
    },
  };
  const outbox = outboxHandler(transport, log);
  const find = applicationFinder(store);
  let visited: Scope | null = null;
  const server = createServer({
    slices: [...complianceSlices(engine)],
    authenticate: async (request) => {
      const secret = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
      if (secret === 'operator') return visited === null ? null : operator(visited);
      if (!secret.startsWith(applicationKeyPrefix)) return null;
      const found = await find(secret);
      return found === null ? null : application(found.scope, found.application);
    },
    publicUrl,
    log,
    clock,
    key: createSecretKey(Buffer.alloc(32, 1)),
    version: '0.0.0',
  });
  const handlers = [...complianceHandlers(engine), outbox];
  const oneByOne = handlers.map((handler): DueHandler => ({ ...handler, batch: 1 }));
  return {
    log,
    /** Those with something due, as the pump asks. */
    due: async (scope: Scope, isWide: boolean) => {
      const now = clock.now();
      const each = handlers.map(
        ({ table }) => sql`select ${table}::text as name where exists (select from ${sql.table(table)}
          where org = store.current_org() and next_at <= ${now} and (leased_until is null or leased_until <= ${now}))`,
      );
      const { rows } = await sql<{ name: string }>`${sql.join(each, sql` union all `)}`.execute(scope.db);
      const names = new Set(rows.map(({ name }) => name));
      return (isWide ? handlers : oneByOne).filter(({ table }) => names.has(table));
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
  if (socle === null || (work.what !== 'http' && work.what !== 'drain')) throw new Error('not for Socle');
  const scope = socle.scope(work.org);
  doom = work.doom;
  left = work.doom?.after ?? 0;
  try {
    return work.what === 'http' ? await answerHttp(socle, scope, work) : await drain(socle, scope, work);
  } finally {
    if (work.doom !== null) doom = null;
  }
}

type Composed = Awaited<ReturnType<typeof compose>>;

async function answerHttp(
  socle: Composed,
  scope: Scope,
  { method, path, headers, body }: Extract<Work, { what: 'http' }>,
): Promise<HttpAnswer> {
  const request = new Request(`https://socle.example.org${path}`, {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === null ? {} : { body }),
  });
  const response = await socle.call(scope, request);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return { status: response.status, text: await response.text(), cookies };
}

async function drain(socle: Composed, scope: Scope, work: Extract<Work, { what: 'drain' }>): Promise<null> {
  Math.random = () => work.jitter;
  for (let worked = 1; worked > 0; ) {
    worked = 0;
    for (const handler of await socle.due(scope, work.isWide)) worked += await runDueBatch(handler, scope, socle.log);
  }
  if (work.seals) await sequence(scope);
  return null;
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
