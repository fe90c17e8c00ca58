import { createHmac } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEntries, sequence } from '../../journal/index.ts';
import { canonicalJson, createLog, publicId, sha256 } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { ordersOf } from '../order/latest.ts';
import { type ComplianceTest, complianceTest, operator } from '../test/compliance.ts';
import { listener, webhookApplication } from '../test/listener.ts';
import { Site } from '../test/site.ts';
import type { IssuedKind } from './credentials.ts';

const application = await listener();
const roots: string[] = [];
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

/** Presses the button of the application's page, and reads the secret from the page that follows. */
function issuer(compliance: ComplianceTest, id: string) {
  const site = new Site(compliance, createLog('silent'));
  const page = `/applications/${publicId('app', id)}/channel`;
  return {
    site,
    page,
    press: async (kind: IssuedKind): Promise<string> => {
      expect((await site.send(page, { kind }, `${page}/credentials`)).status).toBe(303);
      return /(whsec_|whpk_|socleapp_)[A-Za-z0-9+/=_-]+/.exec((await site.get(page)).html)?.[0] ?? '';
    },
  };
}

const shown = (html: string): readonly string[] =>
  [...html.matchAll(/<input type="hidden" name="kind" value="(\w+)"/g)].map(([, kind]) => kind ?? '');

const signed = (secret: string, content: string | Buffer): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(content)
    .digest('base64')}`;

const at = '2026-11-23T09:30:00Z';

test('a webhook order in flight: handed over again after a rotation, it verifies by the old secret and by the new one', async () => {
  const compliance = await complianceTest();
  const id = await webhookApplication(compliance, 'loyalty', application.url);
  const { press, site, page } = issuer(compliance, id);
  const old = await press('hmac');
  application.answers(503);
  const request = await compliance.open({ identities: [{ kind: 'email', value: 'zoe@example.org' }] });
  await compliance.settle(0);
  const fresh = await press('hmac');
  expect(fresh).not.toBe(old);
  expect((await site.get(page)).html).not.toContain(fresh);
  application.answers(200);
  await compliance.settle(2);
  const last = application.got.at(-1);
  const content = `${last?.headers['webhook-id']}.${last?.headers['webhook-timestamp']}.${last?.body}`;
  const signatures = String(last?.headers['webhook-signature']).split(' ');
  expect(signatures).toContain(signed(old, content));
  expect(signatures).toContain(signed(fresh, content));
  const order = (await ordersOf(compliance.scope.db, request)).find(({ channel }) => channel === 'webhook');
  expect(order).toMatchObject({ state: 'received', generation: 1 });
  compliance.store.clock.advance({ days: 8 });
  await compliance.open({ identities: [{ kind: 'email', value: 'later@example.org' }] });
  await compliance.settle(0);
  const after = application.got.at(-1);
  const next = `${after?.headers['webhook-id']}.${after?.headers['webhook-timestamp']}.${after?.body}`;
  expect(String(after?.headers['webhook-signature'])).toContain(signed(fresh, next));
  expect(String(after?.headers['webhook-signature'])).not.toContain(signed(old, next));
});

test('an order pulled by the old key is answered by either key, and each rotation is in the journal without a secret', async () => {
  const compliance = await complianceTest();
  const { scope } = compliance;
  const id = await compliance.pullApplication('crm');
  const { press, site } = issuer(compliance, id);
  const old = await press('key');
  await compliance.open({ identities: [{ kind: 'email', value: 'zoe@example.org' }] });
  await compliance.settle(0);
  const { json } = await site.asApplication(old).api('GET', '/orders');
  const [item] = JSON.parse(JSON.stringify(json.items));
  const fresh = await press('key');
  const digest = `sha256:${sha256(canonicalJson(item)).toString('hex')}`;
  const outcome = { order: item.id, digest, outcome: 'executed', at, default: 'executed' };
  expect((await site.asApplication(old).api('POST', `/orders/${item.id}/receipt`)).status).toBe(200);
  expect((await site.asApplication(fresh).api('POST', `/orders/${item.id}/outcome`, outcome)).status).toBe(200);
  await sequence(scope);
  const entries = (await readEntries(scope, { limit: 500 })).map(({ body }) => body);
  expect(entries.filter(({ kind }) => kind === 'application.credential_issued')).toHaveLength(2);
  for (const secret of [old, fresh]) expect(JSON.stringify(entries)).not.toContain(secret.slice(-20));
});

test('files: an order left under the old secret is answered under either, and under none once it is revoked', async () => {
  const compliance = await complianceTest();
  const { scope, model, engine } = compliance;
  const root = engine.dropFolders[0] ?? '';
  roots.push(root);
  await mkdir(root);
  const folder = join(root, 'office');
  const connection = { name: 'office', channel: 'file', url: folder, identities: [], map: null } as const;
  const id = await addApplication(scope, operator, { model, asker: systemAsker }, connection);
  const { press, site, page } = issuer(compliance, id);
  expect(shown((await site.get(page)).html)).toEqual(expect.arrayContaining(['hmac', 'ed25519', 'key']));
  const old = await press('hmac');
  const requests: string[] = [];
  for (const name of ['one', 'two']) {
    requests.push(await compliance.open({ identities: [{ kind: 'email', value: `${name}@example.org` }] }));
  }
  await compliance.settle(0);
  const orderOf = async (request: string | undefined) =>
    (await ordersOf(scope.db, request ?? '')).find(({ channel }) => channel === 'file');
  const fresh = await press('hmac');
  const answer = async (place: number, secret: string) => {
    const order = await orderOf(requests[place]);
    const name = publicId('ord', order?.id ?? '');
    const left = await readFile(join(folder, 'orders', `${name}.ndjson`));
    expect(await readFile(join(folder, 'orders', `${name}.ndjson.sig`), 'utf8')).toContain(signed(old, left));
    const digest = `sha256:${order?.digest?.toString('hex')}`;
    const line = `${JSON.stringify({ order: name, digest, outcome: 'executed', at })}\n`;
    await writeFile(join(folder, 'answers', `${place}.ndjson.sig`), signed(secret, line));
    await writeFile(join(folder, 'answers', `${place}.ndjson`), line);
    compliance.store.clock.advance({ minutes: 6 });
    await compliance.settle(0);
    return (await orderOf(requests[place]))?.state;
  };
  expect(await answer(0, old)).toBe('executed');
  const { html } = await site.get(page);
  const [revoke = ''] = [...html.matchAll(/href="([^"]+\/revoke)"/g)].map(([, href]) => href).slice(-1);
  expect((await site.send(revoke, {})).status).toBe(303);
  expect(await answer(1, old)).toBe('sent');
  expect(await answer(1, fresh)).toBe('executed');
});
