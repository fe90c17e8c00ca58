import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { systemAsker, updateObject } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { ordersOf } from '../order/latest.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const newsletter = await compliance.pullApplication('newsletter');
const { shown: key } = await write(scope, operator, (writing) => issueCredential(writing, newsletter, 'key'));
const application = site.asApplication(key);
await write(scope, operator, (writing) =>
  updateObject(writing, { model: compliance.model, asker: systemAsker }, 'application', newsletter, {
    version: null,
    values: { owner_email: 'owner@enseigne.example' },
  }),
);
const email = { kind: 'email', value: 'Claire.Dupont@example.org' };
const before = store.clock.now().toISOString();

interface Given {
  readonly id: string;
  readonly data: { readonly order: string };
}

/** The application comes for its orders and says that all is done. */
async function sayDone(): Promise<number> {
  const { json } = await application.api('GET', '/orders');
  const items = json.items as readonly Given[];
  for (const { data } of items) {
    const row = await scope.db
      .selectFrom('compliance.application_order')
      .select('body_digest')
      .where('state', 'in', ['sent', 'received'])
      .executeTakeFirstOrThrow();
    const answer = {
      order: data.order,
      digest: `sha256:${row.body_digest?.toString('hex')}`,
      outcome: 'executed',
      at: store.clock.now().toISOString(),
      default: 'executed',
    };
    expect((await application.api('POST', `/orders/${data.order}/outcome`, answer)).status).toBe(200);
  }
  return items.length;
}

const check = (identities: readonly object[]) => application.api('POST', '/suppressions/check', { identities });

test('nobody is recognised before anybody was forgotten', async () => {
  expect(await check([email])).toMatchObject({ status: 200, json: { recognised: [], reopened: 0 } });
});

test('a forgotten person is recognised in any case of their address; what the application holds since is left alone', async () => {
  const id = await compliance.open();
  await compliance.settle(1);
  store.clock.advance({ minutes: 1 });
  expect(await sayDone()).toBe(1);
  await compliance.settle(1);
  expect((await readRequestRow(scope.db, id)).state).toBe('closed');
  const other = { kind: 'email', value: 'nobody@example.org' };
  expect((await check([other, email])).json).toMatchObject({ recognised: [{ place: 1 }], reopened: 0 });
  const after = { ...email, heldSince: store.clock.now().toISOString() };
  expect((await check([after])).json).toMatchObject({ recognised: [{ place: 0 }], reopened: 0 });
  expect((await check([{ kind: 'email', value: 'not an address' }])).json).toMatchObject({ unusable: [0] });
  const [order] = await ordersOf(scope.db, id);
  expect(order?.state).toBe('executed');
});

test('its owner is told how many came back, and not who', async () => {
  const messages = await scope.db.selectFrom('access.outbox_message').selectAll().execute();
  const told = messages.filter(({ kind }) => kind === 'suppression.recognised');
  expect(told.map(({ subject }) => subject)).toEqual([publicId('app', newsletter), publicId('app', newsletter)]);
  expect(JSON.stringify(told)).not.toMatch(/claire|dupont/i);
});

test('what it held all along contradicts it: its order goes on under generation 2, to the person in the ledger', async () => {
  const held = await check([{ ...email, heldSince: before }]);
  expect(held.json).toMatchObject({ recognised: [{ place: 0 }], reopened: 1 });
  const id = (await scope.db.selectFrom('compliance.request').select('id').executeTakeFirstOrThrow()).id;
  const orders = (await ordersOf(scope.db, id)).filter((order) => order.application === 'newsletter');
  expect(orders.map((order) => [order.generation, order.state])).toEqual([
    [1, 'contradicted'],
    [2, 'planned'],
  ]);
  expect(JSON.stringify((await application.api('GET', '/orders')).json)).toContain('claire.dupont@example.org');
  // The same word again, while the order is in its hands, contradicts nothing more.
  expect((await check([{ ...email, heldSince: before }])).json).toMatchObject({ reopened: 0 });
});

test('only an application asks, and not without end', async () => {
  expect((await site.api('POST', '/suppressions/check', { identities: [email] })).status).toBe(403);
  let status = 200;
  for (let asked = 0; status === 200 && asked < 300; asked += 1) status = (await check([email])).status;
  expect(status).toBe(429);
  store.clock.advance({ hours: 2 });
  expect((await check([email])).status).toBe(200);
});
