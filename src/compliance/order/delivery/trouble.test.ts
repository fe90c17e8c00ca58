import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { newId, publicId } from '../../../kernel/index.ts';
import { deleteObject, systemAsker, transitionObject, updateObject } from '../../../objects/index.ts';
import { applicationRemoval, type Limits, limitsSchema, setLimits } from '../../../repository/index.ts';
import { Pump, write } from '../../../store/index.ts';
import { placeHold, releaseHold } from '../../hold/hold.ts';
import type { GivenIdentity } from '../../person/kinds.ts';
import { requestHandler } from '../../request/advance.ts';
import { readRequestRow } from '../../request/row.ts';
import { complianceTest, operator } from '../../test/compliance.ts';
import { listener, webhookApplication } from '../../test/listener.ts';
import { recordAnswer } from '../answers.ts';
import { ordersOf } from '../latest.ts';
import { openOrdersRemoval } from '../removal.ts';
import { retryOrder } from '../retry.ts';
import { inFlight, orderHandler } from '../run.ts';
import { failuresToOpen, readLine } from './line.ts';

const application = await listener();
const { got } = application;

/** An organisation of its own a test: what one application suffers must not show in another's. */
async function organisation() {
  const compliance = await complianceTest();
  const { scope, store } = compliance;
  const id = await webhookApplication(compliance, 'loyalty', application.url);
  let many = 0;
  const openAs = (identities: readonly GivenIdentity[]) => compliance.open({ identities });
  const open = async () => {
    many += 1;
    return openAs([{ kind: 'email', value: `p${many}@example.org` }]);
  };
  const orderOf = async (request: string) =>
    (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'webhook');
  return { ...compliance, id, open, openAs, orderOf, clock: store.clock };
}

const limits = (given: Partial<Limits>) => limitsSchema.parse(given);

test('200 with garbage, with another order’s outcome, or with 50 MB: received, and no more than that', async () => {
  const { open, settle, orderOf } = await organisation();
  const bodies = ['<html>not json', '{"order":"ord_00000000000000000000000000","outcome":"executed"}'];
  for (const body of bodies) {
    application.answer = (response) => void response.writeHead(200).end(body);
    const request = await open();
    await settle(0);
    expect(await orderOf(request)).toMatchObject({ state: 'received', outcome: null });
  }
  let sentBytes = 0;
  let isCut = false;
  application.answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const chunk = Buffer.alloc(65_536);
    const more = (): void => {
      if (isCut || sentBytes >= 50_000_000) return void response.end();
      sentBytes += chunk.length;
      response.write(chunk, (error) => (error ? undefined : setImmediate(more)));
    };
    response.on('close', () => {
      isCut = true;
    });
    more();
  };
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
  expect(isCut).toBe(true);
  expect(sentBytes).toBeLessThan(20_000_000);
});

test('a redirect is not followed, wherever it leads, and its problem says so', async () => {
  const { open, settle, orderOf } = await organisation();
  application.answers(307, { location: `${application.url}/internal` });
  const request = await open();
  await settle(0);
  expect(got).toHaveLength(1);
  const order = await orderOf(request);
  expect(order).toMatchObject({ state: 'sent', tries: 1 });
  expect(order?.problem?.en).toContain('does not follow redirects');
});

test('an application that is down opens its circuit: it is left in peace, one order tries, and all leave when it is back', async () => {
  const { open, settle, orderOf, clock, scope, id } = await organisation();
  application.answers(503);
  const requests: string[] = [];
  for (let order = 0; order < failuresToOpen + 3; order += 1) requests.push(await open());
  await settle(0);
  const opened = await readLine(scope.db, id);
  expect(opened.openedAt).not.toBeNull();
  clock.set(new Date((opened.openedAt?.getTime() ?? 0) + 10_000));
  got.length = 0;
  await settle(0);
  expect(got).toHaveLength(0);
  // Each order has its own jitter: time goes on by a second until one is due.
  const passUntil = async (from: Date | null, isSo: () => Promise<boolean> | boolean): Promise<void> => {
    for (let second = 1; second <= 3_600 && !(await isSo()); second += second < 30 ? 1 : 30) {
      clock.set(new Date((from?.getTime() ?? 0) + second * 1_000));
      await settle(0);
    }
  };
  await passUntil(opened.probeAt, () => got.length > 0);
  expect(got).toHaveLength(1);
  application.answers(204);
  await passUntil((await readLine(scope.db, id)).probeAt, async () => {
    const orders = await Promise.all(requests.map(orderOf));
    return orders.every((order) => order?.state === 'received');
  });
  expect(await readLine(scope.db, id)).toMatchObject({ openedAt: null, failures: 0 });
  for (const request of requests) expect(await orderOf(request)).toMatchObject({ state: 'received' });
});

