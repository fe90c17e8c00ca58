import { expect, test } from 'vitest';
import { newId, publicId, systemCause, type Uuid } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { systemAsker } from '../acting.ts';
import { csrf, defaultUser, objectsFixture, publicUrl } from '../objects.fixture.ts';
import { forgetObjectPast } from '../secrets.ts';
import { addComment } from './comment.ts';

const fixture = await objectsFixture();
const { scope, call } = fixture;

async function user(name: string, id: Uuid = newId(), roles: readonly string[] = ['admin']): Promise<Uuid> {
  await scope.db
    .insertInto('access.user')
    .values({
      id,
      name,
      email: `${id}@socle.test`,
      password_hash: 'none',
      roles: [...roles],
      created_at: scope.clock.now(),
      password_changed_at: scope.clock.now(),
    })
    .execute();
  return id;
}

const ada = await user('Ada Lovelace', defaultUser);
const grace = await user('Grace Hopper');
const graceMurray = await user('Grace Hopper Murray');

interface Body {
  readonly id: string;
  readonly number: string;
  readonly type: string;
  readonly text: string | null;
  readonly items: readonly { readonly id: string; readonly text: string | null; readonly name: string }[];
  readonly errors: readonly unknown[];
}

async function json(answer: Promise<Response>, status = 200): Promise<Body> {
  const body = (await (await answer).json()) as Body;
  expect((await answer).status, JSON.stringify(body)).toBe(status);
  return body;
}

let count = 0;
async function device(): Promise<string> {
  count += 1;
  const site = await json(call('POST', '/api/v1/objects/site', { body: { values: { name: `Site ${count}` } } }), 201);
  const body = { values: { name: 'Scie', site: site.id } };
  return `/api/v1/objects/device/${(await json(call('POST', '/api/v1/objects/device', { body }), 201)).number}`;
}

test('a comment names people by their full name, the longest that fits, whatever its case', async () => {
  const at = await device();
  const body = { text: 'Voir avec @grace hopper, @Grace Hopper Murray, @Grace Hopperette et a@b.fr' };
  const made = await json(call('POST', `${at}/comments`, { body }), 201);
  expect(made).toMatchObject({
    text: `Voir avec @[user:${grace}], @[user:${graceMurray}], @Grace Hopperette et a@b.fr`,
    mentions: [publicId('usr', grace), publicId('usr', graceMurray)],
    author: `user:${ada}`,
    decided_on: null,
  });
  const mentions = await fixture.asOwner<{ user_id: string }>('select user_id from objects.mention order by user_id');
  expect(mentions.map((row) => row.user_id).toSorted()).toEqual([grace, graceMurray].toSorted());
});

test('whoever may read an object speaks of it; a decision asks for the right to change it', async () => {
  const at = await device();
  await json(call('POST', `${at}/comments`, { as: 'member', body: { text: 'Vu.' } }), 201);
  const decision = { text: 'On la garde.', decided_on: '2026-11-20' };
  await json(call('POST', `${at}/comments`, { as: 'member', body: decision }), 403);
  expect(await json(call('POST', `${at}/comments`, { body: decision }), 201)).toMatchObject({
    decided_on: '2026-11-20',
  });
  expect((await json(call('GET', `${at}/comments`))).items.map(({ text }) => text)).toEqual(['On la garde.', 'Vu.']);
  await json(call('GET', `${at}/comments`, { perimeters: [newId()] }), 404);
  await json(call('POST', `${at}/comments`, { perimeters: [newId()], body: { text: 'Ici ?' } }), 404);
  expect((await json(call('POST', `${at}/comments`, { body: { text: '  ' } }), 422)).errors).toMatchObject([
    { pointer: '/text', code: 'comment.empty' },
  ]);
});

test('only its author changes a comment or takes it back, and the history keeps a sealed trace', async () => {
  const at = await device();
  const { id } = await json(call('POST', `${at}/comments`, { body: { text: 'Mot secret un' } }), 201);
  const other = { user: grace, body: { text: 'Faux' } };
  await json(call('PATCH', `${at}/comments/${id}`, other), 403);
  const changed = await json(call('PATCH', `${at}/comments/${id}`, { body: { text: 'Mot secret deux' } }));
  expect(changed.text).toBe('Mot secret deux');
  expect((await call('DELETE', `${at}/comments/${id}`)).status).toBe(204);
  expect((await json(call('GET', `${at}/comments`))).items).toMatchObject([{ text: null, forgotten: false }]);
  await json(call('PATCH', `${at}/comments/${id}`, { body: { text: 'Encore' } }), 404);
  expect((await json(call('GET', `${at}/history`))).items).toMatchObject([
    { action: 'comment', changes: [{ from: 'Mot secret deux', to: null }] },
    { action: 'comment', changes: [{ from: 'Mot secret un', to: 'Mot secret deux' }] },
    { action: 'create' },
  ]);
  const rows = await fixture.asOwner(
    'select changes::text as changes, encode(sealed, $1) as sealed from objects.history',
    ['escape'],
  );
  expect(JSON.stringify(rows)).not.toContain('secret');
});

