import { expect, test } from 'vitest';
import { createLog, type Id, publicId } from '../../kernel/index.ts';
import { systemAsker, updateObject } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { listener, webhookApplication } from '../test/listener.ts';
import { Site } from '../test/site.ts';
import { ordersOf } from './latest.ts';
import { declareRestoration } from './restoration.ts';
import { mostFailedAnswers, retryOrder } from './retry.ts';

const application = await listener();
const { got } = application;

/** One application by webhook, with an owner and a DPO to tell. */
async function organisation() {
  const compliance = await complianceTest();
  const { scope, store, model } = compliance;
  const site = new Site(compliance, createLog('silent'));
  const id = await webhookApplication(compliance, 'loyalty', application.url);
  await write(scope, operator, (writing) =>
    updateObject(writing, { model, asker: systemAsker }, 'application', id, {
      version: null,
      values: { owner_email: 'owner@enseigne.example' },
    }),
  );
  await store.asOwner(
    `insert into access.user (org, id, email, name, password_hash, roles, created_at, password_changed_at)
     values ($1, gen_random_uuid(), 'dpo@enseigne.example', 'DPO', 'x', '{dpo}', now(), now())`,
    [scope.org],
  );
  const ordersFor = async (request: Id<'request'>) =>
    (await ordersOf(scope.db, request)).filter(({ channel }) => channel === 'webhook');
  const orderOf = async (request: Id<'request'>, generation = 1) => {
    const order = (await ordersFor(request)).find((each) => each.generation === generation);
    if (order === undefined) throw new Error(`no generation ${generation}`);
    return order;
  };
  let answered = 0;
  const answer = async (request: Id<'request'>, outcome: string, generation = 1) => {
    const order = await orderOf(request, generation);
    answered += 1;
    const at = new Date(Date.parse('2026-11-23T09:30:00Z') + answered).toISOString();
    const body = { order: publicId('ord', order.id), digest: `sha256:${order.digest?.toString('hex')}`, outcome, at };
    const send = () => site.api('POST', `/orders/${body.order}/outcome`, body);
    return { ...(await send()), again: send };
  };
  const told = async () =>
    (await scope.db.selectFrom('access.outbox_message').select('kind').orderBy('id').execute()).filter(({ kind }) =>
      kind.startsWith('order.'),
    );
  return { ...compliance, site, id, orderOf, answer, told, clock: store.clock };
}

const keysGot = () => got.map(({ body }) => JSON.parse(body.toString()).data.key);

test('an order that was received and never answered is handed over again after its answer time, by the same key; then people are told', async () => {
  const { open, settle, orderOf, answer, told, clock } = await organisation();
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  clock.set(new Date(((await orderOf(request)).dueAt?.getTime() ?? 0) + 1_000));
  await settle(1);
  expect(keysGot()).toHaveLength(2);
  expect(new Set(keysGot()).size).toBe(1);
  expect(await told()).toEqual([]);
  clock.advance({ hours: 2 });
  await settle(1);
  expect(await told()).toHaveLength(1);
  clock.advance({ days: 3 });
  await settle(1);
  expect(await told()).toHaveLength(2);
  clock.advance({ hours: 6 });
  await settle(1);
  expect(keysGot()).toHaveLength(3);
  expect((await answer(request, 'executed')).json).toMatchObject({ isRepeat: false });
  const asked = keysGot().length;
  clock.advance({ days: 10 });
  await settle(1);
  expect(await orderOf(request)).toMatchObject({ state: 'executed', generation: 1 });
  expect(keysGot()).toHaveLength(asked);
});

test('one that can’t be reached when it is asked again stays received, is tried later, and people are told all the same', async () => {
  const { open, settle, orderOf, told, clock } = await organisation();
  const request = await open();
  await settle(0);
  application.answers(503);
  clock.set(new Date(((await orderOf(request)).dueAt?.getTime() ?? 0) + 1_000));
  await settle(12);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  expect(keysGot().length).toBeGreaterThan(2);
  expect(await told()).toHaveLength(1);
});