test('a rate of two a minute sends two a minute', async () => {
  const { open, settle, scope, id, clock } = await organisation();
  await write(scope, operator, (writing) => setLimits(writing, id, limits({ ordersPerMinute: 2 })));
  for (let order = 0; order < 6; order += 1) await open();
  const at = clock.now().getTime();
  const arrived: number[] = [];
  for (let second = 0; second <= 180; second += 10) {
    clock.set(new Date(at + second * 1000));
    await settle(0);
    arrived.push(got.length);
  }
  expect(arrived[0]).toBe(1);
  expect(arrived[6]).toBe(3);
  expect(arrived.at(-1)).toBe(6);
});

test('outside of its hours an application gets nothing, and everything when they open', async () => {
  const { open, settle, orderOf, scope, id, clock } = await organisation();
  const hours = { from: '22:00', to: '06:00', days: [1, 2, 3, 4, 5, 6, 7] };
  await write(scope, operator, (writing) => setLimits(writing, id, limits({ hours })));
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'planned' });
  clock.set('2026-11-23T21:00:01Z');
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
});

test('410 makes a dead letter; mended and replayed, the same order leaves', async () => {
  const { open, settle, orderOf, scope } = await organisation();
  application.answers(410);
  const request = await open();
  await settle(0);
  const dead = await orderOf(request);
  expect(dead).toMatchObject({ state: 'failed', tries: 1 });
  application.answers(200);
  await retryOrder(scope, operator, dead?.id ?? '');
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received', generation: 1, key: dead?.key });
  expect(new Set(got.map(({ body }) => body.toString())).size).toBe(1);
});

test('a silent application is told of to its owner, then two days later to the DPO, once each for a campaign', async () => {
  const { open, settle, clock, scope, store, model, id } = await organisation();
  const acting = { model, asker: systemAsker };
  await write(scope, operator, (writing) =>
    updateObject(writing, acting, 'application', id, {
      version: null,
      values: { owner_email: 'owner@enseigne.example' },
    }),
  );
  await store.asOwner(
    `insert into access.user (org, id, email, name, password_hash, roles, created_at, password_changed_at)
     values ($1, gen_random_uuid(), 'dpo@enseigne.example', 'DPO', 'x', '{dpo}', now(), now())`,
    [scope.org],
  );
  await open();
  await settle(0);
  const told = async () =>
    (await scope.db.selectFrom('access.outbox_message').select(['kind', 'subject']).execute()).map(({ kind }) => kind);
  expect(await told()).toEqual([]);
  clock.advance({ days: 16 });
  await settle(1);
  expect(await told()).toEqual(['order.silent']);
  clock.advance({ days: 1 });
  await settle(1);
  expect(await told()).toHaveLength(1);
  clock.advance({ days: 1, hours: 7 });
  await settle(1);
  expect(await told()).toHaveLength(2);
  clock.advance({ days: 30 });
  await settle(1);
  expect(await told()).toHaveLength(2);
});

test.each(['retired', 'deleted'] as const)(
  'an application that is %s with an order open: the order ends with that reason, and the letter tells of it as neither erased nor searched',
  async (how) => {
    const { openAs, settle, orderOf, scope, model, id, clock, mails } = await organisation();
    application.answers(503);
    const request = await openAs([{ kind: 'email', value: 'claire.dupont@example.org' }]);
    await settle(0);
    expect(await orderOf(request)).toMatchObject({ state: 'sent' });
    const acting = { model, asker: systemAsker };
    expect((await openOrdersRemoval.tell(scope, id))[0]?.fr).toContain('1 ordre ouvert s’arrête');
    await write(scope, operator, async (writing) => {
      if (how === 'deleted') {
        const removals = [applicationRemoval, openOrdersRemoval];
        return deleteObject(writing, acting, 'application', id, { version: null, removals });
      }
      await transitionObject(writing, acting, 'application', id, { transition: 'retire', journal: null });
    });
    if (how === 'retired') clock.advance({ hours: 7 });
    await settle(2);
    const order = await orderOf(request);
    expect(order).toMatchObject({ state: 'refused', reason: 'application_removed', outcome: 'refused' });
    expect(order?.problem?.fr).toContain('retirée du service');
    expect((await readRequestRow(scope.db, request)).state).toBe('closed');
    const letter = mails.find(({ title }) => title.startsWith('Réponse à votre demande'))?.text ?? '';
    expect(letter).toMatch(/retirées du service avant[^:]+ne pouvons pas attester[^:]+:\n– loyalty\n/);
    expect(letter).toContain('applications suivantes :\n– Socle\n');
    expect(letter).not.toContain('ont été effacées');
  },
);

