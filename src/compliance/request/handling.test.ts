import { beforeEach, describe, expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { createLog, day, dayOf, newId, publicId } from '../../kernel/index.ts';
import { createObject, systemAsker } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { ordersOf } from '../order/latest.ts';
import { claire, complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { sendAnswer } from './answer.ts';
import { extendRequest, refuseRequest, withdrawRequest } from './decide.ts';
import { draftAnswer } from './letter.ts';
import { freezePlan, startRequest } from './plan.ts';
import { askIdentity, establishIdentity } from './qualify.ts';
import { lockRequest, readRequestRow } from './row.ts';
import { viewRequest } from './view.ts';

const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, store } = compliance;
const shop = await compliance.application('shop', shopSchema);
const site = new Site(compliance, createLog('silent'));
const manual = { answer: 'manual', identityProof: null } as const;

beforeEach(() => {
  site.as({ roles: ['dpo'] });
});

describe('intake', () => {
  test('bounds the day of receipt: not in the future, not old without a note', async () => {
    await expect(compliance.open({ receivedOn: day('2026-11-24') })).rejects.toMatchObject({
      code: 'request.received_in_future',
    });
    await expect(compliance.open({ receivedOn: day('2026-10-01') })).rejects.toMatchObject({
      code: 'request.received_needs_note',
    });
    const id = await compliance.open({ ...manual, receivedOn: day('2026-10-01'), note: 'retrouvée au courrier' });
    expect((await viewRequest(scope, id)).clock).toMatchObject({ state: 'overdue', deadline: '2026-11-02' });
  });

  test('refuses a name alone, and rights of later versions with the version’s name', async () => {
    await expect(compliance.open({ identities: [{ kind: 'last_name', value: 'Dupont' }] })).rejects.toMatchObject({
      code: 'identity.too_weak',
    });
    await expect(compliance.open({ right: 'access' })).rejects.toMatchObject({ code: 'request.right_not_ready' });
  });

  test('opens once for an idempotency key, and refuses the key for another request', async () => {
    const body = { right: 'erasure', identities: claire };
    const headers = { 'idempotency-key': `once-${newId()}` };
    const first = await site.api('POST', '/requests', body, headers);
    const again = await site.api('POST', '/requests', body, headers);
    expect([first.status, again.json.id]).toEqual([201, first.json.id]);
    const other = await site.api('POST', '/requests', { ...body, language: 'en' }, headers);
    expect(other.status).toBe(422);
  });

  test('tells every wrong field of the staff form at once, and keeps what was typed', async () => {
    const response = await site.send(
      '/requests/new',
      { intake: 'post', receivedOn: 'demain', email: 'not an address' },
      '/requests',
    );
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('not an address');
    expect(html).toContain('Une date est attendue');
  });
});

describe('deciding', () => {
  test('asking for identity suspends the clock, and its arrival starts it again', async () => {
    const id = await compliance.open(manual);
    await write(scope, operator, async (writing) => {
      await askIdentity(engine, writing, await lockRequest(writing.tx, id), 'no_known_channel');
    });
    expect((await viewRequest(scope, id)).clock.state).toBe('suspended');
    store.clock.advance({ days: 5 });
    await site.send(`/requests/${publicId('req', id)}`, {}, `/requests/${publicId('req', id)}/qualify`);
    await write(scope, operator, async (writing) => {
      await establishIdentity(engine, writing, await lockRequest(writing.tx, id), 'document', null);
    });
    const view = await viewRequest(scope, id);
    expect(view.clock).toMatchObject({ state: 'running', suspendedDays: 5 });
    expect(view.request.due_on).toBe(view.clock.deadline);
  });

  test('a refusal needs its reasons, sends a letter, and ends the request', async () => {
    const id = await compliance.open(manual);
    await expect(refuseRequest(engine, scope, operator, id, 'legal_claims', null)).rejects.toMatchObject({
      code: 'request.reasons_needed',
    });
    await refuseRequest(engine, scope, operator, id, 'legal_claims', 'un litige est en cours');
    const view = await viewRequest(scope, id);
    expect(view.request).toMatchObject({ state: 'refused', answer_kind: 'refusal', refusal_ground: 'legal_claims' });
    expect(view.clock.state).toBe('answered_in_time');
  });

  test('an extension within the first month moves the deadline to three months from receipt', async () => {
    const id = await compliance.open(manual);
    await extendRequest(engine, scope, operator, id, 'complexity', 'onze applications concernées');
    const view = await viewRequest(scope, id);
    expect(view.clock.extension).toBe('effective');
    expect(view.request.due_on).toBe(view.clock.deadline);
    await expect(extendRequest(engine, scope, operator, id, 'complexity', 'encore')).rejects.toMatchObject({
      code: 'request.not_extensible',
    });
  });

  test('how the identity was established is never chosen beforehand', async () => {
    const id = await compliance.open(manual);
    const page = `/requests/${publicId('req', id)}/identity`;
    expect((await site.get(page)).html).not.toMatch(/type="radio"[^>]*checked/);
    const response = await site.send(page, { note: 'vue au magasin' });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('field-proof-error');
    expect(html).toContain('vue au magasin');
  });

  test('a withdrawn request goes nowhere', async () => {
    const id = await compliance.open(manual);
    await withdrawRequest(engine, scope, operator, id);
    await expect(freezePlan(engine, scope, operator, id)).rejects.toMatchObject({ code: 'request.state' });
  });
});

describe('answering', () => {
  async function started(): Promise<string> {
    const id = await compliance.open({
      ...manual,
      identityProof: 'operator',
      identities: [{ kind: 'email', value: 'paul.martin@example.org' }],
    });
    await freezePlan(engine, scope, operator, id);
    await startRequest(engine, scope, operator, id);
    return id;
  }

  test('a partial answer leaves while an application is silent, and is completed later', async () => {
    await asAdmin(`alter database ${shop.database} allow_connections false`);
    await asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${shop.database}'`);
    const id = await started();
    await compliance.settle(12);
    const [failed] = await ordersOf(scope.db, id);
    expect(failed).toMatchObject({ state: 'failed', channel: 'sql' });
    expect(failed?.problem?.fr).not.toBe('');
    const page = `/requests/${publicId('req', id)}`;
    const unasked = (await site.get(page)).html;
    expect(unasked).toContain('Rédiger une réponse partielle');
    expect(unasked).not.toContain('name="basis"');
    expect((await site.get(`${page}?answer=1`)).html).toContain('name="basis"');
    await sendAnswer(engine, scope, operator, id);
    expect(await readRequestRow(scope.db, id)).toMatchObject({
      state: 'answered',
      answer_kind: 'partial',
      answer_final_at: null,
    });
    await asAdmin(`alter database ${shop.database} allow_connections true`);
    expect((await site.get(page)).html).toContain('Relancer');
    await site.send(page, { how: 'retry' }, `/orders/${publicId('ord', failed?.id ?? '')}/mend`);
    await compliance.settle(1);
    const draft = await draftAnswer(engine, scope, await readRequestRow(scope.db, id));
    expect(draft?.answer).toMatchObject({ kind: 'complete', isFinal: true });
    await sendAnswer(engine, scope, operator, id);
    await compliance.settle(2);
    expect(await readRequestRow(scope.db, id)).toMatchObject({ state: 'closed', answer_kind: 'complete' });
  });

  test('a letter written before the last outcome is not sent: the reader is shown the letter as it is now', async () => {
    const id = await started();
    const basis = (await draftAnswer(engine, scope, await readRequestRow(scope.db, id)))?.basis ?? '';
    await compliance.settle(0);
    const href = `/requests/${publicId('req', id)}`;
    const late = await site.send(
      href,
      { subject: 'Réponse', body: 'Tout est en cours.', basis, do: 'send' },
      `${href}/letter`,
    );
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Tout est en cours.');
    expect((await readRequestRow(scope.db, id)).answered_at).toBeNull();
  });
});

describe('perimeters', () => {
  test('a relay sees, opens and touches only the requests of their brand; another organisation sees none', async () => {
    const acting = { model: compliance.model, asker: systemAsker };
    const controller = (name: string) =>
      write(scope, operator, (writing) => createObject(writing, acting, 'controller', { name }));
    const [brand] = [await controller('Autre enseigne'), await controller('Enseigne')];
    const unsaid = { intake: 'post', receivedOn: dayOf(store.clock.now()), email: 'new@example.org' };
    const asked = await site.send('/requests/new', unsaid, '/requests');
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain('Choisissez le responsable de traitement');
    const theirs = await compliance.open({ ...manual, controllerId: brand.id });
    const ours = await compliance.open(manual);
    const relay = { roles: ['relay'], perimeters: [brand.id] };
    site.as(relay);
    expect((await site.get(`/requests/${publicId('req', theirs)}`)).status).toBe(200);
    expect((await site.get(`/requests/${publicId('req', ours)}`)).status).toBe(404);
    expect((await site.api('GET', `/requests/${publicId('req', ours)}`)).status).toBe(404);
    expect((await site.api('GET', `/requests/${publicId('req', ours)}/evidence`)).status).toBe(404);
    const listed = await site.api('GET', '/requests?state=open&limit=200');
    expect(JSON.stringify(listed.json)).toContain(publicId('req', theirs));
    expect(JSON.stringify(listed.json)).not.toContain(publicId('req', ours));
    expect((await site.api('POST', '/requests', { right: 'erasure', identities: claire })).status).toBe(404);
    const html = (await site.get('/')).html;
    expect(html).not.toContain((await readRequestRow(scope.db, ours)).number);
    const elsewhere = await store.organisation();
    site.as({ roles: ['dpo'], scope: elsewhere });
    expect((await site.get(`/requests/${publicId('req', ours)}`)).status).toBe(404);
    expect((await site.api('GET', '/requests')).json).toEqual({ items: [], next: null });
  });

  test('an architect sees no request and no person', async () => {
    site.as({ roles: ['architect'] });
    expect((await site.get('/requests')).status).toBe(403);
    expect((await site.get('/persons')).status).toBe(403);
    expect((await site.get('/')).status).toBe(200);
  });
});
