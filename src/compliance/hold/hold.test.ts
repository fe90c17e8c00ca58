import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { readEntries, sequence } from '../../journal/index.ts';
import { createLog, day, type Id, newId, publicId } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { reportOf } from '../evidence/report.ts';
import { ordersOf } from '../order/latest.ts';
import { retryOrder } from '../order/retry.ts';
import { sendAnswer } from '../request/answer.ts';
import { draftAnswer } from '../request/letter.ts';
import { freezePlan, startRequest } from '../request/plan.ts';
import { readRequestRow } from '../request/row.ts';
import { viewRequest } from '../request/view.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { type NewHold, placeHold, releaseHold } from './hold.ts';

const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, store } = compliance;
const shop = await compliance.application(
  'shop',
  `create table customer (id bigint primary key, email varchar(120) not null unique, first_name varchar(60));
   insert into customer select n, 'c' || n || '@example.org', 'Claire' from generate_series(1, 40) n`,
);
const site = new Site(compliance, createLog('silent'));
let last = 0;

/** A request of somebody that the shop knows, and who they are there. */
async function request(answer: 'automatic' | 'manual' = 'automatic') {
  last += 1;
  const email = `c${last}@example.org`;
  const id = await compliance.open({ identities: [{ kind: 'email', value: email }], answer });
  const { person_id: person } = await readRequestRow(scope.db, id);
  return { id, person, email };
}

const hold = (changes: Partial<NewHold> = {}): NewHold => ({
  ground: 'legal_claims',
  categories: null,
  words: 'contentieux prud’homal',
  endsOn: null,
  ...changes,
});

async function states(id: Id<'request'>): Promise<readonly string[]> {
  return (await ordersOf(scope.db, id)).map((order) => `${order.application} ${order.state} ${order.generation}`);
}

async function isInShop(email: string): Promise<boolean> {
  const rows = await asAdmin('select id from customer where email = $1', [email], shop.database);
  return rows.length > 0;
}

test('a new order waits while a hold is in force; the answer leaves and says so; it goes on at the release', async () => {
  const { id, person, email } = await request();
  const placed = await placeHold(scope, operator, person, hold({ endsOn: day('2027-06-30') }));
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  expect(await isInShop(email)).toBe(true);
  const answered = await readRequestRow(scope.db, id);
  expect(answered).toMatchObject({ state: 'answered', answer_kind: 'partial', answer_final_at: null });
  const letter = (await draftAnswer(engine, scope, answered))?.letter.paragraphs.join('\n') ?? '';
  expect(letter).toContain('shop : l’effacement est gelé : constatation, exercice ou défense de droits en justice');
  expect(letter).toContain('30 juin 2027');
  expect(letter).not.toContain('prud’homal');
  const page = (await site.get(`/requests/${publicId('req', id)}`)).html;
  expect(page).toContain('Gelé\u00a0: shop');
  expect(page).toContain('Gel en vigueur');
  const report = await reportOf(engine, scope, await viewRequest(scope, id), 'fr');
  expect(report.holds).toEqual([
    {
      fr: expect.stringMatching(/^Toutes les données, depuis le .* 2026, jusqu’au 30 juin 2027 : constatation/),
      en: expect.stringMatching(/^All data, since .* 2026, until 30 June 2027: establishment/),
    },
  ]);
  await releaseHold(scope, operator, person, placed, false);
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop verified 1', 'Socle verified 1']);
  expect(await isInShop(email)).toBe(false);
  expect(await readRequestRow(scope.db, id)).toMatchObject({ state: 'closed', answer_kind: 'complete' });
  const [left] = await store.asOwner<{ words: unknown; ended_how: string }>(
    'select words, ended_how from compliance.hold where id = $1',
    [placed],
  );
  expect(left).toEqual({ words: null, ended_how: 'released' });
});

test('an order that was sent before goes on under the next generation', async () => {
  const { id, person, email } = await request();
  compliance.crashAt('sent');
  await compliance.settle(0).catch(() => undefined);
  expect(await states(id)).toEqual(['shop sent 1', 'Socle planned 1']);
  const placed = await placeHold(scope, operator, person, hold());
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  expect(await isInShop(email)).toBe(true);
  await releaseHold(scope, operator, person, placed, false);
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop refused 1', 'shop verified 2', 'Socle verified 1']);
  expect(await isInShop(email)).toBe(false);
  await sequence(scope);
  const entries = await readEntries(scope, { kind: 'order.refused', subjects: [publicId('req', id)] });
  expect(entries.map(({ body }) => body.data)).toMatchObject([{ generation: 1, reason: 'hold', by: 'socle' }]);
});

test('that a hold ended an order says nothing of whether its application knew the person: whom nobody knew is not found', async () => {
  const id = await compliance.open({
    identities: [{ kind: 'email', value: 'nobody@example.org' }],
    answer: 'automatic',
  });
  const { person_id: person } = await readRequestRow(scope.db, id);
  compliance.crashAt('sent');
  await compliance.settle(0).catch(() => undefined);
  const placed = await placeHold(scope, operator, person, hold());
  await compliance.settle(1);
  await releaseHold(scope, operator, person, placed, false);
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop refused 1', 'shop not_found 2', 'Socle not_found 1']);
});

