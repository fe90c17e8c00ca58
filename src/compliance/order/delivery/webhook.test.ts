import { createHmac, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { open, publicId, sha256 } from '../../../kernel/index.ts';
import { sealContext } from '../../application/signing.ts';
import { complianceTest } from '../../test/compliance.ts';
import { listener, webhookApplication } from '../../test/listener.ts';
import { ordersOf } from '../latest.ts';

const application = await listener();
const { got } = application;
const compliance = await complianceTest();
const { scope } = compliance;
const loyalty = await webhookApplication(compliance, 'loyalty', application.url);

async function order(request: string) {
  return (await ordersOf(scope.db, request)).find((each) => each.channel === 'webhook');
}

test('an order is posted, signed, and a 2xx is its receipt', async () => {
  const request = await compliance.open();
  await compliance.settle(0);
  const view = await order(request);
  expect(view).toMatchObject({ state: 'received' });
  expect(got).toHaveLength(1);
  expect(got[0]?.headers).toMatchObject({ 'webhook-id': publicId('ord', view?.id ?? '') });
  expect(sha256(got[0]?.body ?? '').toString('hex')).toBe(view?.digest?.toString('hex'));
});

test('an application that is down gets its order when it is back, the very same', async () => {
  application.answer = (response) => void response.writeHead(got.length < 3 ? 503 : 204).end();
  const request = await compliance.open({ identities: [{ kind: 'email', value: 'paul.martin@example.org' }] });
  await compliance.settle(4);
  expect(await order(request)).toMatchObject({ state: 'received', tries: 2 });
  const attempts = await scope.db.selectFrom('compliance.delivery').select('result').orderBy('id').execute();
  expect(attempts.map((each) => each.result)).toEqual(['received', 'unreached', 'unreached', 'received']);
  expect(new Set(got.map(({ body }) => body.toString())).size).toBe(1);
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test.each(['sending', 'sent', 'executed', 'recorded'] as const)(
  'a crash at “%s” hands the order over again at worst, and ends in one receipt',
  async (step) => {
    compliance.crashAt(step);
    const request = await compliance.open({ identities: [{ kind: 'email', value: `${step}@example.org` }] });
    await compliance.settle(3);
    const view = await order(request);
    expect(view).toMatchObject({ state: 'received', generation: 1 });
    const receipts = await scope.db
      .selectFrom('compliance.order_answer')
      .select('id')
      .where('order_id', '=', view?.id ?? '')
      .execute();
    expect(receipts).toHaveLength(1);
    expect(new Set(got.map(({ body }) => body.toString())).size).toBe(1);
  },
);

test('the signatures are those of Standard Webhooks, with the secret and with the key pair', async () => {
  await compliance.open({ identities: [{ kind: 'email', value: 'signed@example.org' }] });
  await compliance.settle(0);
  const headers = got[0]?.headers ?? {};
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${got[0]?.body}`;
  const signatures = String(headers['webhook-signature']).split(' ');
  const rows = await scope.db
    .selectFrom('compliance.application_credential')
    .select(['id', 'kind', 'sealed', 'public_key'])
    .where('application_id', '=', loyalty)
    .execute();
  const hmac = rows.find(({ kind }) => kind === 'hmac');
  const secret = open(scope.keys.applications, hmac?.sealed ?? Buffer.alloc(0), sealContext(hmac?.id ?? ''));
  expect(signatures).toContain(`v1,${createHmac('sha256', secret).update(content).digest('base64')}`);
  const x = rows.find(({ kind }) => kind === 'ed25519')?.public_key?.toString('base64url') ?? '';
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const v1a = signatures.find((each) => each.startsWith('v1a,'))?.slice(4) ?? '';
  expect(verify(null, Buffer.from(content), key, Buffer.from(v1a, 'base64'))).toBe(true);
  const now = scope.clock.now().getTime() / 1000;
  expect(Math.abs(now - Number(headers['webhook-timestamp']))).toBeLessThan(3600);
});
