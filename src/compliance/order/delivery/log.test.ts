import { expect, test } from 'vitest';
import { complianceTest } from '../../test/compliance.ts';
import { listener, webhookApplication } from '../../test/listener.ts';
import { ordersOf } from '../latest.ts';
import { deliveriesKeptMs, deliverySweep, forgetDeliveries } from './log.ts';

const application = await listener();
const compliance = await complianceTest();
const { scope, store, open, settle } = compliance;
const loyalty = await webhookApplication(compliance, 'loyalty', application.url);

const attempts = async (): Promise<readonly string[]> => {
  const rows = await scope.db.selectFrom('compliance.delivery').select('order_id').orderBy('id').execute();
  return rows.map((row) => row.order_id);
};

/** An order of ours with so many attempts, so long ago. */
async function attempted(name: string, many: number, agoMs: number, state: 'executed' | 'received'): Promise<string> {
  const request = await open({ identities: [{ kind: 'email', value: `${name}@example.org` }] });
  await settle(0);
  const order = (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'webhook')?.id ?? '';
  await store.asOwner('delete from compliance.delivery where order_id = $1', [order]);
  await store.asOwner(
    `insert into compliance.delivery (org, id, order_id, application_id, digest, at, latency_ms, result)
       select $1, gen_random_uuid(), $2, $3, '\\x00', $4, 5, 'received' from generate_series(1, $5)`,
    [scope.org, order, loyalty, new Date(store.clock.now().getTime() - agoMs), many],
  );
  await store.asOwner('update compliance.application_order set state = $2 where id = $1', [order, state]);
  return order;
}

test('attempts are forgotten after their time, but those of an order that is still awaited', async () => {
  const day = 86_400_000;
  await attempted('old', 3, deliveriesKeptMs + day, 'executed');
  const awaited = await attempted('awaited', 2, deliveriesKeptMs + day, 'received');
  const recent = await attempted('recent', 2, deliveriesKeptMs - day, 'executed');
  await deliverySweep.run(store.store);
  expect([...(await attempts())].sort()).toEqual([awaited, awaited, recent, recent].sort());
});

test('they are forgotten a few at a time', async () => {
  await attempted('many', 5, deliveriesKeptMs + 86_400_000, 'executed');
  const before = new Date(store.clock.now().getTime() - deliveriesKeptMs);
  const gone = [];
  for (let left = 1; left > 0; ) {
    left = await forgetDeliveries(store.store, before, 2);
    gone.push(left);
  }
  expect(gone).toEqual([2, 2, 1, 0]);
});
