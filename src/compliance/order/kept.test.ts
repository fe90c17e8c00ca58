import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { harvest, reconnectApplication } from '../../repository/index.ts';
import { draftAnswer } from '../request/letter.ts';
import { freezePlan, startRequest } from '../request/plan.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { ordersOf } from './latest.ts';

const { scope, engine, application, open, settle } = await complianceTest();
const map = `
fields:
  orders.delivery_address: { keep: "C. com. L123-22" }
`;

test('what an erasure could not take away beside the rows is told on the page of its request', async () => {
  const other = await complianceTest();
  // Refreshed after the erasure, it divides by the number of those who still have a first name.
  await other.application(
    'shop',
    `${shopSchema}; delete from orders where customer_id = 2; delete from customer where id = 2;
     create materialized view named as select 1 / count(first_name) as one from customer`,
  );
  const request = await other.open();
  await other.settle(1);
  const order = (await ordersOf(other.scope.db, request)).find(({ channel }) => channel === 'sql');
  expect(order).toMatchObject({ state: 'verified' });
  expect(order?.notices).toMatchObject([{ en: expect.stringContaining('could not be refreshed') }]);
  const { html } = await new Site(other, createLog('silent')).get(`/requests/${publicId('req', request)}`);
  expect(html).toContain('n’a pas pu être rafraîchie');
});

test('what a map keeps is told: in the order, and to the person as a partial answer with its reason', async () => {
  const shop = await application('shop', shopSchema);
  await reconnectApplication(scope, operator, shop.id, { channel: 'sql', url: null, identities: [], map });
  await harvest(scope, operator, shop.id);
  const request = await open({ answer: 'manual' });
  await freezePlan(engine, scope, operator, request);
  await startRequest(engine, scope, operator, request);
  await settle(2);
  const [order] = await ordersOf(scope.db, request);
  expect(order).toMatchObject({
    state: 'verified',
    kept: [{ table: 'public.orders', columns: ['delivery_address'], reason: 'C. com. L123-22', rows: 2 }],
  });
  const draft = await draftAnswer(engine, scope, await readRequestRow(scope.db, request));
  expect(draft?.answer.kind).toBe('partial');
  expect(draft?.answer.isFinal).toBe(true);
  expect(JSON.stringify(draft?.letter)).toContain('C. com. L123-22');
});
