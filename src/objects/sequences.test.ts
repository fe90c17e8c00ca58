import { expect, test } from 'vitest';
import { type ObjectsFixture, objectsFixture } from './objects.fixture.ts';

async function shop() {
  const fixture = await objectsFixture({}, ['trade']);
  const customer = await made(fixture, 'customer', { name: 'Durand' });
  return { fixture, customer: customer.number };
}

interface Made {
  readonly id: string;
  readonly number: string;
  readonly values: Readonly<Record<string, unknown>>;
}

async function made(fixture: ObjectsFixture, type: string, values: object): Promise<Made> {
  const answer = await fixture.call('POST', `/api/v1/objects/${type}`, { body: { values } });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

async function step(fixture: ObjectsFixture, number: string, transition: string) {
  const answer = await fixture.call('POST', `/api/v1/objects/invoice/${number}/transitions`, { body: { transition } });
  return { status: answer.status, body: (await answer.json()) as Made & { readonly detail: string } };
}

test('a sequence is allotted when the document is issued, never before, and nobody gives it', async () => {
  const { fixture, customer } = await shop();
  const [first, second] = [
    await made(fixture, 'invoice', { party: `customer:${customer}` }),
    await made(fixture, 'invoice', { party: `customer:${customer}` }),
  ];
  expect(first.values.invoice_number).toBeNull();
  const given = { body: { values: { party: `customer:${customer}`, invoice_number: 'F-2026-0001' } } };
  expect((await fixture.call('POST', '/api/v1/objects/invoice', given)).status).toBe(422);
  expect((await step(fixture, second.number, 'issue')).body.values.invoice_number).toBe('F-2026-0001');
  expect((await step(fixture, first.number, 'issue')).body.values.invoice_number).toBe('F-2026-0002');
  await step(fixture, second.number, 'reopen');
  expect((await step(fixture, second.number, 'issue')).body.values.invoice_number).toBe('F-2026-0001');
  const history: unknown = await (await fixture.call('GET', `/api/v1/objects/invoice/${first.number}/history`)).json();
  expect(JSON.stringify(history)).toContain('"attribute":"invoice_number","from":null,"to":"F-2026-0002"');
  const form = await fixture.call('GET', '/objects/invoice/new', { headers: { accept: 'text/html' } });
  expect(await form.text()).not.toContain('invoice_number');
});

test('issued by many at once, numbers have no gap, and dates follow them', async () => {
  const { fixture, customer } = await shop();
  const drafts = await Promise.all(
    Array.from({ length: 24 }, () => made(fixture, 'invoice', { party: `customer:${customer}` })),
  );
  const answers = await Promise.all(drafts.map(({ number }) => step(fixture, number, 'issue')));
  expect(answers.map(({ status }) => status)).toEqual(drafts.map(() => 200));
  const numbers = answers.map(({ body }) => body.values.invoice_number).sort();
  expect(numbers).toEqual(drafts.map((_, at) => `F-2026-${String(at + 1).padStart(4, '0')}`));
});

test('a step that is refused gives its number back', async () => {
  const { fixture, customer } = await shop();
  const { number } = await made(fixture, 'invoice', { party: `customer:${customer}` });
  await step(fixture, number, 'issue');
  expect((await step(fixture, number, 'issue')).status).toBe(422);
  const next = await made(fixture, 'invoice', { party: `customer:${customer}` });
  expect((await step(fixture, next.number, 'issue')).body.values.invoice_number).toBe('F-2026-0002');
});

test('another year begins another series; a clock set back issues nothing', async () => {
  const { fixture, customer } = await shop();
  const draft = () => made(fixture, 'invoice', { party: `customer:${customer}` });
  await step(fixture, (await draft()).number, 'issue');
  fixture.clock.set('2027-01-02T00:00:00Z');
  expect((await step(fixture, (await draft()).number, 'issue')).body.values).toMatchObject({
    invoice_number: 'F-2027-0001',
    issued_on: '2027-01-02',
  });
  fixture.clock.set('2027-01-01T00:00:00Z');
  const late = await step(fixture, (await draft()).number, 'issue');
  expect(late.status).toBe(409);
  expect(late.body.detail).toContain('2027-01-02');
});

test('what was issued can’t be deleted', async () => {
  const { fixture, customer } = await shop();
  const draft = await made(fixture, 'invoice', { party: `customer:${customer}` });
  const issued = await made(fixture, 'invoice', { party: `customer:${customer}` });
  await step(fixture, issued.number, 'issue');
  expect((await fixture.call('DELETE', `/api/v1/objects/invoice/${issued.number}`)).status).toBe(409);
  expect((await fixture.call('DELETE', `/api/v1/objects/invoice/${draft.number}`)).status).toBe(204);
});
