import { describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../../sdk/verify/lib/evidence.mjs';
import { asAdmin } from '../../../test/support/store.ts';
import { journalKey, readEntries } from '../../journal/index.ts';
import { createLog, type Id, publicId } from '../../kernel/index.ts';
import { declareInMap } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { requestEvidence } from '../evidence/evidence.ts';
import { placeHold } from '../hold/hold.ts';
import { draftAnswer } from '../request/letter.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { checkByHand } from './hand-check.ts';
import { ordersOf } from './latest.ts';
import { mendOrder } from './mend.ts';
import { declareRestoration } from './restoration.ts';

/** Actors who bear the names of customers: nothing can join them, and to ignore them would be to look at no actor any more. */
const schema = `
  create table customer (id bigint primary key, email varchar(120), first_name varchar(60), last_name varchar(60));
  create table actor (id bigint primary key, first_name varchar(60), last_name varchar(60));
  create table extra (id bigint primary key, first_name varchar(60), last_name varchar(60));
  insert into customer select n, 'p' || n || '@example.org', 'Mary', 'Smith' || chr(96 + n::int) from generate_series(1, 12) n;
  insert into actor select n, 'MARY', 'SMITH' || chr(64 + n::int) from generate_series(1, 12) n;
  insert into extra values (1, 'Mary', 'Smithb');`;

const namesake = { finding: 'other_person', basis: 'details_differ', note: null, role: 'dpo' } as const;

describe('rows that bear the person’s name, looked at by hand', async () => {
  const it = await complianceTest();
  const { scope, engine, store, settle } = it;
  const shop = await it.application('shop', schema);
  const site = new Site(it, createLog('silent'));
  const inShop = (query: string) => asAdmin<Record<string, unknown>>(query, [], shop.database);
  const openFor = async (place: number): Promise<Id<'request'>> => {
    const request = await it.open({ identities: [{ kind: 'email', value: `p${place}@example.org` }] });
    await settle(2);
    return request;
  };
  const latest = async (request: Id<'request'>) => {
    const order = (await ordersOf(scope.db, request)).find((each) => each.application === 'shop' && each.isLatest);
    if (order === undefined) throw new Error('no order of the shop');
    return order;
  };
  const letterOf = async (request: Id<'request'>) => {
    const draft = await draftAnswer(engine, scope, await readRequestRow(scope.db, request));
    return draft?.letter.paragraphs.join('\n') ?? '';
  };

  test('the order ends executed, is verified, and its request closes; the rows of the namesake stay', async () => {
    const request = await openFor(1);
    const order = await latest(request);
    expect(order).toMatchObject({ state: 'partly', left: [{ where: 'public.actor', by: 'name', rows: 1 }] });
    await checkByHand(scope, operator, order.id, {
      ...namesake,
      where: 'public.actor',
      note: 'born in 1931, says Ann',
    });
    expect(await latest(request)).toMatchObject({ state: 'executed', outcome: 'executed', problem: null, left: [] });
    await settle(2);
    expect(await latest(request)).toMatchObject({ state: 'verified', generation: 1 });
    expect((await readRequestRow(scope.db, request)).state).toBe('closed');
    expect(await inShop('select first_name, last_name from actor where id = 1')).toEqual([
      { first_name: 'MARY', last_name: 'SMITHA' },
    ]);
  });

  test('the letter says by whom and when; the journal and the evidence say so too, and hold nothing that was typed', async () => {
    const request = await openFor(3);
    const order = await latest(request);
    await checkByHand(scope, operator, order.id, {
      ...namesake,
      where: 'public.actor',
      note: 'born in 1931, says Ann',
    });
    const letter = await letterOf(request);
    expect(letter).toMatch(
      /vérifiées à la main par le délégué à la protection des données, le .*, elles ne vous concernent pas/,
    );
    const { html } = await site.get(`/requests/${publicId('req', request)}`);
    expect(html).toContain('vérifié à la main par le délégué à la protection des données');
    expect(html).toContain('born in 1931');
    await settle(2);
    const file = await requestEvidence(engine, scope, operator, request, 'fr');
    const verified = verifyEvidence(file.bytes, { key: (await journalKey(scope)).text });
    expect(verified).toMatchObject({ isProven: true, failure: null });
    const answers = verified.orders.flatMap((each) => each.answers.map(({ name }) => name));
    expect(answers).toContain(`${publicId('ord', order.id)}/hand_check`);
    const entries = await readEntries(scope, { subjects: [publicId('req', request)] });
    const said = entries.find(({ body }) => body.kind === 'order.hand_checked');
    expect(said?.body.data).toMatchObject({ where: 'public.actor', finding: 'other_person', role: 'dpo' });
    expect(JSON.stringify(entries)).not.toMatch(/1931|p3@example|smithc/i);
    expect(file.bytes.toString('latin1')).not.toMatch(/1931|p3@example|smithc/i);
  });

  test('with two tables, it ends with the second', async () => {
    const request = await openFor(2);
    const order = await latest(request);
    expect(order.left.map(({ where }) => where).sort()).toEqual(['public.actor', 'public.extra']);
    await checkByHand(scope, operator, order.id, { ...namesake, where: 'public.extra', finding: 'treated' });
    expect(await latest(request)).toMatchObject({ state: 'partly', left: [{ where: 'public.actor' }] });
    const again = checkByHand(scope, operator, order.id, { ...namesake, where: 'public.extra' });
    await expect(again).rejects.toMatchObject({ code: 'order.not_to_check' });
    await checkByHand(scope, operator, order.id, { ...namesake, where: 'public.actor' });
    await settle(2);
    expect(await latest(request)).toMatchObject({ state: 'verified' });
  });

  test('one more row of that name, seen a week later, was looked at by nobody: the order is partly done again', async () => {
    const request = await openFor(4);
    await checkByHand(scope, operator, (await latest(request)).id, { ...namesake, where: 'public.actor' });
    await settle(2);
    expect((await latest(request)).state).toBe('verified');
    store.clock.advance({ days: 8 });
    await settle(1);
    expect((await latest(request)).state).toBe('verified');
    await inShop("insert into actor values (104, 'Mary', 'Smithd')");
    store.clock.advance({ days: 8 });
    await settle(1);
    const order = await latest(request);
    expect(order).toMatchObject({ state: 'partly', left: [{ where: 'public.actor', rows: 2 }] });
    await checkByHand(scope, operator, order.id, { ...namesake, where: 'public.actor' });
    await settle(1);
    expect((await latest(request)).state).toBe('verified');
  });

  test('another try starts without it: what it sees was looked at by nobody', async () => {
    const request = await openFor(5);
    await inShop("insert into extra values (5, 'Mary', 'Smithe')");
    const order = await latest(request);
    await mendOrder(engine, scope, operator, order.id, 'retry');
    await settle(1);
    await checkByHand(scope, operator, order.id, { ...namesake, where: 'public.extra' });
    expect((await latest(request)).left.map(({ where }) => where)).toEqual(['public.actor']);
    await mendOrder(engine, scope, operator, order.id, 'retry');
    await settle(1);
    const tried = await latest(request);
    expect(tried.left.map(({ where }) => where).sort()).toEqual(['public.actor', 'public.extra']);
    expect(tried.checks).toEqual([]);
  });

  test('a restoration brings it back under its next generation, where somebody must look again', async () => {
    const since = store.clock.now();
    store.clock.advance({ hours: 1 });
    const request = await openFor(6);
    const first = await latest(request);
    await checkByHand(scope, operator, first.id, { ...namesake, where: 'public.actor' });
    await settle(2);
    await inShop(
      "update customer set email = 'p6@example.org', first_name = 'Mary', last_name = 'Smithf' where id = 6",
    );
    await write(scope, operator, (writing) => declareRestoration(writing, shop.id, since));
    await settle(1);
    expect(await latest(request)).toMatchObject({ state: 'partly', generation: 2, left: [{ where: 'public.actor' }] });
    const late = checkByHand(scope, operator, first.id, { ...namesake, where: 'public.actor' });
    await expect(late).rejects.toMatchObject({ code: 'order.superseded' });
  });

  test('what moved meanwhile is refused, and nothing is recorded: an order in flight, or one that is done', async () => {
    const request = await openFor(7);
    const order = await latest(request);
    await mendOrder(engine, scope, operator, order.id, 'retry');
    const early = checkByHand(scope, operator, order.id, { ...namesake, where: 'public.actor' });
    await expect(early).rejects.toMatchObject({ code: 'order.nothing_to_check' });
    await settle(1);
    const both = await Promise.allSettled(
      [1, 2].map(() => checkByHand(scope, operator, order.id, { ...namesake, where: 'public.actor' })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await latest(request)).checks).toHaveLength(1);
  });

  test('an identifier of the person is theirs, whoever looked at it', async () => {
    const request = await openFor(8);
    const order = await latest(request);
    const theirs = checkByHand(scope, operator, order.id, { ...namesake, where: 'public.customer.email' });
    await expect(theirs).rejects.toMatchObject({ code: 'order.not_to_check' });
  });

  test('who may decide does it from a page that names the table, and by the API; who may only handle does not', async () => {
    const request = await openFor(9);
    const order = await latest(request);
    const path = `/orders/${publicId('ord', order.id)}/check`;
    expect((await site.get(`/requests/${publicId('req', request)}`)).html).toContain(path);
    const shown = await site.get(path);
    expect(shown.html).toContain('public.actor');
    expect((await site.as({ roles: ['relay'] }).get(path)).status).toBe(403);
    site.as({ roles: ['dpo'] });
    const missing = await site.send(path, { where: 'public.actor', finding: 'other_person' });
    expect(missing.status).toBe(422);
    expect((await latest(request)).state).toBe('partly');
    const said = { where: 'public.actor', finding: 'no_person', basis: 'team_confirmed' };
    expect((await site.send(path, said)).status).toBe(303);
    await settle(2);
    expect((await latest(request)).state).toBe('verified');
    const other = await openFor(10);
    const api = `/orders/${publicId('ord', (await latest(other)).id)}/checks`;
    expect(await site.api('POST', api, said)).toMatchObject({ status: 200, json: { state: 'executed' } });
    expect((await site.api('POST', api, said)).status).toBe(409);
  });

  test('a hold placed meanwhile stops no one from saying what they saw, for nothing is erased by it', async () => {
    const request = await openFor(12);
    const { person_id: person } = await readRequestRow(scope.db, request);
    await placeHold(scope, operator, person, {
      ground: 'legal_claims',
      words: 'a dispute',
      categories: null,
      endsOn: null,
    });
    await checkByHand(scope, operator, (await latest(request)).id, { ...namesake, where: 'public.actor' });
    await settle(1);
    expect(await latest(request)).toMatchObject({ state: 'verified', generation: 1 });
  });

  test('a table declared since is settled by its plan, which needs no look any more', async () => {
    const request = await openFor(11);
    const order = await latest(request);
    store.clock.advance({ minutes: 5 });
    await declareInMap(scope, operator, shop.id, { what: 'ignore', table: 'actor' });
    await mendOrder(engine, scope, operator, order.id, 'retry');
    await settle(2);
    expect(await latest(request)).toMatchObject({ state: 'verified', generation: 2, checks: [] });
  });
});
