import { createSecretKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer as listen, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticator, createOrganisation } from '../src/access/index.ts';
import { issueCredential } from '../src/compliance/application/credentials.ts';
import {
  applicationFinder,
  applicationKeyPrefix,
  complianceHandlers,
  complianceSlices,
  openCompliance,
  openRequest,
} from '../src/compliance/index.ts';
import { createOrders, freezeCampaign, gatherPlan } from '../src/compliance/order/campaign.ts';
import { resolvePerson } from '../src/compliance/person/resolve.ts';
import { noContact } from '../src/compliance/request/contact.ts';
import { freezePlan, startRequest } from '../src/compliance/request/plan.ts';
import { createServer } from '../src/http/index.ts';
import {
  canonicalJson,
  createLog,
  derive,
  type Id,
  newId,
  projectRoot,
  publicId,
  randomSecret,
  readConfig,
  sha256,
  systemCause,
  systemClock,
} from '../src/kernel/index.ts';
import { applyModel, loadPacks } from '../src/model/index.ts';
import { systemAsker } from '../src/objects/index.ts';
import { addApplication, limitsSchema, setLimits } from '../src/repository/index.ts';
import { openStore, Pump, type Scope, write } from '../src/store/index.ts';

/**
 * Orders a second, from planned to executed: by webhook (posted and signed by Socle, acknowledged, answered by call-back) and
 * by pull (fetched and answered), with 1 and 100 persons an order, journal and proofs included, on a durable database. In
 * the same run and process, the limit: bare HTTP that posts as many bytes to a server that keeps nothing, and gets an
 * answer of the same size posted back.
 *
 * Then the time from an outcome to the page: from the call-back leaving its application to the last byte of the event that
 * redraws the page of the request for somebody who is looking at it, one request after the other.
 *
 *   node bin/socle.mjs bench orders
 */
const counts = { 1: 300, 100: 20 } as const;
const lanes = 10;

const log = createLog('silent');
const cause = systemCause('bench');
const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const config = readConfig({ SOCLE_DATA: folder, SOCLE_EXAMPLE: 'none', SOCLE_LOG: 'silent' });
const opened = await openStore(config, systemClock, log);
const { store } = opened;
const model = await applyModel(
  store,
  await loadPacks(['src/repository', 'src/compliance'].map((pack) => join(projectRoot, pack))),
);
const key = createSecretKey(opened.secret);
const operatorToken = `socleop_${randomSecret().toString('base64url')}`;
const access = {
  store,
  log,
  operatorTokenHash: sha256(operatorToken),
  key: derive(key, 'access'),
  applications: { keyPrefix: applicationKeyPrefix, find: applicationFinder(store) },
};
const scope: Scope = await createOrganisation(access, { slug: 'bench', name: 'Bench' });
const loopback = ['127.0.0.0/8'];
const engine = openCompliance({
  store,
  log,
  model: () => model,
  publicUrl: 'http://127.0.0.1',
  internalNetworks: () => loopback,
  dropFolders: [],
});
const server = createServer({
  slices: complianceSlices(engine),
  authenticate: authenticator(access),
  publicUrl: 'http://127.0.0.1',
  log,
  clock: systemClock,
  key: derive(key, 'http'),
  version: '0',
});
const running = await server.listen(0, '127.0.0.1');
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

interface Answer {
  readonly status: number;
  readonly text: string;
}

function call(
  port: number,
  method: string,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { agent, port, host: '127.0.0.1', method, path };
    const length = String(Buffer.byteLength(body));
    const sent = request({
      ...options,
      headers: { 'content-type': 'application/json', 'content-length': length, ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.end(body);
  });
}

async function listening(onBody: (body: string, path: string) => void): Promise<{ server: Server; port: number }> {
  const made = listen((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      onBody(Buffer.concat(chunks).toString(), incoming.url ?? '/');
    });
  });
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  return { server: made, port: (made.address() as AddressInfo).port };
}

/** Runs `work` over all, some at a time. */
async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  const lane = async (): Promise<void> => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const outcomeOf = (event: { data: { order: string } }): string =>
  JSON.stringify({
    order: event.data.order,
    digest: `sha256:${sha256(canonicalJson(JSON.parse(JSON.stringify(event)))).toString('hex')}`,
    outcome: 'executed',
    at: new Date().toISOString(),
  });

