import { expect, test } from 'vitest';
import { type ObjectsFixture, objectsFixture } from './objects.fixture.ts';

interface Made {
  readonly id: string;
  readonly number: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly detail: string;
}

async function create(fixture: ObjectsFixture, type: string, values: object, as = 'admin') {
  const answer = await fixture.call('POST', `/api/v1/objects/${type}`, { as, body: { values } });
  return { status: answer.status, ...((await answer.json()) as Made) };
}

async function shop() {
  const fixture = await objectsFixture({}, ['trade']);
  const customer = await create(fixture, 'customer', { name: 'Durand' });
  const supplier = await create(fixture, 'supplier', { name: 'Aciers du Nord' });
  return { fixture, customer, supplier };
}

async function numbers(fixture: ObjectsFixture, filter: string, as = 'admin'): Promise<unknown> {
  const query = `sort=number&filter=${encodeURIComponent(filter)}`;
  const answer = await fixture.call('GET', `/api/v1/objects/invoice?${query}`, { as });
  const list = (await answer.json()) as { readonly items?: readonly Made[]; readonly errors?: unknown };
  return list.items?.map(({ number }) => number) ?? JSON.stringify(list.errors);
}

test('a reference to one of several types is given by id, or by number with its type', async () => {
  const { fixture, customer, supplier } = await shop();
  const byId = await create(fixture, 'invoice', { party: supplier.id });
  expect(byId.values.party).toEqual({ type: 'supplier', id: supplier.id });
  const byNumber = await create(fixture, 'invoice', { party: `customer:${customer.number}` });
  expect(byNumber.values.party).toEqual({ type: 'customer', id: customer.id });
  expect((await create(fixture, 'invoice', { party: byNumber.values.party })).status).toBe(201);
  const both = await create(fixture, 'invoice', { party: 'T-0001' });
  expect(both.status).toBe(422);
  expect(both.detail).toContain('écrivez customer:…, supplier:…');
  expect((await create(fixture, 'invoice', { party: byId.id })).status).toBe(422);
  expect((await create(fixture, 'invoice', { party: { type: 'invoice', id: byId.id } })).status).toBe(422);
});

test('it is filtered by object and by type, and what refers to an object is listed on its page', async () => {
  const { fixture, customer, supplier } = await shop();
  await create(fixture, 'invoice', { party: customer.id });
  await create(fixture, 'invoice', { party: supplier.id });
  expect(await numbers(fixture, `party == "${supplier.id}"`)).toEqual(['DF-0002']);
  expect(await numbers(fixture, 'party.type == "customer"')).toEqual(['DF-0001']);
  expect(await numbers(fixture, 'party.name == "x"')).toContain('party.type');
  const html = { headers: { accept: 'text/html' } };
  const page = await (await fixture.call('GET', `/objects/supplier/${supplier.number}`, html)).text();
  expect(page).toContain('/objects/invoice?party=');
  const list = await (await fixture.call('GET', '/objects/invoice', html)).text();
  expect(list).toContain('Aciers du Nord');
  const form = await (await fixture.call('GET', '/objects/invoice/DF-0002/edit', html)).text();
  expect(form).toContain('value="supplier:T-0001" selected');
  expect(form).toContain('value="customer:T-0001"');
});

test('an object that is referred to can’t be deleted, whatever its type; another of the same number can', async () => {
  const { fixture, customer, supplier } = await shop();
  await create(fixture, 'invoice', { party: supplier.id });
  expect((await fixture.call('DELETE', `/api/v1/objects/supplier/${supplier.number}`)).status).toBe(409);
  expect((await fixture.call('DELETE', `/api/v1/objects/customer/${customer.number}`)).status).toBe(204);
});

test('who may not read a type can neither refer to its objects nor learn their names', async () => {
  const { fixture, supplier } = await shop();
  const made = await create(fixture, 'invoice', { party: supplier.id });
  expect((await create(fixture, 'invoice', { party: supplier.id }, 'member')).status).toBe(422);
  const page = await fixture.call('GET', `/objects/invoice/${made.number}`, {
    as: 'member',
    headers: { accept: 'text/html' },
  });
  expect(await page.text()).not.toContain('Aciers du Nord');
});
