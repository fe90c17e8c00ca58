import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal, type Uuid } from '../kernel/index.ts';
import { type Writing, write } from '../store/index.ts';
import {
  type Acting,
  createObject,
  deleteObject,
  listObjects,
  objectHistory,
  possibleTransitions,
  readObject,
  systemAsker,
  transitionObject,
  updateObject,
} from './index.ts';

const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/orders')]);
const scope = await testing.organisation();
const system: Acting = { model, asker: systemAsker };
const member: Acting = { model, asker: { kind: 'user', roles: ['member'], perimeters: null, me: 'user:ada' } };
const cause: Cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null };
const doing = <T>(run: (writing: Writing) => Promise<T>): Promise<T> => write(scope, cause, run);
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const line = (values: Record<string, unknown> = {}) => ({ article: 'Chair', unit_price: euros('10'), ...values });

const create = (type: string, values: Record<string, unknown>) =>
  doing((writing) => createObject(writing, member, type, values));
const valuesOf = async (id: Uuid) => (await readObject(scope, system, 'order', id)).values;

describe('objects that are part of another', () => {
  test('are created with it', async () => {
    const order = await create('order', { lines: [line(), line({ article: 'Table', quantity: 2 })] });
    const { items } = await listObjects(scope, member, 'order_line', { filter: `order == "${order.id}"` });
    expect(items.map((item) => item.title).sort()).toEqual(['Chair', 'Table']);
    expect(order.values.total).toEqual(euros('30.00'));
  });

  test('what is wrong in any of them is told with its place, and nothing is created', async () => {
    const before = (await listObjects(scope, system, 'order', { limit: 100 })).items.length;
    const error = await create('order', {
      lines: [line(), { article: 'Table', quantity: 'two' }, { quantity: 1, total: 3 }],
    }).catch((thrown: unknown) => thrown);
    expect(error instanceof Refusal && error.problems.map((one) => `${one.pointer} ${one.code}`)).toEqual([
      '/values/lines/1/quantity value.not_integer',
      '/values/lines/2/total value.unknown_attribute',
      '/values/lines/2/article value.required',
    ]);
    expect((await listObjects(scope, system, 'order', { limit: 100 })).items.length).toBe(before);
  });

  test('go with it, each with its history, also by whoever may not delete one alone', async () => {
    const order = await create('order', { lines: [line(), line()] });
    const { items } = await listObjects(scope, system, 'order_line', { filter: `order == "${order.id}"` });
    await doing((writing) => deleteObject(writing, member, 'order', order.id, { version: null }));
    const left = await listObjects(scope, system, 'order_line', { filter: `order == "${order.id}"` });
    expect(left.items).toEqual([]);
    for (const { id } of items) {
      const { rows } = await sql<{ action: string }>`
        select action from objects.history where object = ${id} order by id desc limit 1`.execute(scope.db);
      expect(rows[0]?.action).toBe('delete');
    }
  });

  test('a step may require that there is one', async () => {
    const order = await create('order', {});
    const told = await possibleTransitions(scope, member, 'order', order.id, cause.actor);
    expect(told[0]?.reasons.map((one) => one.text.en)).toEqual([
      '“Lines”: at least one is needed.',
      'Condition not met: “Total” is above 0.00 EUR.',
    ]);
    await create('order_line', { order: order.number, ...line() });
    const sent = await doing((writing) => transitionObject(writing, member, 'order', order.id, { transition: 'send' }));
    expect(sent.state).toBe('sent');
  });
});