async function answer(secret: string, event: { data: { order: string } }): Promise<void> {
  const path = `/api/v1/orders/${event.data.order}/outcome`;
  const { status } = await call(running.port, 'POST', path, outcomeOf(event), { authorization: `Bearer ${secret}` });
  if (status !== 200) throw new Error(`the answer was refused: ${status}`);
}

async function persons(count: number): Promise<readonly Id<'person'>[]> {
  const made: Id<'person'>[] = [];
  for (let at = 0; at < count; at += 100) {
    await write(scope, cause, async (writing) => {
      for (let one = at; one < Math.min(at + 100, count); one += 1) {
        const email = { kind: 'email', value: `person${one}@example.org` };
        made.push((await resolvePerson(writing, [email], {})).person);
      }
    });
  }
  return made;
}

/** A frozen campaign of that many orders to one application, ready to leave when the pump starts. */
async function campaign(application: string, all: readonly Id<'person'>[]): Promise<string> {
  const lines = (await gatherPlan(engine, scope, null)).filter((line) => line.application.id === application);
  const id: Id<'campaign'> = newId();
  await write(scope, cause, async (writing) => {
    await freezeCampaign(writing, { id, kind: 'purge', persons: all }, lines);
    await createOrders(writing, id, publicId('cmp', id));
  });
  return id;
}

async function executed(campaignId: string): Promise<number> {
  const rows = await scope.db
    .selectFrom('compliance.application_order')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'executed')
    .execute();
  return rows.length;
}

async function application(
  channel: 'webhook' | 'pull',
  batchSize: number,
  url: string | null,
  name = `${channel} ${batchSize}`,
) {
  const acting = { model, asker: systemAsker };
  const id = await addApplication(scope, cause, acting, { name, channel, url, identities: [], map: null });
  const secret = await write(scope, cause, async (writing) => {
    await setLimits(writing, id, limitsSchema.parse({ batchSize }));
    if (channel === 'webhook') await issueCredential(writing, id, 'hmac');
    return (await issueCredential(writing, id, 'key')).shown;
  });
  return { id, secret };
}

function pump(): Pump {
  return new Pump({
    store,
    log,
    handlers: complianceHandlers(engine),
    beats: [],
    onHint: (topic) => engine.bell.ring(topic),
  });
}

interface Measured {
  readonly spentMs: number;
  readonly bodyBytes: number;
}

async function byWebhook(batchSize: 1 | 100, all: readonly Id<'person'>[]): Promise<Measured> {
  let bodyBytes = 0;
  let left = counts[batchSize];
  let secret = '';
  const done = deferred();
  const app = await listening((body) => {
    bodyBytes = body.length;
    answer(secret, JSON.parse(body)).then(() => {
      left -= 1;
      if (left === 0) done.resolve();
    }, done.reject);
  });
  const made = await application('webhook', batchSize, `http://127.0.0.1:${app.port}/socle`);
  secret = made.secret;
  const id = await campaign(made.id, all);
  const running = pump();
  const begun = performance.now();
  running.start();
  await done.promise;
  const spentMs = performance.now() - begun;
  await running.stop();
  app.server.close();
  if ((await executed(id)) !== counts[batchSize]) throw new Error('not every order was executed');
  return { spentMs, bodyBytes };
}

async function byPull(batchSize: 1 | 100, all: readonly Id<'person'>[]): Promise<Measured> {
  const { id: application_, secret } = await application('pull', batchSize, null);
  const id = await campaign(application_, all);
  const authorization = `Bearer ${secret}`;
  let left: number = counts[batchSize];
  let bodyBytes = 0;
  const begun = performance.now();
  while (left > 0) {
    const path = `/api/v1/orders?wait=5&limit=${lanes}`;
    const { text } = await call(running.port, 'GET', path, '', { authorization });
    const { items } = JSON.parse(text);
    bodyBytes = Math.round(text.length / Math.max(1, items.length));
    await Promise.all(items.map((event: { data: { order: string } }) => answer(secret, event)));
    left -= items.length;
  }
  const spentMs = performance.now() - begun;
  if ((await executed(id)) !== counts[batchSize]) throw new Error('not every order was executed');
  return { spentMs, bodyBytes };
}

