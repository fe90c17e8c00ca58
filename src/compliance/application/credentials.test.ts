import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLog, newId, publicId } from '../../kernel/index.ts';
import { complianceTest } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const crm = await compliance.pullApplication('crm');
const other = await compliance.pullApplication('other');
const path = `/applications/${publicId('app', crm)}/credentials`;

async function issue(kind: 'key' | 'hmac' | 'ed25519', at = path): Promise<{ id: string; secret: string }> {
  const { status, json } = await site.as({ roles: ['architect'] }).api('POST', at, { kind });
  expect(status).toBe(201);
  return { id: String(json.id), secret: String(json.secret) };
}

const mayPull = async (key: string): Promise<boolean> =>
  (await site.asApplication(key).api('GET', '/orders')).status === 200;

test('a key is shown once: only its SHA-256 is kept', async () => {
  const { secret } = await issue('key');
  expect(secret).toMatch(/^socleapp_[\w-]{43}$/);
  expect(await mayPull(secret)).toBe(true);
  const rows = await store.asOwner<{ row: string }>('select c::text as row from compliance.application_credential c');
  expect(rows.map(({ row }) => row).join()).not.toContain(secret.slice(-30));
  const listed = await site.api('GET', path);
  expect(JSON.stringify(listed.json)).not.toContain(secret);
});

test('asked twice under one idempotency key, one is made and shown once', async () => {
  const headers = { 'idempotency-key': newId() };
  const first = await site.api('POST', path, { kind: 'hmac' }, headers);
  const again = await site.api('POST', path, { kind: 'hmac' }, headers);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.json).toEqual({ ...first.json, secret: null });
});

test('while it is rotated two keys are valid, never three, and the older ends after a week', async () => {
  const at = `/applications/${publicId('app', other)}/credentials`;
  const first = await issue('key', at);
  const second = await issue('key', at);
  expect([await mayPull(first.secret), await mayPull(second.secret)]).toEqual([true, true]);
  const third = await issue('key', at);
  expect([await mayPull(first.secret), await mayPull(second.secret), await mayPull(third.secret)]).toEqual([
    false,
    true,
    true,
  ]);
  store.clock.advance({ days: 8 });
  expect([await mayPull(second.secret), await mayPull(third.secret)]).toEqual([false, true]);
});

test('two rotations at once leave two valid keys', async () => {
  const at = `/applications/${publicId('app', other)}/credentials`;
  const made = await Promise.all([issue('key', at), issue('key', at), issue('key', at)]);
  const valid = await Promise.all(made.map(({ secret }) => mayPull(secret)));
  expect(valid.filter(Boolean)).toHaveLength(2);
});

test('a revoked key is refused from the next call on', async () => {
  const { id, secret } = await issue('key');
  expect((await site.api('DELETE', `${path}/${id}`)).status).toBe(204);
  expect(await mayPull(secret)).toBe(false);
  expect((await site.api('DELETE', `/applications/${publicId('app', other)}/credentials/${id}`)).status).toBe(404);
});

test('Socle’s key pair: the public half is given, and is Ed25519', async () => {
  const { secret: shown } = await issue('ed25519');
  const raw = Buffer.from(/^whpk_(.+)$/.exec(shown)?.[1] ?? '', 'base64');
  expect(raw).toHaveLength(32);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  expect(verify(null, Buffer.from('x'), createPublicKey({ key: jwk, format: 'jwk' }), Buffer.alloc(64))).toBe(false);
});

test('only those who connect applications make, list or revoke credentials; an application does not', async () => {
  const { secret } = await issue('key');
  for (const roles of [['member'], ['relay'], ['auditor']]) {
    expect((await site.as({ roles }).api('POST', path, { kind: 'key' })).status).toBe(403);
    expect((await site.api('GET', path)).status).toBe(403);
  }
  const app = site.asApplication(secret);
  expect((await app.api('POST', path, { kind: 'key' })).status).toBe(403);
  expect((await app.api('GET', path)).status).toBe(403);
  expect((await app.api('GET', '/persons?identity=email:claire.dupont@example.org')).status).toBe(403);
  expect((await app.api('POST', '/requests', {})).status).toBe(403);
});

test('what Socle signs with is sealed where it lies', async () => {
  const { secret } = await issue('hmac');
  const rows = await scope.db
    .selectFrom('compliance.application_credential')
    .select('sealed')
    .where('kind', '=', 'hmac')
    .execute();
  const raw = Buffer.from(secret.slice('whsec_'.length), 'base64');
  expect(raw).toHaveLength(32);
  expect(rows.some(({ sealed }) => sealed?.includes(raw))).toBe(false);
});
