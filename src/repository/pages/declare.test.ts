import { createSecretKey } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createServer, type SocleServer, type Who } from '../../http/index.ts';
import { readEntries, sequence } from '../../journal/index.ts';
import { createLog, type Id, publicId, randomSecret } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { addApplication } from '../application/add.ts';
import { declareInMap, replaceMap } from '../application/declare.ts';
import { connectionOf } from '../connection/connection.ts';
import { harvest } from '../harvest/harvest.ts';
import { repositoryFixture, shopDatabase } from '../repository.fixture.ts';
import { repositorySlices } from '../slices.ts';

const origin = 'http://socle.test';
const fixture = await repositoryFixture();
const cause = {
  actor: { kind: 'user', id: '01890000-0000-7000-8000-000000000001' },
  source: 'page',
  key: null,
} as const;
let scope: Scope;
let id: Id<'application'>;
const server: SocleServer = createServer({
  slices: [...repositorySlices({ model: () => fixture.model })],
  authenticate: async (request) => whoOf(request.headers.get('cookie') ?? request.headers.get('authorization') ?? ''),
  publicUrl: origin,
  log: createLog('silent'),
  clock: fixture.clock,
  key: createSecretKey(randomSecret()),
  version: '0.0.0',
});

function whoOf(given: string): Who | null {
  const role = /(dpo|relay|member)/.exec(given)?.[1];
  if (role === undefined) return null;
  return {
    org: scope.org,
    organisation: 'Enseigne',
    user: { id: cause.actor.id, name: 'Ada', email: 'ada@enseigne.test' },
    actor: cause.actor,
    roles: [role],
    perimeters: null,
    language: 'fr',
    scope,
    csrf: given.includes('Bearer') ? null : Buffer.alloc(32, 7).toString('base64url'),
    isReadOnly: false,
    cause: (key) => ({ ...cause, key }),
  };
}

const cookie = { cookie: 'session=dpo' };

async function send(action: string, fields: Record<string, string>): Promise<Response> {
  const page = await server.fetch(new Request(`${origin}${at()}/plan`, { headers: cookie }));
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return server.fetch(
    new Request(origin + action, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf, ...fields }).toString(),
    }),
  );
}

async function api(method: string, path: string, body?: unknown, who = 'Bearer dpo') {
  const response = await server.fetch(
    new Request(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: who, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const at = () => `/applications/${publicId('app', id)}`;
const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

beforeAll(async () => {
  scope = await fixture.organisation();
  const url = await shopDatabase(`
    create table customer (id bigint primary key, email varchar(120), name varchar(60));
    create table loyalty (id varchar(20) primary key, name varchar(60), points int);
    insert into customer values (1, 'ada@example.org', 'Ada Lovelace'), (2, 'bob@example.org', 'Bob Durand');
    insert into loyalty values ('CH-1', 'Ada Lovelace', 3), ('CH-2', 'Bob Durand', 4)`);
  id = await addApplication(scope, cause, fixture.acting, {
    ...{ name: 'Boutique', channel: 'sql', url, identities: [], map: '# what we know\n' },
  });
  await harvest(scope, cause, id);
});

const identities = [{ kind: 'email', value: 'ada@example.org' }];

test('the plan of a person lists what nothing links, why, and the line to copy; a button declares it, in the journal', async () => {
  const shown = await send(`${at()}/plan`, { kind: 'email', value: 'ada@example.org' });
  const html = unescaped(await shown.text());
  expect(html).toContain('Ce que rien ne relie');
  expect(html).toContain('porte le nom de la personne (name)');
  expect(html).toContain('- { from: loyalty.name, to: customer.name }');
  expect(html).not.toContain('Lovelace');
  const declaration = /name="declaration" value="(\{"what":"join".*?\]\})"/.exec(html)?.[1] ?? '';
  const declared = await send(`${at()}/declarations`, { declaration });
  expect(declared.status).toBe(303);
  expect(declared.headers.get('location')).toBe(`${at()}/plan`);
  expect((await connectionOf(scope, id)).map).toBe(
    '# what we know\n\njoins:\n  - { from: loyalty.name, to: customer.name }\n',
  );
  await sequence(scope);
  const entries = await readEntries(scope, { subjects: [publicId('app', id)] });
  const told = entries.find(({ body }) => body.kind === 'application.declared');
  expect(told?.body.data).toEqual({ declared: 'join', from: 'loyalty.name', to: 'customer.name' });
  const plan = await api('POST', `/applications/Boutique/plan`, { identities });
  expect(plan.json.met).toEqual([]);
  expect(plan.json.tables).toContainEqual(
    expect.objectContaining({ table: 'public.loyalty', rows: 1, action: 'blank' }),
  );
});

test('the map is read and replaced whole by the API, with the lines that are wrong in it', async () => {
  const known = await api('GET', '/applications/Boutique/map');
  expect(known.json).toMatchObject({ map: expect.stringContaining('loyalty.name') });
  const wrong = await api('PUT', '/applications/Boutique/map', {
    map: 'tables: { loyalti: ignore }',
    mapName: 'm.yaml',
  });
  expect(wrong.status).toBe(422);
  expect(JSON.stringify(wrong.json)).toContain('loyalty');
  const replaced = await api('PUT', '/applications/Boutique/map', { map: null });
  expect(replaced.json).toMatchObject({ map: null });
  const plan = await api('POST', `/applications/Boutique/plan`, { identities });
  expect(plan.json.met).toMatchObject([
    {
      where: 'public.loyalty',
      declarations: [{ map: expect.stringContaining('joins:') }, { map: expect.stringContaining('ignore') }],
    },
  ]);
});

test('what does not fit the schema is refused, and nothing is kept', async () => {
  const before = (await connectionOf(scope, id)).version;
  const answer = await api('POST', '/applications/Boutique/declarations', { what: 'ignore', table: 'no_such_table' });
  expect(answer.status).toBe(422);
  expect((await send(`${at()}/declarations`, { declaration: '{"what":"drop"}' })).status).toBe(422);
  expect((await connectionOf(scope, id)).version).toBe(before);
});

test('two people who declare at once: the second is told, and what the first said stays', async () => {
  const both = await Promise.allSettled([
    declareInMap(scope, cause, id, { what: 'ignore', table: 'loyalty' }),
    replaceMap(scope, cause, id, { map: '# other\n', name: 'map.yaml' }),
  ]);
  const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refused.map(({ code }: { code: string }) => code)).toEqual(['repository.connection_changed']);
});

test('those who may not connect an application declare nothing', async () => {
  for (const role of ['Bearer relay', 'Bearer member']) {
    expect((await api('GET', '/applications/Boutique/map', undefined, role)).status).toBe(403);
    expect((await api('PUT', '/applications/Boutique/map', { map: null }, role)).status).toBe(403);
    const declaration = { what: 'ignore', table: 'loyalty' };
    expect((await api('POST', '/applications/Boutique/declarations', declaration, role)).status).toBe(403);
  }
});