/** The page of a request as a browser follows it: each event as it comes. */
async function followPage(path: string): Promise<{ next(): Promise<void>; close(): void }> {
  const headers = { authorization: `Bearer ${operatorToken}`, accept: 'text/event-stream' };
  const stopped = new AbortController();
  const url = `http://127.0.0.1:${running.port}${path}`;
  const { body, status } = await fetch(url, { headers, signal: stopped.signal });
  if (status !== 200 || body === null) throw new Error(`the page does not tell its events: ${status}`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    next: async () => {
      for (;;) {
        const end = text.indexOf('\n\n');
        const event = text.slice(0, Math.max(end, 0));
        if (end >= 0) text = text.slice(end + 2);
        if (/^event: fragment$/m.test(event)) return;
        if (end >= 0) continue;
        const { value, done } = await reader.read();
        if (done) throw new Error('the page ended');
        text += value;
      }
    },
    close: () => stopped.abort(),
  };
}

const looks = 30;

/** Milliseconds from an outcome to the page, of some requests. */
async function outcomesToPage(): Promise<readonly number[]> {
  const { secret } = await application('pull', 1, null, 'looked at');
  const authorization = `Bearer ${secret}`;
  const spent: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const identities = [{ kind: 'email', value: `look${look}@example.org` }];
    const intake = { ...byOperator, identities };
    const { id } = await write(scope, cause, (writing) => openRequest(engine, writing, intake));
    await freezePlan(engine, scope, cause, id);
    await startRequest(engine, scope, cause, id);
    const { text } = await call(running.port, 'GET', '/api/v1/orders?wait=5&limit=1', '', { authorization });
    const page = await followPage(`/requests/${publicId('req', id)}/events`);
    await page.next();
    const begun = performance.now();
    const shown = page.next();
    await Promise.all([
      answer(secret, JSON.parse(text).items[0]),
      shown.then(() => spent.push(performance.now() - begun)),
    ]);
    page.close();
  }
  return spent.toSorted((a, b) => a - b);
}

const byOperator = {
  right: 'erasure',
  contact: noContact,
  controllerId: null,
  intake: 'cli',
  language: 'fr',
  receivedOn: null,
  note: null,
  identityProof: 'operator',
  answer: 'manual',
} as const;

function deferred() {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** As many bytes there, and an answer posted back, with nothing kept anywhere. */
async function bare(count: number, bodyBytes: number): Promise<number> {
  const there = await listening(() => undefined);
  const back = await listening(() => undefined);
  const body = 'x'.repeat(bodyBytes);
  const reply = 'y'.repeat(200);
  const begun = performance.now();
  await inLanes(Array.from({ length: count }), async () => {
    await call(there.port, 'POST', '/', body);
    await call(back.port, 'POST', '/', reply);
  });
  const spentMs = performance.now() - begun;
  there.server.close();
  back.server.close();
  return spentMs;
}

const perSecond = (count: number, spentMs: number): string => Math.round((count * 1000) / spentMs).toLocaleString('en');

try {
  const all = await persons(counts[100] * 100);
  console.log('channel   persons/order   orders/s   persons/s   bytes/order   bare HTTP ping-pong/s');
  for (const [channel, run] of [
    ['webhook', byWebhook],
    ['pull', byPull],
  ] as const) {
    for (const batchSize of [1, 100] as const) {
      const count = counts[batchSize];
      const { spentMs, bodyBytes } = await run(batchSize, all.slice(0, count * batchSize));
      const bareMs = await bare(Math.max(count, 300), bodyBytes);
      const figures = [
        perSecond(count, spentMs),
        perSecond(count * batchSize, spentMs),
        bodyBytes.toLocaleString('en'),
      ];
      const [orders = '', people = '', bytes = ''] = figures;
      console.log(
        `${channel.padEnd(10)}${String(batchSize).padStart(13)}${orders.padStart(11)}${people.padStart(12)}${bytes.padStart(14)}${perSecond(Math.max(count, 300), bareMs).padStart(25)}`,
      );
    }
  }
  // Last: the pump of the measures before would carry these requests on.
  const shown = await outcomesToPage();
  const at = (share: number): string => `${Math.round(shown[Math.floor(shown.length * share)] ?? 0)} ms`;
  console.log(`from outcome to page: median ${at(0.5)}, 95th percentile ${at(0.95)} (${shown.length} requests)`);
} finally {
  agent.destroy();
  await running.stop();
  await opened.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
