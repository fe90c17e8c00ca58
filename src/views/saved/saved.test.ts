import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId, systemCause } from '../../kernel/index.ts';
import {
  type CallOptions,
  csrf,
  defaultUser,
  type ObjectsFixture,
  objectsFixture,
  publicUrl,
} from '../../objects/objects.fixture.ts';
import { write } from '../../store/index.ts';
import { viewsRoom } from '../index.ts';
import { fitted } from './fitted.ts';

let fixture: ObjectsFixture;
const ada = defaultUser;
const bob = newId();

beforeAll(async () => {
  fixture = await objectsFixture({}, ['expenses', 'rounds'], 1, (live) => viewsRoom(live));
  await write(fixture.scope, systemCause('test'), async ({ tx }) => {
    for (const [id, email] of [
      [ada, 'ada@atelier.test'],
      [bob, 'bob@atelier.test'],
    ]) {
      await sql`insert into access.user (id, email, name, password_hash, roles, created_at, password_changed_at)
                values (${id}, ${email}, 'X', 'x', array['member'], now(), now())`.execute(tx);
    }
  });
  for (const [name, driver] of [
    ['North', 'Ann'],
    ['South', 'Bea'],
  ]) {
    await call('POST', '/api/v1/objects/round', { body: { values: { name, driver } } });
  }
});

async function call(method: string, path: string, options: CallOptions = {}) {
  const response = await fixture.call(method, path, { as: 'member', ...options });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const html = { headers: { accept: 'text/html', 'accept-language': 'en' } };
const onlyNorth = { kind: 'table', of: 'round', filter: 'name == "North"', columns: ['number', 'name'] };

async function saved(asked: object, options: CallOptions = {}): Promise<string> {
  const { status, body } = await call('POST', '/api/v1/views', { body: asked, ...options });
  expect([status, body.title ?? null]).toEqual([201, null]);
  return body.name;
}

async function post(path: string, values: readonly (readonly [string, string])[], shownAt: string): Promise<Response> {
  const shown = await (await fixture.call('GET', shownAt, { ...html, as: 'member' })).text();
  const token = /name="csrf" value="([^"]+)"/.exec(shown)?.[1] ?? csrf;
  return fixture.server.fetch(
    new Request(publicUrl + path, {
      method: 'POST',
      headers: {
        'x-roles': 'member',
        'x-user': ada,
        ...html.headers,
        origin: publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams([...values, ['csrf', token], ['_key', newId()]] as [string, string][]),
    }),
  );
}

