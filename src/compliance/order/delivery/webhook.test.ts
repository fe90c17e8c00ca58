import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newId, publicId, seal, sha256 } from '../../../kernel/index.ts';
import { systemAsker } from '../../../objects/index.ts';
import { addApplication } from '../../../repository/index.ts';
import { sealContext } from '../../application/signing.ts';
import { complianceTest, operator } from '../../test/compliance.ts';
import { ordersOf } from '../latest.ts';

/** An application that listens: what it got, and what it answers. */
const got: { headers: IncomingMessage['headers']; body: Buffer }[] = [];
let answer: () => number = () => 200;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answer()).end();
  });
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
afterAll(() => void server.close());
const { port } = server.address() as AddressInfo;

const compliance = await complianceTest();
const { scope, model } = compliance;
const loyalty = await addApplication(
  scope,
  operator,
  { model, asker: systemAsker },
  { name: 'loyalty', channel: 'webhook', url: `http://127.0.0.1:${port}/orders`, identities: [], map: null },
);
const id = newId();
await scope.db
  .insertInto('compliance.application_credential')
  .values({
    id,
    application_id: loyalty,
    kind: 'hmac',
    sealed: seal(scope.keys.applications, Buffer.alloc(32, 1), sealContext(id)),
    hint: 'whsec_',
    created_at: scope.clock.now(),
    created_by: 'test',
  })
  .execute();

beforeEach(() => {
  got.length = 0;
  answer = () => 200;
});

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
  expect(got[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  expect(sha256(got[0]?.body ?? '').toString('hex')).toBe(view?.digest?.toString('hex'));
});

test('an application that is down gets its order when it is back, the very same', async () => {
  answer = () => (got.length < 3 ? 503 : 204);
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
