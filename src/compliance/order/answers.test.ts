import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { freezePlan, startRequest } from '../request/plan.ts';
import { claire, complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { ordersOf } from './latest.ts';
import { pullOrders } from './pull.ts';

const compliance = await complianceTest();
const { scope, engine, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const crm = await compliance.pullApplication('crm');

async function started(): Promise<{ id: string; order: string; digest: string }> {
  const id = await compliance.open({ identities: claire, answer: 'manual', identityProof: 'operator' });
  await freezePlan(engine, scope, operator, id);
  await startRequest(engine, scope, operator, id);
  const [order] = await ordersOf(scope.db, id);
  const name = publicId('ord', order?.id ?? '');
  const receipt = await site.api('POST', `/orders/${name}/receipt`, {});
  expect(receipt.status).toBe(200);
  const digest = (await ordersOf(scope.db, id))[0]?.digest?.toString('hex') ?? '';
  return { id, order: name, digest: `sha256:${digest}` };
}

const at = '2026-11-23T09:30:00Z';

test('an application answers twice: received, then done; the same answer again changes nothing, another is a conflict', async () => {
  const { id, order, digest } = await started();
  expect((await site.api('POST', `/orders/${order}/receipt`, {})).status).toBe(200);
  expect((await ordersOf(scope.db, id))[0]).toMatchObject({ state: 'received', channel: 'pull' });
  const [person] = await scope.db
    .selectFrom('compliance.order_person')
    .select('ref')
    .where('order_id', 'in', [(await ordersOf(scope.db, id))[0]?.id ?? ''])
    .execute();
  const body = {
    order,
    digest,
    outcome: 'executed',
    at,
    persons: [{ ref: person?.ref, outcome: 'executed', counts: { identity: 2 } }],
  };
  expect((await site.api('POST', `/orders/${order}/outcome`, body)).json).toMatchObject({ isRepeat: false });
  expect((await site.api('POST', `/orders/${order}/outcome`, body)).json).toMatchObject({ isRepeat: true });
  expect((await site.api('POST', `/orders/${order}/outcome`, { ...body, outcome: 'refused' })).status).toBe(409);
  expect((await ordersOf(scope.db, id))[0]).toMatchObject({ state: 'executed', counts: { identity: 2 } });
});

test('an answer to another order, or to another text of it, is not taken', async () => {
  const { order } = await started();
  const body = { order, digest: `sha256:${'0'.repeat(64)}`, outcome: 'executed', at };
  expect((await site.api('POST', `/orders/${order}/outcome`, body)).status).toBe(422);
  const malformed = await site.api('POST', `/orders/${order}/outcome`, { outcome: 'done' });
  expect(malformed.status).toBe(422);
});

test('“failed” may be followed by “executed”, and both stay in the evidence', async () => {
  const { id, order, digest } = await started();
  await site.api('POST', `/orders/${order}/outcome`, { order, digest, outcome: 'failed', at });
  const mended = await site.api('POST', `/orders/${order}/outcome`, { order, digest, outcome: 'executed', at });
  expect(mended.json).toMatchObject({ isRepeat: false });
  const [view] = await ordersOf(scope.db, id);
  const answers = await scope.db
    .selectFrom('compliance.order_answer')
    .select('kind')
    .where('order_id', '=', view?.id ?? '')
    .execute();
  expect(answers.map((answer) => answer.kind)).toEqual(['receipt', 'outcome', 'outcome']);
  expect((await site.bytes(`/requests/${publicId('req', id)}/evidence`)).subarray(0, 2).toString()).toBe('PK');
});

test('an application that does not answer in its time is called silent, once', async () => {
  const { id } = await started();
  store.clock.advance({ days: 40 });
  await compliance.settle(0);
  const row = await scope.db
    .selectFrom('compliance.application_order')
    .select(['escalated_at', 'escalation', 'state'])
    .where('campaign_id', '=', id)
    .where('channel', '=', 'pull')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'received', escalation: 2 });
  expect(row.escalated_at).not.toBeNull();
  expect((await site.get('/')).html).toContain('Silencieuse');
});

test('an outcome that comes before the receipt is taken, and the receipt that follows changes nothing', async () => {
  const id = await compliance.open({ identities: claire, answer: 'manual', identityProof: 'operator' });
  await freezePlan(engine, scope, operator, id);
  await startRequest(engine, scope, operator, id);
  const planned = (await ordersOf(scope.db, id))[0];
  const order = publicId('ord', planned?.id ?? '');
  const pulling = { application: crm, waitMs: 0, limit: 100, signal: new AbortController().signal };
  await pullOrders(engine, scope, pulling, operator);
  expect((await ordersOf(scope.db, id))[0]).toMatchObject({ state: 'sent' });
  const digest = `sha256:${(await ordersOf(scope.db, id))[0]?.digest?.toString('hex')}`;
  const body = { order, digest, outcome: 'executed', at };
  expect((await site.api('POST', `/orders/${order}/outcome`, body)).json).toMatchObject({ isRepeat: false });
  expect((await ordersOf(scope.db, id))[0]).toMatchObject({ state: 'executed' });
  expect((await site.api('POST', `/orders/${order}/receipt`, {})).status).toBe(200);
  expect((await ordersOf(scope.db, id))[0]).toMatchObject({ state: 'executed' });
});

test('the outcome of one order sent to another is not taken, whichever of its names is wrong', async () => {
  const [one, other] = [await started(), await started()];
  const answer = { outcome: 'executed', at };
  for (const body of [
    { ...answer, order: other.order, digest: other.digest },
    { ...answer, order: one.order, digest: other.digest },
    { ...answer, order: other.order, digest: one.digest },
  ]) {
    expect((await site.api('POST', `/orders/${one.order}/outcome`, body)).status).toBe(422);
  }
  expect((await ordersOf(scope.db, one.id))[0]).toMatchObject({ state: 'received' });
  expect((await ordersOf(scope.db, other.id))[0]).toMatchObject({ state: 'received' });
});
