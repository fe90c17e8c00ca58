import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { permissions, roles } from '../../src/access/index.ts';
import { canonicalJson, projectRoot, sha256 } from '../../src/kernel/index.ts';
import { doors } from './doors.ts';

/** What every route of the product shares, asked of the whole product in a process of its own. */
const planted = ['marie.plantee@exemple.test', 'Marie-Plantée Durand', '0612345678', '+33612345678'];
const email = planted[0] ?? '';

const folder = await mkdtemp(join(tmpdir(), 'socle-routes-'));
const log: string[] = [];
const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'test/support/product-worker.ts'], {
  cwd: projectRoot,
  env: {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SOCLE_DATA: folder,
    SOCLE_EXAMPLE: 'none',
    SOCLE_LOG: 'debug',
    SOCLE_ADMIN_EMAIL: 'camille@lavoine.example',
    SOCLE_ADMIN_PASSWORD: 'correct cheval batterie agrafe',
    PORT: '0',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
});
child.stderr?.on('data', (chunk) => log.push(String(chunk)));

const ready = z.object({
  url: z.string(),
  operatorKey: z.string(),
  routes: z.array(
    z.object({
      slice: z.string(),
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string(),
      kind: z.enum(['page', 'events', 'api']),
      isPublic: z.boolean(),
      right: z.string().nullable(),
    }),
  ),
});

const { url, operatorKey, routes } = await new Promise<z.infer<typeof ready>>((resolve, reject) => {
  let text = '';
  child.once('exit', (code) => reject(new Error(`the product stopped (${code}): ${log.join('').slice(-2000)}`)));
  child.stdout?.on('data', (chunk) => {
    log.push(String(chunk));
    text += String(chunk);
    const line = text.split('\n').find((one) => one.startsWith('{"url"'));
    if (line !== undefined && text.includes('\n', text.indexOf(line))) resolve(ready.parse(JSON.parse(line)));
  });
});

afterAll(async () => {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  const lock = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(lock.split('\n')[0]);
  if (pid > 0) process.kill(pid, 'SIGINT');
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

const problem = z.strictObject({
  type: z.string().regex(/^urn:socle:problem:[a-z0-9_]+(\.[a-z0-9_]+)*$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
});

/** Machines ask these; they answer what machines expect. */
const probes = new Set(['/health', '/ready', '/metrics']);
const api = routes.filter((route) => route.kind === 'api' && !probes.has(route.path));
const pages = routes.filter((route) => route.kind !== 'api');

/** A path with something in the place of its parameters. */
const filled = (path: string, value: string): string => path.replaceAll(/:\w+/g, encodeURIComponent(value));

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Response> =>
  fetch(url + path, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });

const machine = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };

async function make(path: string, body: object): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await (await ask('POST', path, machine, JSON.stringify(body))).json());
}

async function expectProblem(response: Response, asked: string): Promise<void> {
  expect(response.headers.get('content-type'), asked).toBe('application/problem+json; charset=utf-8');
  const body: unknown = await response.json();
  expect(problem.safeParse(body).success, `${asked}: ${JSON.stringify(body)}`).toBe(true);
  expect(problem.parse(body).status, asked).toBe(response.status);
}

test('the product mounts its slices', () => {
  expect(api.length).toBeGreaterThan(15);
  expect(pages.length).toBeGreaterThan(15);
});

test('every API route that is not public refuses nobody, in the one error shape', async () => {
  for (const { method, path, isPublic } of api) {
    if (isPublic) continue;
    const response = await ask(method, filled(path, 'x'));
    expect(response.status, `${method} ${path}`).toBe(401);
    await expectProblem(response, `${method} ${path}`);
  }
});

/** What connect.md lets an application call. Every other route is closed to its key, whatever is mounted one day. */
const forApplications = new Set([
  'GET /api/v1/orders',
  'POST /api/v1/orders/:id/receipt',
  'POST /api/v1/orders/:id/outcome',
  'POST /api/v1/restorations',
  'POST /api/v1/suppressions/check',
]);

test('the key of an application opens its own few routes, and no other route nor page', async () => {
  const { id } = await make('/api/v1/applications', { name: 'crm', channel: 'pull' });
  const { secret } = await make(`/api/v1/applications/${id}/credentials`, { kind: 'key' });
  const application = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  for (const { method, path, isPublic, kind } of routes) {
    if (isPublic) continue;
    const name = `${method} ${path}`;
    const response = await ask(method, filled(path, 'x'), application, method === 'GET' ? undefined : '{}');
    if (!forApplications.has(name)) expect(response.status, name).toBe(403);
    else expect([200, 404, 422], name).toContain(response.status);
    if (kind === 'events') await response.body?.cancel();
  }
});

