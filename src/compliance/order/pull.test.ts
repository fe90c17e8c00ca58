import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalJson, createLog, newId, parseId, publicId, sha256 } from '../../kernel/index.ts';
import { limitsSchema, setLimits } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { resolvePerson } from '../person/resolve.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { createOrders, freezeCampaign, gatherPlan } from './campaign.ts';
import { ordersOf } from './latest.ts';
import { retryOrder } from './retry.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const crm = await compliance.pullApplication('crm');
const mail = await compliance.pullApplication('mail');

const keyOf = async (application: string): Promise<string> =>
  (await write(scope, operator, (writing) => issueCredential(writing, application, 'key'))).shown;

let crmSite: Pick<Site, 'api'>;
let mailSite: Pick<Site, 'api'>;
beforeAll(async () => {
  crmSite = site.asApplication(await keyOf(crm));
  mailSite = site.asApplication(await keyOf(mail));
});

const event = z.looseObject({
  data: z.looseObject({ order: z.string(), persons: z.array(z.looseObject({ ref: z.string() })) }),
});

interface Pulled {
  readonly id: string;
  readonly digest: string;
  readonly refs: readonly string[];
}

async function pull(by: Pick<Site, 'api'>, query = ''): Promise<readonly Pulled[]> {
  const { status, json } = await by.api('GET', `/orders${query}`);
  expect(status).toBe(200);
  return z
    .array(z.unknown())
    .parse(json.items)
    .map((item) => {
      const { data } = event.parse(item);
      const digest = `sha256:${sha256(canonicalJson(JSON.parse(JSON.stringify(item)))).toString('hex')}`;
      return { id: data.order, digest, refs: data.persons.map(({ ref }) => ref) };
    });
}

const person = (name: string) => ({ identities: [{ kind: 'email', value: `${name}@example.org` }] });
const at = '2026-11-23T09:30:00Z';

async function opened(name: string): Promise<{ request: string; order: Pulled }> {
  const request = await compliance.open(person(name));
  await compliance.settle(0);
  const own = (await ordersOf(scope.db, request)).find((each) => each.applicationId === crm)?.id ?? '';
  const order = (await pull(crmSite, '?limit=100')).find(({ id }) => id === publicId('ord', own));
  if (order === undefined) throw new Error('the order was not given');
  return { request, order };
}

async function stateOf(order: string): Promise<string | undefined> {
  const rows = await scope.db.selectFrom('compliance.application_order').select(['id', 'state']).execute();
  return rows.find(({ id }) => publicId('ord', id) === order)?.state;
}

test('an application gets its own orders, once while its lease holds', async () => {
  await compliance.open(person('one'));
  await compliance.settle(0);
  const mine = await pull(crmSite);
  expect(mine).toHaveLength(1);
  expect(await pull(crmSite)).toEqual([]);
  const theirs = await pull(mailSite);
  expect(theirs).toHaveLength(1);
  expect(theirs[0]?.id).not.toBe(mine[0]?.id);
  expect(theirs[0]?.refs).not.toEqual(mine[0]?.refs);
});

test('an application that dies with an order gets the very same again after its lease; a receipt renews it', async () => {
  const { order } = await opened('two');
  store.clock.advance({ seconds: 50 });
  expect((await crmSite.api('POST', `/orders/${order.id}/receipt`, {})).status).toBe(200);
  store.clock.advance({ seconds: 50 });
  expect((await pull(crmSite, '?limit=100')).map(({ id }) => id)).not.toContain(order.id);
  store.clock.advance({ seconds: 11 });
  expect(await pull(crmSite, '?limit=100')).toContainEqual(order);
  await crmSite.api('POST', `/orders/${order.id}/outcome`, {
    order: order.id,
    digest: order.digest,
    outcome: 'executed',
    at,
  });
  store.clock.advance({ minutes: 5 });
  expect((await pull(crmSite, '?limit=100')).map(({ id }) => id)).not.toContain(order.id);
});

test('whoever waits is woken by a new order, not by the end of the wait', async () => {
  await pull(crmSite, '?limit=100');
  const begun = performance.now();
  const waiting = pull(crmSite, '?wait=20');
  await compliance.open(person('three'));
  await compliance.settle(0);
  expect(await waiting).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test('two instances of an application never hold the same order', async () => {
  for (const name of ['four', 'five', 'six', 'seven']) await compliance.open(person(name));
  await compliance.settle(0);
  const [a, b] = await Promise.all([pull(mailSite, '?limit=2'), pull(mailSite, '?limit=2')]);
  const ids = [...(a ?? []), ...(b ?? [])].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('another application’s order is not there, on any route', async () => {
  const { order } = await opened('eight');
  const body = { order: order.id, digest: order.digest, outcome: 'executed', at };
  expect((await mailSite.api('POST', `/orders/${order.id}/receipt`, {})).status).toBe(404);
  expect((await mailSite.api('POST', `/orders/${order.id}/outcome`, body)).status).toBe(404);
  const restored = { application: publicId('app', crm), restoredTo: '2026-11-20T00:00:00Z' };
  expect((await mailSite.api('POST', '/restorations', restored)).status).toBe(403);
  expect((await mailSite.api('POST', '/restorations', { restoredTo: '2026-11-20T00:00:00Z' })).status).toBe(201);
  expect((await site.as({ roles: ['dpo'] }).api('GET', '/orders')).status).toBe(403);
  expect(await stateOf(order.id)).toBe('sent');
});

test('an outcome before the receipt is accepted; a contradictory second one is a conflict', async () => {
  const { order, request } = await opened('nine');
  const body = { order: order.id, digest: order.digest, outcome: 'executed', at };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, body)).json).toMatchObject({ isRepeat: false });
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, body)).json).toMatchObject({ isRepeat: true });
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, { ...body, outcome: 'not_found' })).status).toBe(
    409,
  );
  expect(await stateOf(order.id)).toBe('executed');
  // Socle can't look into it: the page never says more than the application did.
  const { html } = await site.as({ roles: ['dpo'] }).get(`/requests/${publicId('req', request)}`);
  expect(html).toContain('Exécuté, dit l’application');
  expect(html).not.toContain('Socle a regardé de nouveau');
});

