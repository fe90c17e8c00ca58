import { createSecretKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createServer, type SocleServer, type Who } from '../../http/index.ts';
import { createLog, newId, randomSecret } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { repositoryFixture, shopDatabase, shopStatements } from '../repository.fixture.ts';
import { repositorySlices } from '../slices.ts';

const origin = 'http://socle.test';
const fixture = await repositoryFixture();
const url = await shopDatabase(`${shopStatements};
  create view mailing as select c.email, c.first_name, o.note, upper(c.last_name) as contact_name
    from customer c left join orders o on o.customer_id = c.id;
  create materialized view sales as select p.id, p.price from product p`);
const logged: string[] = [];
const server: SocleServer = createServer({
  slices: [...repositorySlices({ model: () => fixture.model })],
  authenticate: async (request) => whoOf(request.headers.get('cookie') ?? request.headers.get('authorization') ?? ''),
  publicUrl: origin,
  log: createLog('debug', { write: (line: string) => logged.push(line) }),
  clock: fixture.clock,
  key: createSecretKey(randomSecret()),
  version: '0.0.0',
});

let scope: Scope;
let other: Scope;

function whoOf(given: string): Who | null {
  const role = /(dpo|auditor|member)/.exec(given)?.[1];
  if (role === undefined) return null;
  const id = '01890000-0000-7000-8000-000000000001';
  const mine = given.includes('other') ? other : scope;
  return {
    org: mine.org,
    organisation: 'Enseigne',
    user: { id, name: 'Ada', email: 'ada@enseigne.test' },
    actor: { kind: 'user', id },
    roles: [role],
    perimeters: null,
    language: given.includes('english') ? 'en' : 'fr',
    scope: mine,
    csrf: given.includes('Bearer') ? null : Buffer.alloc(32, 7).toString('base64url'),
    isReadOnly: role === 'auditor',
    cause: (key) => ({ actor: { kind: 'user', id }, source: 'page', key }),
  };
}

const dpo = { cookie: 'session=dpo' };

async function get(path: string, headers: Record<string, string> = dpo): Promise<{ status: number; html: string }> {
  const response = await server.fetch(new Request(origin + path, { headers }));
  return { status: response.status, html: await response.text() };
}

/** Sends a form as a browser without script does: with the hidden fields of the page it stands in. */
async function send(from: string, action: string, fields: Record<string, string>): Promise<Response> {
  const { html } = await get(from);
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const key = /name="_key" value="([^"]+)"/.exec(html)?.[1] ?? newId();
  return server.fetch(
    new Request(origin + action, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...dpo, origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf, _key: key, ...fields }).toString(),
    }),
  );
}

async function api(
  method: string,
  path: string,
  body?: unknown,
  who = 'Bearer dpo',
): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await server.fetch(
    new Request(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: who, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  scope = await fixture.organisation();
  other = await fixture.organisation();
});