const doorOf = new Map(Object.entries(doors).flatMap(([door, names]) => names.map((name) => [name, door] as const)));

test('every route stands in the table of doors, with the right that its door asks for', () => {
  // Those of one type of object are made from its model; the table has them as `:type`.
  const named = routes.filter(({ path }) => !/^\/api\/v1\/objects\/[a-z]/.test(path));
  const found = named.map(({ method, path, isPublic, right }) => {
    return [`${method} ${path}`, isPublic ? 'public' : (right ?? 'signed in')] as const;
  });
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(doorOf));
});

test('every door opens to the roles that have its right, and to no other', async () => {
  const rights: Readonly<Record<string, readonly string[]>> = permissions;
  for (const role of roles) {
    const made = await ask('POST', '/api/v1/keys', machine, JSON.stringify({ name: role, role }));
    const { secret } = z.object({ secret: z.string() }).parse(await made.json());
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    for (const { method, path, kind, right } of routes) {
      const allowed = rights[right ?? ''];
      // A key sends no form: their doors are the same functions, held by the test above.
      if (allowed === undefined || (kind === 'page' && method === 'POST')) continue;
      const response = await ask(method, filled(path, 'x'), headers, method === 'GET' ? undefined : '{}');
      const isWrite = method !== 'GET' && path !== '/api/v1/journal/verification';
      const isOpen = allowed.includes(role) && !(isWrite && role === 'auditor');
      expect(response.status === 403, `${role}: ${method} ${path} is ${response.status}`).toBe(!isOpen);
      await response.body?.cancel();
    }
  }
});

test('every page that is not public sends nobody to sign in', async () => {
  for (const { method, path, isPublic } of pages) {
    if (isPublic) continue;
    const response = await ask(method, filled(path, 'x'));
    expect(response.status, `${method} ${path}`).toBe(303);
    expect(response.headers.get('location'), `${method} ${path}`).toMatch(/^\/sign-in(\?next=|$)/);
  }
});

test('every form that is posted without its token is refused', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const { path, isPublic, method } of pages) {
    if (method !== 'POST' || !isPublic) continue;
    expect((await ask('POST', filled(path, 'x'), form, 'a=b')).status, path).toBe(403);
  }
});

test('whatever an API route is sent, what it refuses has the one error shape, and nothing is a 500', async () => {
  for (const { method, path } of api) {
    for (const value of ['nothing', '01890000-0000-7000-8000-000000000000', email, "'; --", '%00']) {
      const isRead = method === 'GET';
      const asked = `${method} ${filled(path, value)}`;
      const query = isRead ? `?limit=2&identity=email:${encodeURIComponent(email)}&sort=-nothing` : '';
      const response = await ask(method, filled(path, value) + query, machine, isRead ? undefined : '{"a":1}');
      expect(response.status, asked).not.toBe(500);
      if (response.status >= 400) await expectProblem(response, asked);
      else await response.arrayBuffer();
    }
    if (method === 'GET') continue;
    const malformed = await ask(method, filled(path, 'x'), machine, '{');
    expect(malformed.status, `${method} ${path}`).not.toBe(500);
    if (malformed.status >= 400) await expectProblem(malformed, `${method} ${path}`);
  }
});

test('a page asked with a nonsense id or query is an error page, never an incident', async () => {
  for (const { method, path, kind } of pages) {
    if (method !== 'GET' || kind === 'events') continue;
    for (const value of ['nothing', '01890000-0000-7000-8000-000000000000', "'; --", '%00', '../..']) {
      const asked = `${filled(path, value)}?cursor=${encodeURIComponent(value)}&sort=${encodeURIComponent(value)}&limit=x`;
      const response = await ask('GET', asked, machine);
      expect(response.status, asked).not.toBe(500);
      await response.arrayBuffer();
    }
  }
});

