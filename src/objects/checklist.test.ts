import { expect, test } from 'vitest';
import { newId } from '../kernel/index.ts';
import { write } from '../store/index.ts';
import { createObject, systemAsker } from './index.ts';
import { csrf, objectsFixture, publicUrl } from './objects.fixture.ts';

const fixture = await objectsFixture({}, ['rounds']);
const ada = newId();
const grace = newId();

async function round(): Promise<string> {
  const cause = { actor: { kind: 'user', id: ada }, source: 'api', key: null } as const;
  const acting = { model: fixture.model, asker: systemAsker };
  const object = await write(fixture.scope, cause, (writing) =>
    createObject(writing, acting, 'round', { name: 'North', driver: 'Ada' }),
  );
  return object.number;
}

const base = '/api/v1/objects/round';
const tick = (number: string, ticks: Record<string, boolean>, as = 'member', user = ada) =>
  fixture.call('PATCH', `${base}/${number}/transitions/leave/checklist`, { as, user, body: { ticks } });
const move = (number: string, transition: string) =>
  fixture.call('POST', `${base}/${number}/transitions`, { as: 'member', user: ada, body: { transition } });

interface Problems {
  readonly errors: readonly { readonly pointer: string; readonly detail?: string; readonly code: string }[];
}
async function json<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text());
}
const problems = async (response: Response): Promise<readonly string[]> =>
  (await json<Problems>(response)).errors.map(({ pointer, code }) => `${pointer} ${code}`);

interface Transitions {
  readonly items: readonly {
    readonly name: string;
    readonly possible: boolean;
    readonly checklist: readonly { readonly name: string; readonly ticked: { readonly by: string } | null }[];
  }[];
}
const tickedBy = async (number: string): Promise<readonly (string | null)[]> => {
  const answer = await json<Transitions>(await fixture.call('GET', `${base}/${number}/transitions`, { as: 'member' }));
  const leave = answer.items.find(({ name }) => name === 'leave');
  return leave?.checklist.map(({ ticked }) => ticked?.by ?? null) ?? [];
};

test('what is not ticked is refused with the rest, each item by its name', async () => {
  const number = await round();
  await fixture.call('PATCH', `${base}/${number}`, { as: 'member', body: { values: { driver: null } } });
  const refused = await move(number, 'leave');
  expect(refused.status).toBe(422);
  expect(await problems(refused)).toEqual([
    '/values/driver transition.missing',
    '/checklist/tyres transition.unticked',
    '/checklist/load transition.unticked',
  ]);
});

test('items are ticked one by one, by whom is kept, and a second tick changes nothing', async () => {
  const number = await round();
  await tick(number, { tyres: true });
  await tick(number, { tyres: true, load: true }, 'member', grace);
  expect(await tickedBy(number)).toEqual([`user:${ada}`, `user:${grace}`]);
  await tick(number, { load: false });
  expect(await tickedBy(number)).toEqual([`user:${ada}`, null]);
});

test('once the step is done its ticks fall: a second passage needs new ones, and history remembers the first', async () => {
  const number = await round();
  await tick(number, { tyres: true, load: true });
  expect((await move(number, 'leave')).status).toBe(200);
  expect((await move(number, 'come_back')).status).toBe(200);
  expect(await tickedBy(number)).toEqual([null, null]);
  expect((await move(number, 'leave')).status).toBe(422);
  const history = await json<{ items: { action: string; changes: { attribute: string }[] }[] }>(
    await fixture.call('GET', `${base}/${number}/history`, { as: 'member' }),
  );
  const told = history.items.filter(({ action }) => action === 'tick');
  expect(told.flatMap(({ changes }) => changes.map(({ attribute }) => attribute))).toEqual(['tyres', 'load']);
});

test('a state that was left another way leaves no tick behind', async () => {
  const number = await round();
  const kept = async (): Promise<number> =>
    (await fixture.scope.db.selectFrom('objects.tick').selectAll().execute()).length;
  const before = await kept();
  await tick(number, { tyres: true, load: true });
  expect(await kept()).toBe(before + 2);
  expect((await move(number, 'close')).status).toBe(200);
  expect(await kept()).toBe(before);
});

test('who may not do the step may not tick, an item that isn’t there is told, and a step done leaves nothing to tick', async () => {
  const number = await round();
  expect((await tick(number, { tyres: true }, 'steward')).status).toBe(403);
  const unknown = await tick(number, { tyre: true });
  expect(unknown.status).toBe(422);
  expect(JSON.stringify(await unknown.json())).toContain('tyres');
  await tick(number, { tyres: true, load: true });
  await move(number, 'leave');
  expect((await tick(number, { tyres: true })).status).toBe(422);
});

test('the page shows boxes to those who may, ticks without script, and leaves alone what somebody else ticked meanwhile', async () => {
  const number = await round();
  const html = { accept: 'text/html', 'accept-language': 'en' };
  const path = `/objects/round/${number}`;
  const page = await (await fixture.call('GET', path, { as: 'member', headers: html })).text();
  expect(page).toContain('Load secured');
  expect(page).toContain('href="#checklist-leave"');
  await tick(number, { load: true }, 'member', grace);
  const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? csrf, _key: newId() });
  for (const [name, value] of [
    ['shown', ''],
    ['items', 'tyres,load'],
    ['tick.tyres', 'yes'],
  ] as const)
    body.append(name, value);
  const answer = await fixture.server.fetch(
    new Request(`${publicUrl}${path}/transitions/leave/checklist`, {
      method: 'POST',
      headers: {
        ...html,
        'x-roles': 'member',
        'x-user': ada,
        origin: publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString(),
    }),
  );
  expect(answer.status).toBe(303);
  expect(await tickedBy(number)).toEqual([`user:${ada}`, `user:${grace}`]);
  const steward = await (await fixture.call('GET', path, { as: 'steward', headers: html })).text();
  expect(steward).toContain('2 of 2 ticked');
  expect(steward).not.toContain('tick.tyres');
});
