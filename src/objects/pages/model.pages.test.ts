import { expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/index.ts';
import { objectsFixture, publicUrl } from '../objects.fixture.ts';

/** What conditions, calculations and composition show on pages. */
const { call, server } = await objectsFixture({}, ['orders', 'expenses']);
const html = { accept: 'text/html', 'accept-language': 'en' };

async function get(path: string, as: string): Promise<string> {
  const response = await call('GET', path, { as, headers: html });
  return response.text();
}

async function created(type: string, values: Record<string, unknown>, as = 'member'): Promise<string> {
  const response = await call('POST', `/api/v1/objects/${type}`, { as, body: { values } });
  const { number } = z.object({ number: z.string() }).parse(await response.json());
  return number;
}

const order = await created('order', {
  lines: [{ article: 'Chair', quantity: 3, unit_price: { amount: '10', currency: 'EUR' } }],
});

test('an order shows its lines and what they come to, and where to add one', async () => {
  const page = await get(`/objects/order/${order}`, 'member');
  expect(page).toContain('OL-000001');
  expect(page).toContain('€36.00');
  const add = /href="(\/objects\/order_line\/new\?order=obj_[^"]+)"/.exec(page)?.[1] ?? '';
  const form = await get(add, 'member');
  expect(form).toMatch(new RegExp(`<option value="${order}" selected|value="${order}"`));
  // What is calculated is nobody's to fill.
  expect(form).not.toContain('name="values.amount.amount"');
});

test('whoever adds a line goes back to its order', async () => {
  const csrf = /name="csrf" value="([^"]+)"/.exec(await get('/objects/order_line/new', 'member'))?.[1] ?? '';
  const fields = { csrf, _key: newId(), 'values.order': order, 'values.article': 'Lamp', 'values.quantity': '2' };
  const response = await server.fetch(
    new Request(`${publicUrl}/objects/order_line`, {
      method: 'POST',
      headers: { ...html, 'x-roles': 'member', 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
      body: new URLSearchParams(fields).toString(),
    }),
  );
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toContain(`/objects/order/${order}`);
  expect(await get(`/objects/order/${order}`, 'member')).toContain('Lamp');
});

test('lines have no menu of their own', async () => {
  const page = await get('/objects/order', 'member');
  expect(page).toContain('href="/objects/payment"');
  expect(page).not.toContain('href="/objects/order_line"');
});

test('a step that its guard stops says why in the words of the model', async () => {
  const empty = await created('order', {});
  const page = await get(`/objects/order/${empty}`, 'member');
  expect(page).toContain('“Lines”: at least one is needed.');
  expect(page).toContain('Condition not met: “Total” is above 0.00 EUR.');
});

test('who may change some objects and not this one is told why', async () => {
  const expense = await created('expense', {
    subject: 'Train',
    amount: { amount: '5', currency: 'EUR' },
    spent_on: '2020-01-01',
  });
  const own = await get(`/objects/expense/${expense}`, 'member');
  expect(own).toContain(`/objects/expense/${expense}/edit`);
  await call('POST', `/api/v1/objects/expense/${expense}/transitions`, { as: 'member', body: { transition: 'send' } });
  const sent = await get(`/objects/expense/${expense}`, 'member');
  expect(sent).not.toContain(`/objects/expense/${expense}/edit`);
  expect(sent).toContain('Why can’t I change it?');
  expect(sent).toContain('You may only change this object if: the state is “Draft” and the author is you.');
  expect((await call('GET', `/objects/expense/${expense}/edit`, { as: 'member', headers: html })).status).toBe(403);
});

test('the reference says how each attribute is known', async () => {
  const page = await get('/model/order', 'member');
  expect(page).toContain('sum of “Amount” over “Lines”');
  expect(page).toContain('calculated: total * 1.2');
  expect(page).toContain('number of “Lines” (if “Gift” or “Quantity” is 0)');
});
