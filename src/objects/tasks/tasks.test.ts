import { expect, test } from 'vitest';
import { createLog, newId, publicId, type Uuid } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { createObject, deleteObject, systemAsker } from '../index.ts';
import { person } from '../notices/people.fixture.ts';
import { objectsFixture } from '../objects.fixture.ts';
import { taskHandler } from './tasks.ts';

const fixture = await objectsFixture({}, ['rounds']);
const { scope, clock, model } = fixture;
const acting = { model, asker: systemAsker };
const log = createLog('silent');
const ada = await person(scope, 'ada@ours.test', ['member']);
const grace = await person(scope, 'grace@ours.test', ['steward']);
const gone = { actor: { kind: 'user', id: ada }, source: 'api', key: null } as const;

const round = async () =>
  (await write(scope, gone, (writing) => createObject(writing, acting, 'round', { name: 'North' }))).number;

async function json<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text());
}
interface Task {
  readonly id: string;
  readonly title: string;
  readonly done_at: string | null;
}
const give = (number: string, body: object) =>
  fixture.call('POST', `/api/v1/objects/round/${number}/tasks`, { as: 'member', user: ada, body });
const mine = async (user: Uuid, as: string) =>
  (await json<{ items: Task[] }>(await fixture.call('GET', '/api/v1/tasks', { as, user }))).items;
const end = (id: string, user: Uuid, as: string) => fixture.call('POST', `/api/v1/tasks/${id}/end`, { as, user });
const toldTo = async (user: Uuid) =>
  (
    await json<{ items: { title: { en: string } }[] }>(
      await fixture.call('GET', '/api/v1/notifications', { as: 'steward', user }),
    )
  ).items.map(({ title }) => title.en);

test('a task is given to a person, who is told, sees it among theirs by the day it is due, and ends it', async () => {
  const number = await round();
  await give(number, { title: 'Later', assignee: publicId('usr', grace) });
  await give(number, { title: 'Soon', assignee: 'Grace@ours.test', due_on: '2026-12-24' });
  expect((await toldTo(grace))[0]).toContain('A task is given to you');
  const tasks = await mine(grace, 'steward');
  expect(tasks.map(({ title }) => title)).toEqual(['Soon', 'Later']);
  const [soon] = tasks;
  expect((await end(soon?.id ?? '', newId(), 'steward')).status).toBe(404);
  expect(await json<Task>(await end(soon?.id ?? '', grace, 'steward'))).toMatchObject({ title: 'Soon' });
  expect((await end(soon?.id ?? '', grace, 'steward')).status).toBe(200);
  expect((await mine(grace, 'steward')).map(({ title }) => title)).toEqual(['Later']);
});

test('a task given to a role waits for whoever has it', async () => {
  const number = await round();
  await give(number, { title: 'For stewards', role: 'steward' });
  const [task] = (await mine(newId(), 'steward')).filter(({ title }) => title === 'For stewards');
  expect(task).toBeDefined();
  expect((await mine(ada, 'member')).map(({ title }) => title)).not.toContain('For stewards');
  expect((await end(task?.id ?? '', newId(), 'steward')).status).toBe(200);
});

test('a task is for one of the two, and for somebody there is', async () => {
  const number = await round();
  expect((await give(number, { title: 'Whose?' })).status).toBe(422);
  expect((await give(number, { title: 'Both', assignee: publicId('usr', grace), role: 'steward' })).status).toBe(422);
  expect((await give(number, { title: 'Nobody', assignee: 'nobody@ours.test' })).status).toBe(422);
  expect((await give(number, { title: '', role: 'steward' })).status).toBe(422);
  expect((await give('R-9999', { title: 'Where?', role: 'steward' })).status).toBe(404);
});

test('on the morning of its day whoever is to do it is reminded, once; a task that is done reminds nobody', async () => {
  const number = await round();
  const day = clock.now().toISOString().slice(0, 10);
  const due = new Date(Date.parse(day) + 3 * 86_400_000).toISOString().slice(0, 10);
  await give(number, { title: 'Due', assignee: publicId('usr', grace), due_on: due });
  await give(number, { title: 'Done before', assignee: publicId('usr', grace), due_on: due });
  const done = (await mine(grace, 'steward')).find(({ title }) => title === 'Done before');
  await end(done?.id ?? '', grace, 'steward');
  const before = (await toldTo(grace)).length;
  await runDueBatch(taskHandler, scope, log);
  expect(await toldTo(grace)).toHaveLength(before);
  clock.advance({ days: 3, hours: 12 });
  await runDueBatch(taskHandler, scope, log);
  await runDueBatch(taskHandler, scope, log);
  expect(await toldTo(grace)).toHaveLength(before + 1);
  expect((await toldTo(grace))[0]).toContain('A task is due today');
});

test('the object’s page shows its tasks and gives new ones; when the object goes, they go', async () => {
  const number = await round();
  await give(number, { title: 'Call the driver', role: 'member' });
  const html = { accept: 'text/html', 'accept-language': 'en' };
  const page = await (
    await fixture.call('GET', `/objects/round/${number}`, { as: 'member', user: ada, headers: html })
  ).text();
  expect(page).toContain('Call the driver');
  expect(page).toContain('It is done');
  const form = await fixture.call('GET', `/objects/round/${number}/tasks/new`, {
    as: 'member',
    user: ada,
    headers: html,
  });
  expect(await form.text()).toContain('grace@ours.test');
  await write(scope, gone, (writing) => deleteObject(writing, acting, 'round', number, { version: null }));
  expect((await mine(ada, 'member')).map(({ title }) => title)).not.toContain('Call the driver');
});
