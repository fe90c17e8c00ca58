import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningServer } from './options.ts';
import { ada, csrfOf, fixture, form, json, machine, publicUrl } from './server.fixture.tsx';

const problem = z.strictObject({
  type: z.string().regex(/^urn:socle:problem:[a-z_]+(\.[a-z_]+)*$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  errors: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
});

describe('errors', () => {
  test('every API route refuses nobody with the one error shape', async () => {
    const { server } = fixture();
    const closed = server.routes.filter((route) => route.kind === 'api' && !route.isPublic);
    expect(closed.length).toBeGreaterThan(4);
    for (const { method, path } of closed) {
      const response = await server.fetch(new Request(publicUrl + path.replaceAll(/:\w+/g, 'x'), { method }));
      expect(response.status, `${method} ${path}`).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(problem.parse(await response.json()).status).toBe(401);
    }
  });

  test('each kind of refusal has that shape, in the language asked', async () => {
    const { get, post } = fixture();
    const answers = [
      [404, await get('/api/v1/nowhere', machine)],
      [405, await post('/api/v1/things/1', '{}', json)],
      [400, await post('/api/v1/things', '{', json)],
      [400, await post('/api/v1/things', '', json)],
      [400, await get('/api/v1/things?limit=0', machine)],
      [400, await get('/api/v1/things?cursor=abc', machine)],
      [401, await get('/api/v1/things', { authorization: 'Bearer bad' })],
      [415, await post('/api/v1/things', 'a=b', { ...machine, ...form })],
      [422, await post('/api/v1/things', '{}', json)],
      [500, await get('/api/v1/broken', machine)],
    ] as const;
    for (const [status, response] of answers) {
      expect(response.status).toBe(status);
      expect(problem.parse(await response.json()).status).toBe(status);
    }
    const english = await get('/api/v1/nowhere', { ...machine, 'accept-language': 'de, en;q=0.8, fr;q=0.5' });
    expect(problem.parse(await english.json()).title).toBe('Not found');
    const french = await get('/api/v1/nowhere', { ...machine, 'accept-language': 'de' });
    expect(problem.parse(await french.json()).title).toBe('Introuvable');
  });

  test('all that is wrong with a body is said at once, with JSON pointers', async () => {
    const { post } = fixture();
    const response = await post('/api/v1/things', '{"name":"a","size":1.5,"colour":"red"}', json);
    const { errors } = problem.parse(await response.json());
    expect(errors.map((error) => error.pointer).sort()).toEqual(['/colour', '/name', '/size']);
  });

  test('a bug is a 500 with an incident, and its message stays out of answers and logs', async () => {
    const { get, logged } = fixture();
    const api = await (await get('/api/v1/broken', machine)).text();
    const html = await (await get('/broken', ada)).text();
    const incident = /incident ([0-9a-f-]{36})/.exec(html)?.[1] ?? 'none';
    expect(logged.join('\n')).toContain(incident);
    expect(logged.join('\n')).toContain('server.fixture.tsx');
    expect(api + html + logged.join('\n')).not.toContain('marie@exemple.fr');
  });

  test('a database that is away is told as such, and nothing else fails', async () => {
    const { get } = fixture({
      authenticate: () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
    });
    const api = await get('/api/v1/things', machine);
    expect(api.status).toBe(503);
    expect(api.headers.get('retry-after')).toBe('2');
    expect(problem.parse(await api.json()).type).toBe('urn:socle:problem:store.unavailable');
    const html = await get('/things', ada);
    expect(html.status).toBe(503);
    expect(html.headers.get('content-type')).toContain('text/html');
    expect((await get('/health')).status).toBe(200);
  });

  test('a page that is not there is a page', async () => {
    const { get } = fixture();
    const response = await get('/nowhere', ada);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<h1>Introuvable</h1>');
  });
});

describe('pages', () => {
  test('a page stands in the shell; a part of it comes alone', async () => {
    const { get } = fixture();
    const whole = await (await get('/things', ada)).text();
    expect(whole).toMatch(/^<!DOCTYPE html>/);
    expect(whole).toContain('<h1>Objets</h1>');
    expect(whole).toContain('href="/things"');
    const partial = { ...ada, 'hx-request': 'true', 'hx-request-type': 'partial' };
    expect(await (await get('/things', { ...partial, 'hx-target': 'part' })).text()).toBe('<p id="part">part</p>');
    expect(await (await get('/things', partial)).text()).toBe('<title>Objets</title><p>all</p>');
  });

  test('fixed addresses win over parameters, in whatever order they were mounted', async () => {
    const { get } = fixture();
    expect(await (await get('/things/7', ada)).text()).toContain('thing 7');
    expect(await (await get('/things/new', ada)).text()).not.toContain('thing new');
  });

  test('nobody is sent to sign in and comes back to the page they wanted', async () => {
    const { get } = fixture();
    const response = await get('/things?sort=name');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Fthings%3Fsort%3Dname');
    const partial = await get('/things', {
      'hx-request-type': 'partial',
      'hx-current-url': `${publicUrl}/things/7`,
    });
    expect(partial.status).toBe(401);
    expect(partial.headers.get('hx-redirect')).toBe('/sign-in?next=%2Fthings%2F7');
  });

  test('an accepted form redirects, and its message is shown once', async () => {
    const { get, post } = fixture();
    const csrf = csrfOf(await (await get('/things/new', ada)).text());
    const response = await post('/things', `csrf=${csrf}&name=lamp`, { ...ada, ...form });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/things');
    const flash = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(flash).not.toContain('Enregistr');
    const next = await get('/things', { cookie: `session=ada; ${flash}` });
    expect(await next.text()).toContain('Enregistré');
    expect(next.headers.get('set-cookie')).toMatch(/^socle_flash=;.*Max-Age=0/);
  });

  test('a refused form is shown again with what was typed', async () => {
    const { get, post } = fixture();
    const csrf = csrfOf(await (await get('/things/new', ada)).text());
    const unparsed = await post('/things', `csrf=${csrf}&name=x`, { ...ada, ...form });
    expect(unparsed.status).toBe(422);
    expect(await unparsed.text()).toContain('x: /name');
    const refused = await post('/things', `csrf=${csrf}&name=taken`, { ...ada, ...form });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('taken: ');
  });

  test('an auditor writes nothing but what belongs to their own account', async () => {
    const { get, post } = fixture();
    const auditor = { cookie: 'session=auditor' };
    const csrf = csrfOf(await (await get('/things/new', auditor)).text());
    expect((await post('/things', `csrf=${csrf}&name=lamp`, { ...auditor, ...form })).status).toBe(403);
    expect((await post('/own', `csrf=${csrf}`, { ...auditor, ...form })).status).toBe(303);
  });
});

describe('writes that a browser did not mean', () => {
  test('without the session’s token a form is refused', async () => {
    const { get, post } = fixture();
    const csrf = csrfOf(await (await get('/things/new', ada)).text());
    const headers = { ...ada, ...form };
    expect((await post('/things', 'name=lamp', headers)).status).toBe(403);
    expect((await post('/things', `csrf=${'A'.repeat(86)}&name=lamp`, headers)).status).toBe(403);
    expect((await post('/things', `csrf=${csrf}&name=lamp`, headers)).status).toBe(303);
  });

  test('a form sent by another site is refused, whatever its token', async () => {
    const { get, post } = fixture();
    const csrf = csrfOf(await (await get('/things/new', ada)).text());
    const send = (headers: Record<string, string>) =>
      post('/things', `csrf=${csrf}&name=lamp`, { ...ada, ...form, ...headers });
    expect((await send({ origin: 'https://elsewhere.test' })).status).toBe(403);
    expect((await send({ origin: 'null' })).status).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await send({ origin: publicUrl, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  test('a token is shown under a new mask each time', async () => {
    const { get } = fixture();
    const first = csrfOf(await (await get('/things/new', ada)).text());
    const second = csrfOf(await (await get('/things/new', ada)).text());
    expect(first).not.toBe(second);
  });

  test('a form for nobody in particular is bound to this browser’s visit', async () => {
    const { get, post } = fixture();
    const shown = await get('/open');
    const cookie = shown.headers.get('set-cookie')?.split(';')[0] ?? '';
    const csrf = csrfOf(await shown.text());
    expect((await post('/open', `csrf=${csrf}&name=a`, form)).status).toBe(403);
    expect((await post('/open', `csrf=${csrf}&name=a`, { ...form, cookie })).status).toBe(303);
  });

  test('the API called with a session’s cookie asks for the token too; with a key it does not', async () => {
    const { get, post } = fixture();
    const body = '{"name":"lamp"}';
    const withCookie = { ...ada, 'content-type': 'application/json' };
    expect((await post('/api/v1/things', body, withCookie)).status).toBe(403);
    const csrf = csrfOf(await (await get('/things/new', ada)).text());
    expect((await post('/api/v1/things', body, { ...withCookie, 'x-csrf-token': csrf })).status).toBe(201);
    expect((await post('/api/v1/things', body, json)).status).toBe(201);
  });
});

describe('the API', () => {
  test('a list is walked by cursors that belong to it alone', async () => {
    const { get } = fixture();
    const pageSchema = z.object({ items: z.array(z.object({ number: z.int() })), next: z.string().nullable() });
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const response: Response = await get(`/api/v1/things?limit=25${next === '' ? '' : `&cursor=${next}`}`, machine);
      const page: z.infer<typeof pageSchema> = pageSchema.parse(await response.json());
      seen.push(...page.items.map((item) => item.number));
      next = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    const first = pageSchema.parse(await (await get('/api/v1/things', machine)).json());
    expect((await get(`/api/v1/things?sort=-name&cursor=${first.next}`, machine)).status).toBe(400);
  });

  test('a write carries its idempotency key and a hash of what was asked', async () => {
    const { post } = fixture();
    const send = async (body: string, key: string) =>
      z
        .object({ key: z.string(), hash: z.string() })
        .parse(await (await post('/api/v1/things', body, { ...json, 'idempotency-key': key })).json());
    const first = await send('{"name":"lamp"}', 'k-1');
    expect(first.key).toBe('k-1');
    expect(await send('{"name":"lamp"}', 'k-1')).toEqual(first);
    expect((await send('{"name":"desk"}', 'k-1')).hash).not.toBe(first.hash);
    expect((await post('/api/v1/things', '{"name":"lamp"}', { ...json, 'idempotency-key': 'é' })).status).toBe(400);
  });

  test('a version goes out as ETag and comes back as If-Match', async () => {
    const { get, server } = fixture();
    expect((await get('/api/v1/things/1', machine)).headers.get('etag')).toBe('"3"');
    const patch = (tag: string) =>
      server.fetch(
        new Request(`${publicUrl}/api/v1/things/1`, {
          method: 'PATCH',
          headers: { ...json, 'if-match': tag },
          body: '{"name":"lamp"}',
        }),
      );
    expect(await (await patch('"3"')).json()).toEqual({ ifMatch: '3' });
    expect((await patch('W/"3"')).status).toBe(400);
  });

  test('the reference describes every API route that is mounted', async () => {
    const { get, server } = fixture();
    const document = z
      .object({
        openapi: z.string(),
        paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string() }))),
      })
      .parse(await (await get('/api/v1/openapi.json')).json());
    expect(document.openapi).toBe('3.1.0');
    for (const route of server.routes.filter((one) => one.path.startsWith('/api/'))) {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      expect(document.paths[path]?.[route.method.toLowerCase()]?.summary, `${route.method} ${path}`).toBeTruthy();
    }
  });
});

describe('headers', () => {
  test('every answer forbids inline scripts, frames, sniffing and storing', async () => {
    const { get } = fixture();
    for (const [path, headers] of [
      ['/things', ada],
      ['/nowhere', ada],
      ['/broken', ada],
      ['/api/v1/things', machine],
      ['/health', {}],
      ['/assets/none.js', {}],
    ] as const) {
      const response = await get(path, headers);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('on https, cookies are secure and browsers stay on https', async () => {
    const { get } = fixture({ publicUrl: 'https://socle.test' });
    const response = await get('/open');
    expect(response.headers.get('strict-transport-security')).toContain('max-age=');
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  });

  test('pages are compressed as the browser accepts it, and never twice', async () => {
    const { get } = fixture();
    for (const [accepted, used] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0', null],
    ] as const) {
      expect((await get('/things', { ...ada, 'accept-encoding': accepted })).headers.get('content-encoding')).toBe(
        used,
      );
    }
  });

  test('assets are kept for ever, under a name that changes with their content', async () => {
    const { get } = fixture();
    const html = await (await get('/things', ada)).text();
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
    const response = await get(style, { 'accept-encoding': 'br' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
  });

  test('the metrics name routes, not what was in the addresses', async () => {
    const { get } = fixture();
    await get('/things/marie@exemple.fr', ada);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('socle_http_requests_total{method="GET",route="/things/:id",status="200"} 1');
    expect(text).not.toContain('marie');
  });

  test('readiness tells which part is not', async () => {
    const { get } = fixture({
      readiness: [
        { name: 'store', check: async () => undefined },
        { name: 'pump', check: () => Promise.reject(new Error('no')) },
      ],
    });
    const response = await get('/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not ready',
      checks: [
        { name: 'store', isReady: true },
        { name: 'pump', isReady: false },
      ],
    });
  });
});

describe('on a real connection', () => {
  let running: RunningServer | null = null;
  afterEach(async () => {
    await running?.stop();
    running = null;
  });
  const start = async (): Promise<string> => {
    running = await fixture().server.listen(0, '127.0.0.1');
    return `http://127.0.0.1:${running.port}`;
  };

  test('a body of 10 MB is refused by its announced length', async () => {
    const url = await start();
    const response = await fetch(`${url}/api/v1/things`, {
      method: 'POST',
      headers: json,
      body: 'x'.repeat(10_000_000),
    });
    expect(response.status).toBe(413);
    expect(problem.parse(await response.json()).detail).toContain('10');
  });

  test('a body without a length is refused as soon as it is too large', async () => {
    const url = await start();
    const answer = await new Promise<{ status: number; sentBytes: number }>((resolve, reject) => {
      let sentBytes = 0;
      const request = httpRequest(`${url}/api/v1/lines`, {
        method: 'POST',
        headers: { ...machine, 'content-type': 'application/x-ndjson' },
      });
      const chunk = Buffer.alloc(100_000, 'x');
      const send = () => {
        if (sentBytes >= 1_000_000_000 || request.destroyed) return;
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
    expect(answer.status).toBe(413);
    expect(answer.sentBytes).toBeLessThan(30_000_000);
  });

  test('a session that ended stops hearing events, and until then a silent stream shows that it is alive', async () => {
    let isSignedIn = true;
    const site = fixture({ heartBeatMs: 20 });
    running = await fixture({
      heartBeatMs: 20,
      authenticate: async () => (isSignedIn ? site.whoIs('session=ada') : null),
    }).server.listen(0, '127.0.0.1');
    const response = await fetch(`http://127.0.0.1:${running.port}/things/live`, { headers: { 'last-event-id': '3' } });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = '';
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      text += Buffer.from(step.value).toString();
      if (text.split('still here').length > 6) isSignedIn = false;
    }
    expect(text).toMatch(/^retry: 2000\n\n(: still here\n\n)+$/);
  });

  test('events begin after the last one seen, and end when the server stops', async () => {
    const url = await start();
    const response = await fetch(`${url}/things/live`, { headers: { ...ada, 'last-event-id': '1' } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = '';
    while (!text.includes('id: 3')) text += Buffer.from((await reader.read()).value ?? []).toString();
    expect(text).not.toContain('id: 1\n');
    expect(text).toContain('id: 2\nevent: thing\ndata: <p>2</p>\ndata: <p>more</p>\n\n');
    const begun = Date.now();
    await running?.stop();
    let last = await reader.read();
    while (!last.done) last = await reader.read();
    expect(Date.now() - begun).toBeLessThan(4_000);
  });
});
