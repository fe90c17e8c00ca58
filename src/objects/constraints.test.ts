import { expect, test } from 'vitest';
import { newId } from '../kernel/index.ts';
import { defaultUser, type ObjectsFixture, objectsFixture } from './objects.fixture.ts';

interface Answer {
  readonly status: number;
  readonly number: string;
  readonly detail: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

async function create(shop: ObjectsFixture, type: string, values: object): Promise<Answer> {
  const answer = await shop.call('POST', `/api/v1/objects/${type}`, { body: { values } });
  return { ...((await answer.json()) as Answer), status: answer.status };
}

/** A shop with two customers, `T-0001` and `T-0002`, and a way to make contracts whose days differ unless said. */
async function shop() {
  const fixture = await objectsFixture({}, ['trade']);
  for (const name of ['Durand', 'Martin']) await create(fixture, 'customer', { name });
  let day = 0;
  const contract = (values: object) => {
    day += 1;
    return create(fixture, 'contract', { customer: 'T-0001', starts_on: `2026-03-${10 + day}`, ...values });
  };
  return { fixture, contract };
}

test('attributes that are unique together may each be repeated, and what is empty is not compared', async () => {
  const { contract } = await shop();
  expect((await contract({ reference_code: 'A' })).status).toBe(201);
  expect((await contract({ reference_code: 'a' })).status).toBe(201);
  expect((await contract({ reference_code: 'A', customer: 'T-0002' })).status).toBe(201);
  expect((await contract({})).status).toBe(201);
  expect((await contract({})).status).toBe(201);
  const again = await contract({ reference_code: 'A' });
  expect(again.status).toBe(422);
  expect(again.errors).toMatchObject([{ pointer: '/values/customer', code: 'value.not_unique' }]);
  expect(again.detail).toContain('« Client » et « Référence » ensemble');
});

test('where the pack says so, what is empty is equal to itself', async () => {
  const { contract } = await shop();
  const amount = { amount: '10', currency: 'EUR' };
  expect((await contract({ starts_on: null })).status).toBe(201);
  expect((await contract({ starts_on: null })).detail).toContain('un seul contrat du même montant par jour');
  expect((await contract({ starts_on: '2026-05-01', amount: { amount: '10', currency: 'USD' } })).status).toBe(201);
  expect((await contract({ starts_on: '2026-05-01', amount })).status).toBe(201);
  expect((await contract({ starts_on: '2026-05-01', amount })).status).toBe(422);
});

test('given twice at the same instant, only one is kept', async () => {
  const { contract } = await shop();
  const answers = await Promise.all(Array.from({ length: 6 }, () => contract({ reference_code: 'B' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
});

test('a condition that must hold refuses, in words, what breaks it', async () => {
  const { fixture, contract } = await shop();
  const dates = { starts_on: '2026-06-02', ends_on: '2026-06-01' };
  const refused = await contract(dates);
  expect(refused.errors).toMatchObject([{ code: 'value.constraint' }]);
  expect(refused.detail).toContain('« Fin » est vide ou « Fin » est au moins « Début »');
  const made = await contract({ ...dates, ends_on: '2026-06-02' });
  const change = { body: { values: { ends_on: '2026-06-01' } } };
  expect((await fixture.call('PATCH', `/api/v1/objects/contract/${made.number}`, change)).status).toBe(422);
  const shown = await fixture.call('GET', '/objects/contract/new', { headers: { accept: 'text/html' } });
  const typed = new URLSearchParams({
    csrf: /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ?? '',
    _key: newId(),
    'values.customer': 'T-0001',
    'values.starts_on': '2026-06-02',
    'values.ends_on': '2026-06-01',
  });
  const form = await fixture.server.fetch(
    new Request('http://socle.test/objects/contract', {
      method: 'POST',
      headers: {
        'x-roles': 'admin',
        'x-user': defaultUser,
        accept: 'text/html',
        origin: 'http://socle.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: typed,
    }),
  );
  expect(form.status).toBe(422);
  const page = await form.text();
  expect(page).toContain('Règle non respectée');
  expect(page).toContain('value="2026-06-01"');
});

test('a condition about a total holds whoever writes what is added up, and at once', async () => {
  const { fixture, contract } = await shop();
  const { number } = await contract({});
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => create(fixture, 'contract_use', { contract: number, units: 4 })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422, 422]);
  expect(answers.find(({ status }) => status === 422)?.detail).toContain('ce qui est utilisé tient dans le plafond');
  expect((await create(fixture, 'contract_use', { contract: number, units: -4 })).status).toBe(201);
  await create(fixture, 'contract_use', { contract: number, units: 6 });
  const list = (await (await fixture.call('GET', '/api/v1/objects/contract_use?filter=units%20%3C%200')).json()) as {
    readonly items: readonly Answer[];
  };
  const gone = await fixture.call('DELETE', `/api/v1/objects/contract_use/${list.items[0]?.number ?? ''}`);
  expect(gone.status).toBe(422);
});

test('the reference of the type says what always holds', async () => {
  const { fixture } = await shop();
  const page = await (await fixture.call('GET', '/model/contract', { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('Ce qui est toujours vrai');
  expect(page).toContain('ce qui est utilisé tient dans le plafond');
  const model = await (await fixture.call('GET', '/api/v1/model')).text();
  expect(model).toContain('"unique":["customer","reference_code"],"empty":"differs"');
});