describe('totals', () => {
  test('of nothing are zero, and no amount', async () => {
    const { values } = await create('order', {});
    expect(values).toMatchObject({
      total: null,
      with_tax: null,
      count: 0,
      gifts: 0,
      pieces: 0,
      dearest: null,
      paid: null,
    });
  });

  test('follow what is created, changed, moved and deleted, and what is calculated follows them', async () => {
    const [a, b] = [await create('order', {}), await create('order', {})];
    const one = await create('order_line', { order: a.id, ...line({ quantity: 3, due: '2026-12-01' }) });
    const two = await create('order_line', { order: a.id, ...line({ is_gift: true, due: '2026-11-30' }) });
    expect(await valuesOf(a.id)).toMatchObject({
      total: euros('40.00'),
      with_tax: euros('48.00'),
      count: 2,
      gifts: 1,
      pieces: 4,
      dearest: euros('30.00'),
      first_due: '2026-11-30',
    });
    const change = (id: Uuid, values: Record<string, unknown>) =>
      doing((writing) => updateObject(writing, system, 'order_line', id, { values, version: null }));
    await change(one.id, { quantity: 1 });
    await change(two.id, { order: b.id });
    expect(await valuesOf(a.id)).toMatchObject({ total: euros('10.00'), count: 1, gifts: 0, first_due: '2026-12-01' });
    expect(await valuesOf(b.id)).toMatchObject({ total: euros('10.00'), count: 1, gifts: 1, first_due: '2026-11-30' });
    await doing((writing) => deleteObject(writing, system, 'order_line', two.id, { version: null }));
    expect(await valuesOf(b.id)).toMatchObject({ total: null, count: 0, pieces: 0, first_due: null });
    await create('payment', { order: a.id, amount: euros('4') });
    expect(await valuesOf(a.id)).toMatchObject({ paid: euros('4.00'), total: euros('10.00') });
  });

  test('of amounts in two currencies are not filled', async () => {
    const { values } = await create('order', {
      lines: [line(), line({ unit_price: { amount: '10', currency: 'USD' } })],
    });
    expect(values).toMatchObject({ total: null, count: 2 });
  });

  test('leave the version of what they are in alone: nobody changed it', async () => {
    const order = await create('order', {});
    await create('order_line', { order: order.id, ...line() });
    expect((await readObject(scope, system, 'order', order.id)).version).toBe(1);
    expect((await objectHistory(scope, system, 'order', order.id)).map((event) => event.action)).toEqual(['create']);
  });

  test('are true whatever is written at once', async () => {
    const orders = await Promise.all([1, 2, 3].map(() => create('order', {})));
    const writer = async (seed: number): Promise<void> => {
      const own: Uuid[] = [];
      for (let step = 0; step < 12; step += 1) {
        const order = orders[(seed + step * 7) % orders.length]?.id;
        const last = own.at(-1);
        if (step % 4 === 3 && last !== undefined) {
          own.pop();
          await doing((writing) => deleteObject(writing, system, 'order_line', last, { version: null }));
        } else if (step % 4 === 2 && last !== undefined) {
          const values = { order, quantity: step, is_gift: step % 3 === 0 };
          await doing((writing) => updateObject(writing, system, 'order_line', last, { values, version: null }));
        } else {
          own.push((await create('order_line', { order, ...line({ quantity: seed + step }) })).id);
        }
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(writer));
    const { rows } = await sql<{ wrong: number; lines: number }>`
      select count(*) filter (where row(p.total_amount, p.count, p.gifts, p.pieces, p.dearest_amount) is distinct from row(t.total, t.n, t.gifts, t.pieces, t.dearest))::int as wrong,
             sum(t.n)::int as lines
        from model.order as p cross join lateral (select sum(o.amount_amount)::bigint as total, count(o.id) as n,
          count(o.id) filter (where o.is_gift or o.quantity = 0) as gifts, coalesce(sum(o.quantity), 0)::bigint as pieces, max(o.amount_amount) as dearest
          from model.order_line as o where o.order = p.id) as t where p.id = any (${orders.map(({ id }) => id)}::uuid[])`.execute(
      scope.db,
    );
    expect(rows[0]).toEqual({ wrong: 0, lines: 18 });
  });

  test('are true when transactions that haven’t ended yet write beside each other', async () => {
    const { id } = await create('order', {});
    const insert = async (at: number): Promise<void> => {
      await scope.db.transaction().execute(async (tx) => {
        await sql`insert into model.order_line (id, number, article, "order", quantity, created_at, created_by, updated_at, updated_by)
          values (${newId()}, ${`raw ${at}`}, 'Lamp', ${id}, ${at}, now(), 'x', now(), 'x')`.execute(tx);
        await sql`select pg_sleep(0.02)`.execute(tx);
      });
    };
    await Promise.all(Array.from({ length: 8 }, (_, at) => insert(at)));
    expect(await valuesOf(id)).toMatchObject({ count: 8, pieces: 28, gifts: 1 });
  });
});