test('a hold placed while the order is about to change rows is seen before any row changes', async () => {
  const { id, person, email } = await request();
  let placed: Id<'hold'> | null = null;
  const atStep = engine.atStep;
  Object.assign(engine, {
    atStep: async (step: string) => {
      if (step !== 'sent' || placed !== null) return;
      placed = await placeHold(scope, operator, person, hold());
    },
  });
  await compliance.settle(1);
  Object.assign(engine, { atStep });
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  expect(await isInShop(email)).toBe(true);
});

test('what was captured before the hold goes to its end, and is told as it is', async () => {
  const { id, person, email } = await request();
  compliance.crashAt('captured');
  await compliance.settle(0).catch(() => undefined);
  await placeHold(scope, operator, person, hold());
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop verified 1', 'Socle held 1']);
  expect(await isInShop(email)).toBe(false);
});

test('a hold ends by itself after its last day', async () => {
  const { id, person } = await request();
  const on = (
    await store.asOwner<{ d: string }>("select ($1::timestamptz + interval '3 days')::date::text as d", [
      store.clock.now(),
    ])
  )[0];
  await placeHold(scope, operator, person, hold({ endsOn: day(on?.d ?? '') }));
  await compliance.settle(1);
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  store.clock.advance({ days: 3 });
  await compliance.settle(1);
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  store.clock.advance({ days: 1 });
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop verified 1', 'Socle verified 1']);
});

test('a hold on some categories holds the applications that erase one of them, and Socle', async () => {
  const bank = await request();
  await placeHold(scope, operator, bank.person, hold({ categories: ['bank'] }));
  const contact = await request();
  await placeHold(scope, operator, contact.person, hold({ categories: ['bank', 'contact'] }));
  await compliance.settle(2);
  expect(await states(bank.id)).toEqual(['shop verified 1', 'Socle held 1']);
  expect(await readRequestRow(scope.db, bank.id)).toMatchObject({ state: 'answered', answer_kind: 'complete' });
  expect(await states(contact.id)).toEqual(['shop held 1', 'Socle held 1']);
});

test('two holds: the order goes on when the last has ended', async () => {
  const { id, person } = await request();
  const first = await placeHold(scope, operator, person, hold());
  const second = await placeHold(scope, operator, person, hold({ ground: 'legal_obligation' }));
  await compliance.settle(1);
  await releaseHold(scope, operator, person, first, false);
  await compliance.settle(1);
  expect(await states(id)).toEqual(['shop held 1', 'Socle held 1']);
  await releaseHold(scope, operator, person, second, false);
  await compliance.settle(2);
  expect(await states(id)).toEqual(['shop verified 1', 'Socle verified 1']);
});

test('a failed order that is retried under a hold waits', async () => {
  const { id, person } = await request('manual');
  await asAdmin(`alter database ${shop.database} allow_connections false`);
  await asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${shop.database}'`);
  await freezePlan(engine, scope, operator, id);
  await startRequest(engine, scope, operator, id);
  await compliance.settle(12);
  await asAdmin(`alter database ${shop.database} allow_connections true`);
  await placeHold(scope, operator, person, hold());
  const [failed] = await ordersOf(scope.db, id);
  expect(failed?.state).toBe('failed');
  await retryOrder(scope, operator, failed?.id ?? newId());
  await compliance.settle(1);
  expect((await states(id))[0]).toBe('shop held 1');
  await sendAnswer(engine, scope, operator, id);
  expect(await readRequestRow(scope.db, id)).toMatchObject({ answer_kind: 'partial', answer_final_at: null });
});

test('a hold is placed, listed and released by page and by API, by a DPO alone, and a restriction is told first', async () => {
  const { person } = await request('manual');
  const href = `/persons/${publicId('per', person)}`;
  const wrong = await site.send(`${href}/holds/new`, { ground: 'legal_claims', endsOn: '2020-01-01' }, `${href}/holds`);
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('field-words-error');
  const fields = { ground: 'accuracy_contested', categories: 'contact', words: 'adresse contestée' };
  expect((await site.send(`${href}/holds/new`, fields, `${href}/holds`)).status).toBe(303);
  const listed = await site.api('GET', `${href}/holds`);
  const [{ id = '' } = {}] = listed.json.items as { id: string }[];
  expect(listed.json).toMatchObject({ items: [{ ground: 'accuracy_contested', categories: ['contact'] }] });
  expect((await site.get(href)).html).toContain('adresse contestée');
  expect((await site.send(`${href}/holds/${id}/release`, {})).status).toBe(422);
  expect((await site.api('DELETE', `${href}/holds/${id}`)).status).toBe(422);
  expect((await site.api('DELETE', `${href}/holds/${id}?told=yes`)).status).toBe(204);
  const key = { 'idempotency-key': 'hold-of-a-dispute' };
  const place = () => site.api('POST', `${href}/holds`, { ground: 'legal_claims', words: 'litige' }, key);
  const [placed, again] = [await place(), await place()];
  expect([placed.status, placed.json.categories]).toEqual([201, 'all']);
  // An answer that was lost is asked for again: one hold, that one release ends.
  expect([again.status, again.json.id]).toEqual([201, placed.json.id]);
  site.as({ roles: ['relay'] });
  expect((await site.get(`${href}/holds/new`)).status).toBe(403);
  expect((await site.api('POST', `${href}/holds`, { ground: 'legal_claims', words: 'litige' })).status).toBe(403);
  expect((await site.get(href)).html).not.toContain('/holds/new');
  const elsewhere: Scope = await store.organisation();
  site.as({ roles: ['dpo'], scope: elsewhere });
  expect((await site.api('GET', `${href}/holds`)).status).toBe(404);
  site.as({ roles: ['dpo'] });
});
