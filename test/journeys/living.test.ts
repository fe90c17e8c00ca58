import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openProduct, type Product } from '../support/product.ts';

/** The retailer's applications answer by themselves, each in its own way. */
const order = z.looseObject({
  application: z.string(),
  state: z.string(),
  generation: z.number(),
  reason: z.string().nullish(),
});
const request = z.looseObject({ id: z.string(), state: z.string(), orders: z.array(order) });
type Order = z.output<typeof order>;

describe('the applications of the retailer', () => {
  let product: Product;

  beforeAll(async () => {
    product = await openProduct('retailer');
  });
  afterAll(() => product.close());

  async function erasureOf(identities: readonly { readonly kind: string; readonly value: string }[]): Promise<string> {
    const answer = await product.call('POST', '/api/v1/requests', {
      right: 'erasure',
      identities,
      intake: 'operator',
      answer: 'automatic',
    });
    expect(answer.status).toBe(201);
    return request.pick({ id: true }).parse(await answer.json()).id;
  }

  async function ordersOf(id: string): Promise<readonly Order[]> {
    return request.parse(await (await product.call('GET', `/api/v1/requests/${id}`)).json()).orders;
  }

  async function untilEnded(id: string, application: string): Promise<Order> {
    const ends = ['executed', 'partly', 'refused', 'not_found', 'failed', 'verified'];
    let found: Order | undefined;
    await expect
      .poll(
        async () => {
          found = (await ordersOf(id)).find((one) => one.application === application);
          return ends.includes(found?.state ?? '');
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBe(true);
    if (found === undefined) throw new Error(`no order for ${application}`);
    return found;
  }

  test('erase a person each in its own way', { timeout: 90_000 }, async () => {
    const id = await erasureOf([
      { kind: 'email', value: 'camille.rouviere@example.org' },
      { kind: 'last_name', value: 'Rouvière' },
      { kind: 'first_name', value: 'Camille' },
      { kind: 'birth_date', value: '1986-05-17' },
    ]);
    expect(await untilEnded(id, 'newsletter')).toMatchObject({ state: 'executed' });
    expect(await untilEnded(id, 'back office')).toMatchObject({ state: 'executed' });
  });
});
