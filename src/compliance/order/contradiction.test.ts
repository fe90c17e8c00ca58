import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { readEntries, sequence } from '../../journal/index.ts';
import { publicId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { ordersOf } from './latest.ts';
import { declareRestoration } from './restoration.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const shop = await compliance.application('shop', shopSchema);

const restore = () =>
  asAdmin(
    "update customer set email = 'claire.dupont@example.org', last_name = 'Dupont' where id = 1",
    [],
    shop.database,
  );

test('an application that brings the person back is contradicted, and its order goes on under generation 2 from the ledger', async () => {
  const id = await compliance.open();
  await compliance.settle(1);
  expect((await readRequestRow(scope.db, id)).state).toBe('closed');
  await restore();
  store.clock.advance({ days: 8 });
  await compliance.settle(1);
  const orders = (await ordersOf(scope.db, id)).filter((order) => order.application === 'shop');
  expect(orders.map((order) => [order.generation, order.state])).toEqual([
    [1, 'contradicted'],
    [2, 'verified'],
  ]);
  expect(orders[1]?.key).toMatch(/^req_[0-9A-Z]{26}\/shop\/erase\/2$/);
  const rows = await asAdmin('select email, last_name from customer where id = 1', [], shop.database);
  expect(JSON.stringify(rows)).not.toMatch(/claire|dupont/i);
  await sequence(scope);
  const kinds = (await readEntries(scope, { subjects: [publicId('req', id)] })).map(({ body }) => body.kind);
  expect(kinds).toContain('order.contradicted');
  expect(kinds.filter((kind) => kind === 'order.reissued')).toHaveLength(1);
});

test('contradicted again, it is raised and not sent by itself a third time', async () => {
  const [latest] = await scope.db
    .selectFrom('compliance.application_order')
    .select('campaign_id')
    .where('generation', '=', 2)
    .execute();
  await restore();
  store.clock.advance({ days: 8 });
  await compliance.settle(1);
  const orders = (await ordersOf(scope.db, latest?.campaign_id ?? '')).filter((order) => order.application === 'shop');
  expect(orders.map((order) => order.state)).toEqual(['contradicted', 'contradicted']);
});

test('a declared restoration sends the orders since that date again, and only those', async () => {
  const before = store.clock.now();
  store.clock.advance({ hours: 1 });
  const id = await compliance.open({ identities: [{ kind: 'email', value: 'paul.martin@example.org' }] });
  await compliance.settle(1);
  await asAdmin(
    "update customer set email = 'paul.martin@example.org', first_name = 'Paul' where id = 2",
    [],
    shop.database,
  );
  const restored = await write(scope, operator, (writing) => declareRestoration(writing, shop.id, before));
  expect(restored).toMatchObject({ orders: 1, unsendable: 0 });
  await compliance.settle(1);
  const orders = (await ordersOf(scope.db, id)).filter((order) => order.application === 'shop');
  expect(orders.map((order) => [order.generation, order.state])).toEqual([
    [1, 'verified'],
    [2, 'verified'],
  ]);
  const [paul] = await asAdmin('select email, first_name from customer where id = 2', [], shop.database);
  expect(JSON.stringify(paul)).not.toMatch(/paul|martin/i);
});

test('the ledger is destroyed at the end of the longest backup horizon', async () => {
  const kept = async () => scope.db.selectFrom('compliance.reissue_ledger').select('id').execute();
  expect((await kept()).length).toBeGreaterThan(0);
  store.clock.advance({ days: 60 });
  await compliance.settle(1);
  expect(await kept()).toEqual([]);
});