describe('the DPO adds an application, without script', () => {
  it('an empty list teaches the next step', async () => {
    const { status, html } = await get('/applications');
    expect(status).toBe(200);
    expect(html).toContain('Aucune application');
    expect(html).toContain('/applications/new');
  });

  it('asks first who erases, then only what that channel needs', async () => {
    const choice = await get('/applications/new');
    for (const channel of ['sql', 'webhook', 'pull', 'file', 'email']) {
      expect(choice.html).toContain(`/applications/new?channel=${channel}`);
    }
    const fieldsOf = async (channel: string) => {
      const { html } = await get(`/applications/new?channel=${channel}`);
      const form = /<form id="application".*?<\/form>/s.exec(html)?.[0] ?? '';
      return [...form.matchAll(/<(?:input|textarea)[^>]* name="([a-z]+)"/g)]
        .flatMap(([, name]) => name ?? [])
        .filter((name) => name !== 'csrf');
    };
    expect(await fieldsOf('sql')).toEqual(['channel', 'name', 'url', 'identities', 'map', 'sample']);
    expect(await fieldsOf('webhook')).toEqual(['channel', 'name', 'url']);
    expect(await fieldsOf('pull')).toEqual(['channel', 'name']);
    expect(await fieldsOf('file')).toEqual(['channel', 'name', 'folder']);
    expect(await fieldsOf('email')).toEqual(['channel', 'name', 'contact']);
    expect((await get('/applications/new?channel=fax')).html).toContain('?channel=sql');
  });

  it('a wrong address shows the form again, says what to do, and does not give the password back', async () => {
    const answer = await send('/applications/new', '/applications', {
      name: 'Boutique',
      channel: 'sql',
      url: 'postgres://purge:hunter-two@127.0.0.1:1/shop',
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('ne répond pas');
    expect(html).toContain('href="#field-url"');
    expect(html).toContain('value="Boutique"');
    expect(html).not.toContain('hunter-two');
  });

  it.each([
    ['file', 'folder', 'echanges/crm', 'chemin absolu'],
    ['file', 'folder', '/srv/../etc', 'chemin absolu'],
    ['email', 'contact', 'ada@support', 'adresses e-mail'],
    ['email', 'contact', '1@a.fr 2@a.fr 3@a.fr 4@a.fr 5@a.fr 6@a.fr', 'Donnez d’une à 5 adresses'],
    ['email', 'contact', '', 'adresses e-mail'],
    ['webhook', 'url', 'ftp://loyalty.example/orders', 'https'],
  ])('by %s, a wrong %s is told beside its field and kept: “%s”', async (channel, field, typed, words) => {
    const answer = await send(`/applications/new?channel=${channel}`, '/applications', {
      name: 'Ancienne',
      channel,
      [field]: typed,
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(`href="#field-${field}"`);
    expect(html).toContain(words);
    expect(html).toContain('value="Ancienne"');
    if (channel !== 'webhook') expect(html).toContain(`value="${typed}"`);
    expect((await get('/applications')).html).not.toContain('Ancienne');
  });

  it('a right one is harvested at once and leads to the application', async () => {
    const answer = await send('/applications/new', '/applications', {
      name: 'Boutique',
      channel: 'sql',
      url,
      identities: 'customer_id=customer.id',
    });
    expect(answer.status).toBe(303);
    const { html } = await get(answer.headers.get('location') ?? '');
    expect(html).toContain('Boutique');
    expect(html).toContain('5 sur 12');
    expect(html).not.toContain(new URL(url).password || 'postgres://');
  });
});

async function root(): Promise<string> {
  const { html } = await get('/applications');
  return /href="(\/applications\/app_[0-9A-Z]+)"/.exec(html)?.[1] ?? '';
}

describe('the views', () => {
  it('say what they read and what they show of persons, and ask for no verdict', async () => {
    const { html } = await get(`${await root()}/views`);
    expect(html).toContain('2 vues, dont 1 sur des personnes');
    expect(html).toContain('public.mailing');
    expect(html).toContain('public.customer, public.orders');
    expect(html).toContain('email (Coordonnées)');
    expect(html).toMatch(/contact_name \([^)]*d’après son nom\)/);
    expect(html).toContain('Vue matérialisée (copie)');
    expect(html).not.toContain('Décider');
  });

  it('follow the verdict of the field that a column comes from', async () => {
    const at = await root();
    const { html } = await get(`${at}/dictionary?table=customer`);
    const field = /field=([0-9a-f-]+)"[^>]*aria-label="[^"]*customer\.first_name"/.exec(html)?.[1] ?? '';
    const judge = (category: string) =>
      send(`${at}/dictionary?field=${field}`, `${at}/dictionary/${field}`, { category });
    expect((await judge('none')).status).toBe(303);
    expect((await get(`${at}/views`)).html).not.toContain('first_name (');
    await judge('');
    expect((await get(`${at}/views`)).html).toContain('first_name (');
  });
});

describe('the dictionary', () => {
  it('shows fields with category and reason, and filters to personal ones', async () => {
    const { html } = await get(`${await root()}/dictionary?show=personal`);
    expect(html).toContain('customer.email');
    expect(html).toContain('Coordonnées');
    expect(html).not.toContain('product.price');
    expect((html.match(/<select/g) ?? []).length).toBe(1);
  });

  it('opens the verdict at its own address and keeps it, with script or without', async () => {
    const at = await root();
    const { html } = await get(`${at}/dictionary?table=customer`);
    const row = /href="([^"]*field=([0-9a-f-]+))"[^>]*aria-label="[^"]*customer\.loyalty_points"/.exec(html);
    const open = (row?.[1] ?? '').replaceAll('&amp;', '&');
    const opened = await get(open);
    expect(opened.html).toContain('Enregistrer le verdict');
    expect(opened.html).toContain('Proposition');
    const answer = await send(open, `${at}/dictionary/${row?.[2] ?? ''}`, {
      category: 'preference',
      note: 'ce que l’on achète',
      back: `${at}/dictionary?table=customer`,
    });
    expect(answer.status).toBe(303);
    const after = await get(answer.headers.get('location') ?? '');
    expect(after.html).toContain('ce que l’on achète');
  });

  it('offers no verdict to an auditor, and does not take theirs', async () => {
    const { html } = await get(`${await root()}/dictionary?show=personal`, { cookie: 'session=auditor' });
    expect(html).toContain('customer.email');
    expect(html).not.toContain('field=');
  });
});

describe('the plan viewer', () => {
  it('shows the rows of a person by table, in words and SQL, and puts the identifier in no address and no log', async () => {
    const at = await root();
    const answer = await send(`${at}/plan`, `${at}/plan`, { kind: 'email', value: 'ada@example.org' });
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('3 lignes dans 2 tables');
    expect(html).toContain('public.orders');
    expect(html).toMatch(/update/i);
    expect(logged.join('\n')).not.toContain('ada@example.org');
  });

  it('says who is not found', async () => {
    const at = await root();
    const answer = await send(`${at}/plan`, `${at}/plan`, { kind: 'email', value: 'nobody@example.org' });
    expect(await answer.text()).toContain('Introuvable dans cette application');
  });

  it('is closed to members', async () => {
    expect((await get(`${await root()}/plan`, { cookie: 'session=member' })).status).toBe(403);
  });
});

describe('every page in both languages', () => {
  it.each(['', '/new', '/:app', '/:app/connection', '/:app/dictionary', '/:app/plan'])('%s', async (path) => {
    const at = path.startsWith('/:app') ? path.replace('/:app', await root()) : `/applications${path}`;
    for (const cookie of ['session=dpo', 'session=dpo english']) {
      const { status, html } = await get(at, { cookie });
      expect(status).toBe(200);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).not.toContain('undefined');
      expect(html).not.toContain('[object Object]');
    }
  });
});

describe('the API', () => {
  it('adds, harvests, plans and judges by the same services', async () => {
    const added = await api('POST', '/applications', { name: 'Fidélité', channel: 'sql', url, identities: [] });
    expect(added).toMatchObject({ status: 201, json: { name: 'Fidélité', channel: 'sql' } });
    expect(JSON.stringify(added.json)).not.toContain('postgres://');
    const id = String(added.json.id);
    expect(await api('POST', `/applications/${id}/harvest`)).toMatchObject({
      status: 200,
      json: { created: 12, tables: 3, fields: 12, personal: 5 },
    });
    expect(await api('POST', `/applications/${encodeURIComponent('Fidélité')}/harvest`)).toMatchObject({
      json: { created: 0, unchanged: 12 },
    });
    const plan = await api('POST', `/applications/${id}/plan`, {
      identities: [{ kind: 'email', value: 'ada@example.org' }],
    });
    expect(plan).toMatchObject({ status: 200, json: { isFound: true } });
    expect(plan.json.tables).toContainEqual(
      expect.objectContaining({ table: 'public.orders', rows: 2, action: 'blank' }),
    );
    const fields = await api('GET', `/applications/${id}/fields?show=personal&limit=2`);
    expect(fields.json.items).toHaveLength(2);
    expect(fields.json.next).not.toBeNull();
    const next = await api(
      'GET',
      `/applications/${id}/fields?show=personal&limit=10&cursor=${String(fields.json.next)}`,
    );
    expect(next.json.items).toHaveLength(3);
    const [field] = fields.json.items as { id: string }[];
    const judged = await api('PUT', `/applications/${id}/fields/${field?.id ?? ''}/verdict`, { category: 'none' });
    expect(judged).toMatchObject({ status: 200, json: { category: 'none' } });
  });

  it('answers with problems that point to the field', async () => {
    const answer = await api('POST', '/applications', { name: 'X', channel: 'sql', url: 'nowhere' });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.json)).toContain('/url');
  });

  it('shows nothing of another organisation, whatever the name or id', async () => {
    const id = (await root()).split('/').at(-1) ?? '';
    for (const reference of [id, 'Boutique']) {
      expect((await api('GET', `/applications/${reference}`, undefined, 'Bearer dpo other')).status).toBe(404);
      expect((await api('POST', `/applications/${reference}/harvest`, {}, 'Bearer dpo other')).status).toBe(404);
      expect((await api('GET', `/applications/${reference}/fields`, undefined, 'Bearer dpo other')).status).toBe(404);
    }
    expect((await api('GET', '/applications', undefined, 'Bearer dpo other')).json.items).toEqual([]);
  });
});
