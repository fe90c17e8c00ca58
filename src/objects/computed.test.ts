import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal } from '../kernel/index.ts';
import { type Writing, write } from '../store/index.ts';
import {
  type Acting,
  createObject,
  listObjects,
  readObject,
  systemAsker,
  transitionObject,
  updateObject,
} from './index.ts';

const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/expenses')]);
const scope = await testing.organisation();
const system: Acting = { model, asker: systemAsker };
const cause: Cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null };
const doing = <T>(run: (writing: Writing) => Promise<T>): Promise<T> => write(scope, cause, run);
const euros = (amount: string) => ({ amount, currency: 'EUR' });

const team = await doing((writing) => createObject(writing, system, 'team', { name: 'Lyon', ceiling: euros('50') }));
const trip = (values: Record<string, unknown>) =>
  doing((writing) => createObject(writing, system, 'trip', { place: 'Paris', ...values }));

test('what is calculated is there as soon as the object is, each after what it stands on', async () => {
  const { values } = await trip({ distance: '33.3', rate: euros('0.35') });
  expect(values).toMatchObject({
    cost: euros('11.66'), // 11.655, halves away from zero
    with_tax: euros('13.99'),
    rounds: 17,
    is_long: false,
    sign: 'Paris',
    age: null,
    margin: null,
  });
});

test('amounts are rounded to the decimals of their currency', async () => {
  expect((await trip({ distance: '33.3', rate: { amount: '10', currency: 'JPY' } })).values.cost).toEqual({
    amount: '333',
    currency: 'JPY',
  });
  expect((await trip({ distance: '0.5', rate: { amount: '0.003', currency: 'KWD' } })).values.cost).toEqual({
    amount: '0.002',
    currency: 'KWD',
  });
});

test('it follows what it stands on, whoever writes the row', async () => {
  const { id } = await trip({ distance: '10', rate: euros('1') });
  await doing((writing) => updateObject(writing, system, 'trip', id, { values: { distance: '200' }, version: null }));
  expect((await readObject(scope, system, 'trip', id)).values).toMatchObject({
    cost: euros('200.00'),
    sign: 'Paris !',
  });
  await sql`update model.trip set distance = null, cost_amount = 5 where id = ${id}`.execute(scope.db);
  expect((await readObject(scope, system, 'trip', id)).values).toMatchObject({
    cost: null,
    with_tax: null,
    rounds: null,
  });
});

test('what stands on other objects or on the day is calculated when it is read, and can be filtered on', async () => {
  const made_on = new Date(scope.clock.now().getTime() - 3 * 86_400_000).toISOString().slice(0, 10);
  const { id, values } = await trip({ place: 'Nice', distance: '10', rate: euros('1'), team: team.id, made_on });
  expect(values).toMatchObject({ age: 3, margin: euros('38.00') });
  await doing((writing) =>
    updateObject(writing, system, 'team', team.id, { values: { ceiling: euros('12') }, version: null }),
  );
  expect((await readObject(scope, system, 'trip', id)).values.margin).toEqual(euros('0.00'));
  const found = await listObjects(scope, system, 'trip', { filter: 'age == 3 && margin <= money("0", "EUR")' });
  expect(found.items.map((item) => item.id)).toEqual([id]);
});

test('what is calculated can be sorted by when it is kept and indexed', async () => {
  const { items } = await listObjects(scope, system, 'trip', {
    filter: 'rounds > 0',
    sort: [{ field: 'rounds', descending: true }],
  });
  expect(items.map((item) => item.values.rounds)).toEqual([17, 17, 5]);
});

test('what is calculated isn’t given', async () => {
  const error = await trip({ cost: euros('1') }).catch((thrown: unknown) => thrown);
  expect(error instanceof Refusal && error.problems.map((one) => [one.pointer, one.code])).toEqual([
    ['/values/cost', 'value.computed'],
  ]);
});

test('a result that no column can hold refuses the write, in words', async () => {
  const error = await trip({ distance: '99999999999', rate: euros('99999999999') }).catch((thrown: unknown) => thrown);
  expect(error instanceof Refusal && error.problems.map((one) => one.code)).toEqual(['value.too_large']);
});

test('a guard sees what is calculated from what the transition fills', async () => {
  const { id } = await trip({ distance: '10', rate: euros('1') });
  const make = (values: Record<string, unknown>) =>
    doing((writing) => transitionObject(writing, system, 'trip', id, { transition: 'make', values }));
  const error = await make({ distance: '84' }).catch((thrown: unknown) => thrown);
  expect(error instanceof Refusal && error.problems.map((one) => one.text.en)).toEqual([
    'Condition not met: “Cost with tax” is at most 100.00 EUR.',
  ]);
  expect((await readObject(scope, system, 'trip', id)).values.distance).toBe('10.0');
  expect((await make({ distance: '83' })).values.with_tax).toEqual(euros('99.60'));
});
