import { expect, test } from 'vitest';
import { newId, publicId, systemCause } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { accessFixture, password } from '../access.fixture.ts';
import { authenticator } from '../authenticate.ts';
import { openSession } from '../sessions/sessions.ts';
import { changeUser, createUser, deleteUser, getUser, listUsers } from './users.ts';

const access = await accessFixture();
const { options, browser, decisions, asOwner } = access;
const ours = await access.organisation();
const theirs = await access.organisation();
const admin = await access.user(ours, 'admin@ours.test', ['admin']);
const foreign = await access.user(theirs, 'someone@theirs.test', ['admin']);
const cause = systemCause('test');

test('an administrator adds a user, who signs in with the password shown once and has the roles given', async () => {
  const boss = browser();
  await boss.signIn('admin@ours.test');
  const form = { name: 'Grace Hopper', email: 'Grace@Ours.test', roles: ['relay', 'steward'] };
  const response = await boss.submit('/users/new', '/users', form);
  expect(response.status).toBe(303);
  const shown = await (await boss.get(response.headers.get('location') ?? '')).text();
  const temporary = /<pre[^>]*>\s*([\w-]{20})\s*<\/pre>/.exec(shown)?.[1] ?? '';
  expect(await (await boss.get(response.headers.get('location') ?? '')).text()).not.toContain(temporary);
  const grace = browser();
  expect((await grace.signIn('grace@ours.test', temporary)).status).toBe(303);
  expect(await (await grace.get('/account')).text()).toContain('Relais DPO, Data steward');
  expect((await grace.get('/users')).status).toBe(403);
  expect(decisions).toContain('user.created');
});

test('all that is wrong with a new user is said at once, beside what was typed', async () => {
  const boss = browser();
  await boss.signIn('admin@ours.test');
  const response = await boss.submit('/users/new', '/users', { name: '', email: 'not an address' });
  expect(response.status).toBe(422);
  const html = await response.text();
  for (const field of ['field-name', 'field-email', 'field-roles']) expect(html).toContain(`href="#${field}"`);
  expect(html).toContain('value="not an address"');
});

test('users are listed as people count and spell, page after page', async () => {
  const scope = await access.organisation();
  for (const [place, name] of ['Poste 10', 'Élodie', 'Poste 2', 'eva'].entries()) {
    await write(scope, cause, (writing) =>
      createUser(options, writing, { name, email: `natural${place}@ours.test`, roles: ['member'], password }),
    );
  }
  const first = await listUsers(scope, { limit: 2, after: null });
  const rest = await listUsers(scope, { limit: 9, after: first.at(-1) ?? null });
  expect([...first, ...rest].map(({ name }) => name)).toEqual(['Élodie', 'eva', 'Poste 2', 'Poste 10']);
});

test('an address is used once in the whole installation', async () => {
  const again = write(ours, cause, (writing) =>
    createUser(options, writing, { name: 'Copy', email: 'SOMEONE@theirs.test', roles: ['member'], password }),
  );
  await expect(again).rejects.toMatchObject({ code: 'access.email_taken', status: 409 });
});

test('a weak password is refused: short, repeated, in sequence, or made of the name', async () => {
  for (const weak of ['short', 'aaaaaaaaaaaaaaa', '1234567890123456', 'motdepasse2026!', 'Grace hopper!!']) {
    const attempt = write(ours, cause, (writing) =>
      createUser(options, writing, { name: 'Grace Hopper', email: 'g2@ours.test', roles: ['member'], password: weak }),
    );
    await expect(attempt, weak).rejects.toMatchObject({ code: 'access.weak_password', status: 422 });
  }
});

test('a user of another organisation can’t be seen, changed or deleted', async () => {
  const boss = browser();
  await boss.signIn('admin@ours.test');
  const path = `/users/${publicId('usr', foreign)}`;
  expect((await boss.get(path)).status).toBe(404);
  expect((await boss.submit('/account', path, { name: 'Mine', roles: ['member'] })).status).toBe(404);
  expect((await boss.submit('/account', `${path}/delete`, {})).status).toBe(404);
  expect((await boss.submit('/account', `${path}/password`, {})).status).toBe(404);
  expect(await getUser(theirs, foreign)).toMatchObject({ name: 'Ada Lovelace', isActive: true });
});

test('the last administrator can’t leave, be suspended, or lose the role', async () => {
  const change = { name: 'Ada', perimeters: [], isActive: true };
  const attempts = [
    () => write(ours, cause, (writing) => deleteUser(options, writing, admin)),
    () =>
      write(ours, cause, (writing) =>
        changeUser(options, writing, admin, { ...change, roles: ['admin'], isActive: false }),
      ),
    () => write(ours, cause, (writing) => changeUser(options, writing, admin, { ...change, roles: ['dpo'] })),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'access.last_admin' });
});

test('deleting a user erases their name and address everywhere', async () => {
  const id = await access.user(ours, 'leaver@ours.test', ['relay']);
  const leaver = browser();
  await leaver.signIn('leaver@ours.test');
  const boss = browser();
  await boss.signIn('admin@ours.test');
  const response = await boss.submit('/account', `/users/${publicId('usr', id)}/delete`, {});
  expect(response.status).toBe(303);
  expect((await leaver.get('/account')).status).toBe(303);
  const rows = await asOwner<{ row: string }>(
    'select u::text as row from access.user u union all select s::text from access.session s',
  );
  expect(rows.map((row) => row.row).join()).not.toContain('leaver@ours.test');
  expect(rows.map((row) => row.row).join()).not.toContain(id);
});

test('a user limited to some controllers carries them; one without is not limited', async () => {
  const controller = newId();
  const id = await access.user(ours, 'relay@ours.test', ['relay']);
  const whoIs = async () => {
    const { token } = await openSession(ours, id);
    const request = new Request('http://socle.test/', { headers: { cookie: `socle_session=${token}` } });
    return authenticator(options)(request, { keepsAlive: true });
  };
  expect((await whoIs())?.perimeters).toBeNull();
  await write(ours, cause, (writing) =>
    changeUser(options, writing, id, { name: 'Relay', roles: ['relay'], isActive: true, perimeters: [controller] }),
  );
  expect((await whoIs())?.perimeters).toEqual([controller]);
});
