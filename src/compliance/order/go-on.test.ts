import { beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { createLog, type Id, publicId } from '../../kernel/index.ts';
import { declareInMap } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { orderSteps } from '../engine.ts';
import { draftAnswer } from '../request/letter.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { openCapture } from './capture.ts';
import { ordersOf } from './latest.ts';
import { mendOrder } from './mend.ts';
import { declareRestoration } from './restoration.ts';

const people = Array.from({ length: 12 }, (_, place) => place + 1);
const letters = 'abcdefghijkl';
const nameOf = (place: number) => `Claire Dupont${letters[place - 1]}`;

/** Cards that nothing ties to customers but the name they bear; every change of a card is written down by the shop. */
const schema = `
  create table customer (id bigint primary key, email varchar(120), name varchar(60), other_email varchar(120));
  create table loyalty (id varchar(20) primary key, name varchar(60), points int);
  create table newsletter (id bigint primary key, address varchar(120));
  create table old_file (id bigint primary key, holder varchar(60));
  insert into customer values ${people.map((n) => `(${n}, 'p${n}@example.org', '${nameOf(n)}', 'other${n}@example.org')`).join(', ')};
  insert into loyalty values ${people.map((n) => `('CH-${n}', '${nameOf(n)}', ${n})`).join(', ')};
  create table change (id bigserial primary key, card varchar(20));
  create function note_change() returns trigger language plpgsql as $$
    begin insert into change (card) values (old.id); return new; end $$;
  create trigger noted after update on loyalty for each row when (old.name is distinct from new.name) execute function note_change();`;

const join = { what: 'join', from: ['loyalty.name'], to: ['customer.name'] } as const;

async function shopWith(statements: string) {
  const compliance = await complianceTest();
  const { scope, engine, store } = compliance;
  const shop = await compliance.application('shop', statements);
  const latest = async (request: Id<'request'>) => {
    const orders = await ordersOf(scope.db, request);
    const order = orders.find(({ application, isLatest }) => application === 'shop' && isLatest);
    if (order === undefined) throw new Error('no order of the shop');
    return order;
  };
  const openFor = async (email: string) => {
    const request = await compliance.open({ identities: [{ kind: 'email', value: email }] });
    await compliance.settle(2);
    return request;
  };
  const retry = async (request: Id<'request'>) =>
    mendOrder(engine, scope, operator, (await latest(request)).id, 'retry');
  const inShop = (query: string) => asAdmin<Record<string, unknown>>(query, [], shop.database);
  return { ...compliance, scope, engine, store, shop, latest, openFor, retry, inShop };
}

describe('an order that stopped where nothing links', async () => {
  const it = await shopWith(schema);
  const { scope, shop, latest, openFor, retry, inShop, settle } = it;
  const requests: Id<'request'>[] = [];
  const site = new Site(it, createLog('silent'));

  beforeAll(async () => {
    for (const place of people.slice(0, 9)) requests.push(await openFor(`p${place}@example.org`));
    const closed = await openFor('p10@example.org');
    requests.push(closed);
  }, 240_000);

  const at = (place: number): Id<'request'> => {
    const id = requests[place];
    if (id === undefined) throw new Error('no such request');
    return id;
  };

  test('is partly done, says what could be declared, and keeps the request open', async () => {
    const order = await latest(at(0));
    expect(order).toMatchObject({
      state: 'partly',
      left: [
        {
          where: 'public.loyalty',
          by: 'name',
          about: { columns: ['name'], joins: [{ from: ['public.loyalty.name'], to: ['public.customer.name'] }] },
        },
      ],
    });
    expect((await readRequestRow(scope.db, at(0))).state).toBe('answered');
    const { html } = await site.get(`/requests/${publicId('req', at(0))}`);
    expect(html).toContain('Dire ce que sont ces tables');
    expect(html).not.toContain('les déclarations ont changé depuis');
  });

  test('tells the person each category once: erased, or erased but for what is pending', async () => {
    const draft = await draftAnswer(it.engine, scope, await readRequestRow(scope.db, at(0)));
    const text = draft?.letter.paragraphs.join('\n') ?? '';
    expect(text).toMatch(/shop \(.*\) : coordonnées ; identité, sauf ce qui reste en cours, indiqué ci-dessous\./);
    expect(text).toMatch(/shop : votre nom, ou un numéro qui peut être le vôtre, y figure encore/);
    expect(text.match(/identité/g)).toHaveLength(1);
  });

  test('tried again while nobody said more, it is the same order under the same plan', async () => {
    await inShop('analyze');
    await retry(at(0));
    await settle(1);
    expect(await latest(at(0))).toMatchObject({ state: 'partly', generation: 1 });
  });

  test('once more is declared, its page says so, and it ends under its next generation: cards included, said executed', async () => {
    it.store.clock.advance({ minutes: 5 });
    await declareInMap(scope, operator, shop.id, join);
    const page = await site.get(`/requests/${publicId('req', at(0))}`);
    expect(page.html).toContain('les déclarations ont changé depuis');
    expect(page.html).toContain('À relancer');
    const sent = await site.send(
      `/requests/${publicId('req', at(0))}`,
      { how: 'retry' },
      `/orders/${publicId('ord', (await latest(at(0))).id)}/mend`,
    );
    expect(sent.status).toBe(303);
    await settle(2);
    const orders = (await ordersOf(scope.db, at(0))).filter(({ application }) => application === 'shop');
    expect(orders.map(({ generation, state }) => [generation, state])).toEqual([
      [1, 'partly'],
      [2, 'verified'],
    ]);
    expect(orders[1]?.counts).toMatchObject({ identity: 2, contact: 1 });
    expect(await inShop("select name from loyalty where id = 'CH-1'")).toEqual([{ name: null }]);
    expect((await readRequestRow(scope.db, at(0))).state).toBe('closed');
    const entries = await scope.db
      .selectFrom('compliance.request_step')
      .select('kind')
      .where('request_id', '=', at(0))
      .execute();
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['plan_changed', 'order_reissued', 'answered_again']),
    );
  });

  test.each([...orderSteps, 'replanned' as const].map((step, place) => ({ step, place: place + 1 })))(
    'a crash at “$step” on its way ends in the one true state: the card blanked once, said executed',
    async ({ step, place }) => {
      it.crashAt(step);
      const request = at(place);
      await retry(request).catch(() => retry(request));
      await settle(3);
      expect(await latest(request)).toMatchObject({ state: 'verified', outcome: 'executed', generation: 2 });
      expect((await readRequestRow(scope.db, request)).state).toBe('closed');
      expect(await inShop(`select card from change where card = 'CH-${place + 1}'`)).toHaveLength(1);
      const [left] = await inShop(`select name from loyalty where id = 'CH-${place + 1}'`);
      expect(left).toEqual({ name: null });
    },
  );

  test('asked twice, it goes on once', async () => {
    const request = at(8);
    const order = await latest(request);
    const both = await Promise.allSettled([retry(request), retry(request)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(mendOrder(it.engine, scope, operator, order.id, 'retry')).rejects.toMatchObject({
      code: 'order.superseded',
    });
    await settle(2);
    const generations = (await ordersOf(scope.db, request)).filter(({ application }) => application === 'shop');
    expect(generations.map(({ generation }) => generation)).toEqual([1, 2]);
  });

  test('by the API and for a whole request: what stopped goes on, and nothing more the second time', async () => {
    const path = `/requests/${publicId('req', at(9))}`;
    const before = await site.api('GET', path);
    expect(JSON.stringify(before.json.orders)).toContain('loyalty.name');
    expect((await site.api('POST', `${path}/retry`)).status).toBe(200);
    await settle(2);
    const again = await site.api('POST', `${path}/retry`);
    expect(again.json).toMatchObject({ isClosed: true });
    expect(await latest(at(9))).toMatchObject({ state: 'verified', generation: 2 });
  });
});

describe('what the rows told', async () => {
  const it = await shopWith(schema);
  const { scope, shop, latest, openFor, inShop, settle, store } = it;

  test('is sealed while somebody may look again, serves that look, and is destroyed with the ledger', async () => {
    await declareInMap(scope, operator, shop.id, join);
    const request = await openFor('p1@example.org');
    const order = await latest(request);
    expect(order.state).toBe('verified');
    expect((await readRequestRow(scope.db, request)).state).toBe('closed');
    const kept = JSON.parse((await openCapture(scope, order.id)) ?? '{}');
    expect(kept).toMatchObject({ known: [] });
    expect(kept.steps.flatMap(({ keys }: { keys: unknown[] }) => keys)).toEqual([]);
    expect(kept).not.toHaveProperty('links');
    expect(JSON.stringify(kept)).toContain('other1@example.org');
    const [sealed] = await store.asOwner<{ text: string }>(
      "select encode(sealed, 'escape') as text from compliance.order_capture",
    );
    expect(sealed?.text).not.toMatch(/other1|dupont/i);
    store.clock.advance({ days: 60 });
    await settle(1);
    expect(await scope.db.selectFrom('compliance.reissue_ledger').select('id').execute()).toEqual([]);
    expect(await scope.db.selectFrom('compliance.order_capture').select('order_id').execute()).toEqual([]);
  });

  test('an address that nobody gave and that comes back contradicts the application; its order goes on by itself', async () => {
    const request = await openFor('p2@example.org');
    expect((await latest(request)).state).toBe('verified');
    await inShop("insert into newsletter values (1, 'other2@example.org')");
    store.clock.advance({ days: 8 });
    await settle(1);
    const orders = (await ordersOf(scope.db, request)).filter(({ application }) => application === 'shop');
    expect(orders.map(({ generation, state }) => [generation, state])).toEqual([
      [1, 'contradicted'],
      [2, 'verified'],
    ]);
    expect(await inShop('select address from newsletter')).toEqual([{ address: null }]);
  });

  test('their name alone, where nothing links, says only that something may be left; said once, it is settled', async () => {
    const request = await openFor('p3@example.org');
    await inShop("insert into old_file values (1, 'DUPONTC Claire')");
    store.clock.advance({ days: 8 });
    await settle(1);
    expect(await latest(request)).toMatchObject({ state: 'partly', generation: 1, left: [{ by: 'name', rows: 1 }] });
    expect((await readRequestRow(scope.db, request)).state).toBe('closed');
    const site = new Site(it, createLog('silent'));
    expect((await site.get(`/requests/${publicId('req', request)}`)).html).toContain('À débloquer');
    await declareInMap(scope, operator, shop.id, { what: 'ignore', table: 'old_file' });
    await it.retry(request);
    await settle(1);
    expect(await latest(request)).toMatchObject({ state: 'verified', generation: 2, counts: { identity: 2 } });
    expect(await inShop('select holder from old_file')).toEqual([{ holder: 'DUPONTC Claire' }]);
  });

  test('an application restored gets its order again, with what the rows had told', async () => {
    const since = store.clock.now();
    store.clock.advance({ hours: 1 });
    const request = await openFor('p4@example.org');
    await inShop(
      "update customer set email = 'p4@example.org', name = 'Claire Dupontd', other_email = 'other4@example.org' where id = 4",
    );
    await write(scope, operator, (writing) => declareRestoration(writing, shop.id, since));
    await settle(1);
    expect(await latest(request)).toMatchObject({ state: 'verified', generation: 2 });
    const [row] = await inShop('select email, name, other_email from customer where id = 4');
    expect(JSON.stringify(row)).not.toMatch(/p4@|other4|dupont/i);
  });
});

test('an order that changed nothing, because nothing said whose rows those were, waits for it to be said; then it is done', async () => {
  const it = await shopWith(`
    create table party (id bigint primary key, elec_addr varchar(120), label varchar(60));
    create table person_card (id bigint primary key, email varchar(120));
    insert into party values (1, 'p1@example.org', 'Claire Dupont'), (2, 'p2@example.org', 'Paul Martin');`);
  const request = await it.openFor('p1@example.org');
  const order = await it.latest(request);
  expect(order).toMatchObject({
    state: 'refused',
    left: [{ where: 'public.party.elec_addr', by: 'alone', about: { kind: 'email' } }],
  });
  const draft = await draftAnswer(it.engine, it.scope, await readRequestRow(it.scope.db, request));
  const text = draft?.letter.paragraphs.join('\n') ?? '';
  expect(text).toContain('rien n’y a été modifié, nous le vérifions');
  expect(text).not.toContain('Ce que nous conservons');
  expect(draft?.answer.isFinal).toBe(false);
  it.store.clock.advance({ minutes: 5 });
  await declareInMap(it.scope, operator, it.shop.id, { what: 'identity', kind: 'email', column: 'party.elec_addr' });
  await it.retry(request);
  await it.settle(2);
  expect(await it.latest(request)).toMatchObject({ state: 'verified', generation: 2 });
  expect((await readRequestRow(it.scope.db, request)).state).toBe('closed');
  const rows = await it.inShop('select elec_addr, label from party order by id');
  expect(rows).toEqual([
    { elec_addr: null, label: null },
    { elec_addr: 'p2@example.org', label: 'Paul Martin' },
  ]);
});
