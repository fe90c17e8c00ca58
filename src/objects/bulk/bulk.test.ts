import { expect, test } from 'vitest';
import { createLog, newId, type Uuid } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { createObject, systemAsker } from '../index.ts';
import { csrf, objectsFixture, publicUrl } from '../objects.fixture.ts';
import { bulkHandler } from './run.ts';

const fixture = await objectsFixture({}, ['rounds']);
const ada = newId();
const log = createLog('silent');
const handler = bulkHandler({ current: () => fixture.model }, log);

async function rounds(...names: readonly string[]): Promise<readonly string[]> {
  const cause = { actor: { kind: 'user', id: ada }, source: 'api', key: null } as const;
  const acting = { model: fixture.model, asker: systemAsker };
  return write(fixture.scope, cause, async (writing) => {
    const numbers: string[] = [];
    for (const name of names) numbers.push((await createObject(writing, acting, 'round', { name })).number);
    return numbers;
  });
}

async function json<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text());
}

interface Progress {
  readonly id: string;
  readonly total: number;
  readonly waiting: number;
  readonly done: number;
  readonly refused: number;
  readonly finished_at: string | null;
}
const ask = (objects: readonly string[], headers: Record<string, string> = {}, as = 'member', user = ada) =>
  fixture.call('POST', '/api/v1/bulk-transitions', {
    as,
    user,
    headers,
    body: { type: 'round', transition: 'close', objects },
  });
const follow = async (id: string, user: Uuid = ada) =>
  fixture.call('GET', `/api/v1/bulk-transitions/${id}`, { as: 'member', user });
const outcomes = async (id: string) => {
  const path = `/api/v1/bulk-transitions/${id}/objects?limit=200`;
  const { items } = await json<{ items: { object: string; status: string; reasons: { code: string }[] }[] }>(
    await fixture.call('GET', path, { as: 'member', user: ada }),
  );
  return items.map(({ object, status, reasons }) => [object, status, ...reasons.map(({ code }) => code)]);
};
const stateOf = async (number: string) =>
  (await json<{ state: string }>(await fixture.call('GET', `/api/v1/objects/round/${number}`))).state;

test('a few move at once, each for itself: what one refuses is told for it alone, and it stays as it was', async () => {
  const [north = '', open = '', south = ''] = await rounds('North', 'Open', 'South');
  const answer = await ask([north, open, 'R-9999', south, north]);
  expect(answer.status).toBe(202);
  const progress = await json<Progress>(answer);
  expect(progress).toMatchObject({ total: 4, waiting: 0, done: 2, refused: 2 });
  expect(progress.finished_at).not.toBeNull();
  expect(await outcomes(progress.id)).toEqual([
    [north, 'done'],
    [open, 'refused', 'transition.guard'],
    ['R-9999', 'refused', 'object.not_found'],
    [south, 'done'],
  ]);
  expect([await stateOf(north), await stateOf(open)]).toEqual(['over', 'planned']);
});

test('three hundred are drained by the pump, once each, however many processes drain them', async () => {
  const numbers = await rounds(...Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? 'Open' : `Round ${at}`)));
  const { id, done } = await json<Progress>(await ask(numbers));
  expect(done).toBe(0);
  const before = await histories();
  await Promise.all([runDueBatch(handler, fixture.scope, log), runDueBatch(handler, fixture.scope, log)]);
  expect(await json<Progress>(await follow(id))).toMatchObject({ waiting: 0, done: 200, refused: 100 });
  expect(await histories()).toBe(before + 200);
  expect(await runDueBatch(handler, fixture.scope, log)).toBe(0);
});

async function histories(): Promise<number> {
  const rows = await fixture.scope.db
    .selectFrom('objects.history')
    .select('id')
    .where('action', '=', 'transition')
    .execute();
  return rows.length;
}

test('what a stopped process left of a few is taken up by the pump later', async () => {
  const numbers = await rounds('East', 'West');
  const { id } = await json<Progress>(await ask(numbers));
  // As if the process had died after the first: the second waits again, and nothing was finished.
  const { db } = fixture.scope;
  await db
    .updateTable('objects.bulk_item')
    .set({ status: 'waiting' })
    .where('reference', '=', numbers[1] ?? '')
    .execute();
  const at = new Date(fixture.clock.now().getTime() + 30_000);
  await db
    .updateTable('objects.bulk')
    .set({ finished_at: null, next_at: at })
    .where('id', '=', (await latestBulk()) ?? '')
    .execute();
  expect(await runDueBatch(handler, fixture.scope, log)).toBe(0);
  fixture.clock.advance({ minutes: 1 });
  expect(await runDueBatch(handler, fixture.scope, log)).toBe(1);
  expect(await outcomes(id)).toEqual([
    [numbers[0], 'done'],
    [numbers[1], 'refused', 'transition.state'],
  ]);
});

async function latestBulk(): Promise<Uuid | undefined> {
  const row = await fixture.scope.db.selectFrom('objects.bulk').select('id').orderBy('id', 'desc').executeTakeFirst();
  return row?.id;
}

test('a repeat asks nothing twice; too many, none, and a role that may not are refused before anything is done', async () => {
  const [number = ''] = await rounds('North');
  const key = { 'idempotency-key': newId() };
  const first = await json<Progress>(await ask([number], key));
  expect((await json<Progress>(await ask([number], key))).id).toBe(first.id);
  expect((await ask([])).status).toBe(422);
  expect((await ask(Array.from({ length: 301 }, (_, at) => `R-${at}`))).status).toBe(422);
  expect((await ask([number], {}, 'steward')).status).toBe(403);
});

test('only whoever asked sees what became of it', async () => {
  const { id } = await json<Progress>(await ask(await rounds('North')));
  expect((await follow(id)).status).toBe(200);
  expect((await follow(id, newId())).status).toBe(404);
});

const html = { accept: 'text/html', 'accept-language': 'en' };
const page = async (path: string, as = 'member') =>
  (await fixture.call('GET', path, { as, user: ada, headers: html })).text();

test('in a list, boxes are shown when asked for, and the form works without script', async () => {
  const [north = '', open = ''] = await rounds('North', 'Open');
  expect(await page('/objects/round')).toContain('choose=100');
  expect(await page('/objects/round', 'auditor')).not.toContain('choose=100');
  const shown = await page('/objects/round?choose=100&chosen=all');
  expect(shown).toMatch(new RegExp(`value="${north}" checked`));
  const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(shown)?.[1] ?? csrf, _key: newId() });
  for (const [name, value] of Object.entries({ type: 'round', transition: 'close' })) body.append(name, value);
  for (const number of [north, open]) body.append('object', number);
  const answer = await fixture.server.fetch(
    new Request(`${publicUrl}/bulk-transitions`, {
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
  const told = await page(answer.headers.get('location') ?? '');
  expect(told).toContain('Done for 1 of 2; 1 refused');
  expect(told).toContain('the round is not called “Open”');
});
