import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect, executed, fileStore, memoryStore, notFound, type Store } from '../../../sdk/node/index.mjs';
import { createLog, freePort, newId, publicId } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { Application, type Fault } from './application.fixture.ts';
import { conformanceRemoval } from './removal.ts';
import { conformanceHandler } from './run.ts';

const compliance = await complianceTest();
const { scope, engine, model } = compliance;
const log = createLog('silent');
const site = new Site(compliance, log).as({ roles: ['dpo'] });
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));

/** Socle's own API, by HTTP, for the SDK to call. */
const socle = await listening(
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const path = request.url?.replace('/api/v1', '') ?? '';
      const application = site.asApplication(String(request.headers.authorization).replace('Bearer ', ''));
      const { status, json } =
        request.method === 'GET'
          ? await application.api('GET', path)
          : await application.api('POST', path, JSON.parse(Buffer.concat(chunks).toString() || '{}'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
  }),
);
afterAll(() => {
  socle.close();
  rmSync(folder, { recursive: true });
});

async function listening(server: Server, port = 0): Promise<Server> {
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Connects an application that listens at this address, or that comes for its orders: its secret and its own key. */
async function connected(name: string, url: string | null): Promise<{ readonly secret: string; readonly key: string }> {
  const application = await addApplication(
    scope,
    operator,
    { model, asker: systemAsker },
    { name, channel: url === null ? 'pull' : 'webhook', url, identities: [], map: null },
  );
  return write(scope, operator, async (writing) => ({
    secret: (await issueCredential(writing, application, 'hmac')).shown,
    key: (await issueCredential(writing, application, 'key')).shown,
  }));
}

const shownRun = z.object({
  id: z.string(),
  state: z.string(),
  asksRestart: z.boolean(),
  cases: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      findings: z.array(z.object({ verdict: z.string(), text: z.string() })),
    }),
  ),
});
type Shown = z.output<typeof shownRun>;

