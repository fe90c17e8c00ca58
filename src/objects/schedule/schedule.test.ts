import { expect, test } from 'vitest';
import { createLog, newId, type Uuid } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { createObject, systemAsker, tickItems, transitionObject, updateObject } from '../index.ts';
import { person } from '../notices/people.fixture.ts';
import { objectsFixture } from '../objects.fixture.ts';
import { scheduleBeat, scheduleHandler } from './watch.ts';

const fixture = await objectsFixture({}, ['rounds']);
const { scope, clock, model } = fixture;
const acting = { model, asker: systemAsker };
const log = createLog('silent');
const cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null } as const;
const handler = scheduleHandler({ current: () => model }, log);
const ada = await person(scope, 'ada@ours.test', ['member']);
await scheduleBeat(async () => [{ id: scope.org }]).run(fixture.store);

/** The pump's next look. */
async function look(): Promise<void> {
  clock.advance({ minutes: 1 });
  expect(await runDueBatch(handler, scope, log)).toBe(1);
}
const inDays = (days: number): string => new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
const round = (values: Record<string, unknown>) =>
  write(scope, cause, (writing) => createObject(writing, acting, 'round', { name: 'North', driver: 'Ada', ...values }));
const stateOf = async (id: Uuid): Promise<string> =>
  JSON.parse(await (await fixture.call('GET', `/api/v1/objects/round/${id}`)).text()).state;
const told = async (): Promise<readonly string[]> =>
  JSON.parse(
    await (await fixture.call('GET', '/api/v1/notifications?limit=200', { as: 'member', user: ada })).text(),
  ).items.map(({ title }: { title: { en: string } }) => title.en);

test('a reminder is told once for each object and day, and again when the day moves', async () => {
  const soon = await round({ leaves_on: inDays(1) });
  await round({ leaves_on: inDays(5) });
  await round({ leaves_on: inDays(-40), name: 'Open' });
  const mine = async () => (await told()).filter((title) => title.includes(soon.number)).length;
  await look();
  expect(await mine()).toBe(1);
  await look();
  expect(await mine()).toBe(1);
  await write(scope, cause, (writing) =>
    updateObject(writing, acting, 'round', soon.id, { values: { leaves_on: inDays(3) }, version: null }),
  );
  await look();
  expect(await mine()).toBe(1);
  clock.advance({ days: 2 });
  await look();
  expect(await mine()).toBe(2);
  expect(await told()).toHaveLength(2);
});

test('a scheduled transition is done when its day has come; one that is refused is told on the page, and isn’t tried again', async () => {
  const over = await round({ leaves_on: inDays(-30) });
  const notYet = await round({ leaves_on: inDays(-28) });
  const stuck = await round({ leaves_on: inDays(-31), name: 'Open' });
  await look();
  expect([await stateOf(over.id), await stateOf(notYet.id), await stateOf(stuck.id)]).toEqual([
    'over',
    'planned',
    'planned',
  ]);
  const html = { accept: 'text/html', 'accept-language': 'en' };
  const page = await (await fixture.call('GET', `/objects/round/${stuck.number}`, { headers: html })).text();
  expect(page).toContain('“Close” was to be done by itself, and could not be');
  expect(page).toContain('the round is not called “Open”');
  const tries = async () =>
    (await scope.db.selectFrom('objects.schedule_done').select('at').where('object', '=', stuck.id).execute()).length;
  expect(await tries()).toBe(1);
  await look();
  expect(await tries()).toBe(1);
});

test('after its time in a state an object moves on, counted from when it entered that state', async () => {
  const made = await round({});
  clock.advance({ days: 10 });
  await write(scope, cause, async (writing) => {
    await tickItems(writing, acting, 'round', made.id, { transition: 'leave', ticks: { tyres: true, load: true } });
    await transitionObject(writing, acting, 'round', made.id, { transition: 'leave' });
  });
  clock.advance({ days: 6 });
  await look();
  expect(await stateOf(made.id)).toBe('under_way');
  clock.advance({ days: 1 });
  await look();
  expect(await stateOf(made.id)).toBe('planned');
  const history = await (await fixture.call('GET', `/api/v1/objects/round/${made.id}/history`)).text();
  expect(history).toContain('system:schedule');
});
