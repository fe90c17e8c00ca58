import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal, type Uuid } from '../kernel/index.ts';
import { type Writing, write } from '../store/index.ts';
import {
  type Acting,
  countObjects,
  createObject,
  deleteObject,
  failingRules,
  listObjects,
  objectHistory,
  possibleTransitions,
  qualityOf,
  readObject,
  systemAsker,
  transitionObject,
  updateObject,
} from './index.ts';
import { namesOf } from './read.ts';

const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/expenses')]);
const scope = await testing.organisation();
const system: Acting = { model, asker: systemAsker };

/** Someone with a role, as they act and as what they write says. */
function person(role: string): { readonly acting: Acting; readonly cause: Cause } {
  const id = newId();
  return {
    acting: { model, asker: { kind: 'user', roles: [role], perimeters: null, me: `user:${id}` } },
    cause: { actor: { kind: 'user', id }, source: 'api', key: null },
  };
}

type Person = ReturnType<typeof person>;
const [ada, bob, admin, auditor] = [person('member'), person('member'), person('admin'), person('auditor')];
const doing = <T>({ cause }: Person, run: (writing: Writing) => Promise<T>): Promise<T> => write(scope, cause, run);
const euros = (amount: string) => ({ amount, currency: 'EUR' });

const team = await doing(admin, (writing) =>
  createObject(writing, admin.acting, 'team', { name: 'Lyon', ceiling: euros('100') }),
);

const expense = (by: Person, values: Record<string, unknown> = {}): Promise<{ readonly id: Uuid }> =>
  doing(by, (writing) => createObject(writing, by.acting, 'expense', { subject: 'Train', ...values }));

const move = (by: Person, id: string, transition: string, values: Record<string, unknown> = {}) =>
  doing(by, (writing) => transitionObject(writing, by.acting, 'expense', id, { transition, values }));

async function refused(run: Promise<unknown>): Promise<Refusal> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw error ?? new Error('nothing was refused');
}

test('a guard that doesn’t hold is refused in the words of the model, beside all that is missing', async () => {
  const { id } = await expense(ada, { spent_on: '2999-01-01' });
  const { status, problems } = await refused(move(ada, id, 'send'));
  expect(status).toBe(422);
  expect(problems.map(({ code, text }) => [code, text.en])).toEqual([
    ['transition.missing', '“Amount” must be filled first.'],
    ['transition.guard', 'Condition not met: “Amount” is above 0.00 EUR and “Spent on” is at most today.'],
  ]);
});

test('a guard sees what the transition fills on the way', async () => {
  const { id } = await expense(ada);
  const sent = await move(ada, id, 'send', { amount: euros('12.50'), spent_on: '2020-01-01' });
  expect(sent.state).toBe('sent');
});

test('a guard follows references, and says what its pack says', async () => {
  const { id } = await expense(ada, { amount: euros('100.01'), spent_on: '2020-01-01', team: team.id });
  await move(ada, id, 'send');
  const { problems } = await refused(move(admin, id, 'pay'));
  expect(problems.map((one) => one.text.fr)).toEqual([
    'Condition non remplie : le montant tient dans le plafond de l’équipe.',
  ]);
  const told = await possibleTransitions(scope, admin.acting, 'expense', id, admin.cause.actor);
  expect(told.map(({ transition, isPossible }) => [transition.name, isPossible])).toEqual([
    ['send', false],
    ['pay', false],
  ]);
  await doing(admin, (writing) =>
    updateObject(writing, admin.acting, 'team', team.id, { values: { ceiling: euros('200') }, version: null }),
  );
  expect((await move(admin, id, 'pay')).state).toBe('paid');
});

test('whoever may read some objects sees these and counts these, wherever they look', async () => {
  const own = await expense(ada, { subject: 'Mine' });
  const other = await expense(bob, { subject: 'Theirs' });
  const subjects = (await listObjects(scope, ada.acting, 'expense', { filter: 'subject in ["Mine", "Theirs"]' })).items;
  expect(subjects.map((one) => one.id)).toEqual([own.id]);
  expect(await countObjects(scope, ada.acting, 'expense', { filter: 'subject in ["Mine", "Theirs"]' })).toMatchObject({
    count: 1,
  });
  expect((await refused(readObject(scope, ada.acting, 'expense', other.id))).status).toBe(404);
  const wanted = [own, other].map(({ id }) => ({ type: 'expense', id }));
  expect([...(await namesOf(scope, ada.acting, wanted)).keys()]).toEqual([own.id]);
  expect((await namesOf(scope, admin.acting, wanted)).size).toBe(2);
});

test('a condition of the right to read may stand on the state', async () => {
  const { id } = await expense(ada, { amount: euros('1'), spent_on: '2020-01-01' });
  expect((await refused(readObject(scope, auditor.acting, 'expense', id))).status).toBe(404);
  await move(ada, id, 'send');
  await move(admin, id, 'pay');
  expect((await readObject(scope, auditor.acting, 'expense', id)).state).toBe('paid');
});

test('a change that the rights leave out on this object is refused with what would have to be so', async () => {
  const { id } = await expense(ada, { amount: euros('1'), spent_on: '2020-01-01' });
  const rename = (by: Person) =>
    doing(by, (writing) =>
      updateObject(writing, by.acting, 'expense', id, { values: { subject: 'Taxi' }, version: null }),
    );
  expect((await rename(ada)).values.subject).toBe('Taxi');
  await move(ada, id, 'send');
  const late = await refused(rename(ada));
  expect([late.status, late.text.en]).toEqual([
    403,
    'You may only change this object if: the state is “Draft” and the author is you.',
  ]);
  expect((await refused(rename(admin))).text.en).toContain('Those who may: Member (if the state is “Draft”');
});