async function api(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Shown> {
  const { status, json } = await site.api(method, path, body);
  expect(status).toBeLessThan(300);
  return shownRun.parse(json);
}

/** Runs a whole test, and restarts the application when asked. */
async function conformance(application: string, restart: () => Promise<void>): Promise<Shown> {
  const started = await api('POST', `/applications/${application}/conformance`, {});
  const handler = conformanceHandler(engine);
  let restarting: Promise<void> | null = null;
  for (let turn = 0; turn < 600; turn += 1) {
    await runDueBatch(handler, scope, log);
    const run = await api('GET', `/conformance/${started.id}`);
    if (run.state !== 'running') {
      await restarting;
      return run;
    }
    if (run.asksRestart) restarting ??= restart();
    await new Promise((done) => setTimeout(done, 5));
    compliance.store.clock.advance({ ms: 500 });
  }
  throw new Error('the test did not end');
}

const verdicts = (run: Shown) => Object.fromEntries(run.cases.map((each) => [each.id, each.state]));
const mending = (run: Shown) => run.cases.filter(({ state }) => state === 'mend').map(({ id }) => id);
const words = (run: Shown) => run.cases.flatMap(({ findings }) => findings.map(({ text }) => text)).join('\n');

/** An application made of the SDK, as its README says. */
async function withSdk(name: string, store: () => Store) {
  const port = await freePort();
  const given = await connected(name, `http://127.0.0.1:${port}/`);
  let server: Server | null = null;
  const people = new Set<string>();
  const start = async () => {
    const orders = connect({
      url: `http://127.0.0.1:${portOf(socle)}`,
      key: given.key,
      secrets: given.secret,
      by: 'sdk 1',
      store: store(),
      log: () => undefined,
      now: () => scope.clock.now().getTime(),
      wait: () => new Promise((done) => setTimeout(done, 50)),
      on: {
        erase: (person) => (people.delete(person.values('email')[0] ?? '') ? executed({ identity: 1 }) : notFound()),
        plant: (person) => people.add(person.values('email')[0] ?? ''),
      },
    });
    server = await listening(createServer(orders.listener), port);
    return async () => {
      orders.close();
      server?.closeAllConnections();
      await new Promise<void>((done) => server?.close(() => done()));
    };
  };
  let stop = await start();
  return {
    restart: async () => {
      await stop();
      await new Promise((done) => setTimeout(done, 600));
      stop = await start();
    },
    stop: () => stop(),
  };
}

test('an application made of the SDK passes, with a restart midway', async () => {
  const store = fileStore(join(folder, 'sdk'));
  const shop = await withSdk('sdk shop', () => store);
  const run = await conformance('sdk%20shop', shop.restart);
  await shop.stop();
  expect(words(run)).not.toMatch(/undefined|null/);
  expect(verdicts(run)).toEqual({
    good: 'passed',
    repeated: 'passed',
    expired: 'passed',
    badly_signed: 'passed',
    unknown: 'passed',
    batch: 'passed',
    slow: 'passed',
    socle_down: 'passed',
    next_generation: 'passed',
    restart: 'passed',
  });
  expect(run.state).toBe('passed');
});

test('the SDK with a memory that a restart erases is told to keep it', async () => {
  const shop = await withSdk('forgetful', () => memoryStore());
  const run = await conformance('forgetful', shop.restart);
  await shop.stop();
  expect([run.state, mending(run)]).toEqual(['failed', ['restart']]);
  expect(words(run)).toContain('fileStore');
});

/** An application that comes for its orders, and says when it was restarted. */
async function withPull(name: string, store: () => Store) {
  const { key } = await connected(name, null);
  const people = new Set<string>();
  const start = () => {
    const orders = connect({
      url: `http://127.0.0.1:${portOf(socle)}`,
      key,
      store: store(),
      log: () => undefined,
      now: () => scope.clock.now().getTime(),
      wait: () => new Promise((done) => setTimeout(done, 30)),
      on: {
        erase: (person) => (people.delete(person.values('email')[0] ?? '') ? executed({ identity: 1 }) : notFound()),
        plant: (person) => people.add(person.values('email')[0] ?? ''),
      },
    });
    const pulling = orders.pull({ waitSeconds: 0 });
    return async () => {
      orders.close();
      await pulling;
    };
  };
  let stop = start();
  return {
    restart: async () => {
      await stop();
      stop = start();
      const run = await api('GET', `/applications/${encodeURIComponent(name)}/conformance`);
      await api('POST', `/conformance/${run.id}/restarted`, {});
    },
    stop: () => stop(),
  };
}

test('an application that comes for its orders is tried without signatures, and passes', async () => {
  const store = fileStore(join(folder, 'pull'));
  const newsletter = await withPull('newsletter', () => store);
  const run = await conformance('newsletter', newsletter.restart);
  await newsletter.stop();
  expect(mending(run)).toEqual([]);
  expect(run.cases.map(({ id }) => id)).toEqual([
    'good',
    'repeated',
    'unknown',
    'batch',
    'slow',
    'socle_down',
    'next_generation',
    'restart',
  ]);
  expect(run.state).toBe('passed');
});

test('one that forgets is found there too, and one that never comes is told to', async () => {
  const forgetful = await withPull('forgetful pull', () => memoryStore());
  const run = await conformance('forgetful%20pull', forgetful.restart);
  await forgetful.stop();
  expect(mending(run)).toEqual(['restart']);
  await connected('absent', null);
  const never = await conformance('absent', async () => undefined);
  expect([mending(never), words(never).includes('GET /api/v1/orders')]).toEqual([['good'], true]);
});

async function byHand(fault: Fault | null): Promise<Shown> {
  const port = await freePort();
  const name = `by hand ${fault ?? 'well'}`;
  const { secret, key } = await connected(name, `http://127.0.0.1:${port}/orders`);
  const application = new Application({
    port,
    secret: Buffer.from(secret.replace('whsec_', ''), 'base64'),
    fault,
    now: () => scope.clock.now(),
    answer: async (order, answer) =>
      (await site.asApplication(key).api('POST', `/orders/${order}/outcome`, answer)).status,
  });
  await application.start();
  const run = await conformance(encodeURIComponent(name), async () => {
    await application.stop();
    await new Promise((done) => setTimeout(done, 600));
    await application.start();
  });
  await application.stop();
  return run;
}

test('one written by hand passes too, when it is right', async () => {
  const run = await byHand(null);
  expect(mending(run)).toEqual([]);
  expect(run.state).toBe('passed');
});

test.each<[Fault, readonly string[]]>([
  ['silent', ['good']],
  ['wrong_digest', ['good']],
  ['unplanted', ['good']],
  ['believes_anybody', ['expired', 'badly_signed']],
  ['ignores_age', ['expired']],
  ['breaks_on_forgery', ['expired', 'badly_signed']],
  ['forgets_keys', ['repeated', 'restart']],
  ['forgets_on_restart', ['restart']],
  ['knows_by_person', ['next_generation']],
  ['executed_whatever', ['unknown', 'batch', 'slow']],
  ['one_word_for_all', ['batch', 'slow']],
  ['never_again', ['socle_down']],
])('a mistake is found where it is, and only there: %s', async (fault, expected) => {
  const run = await byHand(fault);
  expect(run.state).toBe('failed');
  expect(mending(run)).toEqual(expected);
});

test('nothing of a test is in the campaigns, and no person is made', async () => {
  for (const table of ['compliance.application_order', 'compliance.campaign', 'compliance.person'] as const) {
    expect(await scope.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
  const orders = await scope.db.selectFrom('compliance.conformance_order').select('body').execute();
  expect(orders.length).toBeGreaterThan(20);
  for (const { body } of orders) {
    const event = JSON.parse(body.toString());
    expect(event.test).toBe('conformance');
    for (const { identities } of event.data.persons) {
      for (const { value } of identities) expect(value).toMatch(/conformance/i);
    }
  }
});

test('an application by SQL has nothing to drive, and one that nobody knows is said so', async () => {
  await compliance.application('the database', 'create table customer (id int primary key, email text)');
  expect((await site.api('POST', '/applications/the%20database/conformance', {})).status).toBe(409);
  expect((await site.api('POST', '/applications/nobody/conformance', {})).status).toBe(404);
  expect((await site.api('GET', `/conformance/${publicId('job', newId())}`)).status).toBe(404);
});

test('the page shows what to mend, and starts one test at a time for who may', async () => {
  const { json } = await site.api('GET', '/applications/by%20hand%20silent/conformance');
  const path = `/applications/${z.object({ application: z.string() }).parse(json).application}/conformance`;
  const { html } = await site.get(path);
  expect(html).toContain('Aucun compte rendu valable');
  expect(html).toContain('Pas encore conforme\u00a0: 0 cas bons sur 10');
  expect((await site.send(path, { kinds: 'customer_id' })).status).toBe(303);
  const running = await site.get(path);
  expect(running.html).toContain('En cours\u00a0: Un ordre bien signé');
  expect(running.html).not.toContain('Lancer l’essai');
  expect((await site.send('/requests/new', {}, path)).status).toBe(409);
  const auditor = new Site(compliance, log).as({ roles: ['auditor'] });
  expect((await auditor.get(path)).html).not.toContain('Lancer l’essai');
  expect((await auditor.api('POST', path, {})).status).toBe(403);
});

test('an application that is deleted leaves with its tests', async () => {
  const [run] = await scope.db
    .selectFrom('compliance.conformance_run')
    .select(['application_id as application'])
    .orderBy('id')
    .limit(1)
    .execute();
  const application = run?.application ?? '';
  expect(await conformanceRemoval.tell(scope, application)).toMatchObject([{ fr: '1 essai de conformité disparaît.' }]);
  await write(scope, operator, (writing) => conformanceRemoval.remove(writing, application));
  expect(await conformanceRemoval.tell(scope, application)).toEqual([]);
});