describe('A view that a person saves', () => {
  it('keeps what a list shows, under a name, from the list itself', async () => {
    const list = await call('GET', '/objects/round?state=planned&sort=-name&columns=number,name', html);
    const [, href = ''] = /href="(\/views\/new[^"]+)"/.exec(list.body) ?? [];
    const form = href.replaceAll('&amp;', '&');
    expect((await call('GET', form, html)).body).toContain('state == &quot;planned&quot;');
    const answer = await post(
      '/views',
      [
        ['of', 'round'],
        ['name', 'To plan'],
        ['filter', 'name == "South"'],
        ['sort', '-name'],
        ['columns', 'number'],
        ['columns', 'driver'],
        ['pinned', 'yes'],
      ],
      form,
    );
    const path = answer.headers.get('location') ?? '';
    expect([answer.status, path]).toEqual([303, expect.stringMatching(/^\/views\/view_/)]);
    const page = (await call('GET', path, html)).body;
    expect(page).toContain('Bea');
    expect(page).not.toContain('North');
    expect(page).toContain('Change the view');
    const menu = (await call('GET', '/objects/round', html)).body;
    expect(menu.match(new RegExp(`href="${path}"`, 'g'))).toHaveLength(2);
  });

  it('is theirs alone until it is shared, and then shown to those who have the role', async () => {
    const view = { name: 'North only', view: onlyNorth };
    const name = await saved(view);
    expect((await call('GET', `/api/v1/views/${name}`, { user: bob })).status).toBe(404);
    const shared = await call('PUT', `/api/v1/views/${name}`, { body: { ...view, shared_with: ['member'] } });
    expect(shared.status).toBe(200);
    const seen = await call('GET', `/api/v1/views/${name}`, { user: bob });
    expect(seen.body.items).toHaveLength(1);
    expect(seen.body.view.is_mine).toBe(false);
    expect((await call('GET', `/api/v1/views/${name}`, { user: bob, as: 'auditor' })).status).toBe(404);
  });

  it('is changed by its owner alone, and shared with no role they don’t have', async () => {
    const name = await saved({ name: 'Mine', view: onlyNorth, shared_with: ['anyone'] });
    const body = { name: 'Yours', view: onlyNorth };
    expect((await call('PUT', `/api/v1/views/${name}`, { user: bob, body })).status).toBe(403);
    expect((await call('DELETE', `/api/v1/views/${name}`, { user: bob })).status).toBe(403);
    const refused = await call('POST', '/api/v1/views', { body: { ...body, shared_with: ['admin'] } });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('/shared')]);
    expect((await call('DELETE', `/api/v1/views/${name}`)).status).toBe(204);
    expect((await call('GET', `/api/v1/views/${name}`)).status).toBe(404);
  });

  it('gives nobody rights: what it shows is what its reader may see', async () => {
    await call('POST', '/api/v1/objects/expense', { body: { values: { subject: 'Secret' } } });
    const view = { kind: 'table', of: 'expense' };
    const name = await saved({ name: 'Expenses', view, shared_with: ['anyone'] });
    expect((await call('GET', `/api/v1/views/${name}`)).body.items).toHaveLength(1);
    expect((await call('GET', `/api/v1/views/${name}`, { user: bob })).body.items).toEqual([]);
  });

  it('is refused with all that is wrong, and nothing is saved', async () => {
    const view = { kind: 'table', of: 'round', filter: 'nmae == "x"', sort: 'driver' };
    const refused = await call('POST', '/api/v1/views', { body: { name: ' ', view } });
    expect(refused.status).toBe(422);
    for (const part of ['/filter', '/sort', '/name']) expect(JSON.stringify(refused.body)).toContain(part);
  });

  it('goes with its owner’s account', async () => {
    await saved({ name: 'Of Bob', view: onlyNorth }, { user: bob });
    await write(fixture.scope, systemCause('test'), ({ tx }) =>
      sql`delete from access.user where id = ${bob}`.execute(tx),
    );
    const { rows } = await sql<{ name: string }>`select name from views.saved where name = 'Of Bob'`.execute(
      fixture.scope.db,
    );
    expect(rows).toEqual([]);
  });
});

describe('When the model has changed since', () => {
  const says = (view: object) => fitted(fixture.live.current(), { of: 'round', ...view });

  it('columns and a sort that are no more are left out, and told', () => {
    const { says: left, unfit } = says({ kind: 'table', columns: ['number', 'colour'], sort: 'colour' });
    expect(left).toMatchObject({ columns: ['number'], sort: undefined });
    expect(unfit).toHaveLength(2);
  });

  it('a view without its condition or its lanes isn’t shown: it would say something else', () => {
    expect(says({ kind: 'table', filter: 'colour == "red"' })).toMatchObject({ says: null, unfit: [{}] });
    expect(says({ kind: 'board', lanes: 'colour' })).toMatchObject({ says: null, unfit: [{}] });
  });

  it('an attribute renamed is followed, in conditions too, but not in texts nor in functions', () => {
    const model = fixture.live.current();
    const round = model.types.get('round');
    const driver = round?.attributes.get('driver');
    if (round === undefined || driver === undefined) throw new Error('the fixture has rounds with drivers');
    const attributes = new Map([...round.attributes].filter(([name]) => name !== 'driver'));
    attributes.set('pilot', { ...driver, name: 'pilot', was: 'driver' });
    const later = { ...model, types: new Map([...model.types, ['round', { ...round, attributes }]]) };
    const view = { kind: 'table', of: 'round', filter: 'driver == "driver" && size(driver) > 2', columns: ['driver'] };
    expect(fitted(later, view)).toMatchObject({
      says: { filter: 'pilot == "driver" && size(pilot) > 2', columns: ['pilot'] },
      unfit: [],
    });
  });
});
