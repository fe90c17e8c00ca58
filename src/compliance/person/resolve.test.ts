import { describe, expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { ordersOf } from '../order/latest.ts';
import { freezePlan, startRequest } from '../request/plan.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import type { GivenIdentity } from './kinds.ts';
import { resolvePerson } from './resolve.ts';
import { decideReview } from './review.ts';
import { openPersons } from './secret.ts';

const compliance = await complianceTest();
const { scope, engine } = compliance;
await compliance.application('shop', shopSchema);
const manual = { answer: 'manual', identityProof: null } as const;

const resolve = (...identities: readonly GivenIdentity[]) =>
  write(scope, operator, (writing) => resolvePerson(writing, identities, {}));
const email = (value: string): GivenIdentity => ({ kind: 'email', value });
const card = (value: string): GivenIdentity => ({ kind: 'loyalty_number', value });
const first = (value: string): GivenIdentity => ({ kind: 'first_name', value });

describe('identifiers become a person', () => {
  test('the same strong identifier finds the same person, however it is written', async () => {
    const one = await resolve(email('Ana@Example.org'));
    const two = await resolve(email(' ana@example.ORG'), card('F-1'));
    expect(two).toMatchObject({ person: one.person, isNew: false, reviews: 0 });
    expect((await resolve(card('F-1'))).person).toBe(one.person);
  });

  test('two persons linked by a third description become one, and keep all their identifiers', async () => {
    const one = await resolve(email('lea@example.org'));
    const two = await resolve(card('F-2'));
    expect(two.person).not.toBe(one.person);
    const joined = await resolve(email('lea@example.org'), card('F-2'));
    expect(joined.person).toBe(one.person);
    const opened = await openPersons(scope.db, scope, [one.person, two.person]);
    for (const id of [one.person, two.person]) {
      expect(opened.get(id)?.identities).toEqual(expect.arrayContaining([email('lea@example.org'), card('F-2')]));
    }
  });

  test('a shared address with another name makes another person and a review, never a join', async () => {
    const one = await resolve(email('famille@example.org'), first('Marie'));
    const two = await resolve(email('famille@example.org'), first('Jean'));
    expect(two).toMatchObject({ isNew: true, reviews: 1 });
    expect(two.person).not.toBe(one.person);
    expect((await resolve(email('famille@example.org'), first('Marie'))).person).toBe(one.person);
  });

  test('two at the same time make one person', async () => {
    const found = await Promise.all(Array.from({ length: 6 }, () => resolve(email('rush@example.org'))));
    expect(new Set(found.map((one) => one.person)).size).toBe(1);
  });
});

describe('nobody is erased on a shared identifier', () => {
  test('a plan is not frozen before the review is settled; kept apart, the shared address is not sent', async () => {
    const marie = await compliance.open({
      ...manual,
      identities: [email('claire.dupont@example.org'), first('Claire')],
    });
    const id = await compliance.open({
      ...manual,
      identityProof: 'operator',
      identities: [email('claire.dupont@example.org'), first('Henri')],
    });
    await expect(freezePlan(engine, scope, operator, id)).rejects.toMatchObject({ code: 'request.identity_shared' });
    const review = await scope.db
      .selectFrom('compliance.identity_review')
      .select('id')
      .where('request_id', '=', id)
      .executeTakeFirstOrThrow();
    await decideReview(scope, operator, review.id, 'different');
    await freezePlan(engine, scope, operator, id);
    await startRequest(engine, scope, operator, id);
    await compliance.settle(0);
    const [order] = await ordersOf(scope.db, id);
    expect(order).toMatchObject({ state: 'refused', reason: 'identity_ambiguous' });
    expect((await readRequestRow(scope.db, marie)).state).toBe('received');
  });
});

describe('a person’s page', () => {
  test('shows masked identifiers only, and is found by a strong identifier alone', async () => {
    const site = new Site(compliance, createLog('silent'));
    const { person } = await resolve(email('zelie@example.org'), first('Zélie'));
    const found = await site.send('/persons', { kind: 'email', value: 'ZELIE@example.org' });
    expect(found.headers.get('location')).toBe(`/persons/${publicId('per', person)}`);
    const { status, html } = await site.get(`/persons/${publicId('per', person)}`);
    expect(status).toBe(200);
    expect(html).toContain('z•••@e•••.org');
    expect(html).not.toMatch(/zelie|ZÉLIE/i);
    const asked = await site.api('GET', `/persons?identity=${encodeURIComponent('email:zelie@example.org')}`);
    expect(JSON.stringify(asked.json)).not.toContain('zelie');
    expect((await site.api('GET', '/persons?identity=last_name:Dupont')).status).toBe(422);
    expect((await site.api('GET', `/persons/${publicId('per', person)}`)).status).toBe(200);
  });
});