test('outcomes of 50 MB are refused before they are read, take no memory, and keep no other order waiting', async () => {
  const { id } = await make('/api/v1/applications', { name: 'giant', channel: 'pull' });
  const { secret } = await make(`/api/v1/applications/${id}/credentials`, { kind: 'key' });
  const application = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const identities = [{ kind: 'email', value: 'zoe@exemple.test' }];
  const attested = { intake: 'operator', identityProof: 'operator', answer: 'automatic' };
  await make('/api/v1/requests', { right: 'erasure', identities, ...attested });
  const pulled = await ask('GET', '/api/v1/orders?wait=25', application);
  const orders = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(await pulled.json()).items;
  const [order] = orders;
  const path = `/api/v1/orders/${order?.id}`;
  const restingKb = await residentKb();
  let isOver = false;
  const giants = Promise.all(
    Array.from({ length: 4 }, (_, place) => sendGiant(`${path}/outcome`, String(secret), place > 1)),
  );
  void giants.finally(() => {
    isOver = true;
  });
  const [largestKb] = await Promise.all([largest(() => isOver), expectWork(path, application)]);
  for (const { status, sentBytes } of await giants) {
    expect(status).toBe(413);
    expect(sentBytes).toBeLessThan(30_000_000);
  }
  expect(largestKb - restingKb).toBeLessThan(150_000);
  const answer = { order: order?.id, digest: digestOf(order ?? {}), outcome: 'executed', at: new Date().toISOString() };
  const taken = await ask('POST', `${path}/outcome`, application, JSON.stringify({ ...answer, default: 'executed' }));
  expect(taken.status, await taken.text()).toBe(200);
});

async function expectWork(path: string, application: Record<string, string>): Promise<void> {
  const begun = performance.now();
  expect((await ask('POST', `${path}/receipt`, application)).status).toBe(200);
  expect((await ask('GET', '/api/v1/orders', application)).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(5_000);
}

function digestOf(order: object): string {
  return `sha256:${sha256(canonicalJson(JSON.parse(JSON.stringify(order)))).toString('hex')}`;
}

/** Fifty megabytes, announced or not: what the server answered, and what had left by then. */
function sendGiant(path: string, secret: string, isAnnounced: boolean): Promise<{ status: number; sentBytes: number }> {
  return new Promise((resolve, reject) => {
    let sentBytes = 0;
    const chunk = Buffer.alloc(100_000, 'x');
    const request = httpRequest(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        ...(isAnnounced ? { 'content-length': '50000000' } : {}),
      },
    });
    const send = (): void => {
      if (sentBytes >= 50_000_000 || request.destroyed) return;
      sentBytes += chunk.length;
      if (request.write(chunk)) setImmediate(send);
      else request.once('drain', send);
    };
    request.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, sentBytes });
      request.destroy();
    });
    request.on('error', reject);
    send();
  });
}

async function residentKb(): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}

async function largest(isOver: () => boolean): Promise<number> {
  let kb = 0;
  while (!isOver()) {
    kb = Math.max(kb, await residentKb());
    await pause(20);
  }
  return kb;
}

test('every answer carries the headers that protect it, and no cache keeps it', async () => {
  for (const { method, path, kind } of routes) {
    if (method !== 'GET' || kind === 'events') continue;
    const response = await ask('GET', filled(path, 'x'));
    expect(response.headers.get('content-security-policy'), path).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy'), path).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(response.headers.get('cache-control'), path).toBe('no-store');
  }
});

test('the reference describes every API route', async () => {
  const document = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await (await ask('GET', '/api/v1/openapi.json')).json());
  for (const { method, path } of api) {
    const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')];
    expect(described?.[method.toLowerCase()], `${method} ${path}`).toBeDefined();
  }
});

test('identifiers that go through every route are in no log', async () => {
  const body = JSON.stringify({
    name: planted[1],
    email,
    identities: planted.map((value) => ({ kind: 'email', value })),
    right: 'erasure',
    identity: email,
    phone: planted[2],
  });
  for (const { method, path, kind } of routes) {
    if (kind === 'events') continue;
    const target = `${filled(path, email)}${method === 'GET' ? `?q=${encodeURIComponent(email)}&identity=email:${email}&filter=${encodeURIComponent(planted[1] ?? '')}` : ''}`;
    await (await ask(method, target, machine, method === 'GET' ? undefined : body)).arrayBuffer();
  }
  expect(log.join('').length).toBeGreaterThan(1000);
  for (const value of planted) {
    for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      const line = log
        .join('')
        .split('\n')
        .find((one) => one.includes(form));
      expect(line, `${form} was logged`).toBeUndefined();
    }
  }
});