test('an object that may not be deleted as it stands stays', async () => {
  const { id } = await expense(ada, { amount: euros('1'), spent_on: '2020-01-01' });
  await move(ada, id, 'send');
  await move(admin, id, 'pay');
  const remove = doing(admin, (writing) => deleteObject(writing, admin.acting, 'expense', id, { version: null }));
  expect((await refused(remove)).text.fr).toBe(
    'Vous ne pouvez supprimer cet objet que si : l’état n’est pas « Payée ».',
  );
  expect((await readObject(scope, system, 'expense', id)).state).toBe('paid');
});

test('who may do a step but not change the object fills what the step asks for, nothing else', async () => {
  const { id } = await expense(ada, { spent_on: '2020-01-01' });
  const { problems } = await refused(move(admin, id, 'send', { amount: euros('2'), subject: 'Hotel' }));
  expect(problems.map(({ pointer, code }) => [pointer, code])).toEqual([['/values/subject', 'transition.not_yours']]);
  expect((await move(admin, id, 'send', { amount: euros('2') })).state).toBe('sent');
});

test('what should hold and doesn’t is told, counted among what one may read, and refuses nothing', async () => {
  const { id } = await expense(ada, { spent_on: '1999-12-31' });
  const failing = await failingRules(scope, ada.acting, 'expense', id);
  expect(failing.map((rule) => [rule.attribute, rule.name, rule.condition.why.en])).toEqual([
    ['spent_on', 'recent', '“Spent on” is empty or “Spent on” is above 2000-01-01'],
  ]);
  const counts = async (by: Person) =>
    Object.fromEntries(
      (await qualityOf(scope, by.acting, 'expense')).map(({ rule, failing: count }) => [rule.name, count]),
    );
  expect(await counts(ada)).toEqual({ recent: 1, in_order: 1 });
  expect(await counts(bob)).toEqual({ recent: 0, in_order: 0 });
});

test('effects set, change what is behind a reference and create, by the word of the model', async () => {
  const { id } = await expense(ada, { subject: 'Bus', amount: euros('7'), spent_on: '2020-01-01', team: team.id });
  await move(ada, id, 'send');
  const paid = await move(admin, id, 'pay');
  const today = scope.clock.now().toISOString().slice(0, 10);
  expect(paid.values.paid_on).toBe(today);
  expect((await readObject(scope, system, 'team', team.id)).values.last_paid).toEqual(euros('7.00'));
  const trips = await listObjects(scope, system, 'trip', { filter: `place == "Bus (${paid.number})"` });
  expect(trips.items.map(({ values }) => [values.team, values.made_on, values.distance])).toEqual([
    [team.id, '2020-01-01', '10.0'],
  ]);
  const [last] = await objectHistory(scope, system, 'expense', id);
  expect(last?.changes.map((change) => change.attribute)).toEqual(['state', 'paid_on']);
});

test('an effect on what no reference names changes nothing, and the step goes on', async () => {
  const { id } = await expense(ada, { subject: 'Tram', amount: euros('7'), spent_on: '2020-01-01' });
  await move(ada, id, 'send');
  expect((await move(admin, id, 'pay')).state).toBe('paid');
});

test('an effect that can’t be refuses the whole step, and nothing of it is kept', async () => {
  const subject = 'x'.repeat(495);
  const { id } = await expense(ada, { subject, amount: euros('7'), spent_on: '2020-01-01', team: team.id });
  await move(ada, id, 'send');
  const before = (await readObject(scope, system, 'team', team.id)).version;
  const refusal = await refused(move(admin, id, 'pay'));
  expect(refusal.problems.map((one) => one.code)).toEqual(['transition.effect']);
  expect(refusal.text.en).toContain('An effect of this step is refused. Trip: nothing was saved.');
  expect((await readObject(scope, system, 'expense', id)).state).toBe('sent');
  expect((await readObject(scope, system, 'team', team.id)).version).toBe(before);
});

test('a filter beyond what can be calculated is refused in words, for a list and for its count', async () => {
  for (const run of [listObjects, countObjects]) {
    const refusal = await refused(
      run(scope, admin.acting, 'expense', { filter: "today() - duration('P99999Y') < today()" }),
    );
    expect([refusal.status, refusal.code]).toEqual([422, 'expression.out_of_range']);
  }
});

test('a filter that fails on objects out of sight tells nothing of them', async () => {
  const trip = (values: Record<string, unknown>) =>
    doing(admin, (writing) => createObject(writing, admin.acting, 'trip', { place: 'Rome', ...values }));
  const rome = await doing(admin, (writing) => createObject(writing, admin.acting, 'team', { name: 'Rome' }));
  await trip({ team: rome.id, made_on: '9000-01-01' });
  await trip({ made_on: '2026-01-02' });
  // The calendar begins 4713 years before our era: this fails on the second alone, which no team lets an auditor see.
  const filter = "made_on - duration('P6990Y') < today()";
  expect((await listObjects(scope, auditor.acting, 'trip', { filter })).items).toHaveLength(1);
  expect((await countObjects(scope, auditor.acting, 'trip', { filter })).count).toBe(1);
  expect((await refused(listObjects(scope, admin.acting, 'trip', { filter }))).code).toBe('expression.out_of_range');
});
