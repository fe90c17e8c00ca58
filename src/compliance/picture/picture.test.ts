import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { createLog, publicId } from '../../kernel/index.ts';
import type { OrderState } from '../order/states.ts';
import { viewRequest } from '../request/view.ts';
import { complianceTest, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { momentsOf, standingsAt } from './history.ts';
import { sentenceOf } from './sentence.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const shop = await compliance.application('shop', shopSchema);
const site = new Site(compliance, createLog('silent'));

const momentsOfRequest = async (id: string) => {
  const view = await viewRequest(scope, id);
  return { view, moments: momentsOf(view.orders, view.steps) };
};

async function contradicted(): Promise<string> {
  const id = await compliance.open();
  await compliance.settle(1);
  await asAdmin("update customer set email = 'claire.dupont@example.org' where id = 1", [], shop.database);
  store.clock.advance({ days: 8 });
  await compliance.settle(1);
  return id;
}

test('every state is seen again in its time, the contradiction and the next order with it', async () => {
  const id = await contradicted();
  const { view, moments } = await momentsOfRequest(id);
  const ofShop = moments
    .flatMap(({ changes }) => changes)
    .filter(({ order }) => order.application === 'shop')
    .map(({ order, state }) => `${order.generation} ${state}`);
  expect(ofShop).toContain('1 verified');
  expect(ofShop.indexOf('1 contradicted')).toBeGreaterThan(ofShop.indexOf('1 verified'));
  expect(ofShop.at(-1)).toBe('2 verified');
  const now = standingsAt(moments, null);
  expect(now.map(({ order, state }) => [order.application, state])).toEqual([
    ['shop', 'verified'],
    ['Socle', 'verified'],
  ]);
  for (const { order, state } of now) expect(view.orders.find(({ id }) => id === order.id)?.state).toBe(state);
  const first = standingsAt(moments, 1).find(({ order }) => order.application === 'shop');
  expect(first).toMatchObject({ wasContradicted: false, order: { generation: 1 }, state: 'verified' });
});

test('between a contradiction and the next answer, the application is told to have said so wrongly', () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 8, minutes));
  const { order } = standing('Fidélité', 'contradicted', false);
  const one = { ...order, sentAt: at(1), receivedAt: at(2), endedAt: at(3), verifiedAt: at(4), outcome: 'executed' };
  const two = { ...order, id: '0192f000-0000-7000-8000-0000000000ff', generation: 2, state: 'sent' as const };
  const moments = momentsOf([one, { ...two, plannedAt: at(4), sentAt: at(6) }], []);
  const told = moments.map((_, place) => standingsAt(moments, place + 1).map((one) => one.state));
  expect(told).toEqual([['planned'], ['sent'], ['received'], ['executed'], ['planned'], ['sent']]);
  expect(moments[4]?.changes.map(({ state }) => state)).toEqual(['contradicted', 'planned']);
  expect(sentenceOf(standingsAt(moments, 5)).fr).toContain('« Fidélité » disait à tort avoir effacé');
});

test('the page shows now, and any of its moments without script', async () => {
  const [row] = await scope.db.selectFrom('compliance.request').select('id').execute();
  const href = `/requests/${publicId('req', row?.id ?? '')}/picture`;
  const now = await site.get(href);
  expect(now.status).toBe(200);
  expect(now.html).toContain('id="picture"');
  expect(now.html).toContain('L’application a effacé, et Socle l’a vérifié.');
  const first = await site.get(`${href}?at=1`);
  expect(first.html).toContain('id="picture-then"');
  expect(first.html).toContain('Moment 1 sur 3');
  expect(first.html).not.toContain('ordre nᵒ 2');
  expect(now.html).toContain('Vérifié (ordre nᵒ 2)');
  expect(first.html).not.toContain('id="picture"');
  expect((await site.get(`${href}?at=9999`)).status).toBe(200);
  expect((await site.get(`${href}?at=zero`)).status).toBe(400);
  expect((await site.as({ roles: ['member'] }).get(href)).status).toBe(403);
});

test('a stranger to the trade reads in one sentence what happened', () => {
  const tell = (...states: readonly (readonly [string, OrderState, boolean?])[]) =>
    sentenceOf(states.map(([name, state, was]) => standing(name, state, was === true)));
  expect(tell(['A', 'verified'], ['B', 'verified'], ['C', 'executed'], ['D', 'contradicted']).fr).toBe(
    '3 applications sur 4 ont effacé, dont 2 que Socle a vérifiées. « D » disait avoir effacé, mais la personne y est encore visible.',
  );
  expect(tell(['A', 'verified'], ['D', 'sent', true]).en).toBe(
    '1 of 2 applications has erased, and Socle checked it. “D” wrongly said it had erased: the order was sent again.',
  );
  expect(tell(['A', 'sent'], ['B', 'planned'], ['C', 'received']).fr).toBe(
    'Aucune des 3 applications n’a encore effacé. 3 n’ont pas encore répondu.',
  );
  expect(tell(['A', 'executed'], ['B', 'refused'], ['C', 'not_found']).fr).toBe(
    '1 application sur 3 a effacé, dit-elle. « B » refuse et dit pourquoi. « C » ne connaissait pas la personne.',
  );
  expect(sentenceOf([]).fr).toBe('Aucune application n’a encore reçu d’ordre.');
});

let made = 0;
function standing(application: string, state: OrderState, wasContradicted: boolean) {
  made += 1;
  const at = new Date('2026-03-02T08:00:00Z');
  const order = {
    id: `0192f000-0000-7000-8000-00000000000${made % 10}`,
    applicationId: application,
    application,
    channel: 'pull',
    key: '',
    generation: wasContradicted ? 2 : 1,
    batch: 1,
    state,
    outcome: null,
    reason: null,
    counts: {},
    kept: [],
    notices: [],
    problem: null,
    tries: 0,
    plannedAt: at,
    sentAt: null,
    dueAt: null,
    receivedAt: null,
    endedAt: null,
    verifiedAt: null,
    nextAt: null,
    digest: null,
    isLatest: true,
    left: [],
    checks: [],
  };
  return { order, state, wasContradicted };
}
