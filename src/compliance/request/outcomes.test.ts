import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { ordersOf } from '../order/latest.ts';
import { complianceTest } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const applications = 30;
for (let number = 10; number < 10 + applications; number += 1) await compliance.pullApplication(`app ${number}`);
const id = await compliance.open();
await compliance.settle(0);
const page = `/requests/${publicId('req', id)}`;

const set = (state: string, names: readonly number[]) =>
  store.asOwner(
    `update compliance.application_order set state = $2, ended_at = now(), outcome = nullif($2, 'planned'), next_at = null
      where campaign_id = $1 and application_name = any($3)`,
    [id, state, names.map((number) => `app ${number}`)],
  );
const stateOf = async (name: string) =>
  (await ordersOf(scope.db, id)).find((order) => order.application === name)?.state;

test('applications of which the same is true share a line; what waits for somebody comes first', async () => {
  await set('not_found', [10, 11, 12, 13, 14]);
  await set('failed', [20, 21, 22, 23]);
  await set('refused', [30]);
  const { html } = await site.get(page);
  const lines = [...html.matchAll(/<li id="order-[^"]+".*?<strong>(.*?)<\/strong>/gs)].map(([, name]) => name);
  expect(lines).toEqual([
    'app 20, app 21 et 2 autres',
    'app 30',
    'app 10, app 11 et 3 autres',
    'app 15, app 16 et 18 autres',
    'Socle',
  ]);
  expect(html).toContain('id="summary"');
  expect(html).not.toContain('id="picture-vessels"');
});

test('those that failed alike are taken up again by one button, and one that moved meanwhile is left as it is', async () => {
  const { html } = await site.get(page);
  const [, action = '', also = ''] =
    /action="(\/orders\/ord_\w+\/mend)".*?name="also" value="([^"]+)"/s.exec(html) ?? [];
  expect(also.split(',')).toHaveLength(3);
  await set('executed', [23]);
  const sent = await site.send(page, { how: 'retry', also }, action);
  expect(sent.status).toBe(303);
  expect(await stateOf('app 20')).not.toBe('failed');
  expect(await stateOf('app 22')).not.toBe('failed');
  expect(await stateOf('app 23')).toBe('executed');
  expect((await site.get(page)).html).toContain('3 ordres sont relancés');
  const again = await site.send(page, { how: 'retry', also }, action);
  expect(again.status).toBe(409);
});

test('an order of another request, or of another perimeter, is not mended along', async () => {
  const [order] = await ordersOf(scope.db, id);
  const action = `/orders/${publicId('ord', order?.id ?? '')}/mend`;
  const stranger = publicId('ord', '0192f000-0000-7000-8000-00000000abcd');
  expect((await site.send(page, { how: 'retry', also: stranger }, action)).status).toBe(404);
});

test('every order with its dates is a table of its own, 25 at a time', async () => {
  const first = (await site.get(`${page}/orders`)).html;
  expect(first).toContain('1 à 25 sur 31');
  expect(first.match(/<tr/g)).toHaveLength(26);
  expect(first).toContain('app 30');
  const rest = (await site.get(`${page}/orders?from=25`)).html;
  expect(rest).toContain('26 à 31 sur 31');
  expect(rest.match(/<tr/g)).toHaveLength(7);
  expect((await site.get(`${page}/orders?from=-1`)).status).toBe(400);
  expect((await site.get(`${page}/orders?from=9999`)).status).toBe(200);
  expect((await site.as({ roles: ['member'] }).get(`${page}/orders`)).status).toBe(403);
  site.as({ roles: ['dpo'] });
});