test('an application that knows persons by other kinds is told of no e-mail; by a name alone, of nobody', async () => {
  const { openAs, settle, orderOf, scope, id } = await organisation();
  const identityKinds = ['last_name', 'birth_date'];
  await write(scope, operator, (writing) => setLimits(writing, id, limits({ identityKinds })));
  const known = await openAs([
    { kind: 'email', value: 'camille.moreau@example.org' },
    { kind: 'last_name', value: 'Moreau' },
    { kind: 'birth_date', value: '1990-05-01' },
  ]);
  await settle(0);
  expect(await orderOf(known)).toMatchObject({ state: 'received' });
  const told = String(got[0]?.body);
  expect(told).not.toContain('camille.moreau@example.org');
  expect(
    JSON.parse(told)
      .data.persons[0].identities.map(({ kind }: { kind: string }) => kind)
      .sort(),
  ).toEqual(['birth_date', 'last_name']);
  const unknown = await openAs([
    { kind: 'email', value: 'zoe.petit@example.org' },
    { kind: 'last_name', value: 'Petit' },
  ]);
  await settle(0);
  expect(await orderOf(unknown)).toMatchObject({ state: 'refused', reason: 'identity_ambiguous' });
  expect(got).toHaveLength(1);
});

test('a hold placed while the order is on its way comes too late: the application has it, and its answer is taken', async () => {
  const { open, settle, orderOf, scope } = await organisation();
  application.answer = (response) => {
    const held = scope.db
      .updateTable('compliance.application_order')
      .set({ state: 'held', next_at: null })
      .where('channel', '=', 'webhook')
      .execute();
    held.then(() => response.writeHead(200).end());
  };
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'received' });
});

test('a hold placed while the order is on its way, the delivery cut: what the application then says that it did is taken', async () => {
  const { engine, open, settle, orderOf, scope } = await organisation();
  application.answer = (response) => {
    const held = scope.db
      .updateTable('compliance.application_order')
      .set({ state: 'held', next_at: null })
      .where('channel', '=', 'webhook')
      .execute();
    held.then(() => response.destroy());
  };
  const request = await open();
  await settle(0);
  const held = await orderOf(request);
  expect(held).toMatchObject({ state: 'held' });
  const id = held?.id ?? newId();
  const digest = `sha256:${held?.digest?.toString('hex')}`;
  const at = scope.clock.now().toISOString();
  const body = { order: publicId('ord', id), digest, outcome: 'executed', at } as const;
  await write(scope, operator, (writing) => recordAnswer(engine, writing, id, body));
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'executed', outcome: 'executed' });
});

test('a failure told again while the order is on hold moves nothing: the order goes on at the release', async () => {
  const { engine, open, settle, orderOf, scope } = await organisation();
  application.answers(204);
  const request = await open();
  await settle(0);
  const { id = newId(), digest } = (await orderOf(request)) ?? {};
  const order = { order: publicId('ord', id), digest: `sha256:${digest?.toString('hex')}` };
  const at = scope.clock.now().toISOString();
  const say = (outcome: 'failed' | 'executed') =>
    write(scope, operator, (writing) => recordAnswer(engine, writing, id, { ...order, outcome, at }));
  expect(await say('failed')).toBe(true);
  const { person_id: person } = await readRequestRow(scope.db, request);
  const words = { ground: 'legal_claims', categories: null, words: 'litige', endsOn: null } as const;
  const hold = await placeHold(scope, operator, person, words);
  await settle(1);
  expect(await orderOf(request)).toMatchObject({ state: 'held' });
  expect(await say('failed')).toBe(false);
  await settle(1);
  expect(await orderOf(request)).toMatchObject({ state: 'held' });
  await releaseHold(scope, operator, person, hold, false);
  await settle(0);
  const orders = (await ordersOf(scope.db, request)).filter(({ channel }) => channel === 'webhook');
  expect(orders.map(({ generation, state }) => [generation, state])).toEqual([
    [1, 'refused'],
    [2, 'received'],
  ]);
});

test('an application that is slow to answer has a few orders at once, and keeps no other waiting', async () => {
  const compliance = await organisation();
  const { open, engine } = compliance;
  await webhookApplication(compliance, 'slow', `${application.url}/slow`);
  for (let order = 0; order < 3 * inFlight; order += 1) await open();
  const [held, taken] = [new Set<ServerResponse>(), new Set<string>()];
  let most = 0;
  const others = new Promise<void>((done) => {
    application.answer = (response, request) => {
      if (request.url?.endsWith('/slow') === true) {
        held.add(response);
        most = Math.max(most, held.size);
        return void response.on('close', () => held.delete(response));
      }
      response.writeHead(200).end();
      taken.add(String(request.headers['webhook-id']));
      if (taken.size === 3 * inFlight) done();
    };
  });
  const handlers = [orderHandler(engine), requestHandler(engine)];
  const pump = new Pump({ store: engine.store, handlers, beats: [], log: engine.log, pollMs: 20 });
  pump.start();
  await others;
  expect(most).toBeLessThanOrEqual(inFlight);
  application.answers(200);
  for (const response of held) response.writeHead(200).end();
  await pump.stop();
});

test('many orders leave side by side without waiting for each other’s connections', async () => {
  const { open, settle, scope } = await organisation();
  for (let order = 0; order < 40; order += 1) await open();
  await settle(0);
  const received = await scope.db
    .selectFrom('compliance.application_order')
    .select('id')
    .where('channel', '=', 'webhook')
    .where('state', '=', 'received')
    .execute();
  expect(received).toHaveLength(40);
}, 60_000);