test('forgetting an object’s past forgets what was said; what is said after that can be read', async () => {
  const at = await device();
  await json(call('POST', `${at}/comments`, { body: { text: 'Avant' } }), 201);
  const [{ object } = { object: '' }] = await fixture.asOwner<{ object: string }>(
    'select object from objects.comment order by id desc limit 1',
  );
  await write(scope, systemCause('test'), (writing) => forgetObjectPast(writing, object));
  await json(call('POST', `${at}/comments`, { body: { text: 'Après' } }), 201);
  expect((await json(call('GET', `${at}/comments`))).items).toMatchObject([
    { text: 'Après', forgotten: false },
    { text: null, forgotten: true },
  ]);
  await json(call('GET', `${at}/history`));
});

test('who speaks follows; following is put and taken away by oneself; all goes with the object', async () => {
  const at = await device();
  await json(call('POST', `${at}/comments`, { body: { text: 'Bonjour' } }), 201);
  expect((await call('PUT', `${at}/followers/me`, { user: grace })).status).toBe(204);
  expect((await call('PUT', `${at}/followers/me`, { user: grace })).status).toBe(204);
  const names = async () => (await json(call('GET', `${at}/followers`))).items.map(({ name }) => name);
  expect((await names()).toSorted()).toEqual(['Ada Lovelace', 'Grace Hopper']);
  expect((await call('DELETE', `${at}/followers/me`, { user: grace })).status).toBe(204);
  expect(await names()).toEqual(['Ada Lovelace']);
  const before = await fixture.asOwner('select 1 from objects.comment');
  expect((await call('DELETE', at)).status).toBe(204);
  expect(await fixture.asOwner('select 1 from objects.comment')).toHaveLength(before.length - 1);
});

test('somebody named who can’t see the object is told to the author, and is not mentioned', async () => {
  const at = await device();
  const eve = await user('Ève Lointaine');
  await fixture.asOwner('insert into access.perimeter (org, user_id, controller_id) values ($1, $2, $3)', [
    scope.org,
    eve,
    newId(),
  ]);
  const acting = { model: fixture.model, asker: systemAsker };
  const number = at.split('/').at(-1) ?? '';
  const { unaware } = await write(scope, systemCause('test'), (writing) =>
    addComment(writing, acting, 'device', number, {
      text: 'Pour @Ève Lointaine et @Grace Hopper',
      decidedOn: null,
    }),
  );
  expect(unaware).toEqual(['Ève Lointaine']);
  expect(await fixture.asOwner('select 1 from objects.mention where user_id = $1', [eve])).toEqual([]);
});

test('the beginning of a name is completed', async () => {
  const names = async (letters: string) =>
    (await json(call('GET', `/api/v1/mentionable?letters=${letters}`))).items.map(({ name }) => name);
  expect(await names('gra')).toEqual(['Grace Hopper', 'Grace Hopper Murray']);
  expect(await names('hop')).toEqual(['Grace Hopper', 'Grace Hopper Murray']);
  expect(await names('%25')).toEqual([]);
});

const html = { accept: 'text/html', 'accept-language': 'en' };

async function submit(page: string, action: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const shown = await call('GET', page, { headers: html });
  const token = /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ?? csrf;
  const headers = {
    ...html,
    'x-roles': 'admin',
    'x-user': ada,
    'content-type': 'application/x-www-form-urlencoded',
    origin: publicUrl,
  };
  const body = new URLSearchParams({ csrf: token, _key: newId(), ...fields }).toString();
  return fixture.server.fetch(new Request(publicUrl + action, { method: 'POST', headers, body }));
}

test('on its page, an object is discussed, followed, and one’s own words are changed and taken back', async () => {
  const path = (await device()).replace('/api/v1', '');
  const see = async (at = path) => (await call('GET', at, { headers: html })).text();
  expect(await see()).toContain('Nobody has said anything yet.');
  const sent = await submit(path, `${path}/comments`, { text: 'Parler à @Grace Hopper\n<b>vite</b>', decision: 'yes' });
  expect(sent.status, await sent.clone().text()).toBe(303);
  const page = await see();
  expect(page).toContain('<strong>@Grace Hopper</strong>');
  expect(page).toContain('&lt;b&gt;vite&lt;/b&gt;');
  expect(page).toContain('Decision');
  expect(page).toContain('Followed by:');
  const [, edit = ''] = /href="([^"]+\/comments\/com_\w+\/edit)"/.exec(page) ?? [];
  expect(await see(edit)).toContain('Parler à @Grace Hopper');
  expect((await submit(edit, edit, { text: 'Fait.' })).status).toBe(303);
  expect(await see()).toContain('changed since');
  const empty = await submit(edit, edit, { text: '' });
  expect(empty.status).toBe(422);
  expect((await submit(edit, edit.replace(/edit$/, 'delete'), {})).status).toBe(303);
  expect(await see()).toContain('Removed by its author');
  expect((await submit(path, `${path}/unfollow`, {})).status).toBe(303);
  expect(await see()).not.toContain('Followed by:');
});

test('a long discussion has its own page', async () => {
  const at = await device();
  for (let n = 1; n <= 12; n += 1) await json(call('POST', `${at}/comments`, { body: { text: `Mot ${n}.` } }), 201);
  const path = at.replace('/api/v1', '');
  const page = await (await call('GET', path, { headers: html })).text();
  expect(page).toContain('Mot 12.');
  expect(page).not.toContain('Mot 2.');
  expect(page).toContain(`${path}/discussion`);
  const whole = await (await call('GET', `${path}/discussion?limit=5`, { headers: html })).text();
  expect(whole).toContain('cursor=');
});
