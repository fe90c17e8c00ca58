import { expect, test } from 'vitest';
import { sequence } from '../../journal/index.ts';
import { createLog, type Id, publicId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { placeHold } from '../hold/hold.ts';
import { ordersOf } from '../order/latest.ts';
import { withdrawRequest } from '../request/decide.ts';
import { freezePlan } from '../request/plan.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import type { GivenIdentity } from './kinds.ts';
import { resolvePerson } from './resolve.ts';
import { openPersons } from './secret.ts';
import { joinsOf, undoJoin } from './undo-join.ts';

const compliance = await complianceTest();
const { scope, engine } = compliance;
await compliance.application('shop', shopSchema);
const site = new Site(compliance, createLog('silent'));
const manual = { answer: 'manual', identityProof: 'operator' } as const;

const resolve = (...identities: readonly GivenIdentity[]) =>
  write(scope, operator, (writing) => resolvePerson(writing, identities, {}));
const email = (value: string): GivenIdentity => ({ kind: 'email', value });
const card = (value: string): GivenIdentity => ({ kind: 'loyalty_number', value });

/** Two persons whom a third description joined. */
async function joined(name: string) {
  const one = await resolve(email(`${name}@example.org`));
  const two = await resolve(card(name));
  await resolve(email(`${name}@example.org`), card(name));
  const [join] = await joinsOf(scope.db, one.person);
  if (join === undefined) throw new Error('not joined');
  return { kept: one.person, other: two.person, join };
}

async function identitiesOf(person: Id<'person'>) {
  return (await openPersons(scope.db, scope, [person])).get(person)?.identities;
}

test('a join keeps its evidence, and undone, each has back what came with them', async () => {
  const { kept, other, join } = await joined('lea');
  expect(join).toMatchObject({ foundBy: 'identifiers', kinds: ['email', 'loyalty_number'], undoneAt: null });
  await undoJoin(scope, operator, kept, join.id);
  expect(await identitiesOf(other)).toEqual([card('lea')]);
  // The description that joined them was learnt since: it stays, so the card is of both, and erases neither by itself.
  expect(await identitiesOf(kept)).toEqual([email('lea@example.org'), card('lea')]);
  const again = await resolve(card('lea'));
  expect([kept, other]).not.toContain(again.person);
  expect(again.reviews).toBe(2);
  await expect(undoJoin(scope, operator, kept, join.id)).rejects.toMatchObject({ code: 'join.undone' });
  await sequence(scope);
  const { json } = await site.api('GET', `/persons/${publicId('per', kept)}`);
  expect(json.joins).toMatchObject([{ other: publicId('per', other), kinds: ['email', 'loyalty_number'] }]);
});

test('an identifier that both hold does not join them again', async () => {
  const { kept, other, join } = await joined('max');
  await undoJoin(scope, operator, kept, join.id);
  await resolve(email('max@example.org'), card('max'));
  expect((await openPersons(scope.db, scope, [other])).get(other)?.root).toBe(other);
});

test('joins are undone in the reverse of their order', async () => {
  const a = await resolve(email('ida@example.org'));
  const b = await resolve(card('IDA'));
  const c = await resolve(email('ida2@example.org'));
  await resolve(card('IDA'), email('ida2@example.org'));
  await resolve(email('ida@example.org'), card('IDA'));
  const roots = async () => {
    const known = await openPersons(scope.db, scope, [a.person, b.person, c.person]);
    return [a, b, c].map(({ person }) => known.get(person)?.root);
  };
  expect(await roots()).toEqual([a.person, a.person, a.person]);
  const [inner] = await joinsOf(scope.db, b.person);
  const [outer] = await joinsOf(scope.db, a.person);
  await expect(undoJoin(scope, operator, b.person, inner?.id ?? '')).rejects.toMatchObject({
    code: 'join.later_first',
  });
  await undoJoin(scope, operator, a.person, outer?.id ?? '');
  expect(await roots()).toEqual([a.person, b.person, b.person]);
  await undoJoin(scope, operator, b.person, inner?.id ?? '');
  expect(await roots()).toEqual([a.person, b.person, c.person]);
});

test('it is refused from the frozen plan to the closing, with the request’s number', async () => {
  const { kept, join } = await joined('eva');
  const id = await compliance.open({ ...manual, identities: [email('eva@example.org')] });
  await freezePlan(engine, scope, operator, id);
  const { number } = await readRequestRow(scope.db, id);
  await expect(undoJoin(scope, operator, kept, join.id)).rejects.toMatchObject({
    code: 'join.request_running',
    text: { fr: expect.stringContaining(number) },
  });
  const href = `/persons/${publicId('per', kept)}`;
  await site.send(href, {}, `${href}/joins/${join.id}/undo`);
  expect((await joinsOf(scope.db, kept))[0]?.undoneAt).toBeNull();
  await withdrawRequest(engine, scope, operator, id);
  await site.send(href, {}, `${href}/joins/${join.id}/undo`);
  expect((await joinsOf(scope.db, kept))[0]?.undoneAt).not.toBeNull();
  expect((await site.get(href)).html).toContain('Défait');
});

test('a relay can’t undo a join, and another organisation sees none', async () => {
  const { kept, join } = await joined('zoe');
  const path = `/persons/${publicId('per', kept)}/joins/${join.id}/undo`;
  site.as({ roles: ['relay'] });
  expect((await site.api('POST', path, {})).status).toBe(403);
  site.as({ roles: ['dpo'], scope: await compliance.store.organisation() });
  expect((await site.api('POST', path, {})).status).toBe(404);
  site.as({ roles: ['dpo'] });
  expect((await site.api('POST', path, {})).status).toBe(200);
});

test('a hold on one holds the orders of the other, once they are found to be one', async () => {
  const one = await resolve(email('paul.martin@example.org'));
  const id = await compliance.open({ identities: [card('PAUL-1')], answer: 'automatic' });
  await placeHold(scope, operator, one.person, {
    ground: 'legal_claims',
    categories: null,
    words: 'litige',
    endsOn: null,
  });
  await resolve(email('paul.martin@example.org'), card('PAUL-1'));
  await compliance.settle(1);
  const orders = await ordersOf(scope.db, id);
  expect(orders.map((order) => order.state)).toEqual(['held', 'held']);
});
