import { expect, test } from 'vitest';
import { newId } from '../../kernel/index.ts';
import { objectsFixture } from '../objects.fixture.ts';

const { call } = await objectsFixture();

interface ObjectAnswer {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
  readonly values: Readonly<Record<string, unknown>>;
}

async function read<T>(response: Promise<Response>, status: number): Promise<T> {
  const answer = await response;
  const text = await answer.text();
  expect(answer.status, text).toBe(status);
  return JSON.parse(text);
}

const base = '/api/v1/objects';
const site = await read<ObjectAnswer>(call('POST', `${base}/site`, { body: { values: { name: 'Lyon' } } }), 201);
const device = (values: object = {}, headers = {}) =>
  call('POST', `${base}/device`, { body: { values: { name: 'Portable', site: site.number, ...values } }, headers });

test('an object is created, read by id and by number, changed with If-Match, and deleted', async () => {
  const response = await device({ price: { amount: 12.5, currency: 'EUR' } });
  const made = await read<ObjectAnswer>(Promise.resolve(response.clone()), 201);
  expect(response.headers.get('location')).toBe(`${base}/device/${made.id}`);
  expect(made).toMatchObject({
    type: 'device',
    version: 1,
    values: { site: site.id, price: { amount: '12.50', currency: 'EUR' } },
  });
  const byNumber = await call('GET', `${base}/device/${made.number}`);
  expect(byNumber.headers.get('etag')).toBe('"1"');
  expect(await byNumber.json()).toEqual(made);
  const change = (version: string) =>
    call('PATCH', `${base}/device/${made.id}`, { body: { values: { grade: 'a' } }, headers: { 'if-match': version } });
  expect(await read<ObjectAnswer>(change('"1"'), 200)).toMatchObject({ version: 2, values: { grade: 'a' } });
  expect(await read<object>(change('"1"'), 412)).toMatchObject({ type: 'urn:socle:problem:version.conflict' });
  expect((await call('DELETE', `${base}/device/${made.id}`)).status).toBe(204);
  await read(call('GET', `${base}/device/${made.id}`), 404);
});

test('a repeat with the same key writes once and answers the same', async () => {
  const key = { 'idempotency-key': newId() };
  const first = await read<ObjectAnswer>(device({}, key), 201);
  const second = await read<ObjectAnswer>(device({}, key), 201);
  expect(second).toEqual(first);
  await read(device({ name: 'Other' }, key), 422);
});

test('everything wrong is told at once, with pointers', async () => {
  const refused = await read<{ errors: readonly { pointer: string }[] }>(
    device({ quantity: -1, grade: 'z', nam: 1 }),
    422,
  );
  expect(refused.errors.map((error) => error.pointer)).toEqual(['/values/quantity', '/values/grade', '/values/nam']);
});

test('a list is filtered, sorted and paged, and ends', async () => {
  for (const quantity of [10, 20, 30, 40, 50]) await device({ quantity, name: 'Listed' });
  const seen: unknown[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      filter: 'name == "Listed" && quantity > 10',
      sort: '-quantity',
      limit: '2',
      fields: 'quantity',
    });
    if (cursor !== null) query.set('cursor', cursor);
    const page: { items: readonly ObjectAnswer[]; next: string | null } = await read(
      call('GET', `${base}/device?${query}`),
      200,
    );
    seen.push(...page.items.map((item) => item.values));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toEqual([50, 40, 30, 20].map((quantity) => ({ quantity })));
  await read(call('GET', `${base}/device?filter=nam=="x"`), 400);
  await read(call('GET', `${base}/device?sort=details`), 400);
  await read(call('GET', `${base}/device?at=2025-01-01`), 422);
  await read(call('GET', `${base}/device?cursor=nonsense`), 400);
});

test('transitions say what is possible and why not, and move the object', async () => {
  const made = await read<ObjectAnswer>(device(), 201);
  const path = `${base}/device/${made.number}/transitions`;
  const asked = await read<{ items: readonly object[] }>(call('GET', path, { as: 'member' }), 200);
  expect(asked.items).toMatchObject([
    { name: 'test', possible: false, reasons: [{ pointer: '/values/grade' }, { pointer: '/values/weight' }] },
    { name: 'sell', possible: false },
    { name: 'recall', possible: false },
  ]);
  await read(call('POST', path, { body: { transition: 'test' } }), 422);
  const moved = await read<ObjectAnswer>(
    call('POST', path, { body: { transition: 'test', values: { grade: 'b', weight: 1.5 } } }),
    200,
  );
  expect(moved).toMatchObject({ state: 'tested', version: 2 });
  const history = await read<{ items: readonly object[] }>(call('GET', `${base}/device/${made.id}/history`), 200);
  expect(history.items).toMatchObject([{ action: 'transition', transition: 'test' }, { action: 'create' }]);
});

test('the model in force is described, as far as the caller may read', async () => {
  const model = await read<{ types: readonly { name: string }[] }>(call('GET', '/api/v1/model'), 200);
  expect(model.types.map((type) => type.name)).toEqual(['site', 'device']);
});

test('the generated reference has a schema for each type', async () => {
  const reference = await read<{ paths: Record<string, Record<string, unknown>> }>(
    call('GET', '/api/v1/openapi.json'),
    200,
  );
  const body = JSON.stringify(reference.paths[`${base}/device`]?.post);
  expect(body).toContain('"bought_on"');
  expect(body).toContain('"enum":["a","b","c"]');
});

test('who may not is told so; who is not there, too', async () => {
  await read(call('POST', `${base}/site`, { as: 'member', body: { values: { name: 'x' } } }), 403);
  await read(call('GET', `${base}/nothing`), 404);
  await read(call('PATCH', `${base}/device/none`, { body: { values: {} } }), 404);
});