test('an application that answers “failed” gets its order again by itself, later each time; in the end people are told', async () => {
  const { open, settle, orderOf, answer, told, clock } = await organisation();
  const request = await open();
  await settle(0);
  const waits: number[] = [];
  for (let failures = 1; failures < mostFailedAnswers; failures += 1) {
    expect((await answer(request, 'failed')).status).toBe(200);
    await settle(0);
    const failed = await orderOf(request);
    expect(failed).toMatchObject({ state: 'failed' });
    waits.push((failed.nextAt?.getTime() ?? 0) - clock.now().getTime());
    expect(keysGot()).toHaveLength(failures);
    clock.set(failed.nextAt ?? clock.now());
    await settle(0);
    expect(keysGot()).toHaveLength(failures + 1);
    expect(await orderOf(request)).toMatchObject({ state: 'received', generation: 1 });
  }
  expect(new Set(keysGot()).size).toBe(1);
  expect(waits.at(-1) ?? 0).toBeGreaterThan((waits[0] ?? 0) * 10);
  expect(await told()).toEqual([]);
  await answer(request, 'failed');
  await settle(0);
  expect((await told()).map(({ kind }) => kind)).toEqual(['order.failed']);
  clock.advance({ days: 3 });
  await settle(1);
  expect(await told()).toHaveLength(2);
  expect(keysGot()).toHaveLength(mostFailedAnswers);
  expect(await orderOf(request)).toMatchObject({ state: 'failed' });
});

test('an application that failed once and then did it: nobody is told anything', async () => {
  const { open, settle, orderOf, answer, told, clock } = await organisation();
  const request = await open();
  await settle(0);
  const first = await answer(request, 'failed');
  clock.advance({ hours: 1 });
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  // The same failure, told again by the network: not a second one.
  expect((await first.again()).json).toMatchObject({ isRepeat: true });
  await answer(request, 'executed');
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'executed' });
  expect(await told()).toEqual([]);
});

test('an order that somebody replays is ended by the very answer it had: the application stands by it', async () => {
  const { scope, open, settle, orderOf, answer } = await organisation();
  const request = await open();
  await settle(0);
  const { again } = await answer(request, 'refused');
  await retryOrder(scope, operator, (await orderOf(request)).id);
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  expect((await again()).json).toMatchObject({ isRepeat: false });
  expect(await orderOf(request)).toMatchObject({ state: 'refused' });
  expect((await again()).json).toMatchObject({ isRepeat: true });
});

test('an answer under way when the application was restored is kept, and ends nothing: what it did is undone', async () => {
  const { scope, open, settle, orderOf, answer, id, clock } = await organisation();
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  const restored = await write(scope, operator, (writing) => declareRestoration(writing, id, clock.now()));
  expect(restored).toMatchObject({ orders: 1, unsendable: 0 });
  await answer(request, 'executed', 1);
  await settle(0);
  expect(await orderOf(request, 1)).toMatchObject({ state: 'executed', isLatest: false });
  expect(await orderOf(request, 2)).toMatchObject({ state: 'received', isLatest: true });
  expect(keysGot().map((key: string) => key.split('/').at(-1))).toEqual(['1', '2']);
  await answer(request, 'executed', 2);
  expect(await orderOf(request, 2)).toMatchObject({ state: 'executed' });
});

test('an order that had failed when the application was restored is sent anew, and its old one not even by hand', async () => {
  const { scope, open, settle, orderOf, answer, id, clock } = await organisation();
  const request = await open();
  await settle(0);
  await answer(request, 'failed', 1);
  await write(scope, operator, (writing) => declareRestoration(writing, id, clock.now()));
  clock.advance({ days: 2 });
  await settle(1);
  expect(
    new Set(
      keysGot()
        .slice(1)
        .map((key: string) => key.split('/').at(-1)),
    ),
  ).toEqual(new Set(['2']));
  const old = await orderOf(request, 1);
  await expect(retryOrder(scope, operator, old.id)).rejects.toMatchObject({ code: 'order.superseded' });
  expect(await orderOf(request, 1)).toMatchObject({ state: 'failed', nextAt: null });
});

test('what ended shortly before the backup, by clocks that may differ, is sent again too', async () => {
  const { scope, open, settle, orderOf, answer, id, clock } = await organisation();
  const request = await open();
  await settle(0);
  await answer(request, 'executed', 1);
  clock.advance({ hours: 2 });
  await write(scope, operator, (writing) => declareRestoration(writing, id, clock.now()));
  expect(await orderOf(request, 2)).toMatchObject({ state: 'planned' });
});
