import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { readRequestRow } from '../request/row.ts';
import { confirmPath, statusPath } from '../request/status-link.ts';
import { complianceTest } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { issueTicket } from './ticket.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent')).as(null);
const form = `/r/${publicId('org', scope.org)}`;

async function ask(email: string): Promise<{ readonly id: string; readonly status: string }> {
  const response = await site.send(form, { email, first_name: 'Claire', message: 'merci' });
  expect(response.status).toBe(303);
  const row = await scope.db
    .selectFrom('compliance.request')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { id: row.id, status: response.headers.get('location') ?? '' };
}

test('a customer asks without an account, gets a number, a letter and a status page', async () => {
  const { id, status } = await ask('claire.dupont@example.org');
  expect(status).toBe(statusPath(scope, id));
  const request = await readRequestRow(scope.db, id);
  expect(request).toMatchObject({ state: 'received', intake: 'form', identity_by: null });
  const page = await site.get(status);
  expect(page.status).toBe(200);
  expect(page.html).toContain(request.number);
  expect(page.html).not.toMatch(/claire|dupont/i);
  const messages = await scope.db.selectFrom('access.outbox_message').select(['kind', 'subject']).execute();
  expect(messages).toEqual([{ kind: 'request.acknowledgement', subject: publicId('req', id) }]);
});

test('their address is confirmed by a button behind the mailed link, not by opening it', async () => {
  const { id } = await ask('zoe@example.org');
  const link = confirmPath(scope, id);
  expect((await site.get(link)).status).toBe(200);
  expect((await readRequestRow(scope.db, id)).state).toBe('received');
  expect((await site.send(link, {})).status).toBe(303);
  expect(await readRequestRow(scope.db, id)).toMatchObject({
    state: 'identity_checked',
    identity_by: 'contact_channel',
  });
  expect((await site.send(form, {}, link)).status).toBe(303);
});

test('a guessed link leads nowhere', async () => {
  const { id } = await ask('leo@example.org');
  const status = statusPath(scope, id);
  expect((await site.get(`${status.slice(0, -4)}0000`)).status).toBe(404);
  expect((await site.get(confirmPath(scope, id).replace('/confirm/', '/status/'))).status).toBe(404);
  const elsewhere = await store.organisation();
  expect((await site.get(status.replace(publicId('org', scope.org), publicId('org', elsewhere.org)))).status).toBe(404);
  expect((await site.get('/r/nowhere')).status).toBe(404);
});

test('what is wrong is told beside its field, and what was typed is kept', async () => {
  const response = await site.send(form, { email: 'not an address', last_name: 'Dupont' });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toContain('field-email-error');
  expect(html).toContain('value="Dupont"');
});

test('a form sent faster than it can be read, or that no page showed, comes back with what was typed', async () => {
  const before = await scope.db.selectFrom('compliance.request').select('id').execute();
  for (const ticket of ['', 'mgqk3a.AAAAAAAAAAAAAAAAAAAAAA']) {
    const response = await site.send(form, { email: 'robot@example.org', last_name: 'Dupont', ticket });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('value="Dupont"');
  }
  const now = store.clock.now();
  const fast = await site.send(form, {
    email: 'robot@example.org',
    ticket: issueTicket(scope, new Date(+now + 2_500)),
  });
  expect(await fast.text()).toContain('plus vite');
  const yesterday = issueTicket(scope, new Date(+store.clock.now() - 25 * 3_600_000));
  expect((await site.send(form, { email: 'robot@example.org', ticket: yesterday })).status).toBe(422);
  const after = await scope.db.selectFrom('compliance.request').select('id').execute();
  expect(after).toHaveLength(before.length);
});

test('what fills the field that nobody sees is refused, and a person caught by it can see it and go on', async () => {
  const response = await site.send(form, { email: 'lea@example.org', homepage: 'https://spam.example' });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('field-homepage-error');
  expect((await site.send(form, { email: 'lea@example.org', homepage: '' })).status).toBe(303);
});

test('nobody’s mailbox is filled: past three an hour the request is taken and no letter leaves', async () => {
  store.clock.advance({ hours: 2 });
  const count = async () => (await scope.db.selectFrom('access.outbox_message').select('id').execute()).length;
  const before = await count();
  for (const email of ['nina@example.org', 'Nina@Example.org', 'nina@example.org ', 'nina@example.org']) {
    expect((await site.send(form, { email })).status).toBe(303);
  }
  expect((await count()) - before).toBe(3);
});

test('whoever asks again and again is slowed down', async () => {
  store.clock.advance({ hours: 2 });
  const statuses: number[] = [];
  for (let time = 0; time < 14; time += 1)
    statuses.push((await site.send(form, { email: `n${time}@example.org` })).status);
  expect(statuses.at(-1)).toBe(429);
  store.clock.advance({ hours: 2 });
  expect((await site.send(form, { email: 'later@example.org' })).status).toBe(303);
});

test('a request and its acknowledgement are written together, or not at all', async () => {
  const counts = async () => ({
    requests: (await scope.db.selectFrom('compliance.request').select('id').execute()).length,
    messages: (await scope.db.selectFrom('access.outbox_message').select('id').execute()).length,
  });
  const before = await counts();
  const register = { ...compliance.engine.register, sender: () => Promise.reject(new Error('the process ended')) };
  const failing = new Site({ ...compliance, engine: { ...compliance.engine, register } }, createLog('silent')).as(null);
  expect((await failing.send(form, { email: 'crash@example.org' })).status).toBe(500);
  expect(await counts()).toEqual(before);
  expect((await site.send(form, { email: 'crash@example.org' })).status).toBe(303);
  expect(await counts()).toEqual({ requests: before.requests + 1, messages: before.messages + 1 });
});
