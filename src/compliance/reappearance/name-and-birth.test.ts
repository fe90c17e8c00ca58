import { expect, test } from 'vitest';
import { createLog } from '../../kernel/index.ts';
import { limitsOf, setLimits } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { ordersOf } from '../order/latest.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

/** An old application knows people by their name and birth date only: it too can be heard, and sent its orders again. */
const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const office = await compliance.pullApplication('back office');
const key = await write(scope, operator, async (writing) => {
  const limits = await limitsOf(writing.tx, office);
  await setLimits(writing, office, { ...limits, identityKinds: ['last_name', 'first_name', 'birth_date'] });
  return (await issueCredential(writing, office, 'key')).shown;
});
const application = site.asApplication(key);
const before = store.clock.now().toISOString();
const claire = { kind: 'name_and_birth_date', value: 'Dupont|Claire|1971-03-09' };
const check = (identities: readonly object[]) => application.api('POST', '/suppressions/check', { identities });

async function sayDone(): Promise<string> {
  const { json } = await application.api('GET', '/orders');
  const row = await scope.db
    .selectFrom('compliance.application_order')
    .select('body_digest')
    .where('state', 'in', ['sent', 'received'])
    .executeTakeFirstOrThrow();
  const [{ data }] = json.items as readonly [{ readonly data: { readonly order: string } }];
  const answer = {
    order: data.order,
    digest: `sha256:${row.body_digest?.toString('hex')}`,
    outcome: 'executed',
    at: store.clock.now().toISOString(),
    default: 'executed',
  };
  expect((await application.api('POST', `/orders/${data.order}/outcome`, answer)).status).toBe(200);
  return JSON.stringify(json.items);
}

test('erased there, a person must not come back, even before Socle has forgotten them', async () => {
  const id = await compliance.open({
    identities: [
      { kind: 'email', value: 'claire.dupont@example.org' },
      { kind: 'last_name', value: 'Dupont' },
      { kind: 'first_name', value: 'Claire' },
      { kind: 'birth_date', value: '1971-03-09' },
    ],
  });
  await compliance.settle(1);
  expect((await check([claire])).json).toMatchObject({ recognised: [] });
  store.clock.advance({ minutes: 1 });
  await sayDone();
  expect((await check([claire])).json).toMatchObject({ recognised: [{ place: 0, reason: 'erased' }], reopened: 0 });
  await compliance.settle(1);
  expect((await readRequestRow(scope.db, id)).state).toBe('closed');
  expect((await check([claire])).json).toMatchObject({ recognised: [{ place: 0, reason: 'forgotten' }], reopened: 0 });
});

test('a name, or a birth date, recognises nobody', async () => {
  const alone = [
    { kind: 'last_name', value: 'Dupont', heldSince: before },
    { kind: 'birth_date', value: '1971-03-09', heldSince: before },
    { kind: 'name_and_birth_date', value: 'Dupont|Claire', heldSince: before },
    { kind: 'name_and_birth_date', value: 'Dupont|Clara|1971-03-09', heldSince: before },
  ];
  expect((await check(alone)).json).toMatchObject({ recognised: [], unusable: [0, 1, 2], reopened: 0 });
});

test('still held since before, the person contradicts what it said, and is named again from the ledger', async () => {
  expect((await check([{ ...claire, heldSince: before }])).json).toMatchObject({ reopened: 1 });
  expect(await sayDone()).toMatch(/"last_name","value":"DUPONT"/);
  const { id } = await scope.db.selectFrom('compliance.request').select('id').executeTakeFirstOrThrow();
  const orders = (await ordersOf(scope.db, id)).filter((order) => order.application === 'back office');
  expect(orders.map((order) => [order.generation, order.state])).toEqual([
    [1, 'contradicted'],
    [2, 'executed'],
  ]);
});
