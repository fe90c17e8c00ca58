import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { ordersOf } from '../order/latest.ts';
import { claire, complianceTest, shopSchema } from '../test/compliance.ts';
import { readRequestRow } from './row.ts';
import { readSteps } from './steps.ts';

const compliance = await complianceTest();
const { scope } = compliance;
const shop = await compliance.application('shop', shopSchema);

test('one erasure runs from intake to closing, through a real database, and says only what is true', async () => {
  const id = await compliance.open({ identities: claire });
  await compliance.settle(2);
  const request = await readRequestRow(scope.db, id);
  const steps = await readSteps(scope.db, id, null);
  expect(steps.map((step) => step.kind)).toEqual([
    'opened',
    'qualified',
    'identity_established',
    'planned',
    'started',
    'order_sent',
    'order_executed',
    'order_verified',
    'answered',
    'order_sent',
    'order_executed',
    'order_verified',
    'verified',
    'closed',
  ]);
  expect(request).toMatchObject({ state: 'closed', answer_kind: 'complete', contact: null });
  const orders = await ordersOf(scope.db, id);
  expect(orders.map((order) => [order.application, order.state, order.generation])).toEqual([
    ['shop', 'verified', 1],
    ['Socle', 'verified', 1],
  ]);
  const rows = await asAdmin<{ email: string }>('select * from customer order by id', [], shop.database);
  expect(JSON.stringify(rows[0])).not.toMatch(/claire|dupont|601020304/i);
  expect(rows[1]).toMatchObject({ email: 'paul.martin@example.org' });
  const kept = await asAdmin('select total, delivery_address from orders order by id', [], shop.database);
  expect(kept).toMatchObject([
    { total: '42.50' },
    { total: '10.00' },
    { total: '7.00', delivery_address: '8 quai Sud' },
  ]);
});

test('a person who is nowhere ends not found everywhere, said as such', async () => {
  const id = await compliance.open({ identities: [{ kind: 'email', value: 'nobody@example.org' }] });
  await compliance.settle(2);
  const request = await readRequestRow(scope.db, id);
  expect(request).toMatchObject({ state: 'closed', answer_kind: 'not_found' });
  const orders = await ordersOf(scope.db, id);
  expect(orders.map((order) => [order.application, order.state])).toEqual([
    ['shop', 'not_found'],
    ['Socle', 'not_found'],
  ]);
});

test('an address that no mail server takes is erased and answered all the same', async () => {
  await asAdmin(
    "insert into customer values (9, 'O''Brien%50@Example.org', 'Sean', 'O''Brien', null)",
    [],
    shop.database,
  );
  const id = await compliance.open({ identities: [{ kind: 'email', value: "o'brien%50@example.ORG" }] });
  await compliance.settle(2);
  expect(await readRequestRow(scope.db, id)).toMatchObject({ state: 'closed', answer_kind: 'complete' });
  const rows = await asAdmin('select * from customer where id = 9', [], shop.database);
  expect(JSON.stringify(rows)).not.toMatch(/brien|sean/i);
});
