import { expect, test } from 'vitest';
import { z } from 'zod';
import { publicId, systemCause } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { accessFixture, operatorToken } from '../access.fixture.ts';
import { createKey } from './keys.ts';

const access = await accessFixture();
const { options, call, clock, asOwner } = access;
const ours = await access.organisation('ours');
const theirs = await access.organisation('theirs');

const keyAnswer = z.object({ id: z.string(), secret: z.string().nullable() });

async function key(
  scope: typeof ours,
  role: 'admin' | 'auditor' = 'admin',
  expiresAt: Date | null = null,
): Promise<string> {
  const made = await write(scope, systemCause('test'), (writing) =>
    createKey(options, writing, { name: 'test', role, expiresAt }),
  );
  return made.secret;
}

test('a key is shown once, and only its hash is kept', async () => {
  const response = await call('POST', '/api/v1/keys', await key(ours), { name: 'nightly import', role: 'steward' });
  expect(response.status).toBe(201);
  const { secret, id } = keyAnswer.parse(await response.json());
  expect(secret).toMatch(/^socle_[\w-]{43}$/);
  expect(response.headers.get('location')).toBe(`/api/v1/keys/${id}`);
  const rows = await asOwner<{ row: string }>('select k::text as row from access.api_key k');
  expect(rows.map((row) => row.row).join()).not.toContain(secret);
  const listed = await (await call('GET', '/api/v1/keys', await key(ours))).text();
  expect(listed).toContain('nightly import');
  expect(listed).not.toContain(secret);
});

test('making a key twice under one idempotency key makes one, and shows its secret once', async () => {
  const admin = await key(ours);
  const send = (name: string) =>
    call('POST', '/api/v1/keys', admin, { name, role: 'member' }, { 'idempotency-key': 'once' });
  const first = await send('once');
  const again = await send('once');
  expect(first.status).toBe(201);
  expect(again.status).toBe(200);
  const made = keyAnswer.parse(await first.json());
  expect(keyAnswer.parse(await again.json())).toEqual({ ...made, secret: null });
  expect((await send('other')).status).toBe(422);
});

test('a form sent twice makes one key', async () => {
  await access.user(ours, 'admin@ours.test', ['admin']);
  const boss = access.browser();
  await boss.signIn('admin@ours.test');
  const html = await (await boss.get('/keys/new')).text();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
  const form = { csrf: hidden('csrf'), _key: hidden('_key'), name: 'twice', role: 'member' };
  await Promise.all([boss.post('/keys', form), boss.post('/keys', form)]);
  const made = await ours.db.selectFrom('access.api_key').select('id').where('name', '=', 'twice').execute();
  expect(made).toHaveLength(1);
});

test('a revoked key is refused from the next call on, and so is an expired one', async () => {
  const admin = await key(ours);
  const made = keyAnswer.parse(
    await (await call('POST', '/api/v1/keys', admin, { name: 'short-lived', role: 'member' })).json(),
  );
  expect((await call('GET', '/api/v1/me', made.secret ?? '')).status).toBe(200);
  expect((await call('DELETE', `/api/v1/keys/${made.id}`, admin)).status).toBe(204);
  expect((await call('DELETE', `/api/v1/keys/${made.id}`, admin)).status).toBe(204);
  expect((await call('GET', '/api/v1/me', made.secret ?? '')).status).toBe(401);

  const expiring = await key(ours, 'admin', new Date(clock.now().getTime() + 60_000));
  expect((await call('GET', '/api/v1/me', expiring)).status).toBe(200);
  clock.advance({ minutes: 1 });
  expect((await call('GET', '/api/v1/me', expiring)).status).toBe(401);
});

test('a key of one organisation sees, and revokes, nothing of another', async () => {
  const stranger = await key(theirs);
  const ourKeys = await ours.db.selectFrom('access.api_key').select('id').execute();
  for (const { id } of ourKeys) {
    expect((await call('DELETE', `/api/v1/keys/${publicId('key', id)}`, stranger)).status).toBe(404);
  }
  const listed = z.object({ items: z.array(z.object({ name: z.string() })) });
  const seen = listed.parse(await (await call('GET', '/api/v1/keys', stranger)).json());
  expect(seen.items).toHaveLength(1);
  const revoked = await ours.db.selectFrom('access.api_key').select('id').where('revoked_at', 'is not', null).execute();
  expect(revoked).toHaveLength(1);
});

test('an auditor’s key reads and writes nothing', async () => {
  const auditor = await key(ours, 'auditor');
  expect((await call('GET', '/api/v1/users', auditor)).status).toBe(200);
  const refused = await call('POST', '/api/v1/keys', auditor, { name: 'mine', role: 'admin' });
  expect(await refused.json()).toMatchObject({ status: 403, type: 'urn:socle:problem:access.read_only' });
});

test('the day of last use is kept, not the moment', async () => {
  const secret = await key(ours);
  await call('GET', '/api/v1/me', secret);
  const rows = await ours.db
    .selectFrom('access.api_key')
    .select('last_used_on')
    .where('last_used_on', 'is not', null)
    .execute();
  expect(rows.at(-1)?.last_used_on).toBe(clock.now().toISOString().slice(0, 10));
});

test('a wrong, malformed or foreign credential is refused, never taken for nobody', async () => {
  for (const secret of ['socle_wrong', 'nothing', `socle_${'A'.repeat(43)}`, `socleop_${'A'.repeat(43)}`]) {
    expect((await call('GET', '/api/v1/openapi.json', secret)).status).toBe(401);
    expect((await call('GET', '/api/v1/me', secret)).status).toBe(401);
  }
});

test('the operator of the machine names the organisation when there are several', async () => {
  expect((await call('GET', '/api/v1/me', operatorToken)).status).toBe(400);
  const named = await call('GET', '/api/v1/me', operatorToken, undefined, { 'socle-organisation': 'theirs' });
  expect(await named.json()).toMatchObject({ organisation: 'theirs', actor: { kind: 'system', name: 'operator' } });
  const unknown = await call('GET', '/api/v1/me', operatorToken, undefined, { 'socle-organisation': 'nowhere' });
  expect(unknown.status).toBe(404);
});