test('two contradictory outcomes at once: one is taken, the other is a conflict', async () => {
  const { order } = await opened('ten');
  const say = (outcome: string) =>
    crmSite.api('POST', `/orders/${order.id}/outcome`, { order: order.id, digest: order.digest, outcome, at });
  const statuses = (await Promise.all([say('executed'), say('not_found')])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 409]);
});

test('an order that failed and is replayed takes the application’s next answer', async () => {
  const { order } = await opened('thirteen');
  const body = { order: order.id, digest: order.digest, outcome: 'failed', at };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, body)).status).toBe(200);
  await retryOrder(scope, operator, parseId('ord', order.id) ?? '');
  const again = (await pull(crmSite, '?limit=100')).find(({ id }) => id === order.id);
  expect(again?.digest).toBe(order.digest);
  const done = await crmSite.api('POST', `/orders/${order.id}/outcome`, { ...body, outcome: 'executed' });
  expect(done.json).toMatchObject({ isRepeat: false });
  expect(await stateOf(order.id)).toBe('executed');
  const late = await crmSite.api('POST', `/orders/${order.id}/outcome`, body);
  expect(late.status).toBe(409);
});

test('“executed” is not believed of the whole when a person of it was refused, and an unknown person is refused', async () => {
  const { order } = await opened('eleven');
  const body = { order: order.id, digest: order.digest, outcome: 'executed', at };
  const stranger = { ...body, persons: [{ ref: 'p_unknown', outcome: 'executed' }] };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, stranger)).status).toBe(422);
  const lie = { ...body, persons: [{ ref: order.refs[0], outcome: 'refused', reason: 'legal_duty' }] };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, lie)).status).toBe(200);
  expect(await stateOf(order.id)).toBe('refused');
});

test('a signed answer is held against the application’s public key, and kept', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const registered = await site
    .as({ roles: ['architect'] })
    .api('POST', `/applications/${publicId('app', crm)}/answer-keys`, { publicKey: pem });
  expect(registered.status).toBe(201);
  const { order } = await opened('twelve');
  const answer = { order: order.id, digest: order.digest, outcome: 'executed', at, by: 'crm 1.2' };
  const signature = sign(null, Buffer.from(canonicalJson(answer)), privateKey).toString('base64');
  const forged = { ...answer, outcome: 'not_found', signature: `ed25519:${signature}` };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, forged)).json).toMatchObject({
    type: 'urn:socle:problem:order.false_signature',
  });
  const signed = { ...answer, signature: `ed25519:${signature}` };
  expect((await crmSite.api('POST', `/orders/${order.id}/outcome`, signed)).status).toBe(200);
  const kept = await scope.db
    .selectFrom('compliance.order_answer')
    .select(['signature', 'body'])
    .where('signature', 'is not', null)
    .executeTakeFirstOrThrow();
  expect(kept).toEqual({ signature, body: answer });
});

test('a campaign leaves in orders of as many persons as the application takes at once', async () => {
  await write(scope, operator, (writing) => setLimits(writing, mail, limitsSchema.parse({ batchSize: 2 })));
  const lines = (await gatherPlan(compliance.engine, scope, null)).filter((line) => line.application.id === mail);
  const id = newId();
  await write(scope, operator, async (writing) => {
    const persons: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const email = { kind: 'email', value: `batch${n}@example.org` };
      persons.push((await resolvePerson(writing, [email], {})).person);
    }
    await freezeCampaign(writing, { id, kind: 'purge', persons }, lines);
    await createOrders(writing, id, publicId('cmp', id));
  });
  await compliance.settle(0);
  store.clock.advance({ minutes: 2 });
  const own = new Set((await ordersOf(scope.db, id)).map((order) => publicId('ord', order.id)));
  const given = (await pull(mailSite, '?limit=100')).filter((order) => own.has(order.id));
  expect(given.map(({ refs }) => refs.length)).toEqual([2, 2, 1]);
  expect(new Set(given.flatMap(({ refs }) => refs)).size).toBe(5);
  // One of two failed: the order is not left half done, it is given again by itself.
  const [first] = given;
  const failed = { ref: first?.refs[0], outcome: 'failed', reason: 'technical' };
  const answer = {
    order: first?.id,
    digest: first?.digest,
    outcome: 'partly',
    at,
    default: 'executed',
    persons: [failed],
  };
  expect((await mailSite.api('POST', `/orders/${first?.id}/outcome`, answer)).status).toBe(200);
  const [row] = (await ordersOf(scope.db, id)).filter((order) => publicId('ord', order.id) === first?.id);
  expect(row).toMatchObject({ state: 'failed', nextAt: expect.any(Date) });
  await compliance.settle(2);
  store.clock.advance({ minutes: 2 });
  const again = (await pull(mailSite, '?limit=100')).filter((order) => order.id === first?.id);
  expect(again.map(({ refs }) => refs)).toEqual([first?.refs]);
});
