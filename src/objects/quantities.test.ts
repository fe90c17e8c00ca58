import { expect, test } from 'vitest';
import { type ObjectsFixture, objectsFixture } from './objects.fixture.ts';

const paris = { lines: ['10 rue de la Paix'], postal_code: '75002', city: 'Paris', country: 'FR' };

async function parcel(shop: ObjectsFixture, values: Record<string, unknown>) {
  const answer = await shop.call('POST', '/api/v1/objects/parcel', {
    body: { values: { delivery: paris, ...values } },
  });
  const made = (await answer.json()) as { readonly values: Record<string, unknown> };
  return { ...made, status: answer.status };
}

async function found(shop: ObjectsFixture, query: string): Promise<readonly string[]> {
  const answer = await shop.call('GET', `/api/v1/objects/parcel?${query}`);
  const list = (await answer.json()) as { readonly items: readonly { number: string }[]; readonly errors?: unknown };
  if (answer.status !== 200) return [JSON.stringify(list.errors ?? list)];
  return list.items.map((item) => item.number);
}

async function weighed(...weights: readonly string[]): Promise<ObjectsFixture> {
  const shop = await objectsFixture({}, ['trade']);
  for (const weight of weights) expect((await parcel(shop, { weight })).status).toBe(201);
  return shop;
}

test('a quantity comes back as it was given, in its own unit', async () => {
  const shop = await weighed();
  const made = await parcel(shop, { weight: '1,250 kg', pieces: 3, limit: { value: '0.5', unit: 't' } });
  expect(made.values).toMatchObject({
    weight: { value: '1.25', unit: 'kg' },
    pieces: { value: '3', unit: '{pièce}' },
    limit: { value: '0.5', unit: 't' },
    price: { amount: '2.50', currency: 'EUR' },
    is_heavy: false,
  });
});

test('quantities of several units sort and compare as what they weigh', async () => {
  const shop = await weighed('2 kg', '1500 g', '4 [lb_av]', '30 kg');
  expect(await found(shop, 'sort=weight')).toEqual(['COL-0002', 'COL-0003', 'COL-0001', 'COL-0004']);
  expect(await found(shop, 'sort=-weight&limit=2')).toEqual(['COL-0004', 'COL-0001']);
  const filter = (condition: string) => found(shop, `sort=number&filter=${encodeURIComponent(condition)}`);
  expect(await filter('weight > quantity("1.75", "kg")')).toEqual(['COL-0001', 'COL-0003', 'COL-0004']);
  expect(await filter('weight == quantity("1.5", "kg")')).toEqual(['COL-0002']);
  expect(await filter('weight == quantity("2000000", "mg")')).toEqual(['COL-0001']);
  expect(await filter('is_heavy')).toEqual(['COL-0004']);
  expect(await filter('value_in(weight, "g") < 1600')).toEqual(['COL-0002']);
  expect(await filter('limit == null')).toHaveLength(4);
  expect((await filter('weight > quantity("1", "L")'))[0]).toMatch(/ne se convertit pas en : kg, g/);
  expect((await filter('weight > 3'))[0]).toMatch(/quantity\(/);
});

test('what is wrong with a quantity is told with its units', async () => {
  const shop = await weighed();
  const refused = await parcel(shop, { weight: '12 L' });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused)).toContain('Unités possibles : kg, g, [lb_av]');
  expect((await parcel(shop, { weight: '-1 kg' })).status).toBe(422);
  expect((await parcel(shop, {})).status).toBe(422);
});

test('a quality rule compares quantities kept at different scales', async () => {
  const shop = await weighed();
  await parcel(shop, { weight: '12.001 kg', limit: '0.01 t' });
  await parcel(shop, { weight: '9.999 kg', limit: '0.01 t' });
  const answer: unknown = await (await shop.call('GET', '/api/v1/objects/parcel/quality')).json();
  expect(answer).toMatchObject({ items: [{ rule: 'within', failing: 1 }] });
});

test('an address is found by its town, its postal code, and its parts', async () => {
  const shop = await weighed('1 kg');
  await parcel(shop, { weight: '1 kg', delivery: 'Quai des Lumières; 69002; Lyon; FR' });
  await parcel(shop, { weight: '1 kg', delivery: { lines: [], city: 'Bruxelles', country: 'be' } });
  expect(await found(shop, 'search=lyon')).toEqual(['COL-0002']);
  expect(await found(shop, 'search=690')).toEqual(['COL-0002']);
  expect(await found(shop, 'sort=delivery')).toEqual(['COL-0003', 'COL-0002', 'COL-0001']);
  const filter = (condition: string) => found(shop, `filter=${encodeURIComponent(condition)}`);
  expect(await filter('delivery.city == "Lyon"')).toEqual(['COL-0002']);
  expect(await filter('delivery.country != "FR"')).toEqual(['COL-0003']);
  expect(await filter('delivery.postal_code == null')).toEqual(['COL-0003']);
  expect((await filter('delivery == "x"'))[0]).toMatch(/delivery\.city/);
  expect((await filter('delivery.town == "x"'))[0]).toMatch(/postal_code, city, country, lines/);
});

test('an address is personal unless the pack says that it isn’t: its past can be forgotten', async () => {
  const shop = await weighed('1 kg');
  const type = shop.model.types.get('parcel');
  expect(type?.attributes.get('delivery')?.category).toBe('location');
  expect(type?.attributes.get('depot')?.category).toBeNull();
  const rows = await shop.asOwner<{ changes: string }>('select changes::text from objects.history');
  expect(rows.map(({ changes }) => changes).join()).not.toContain('Paix');
});

test('forms hold a quantity and an address, and lists filter by them, without script', async () => {
  const shop = await weighed();
  const form = await (await shop.call('GET', '/objects/parcel/new', { headers: { accept: 'text/html' } })).text();
  for (const name of ['weight', 'weight.unit', 'delivery', 'delivery.city', 'delivery.postal_code', 'delivery.country'])
    expect(form).toContain(`name="values.${name}"`);
  expect(form).toContain('Pièces (pièce)');
  await parcel(shop, { weight: '1 kg' });
  await parcel(shop, { weight: '2000 g', delivery: '; 69002; Lyon; FR' });
  const list = async (query: string) =>
    (await shop.call('GET', `/objects/parcel?${query}`, { headers: { accept: 'text/html' } })).text();
  const heavy = await list(`weight_from=${encodeURIComponent('1,5 kg')}`);
  expect(heavy).toContain('COL-0002');
  expect(heavy).not.toContain('COL-0001');
  expect(await list('delivery_city=Lyon')).not.toContain('COL-0001');
});
