import { describe, expect, test } from 'vitest';
import { testApplication } from '../../../test/support/application.ts';
import { Refusal } from '../../kernel/index.ts';
import { type Catalogue, parseMap } from './index.ts';

let read: Catalogue | null = null;

async function catalogue(): Promise<Catalogue> {
  if (read !== null) return read;
  const application = await testApplication(`
    create table customer (id int primary key, email text, "Nick Name" text);
    create table orders (shop int, no int, customer_id int, ship_name text, primary key (shop, no));
    create table line (shop int, no int, label text);
    create schema archive;
    create table archive.old_customer (id int, email text);
  `);
  read = await application.catalogue();
  return read;
}

async function problems(text: string): Promise<readonly string[]> {
  try {
    parseMap(text, 'shop.yaml', await catalogue());
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map((problem) => problem.text.en);
    throw error;
  }
  return [];
}

describe('a map file', () => {
  test('declares joins, identities, fields and tables', async () => {
    const text = `
joins:
  - { from: orders.customer_id, to: customer.id }
  - from: [line.shop, line.no]
    to: [orders.shop, orders.no]
identities:
  email: [customer.email, archive.old_customer.email]
fields:
  orders.ship_name: { keep: "C. com. L123-22" }
  customer.Nick Name: { value: "-", category: identity }
  CUSTOMER.EMAIL: blank
tables:
  archive.old_customer: delete
`;
    expect(parseMap(text, 'shop.yaml', await catalogue())).toEqual({
      joins: [
        {
          from: { schema: 'public', table: 'orders', columns: ['customer_id'] },
          to: { schema: 'public', table: 'customer', columns: ['id'] },
        },
        {
          from: { schema: 'public', table: 'line', columns: ['shop', 'no'] },
          to: { schema: 'public', table: 'orders', columns: ['shop', 'no'] },
        },
      ],
      identities: [
        { kind: 'email', column: { schema: 'public', table: 'customer', column: 'email' } },
        { kind: 'email', column: { schema: 'archive', table: 'old_customer', column: 'email' } },
      ],
      fields: [
        {
          schema: 'public',
          table: 'orders',
          column: 'ship_name',
          category: null,
          action: { kind: 'keep', reason: 'C. com. L123-22' },
        },
        {
          schema: 'public',
          table: 'customer',
          column: 'Nick Name',
          category: 'identity',
          action: { kind: 'value', value: '-' },
        },
        { schema: 'public', table: 'customer', column: 'email', category: null, action: { kind: 'blank' } },
      ],
      tables: [{ schema: 'archive', table: 'old_customer', action: 'delete' }],
    });
    expect(parseMap('', 'shop.yaml', await catalogue()).joins).toEqual([]);
  });

  test('an unknown name is refused with its line and the nearest names', async () => {
    const text = 'joins:\n  - from: orders.custmer_id\n    to: customer.id\ntables:\n  custumer: ignore\n';
    expect(await problems(text)).toEqual([
      'shop.yaml, line 2: orders.custmer_id doesn’t exist in the database; the nearest are orders.customer_id',
      'shop.yaml, line 5: custumer doesn’t exist in the database; the nearest are customer',
    ]);
  });

  test('a wrong word, a wrong shape and a broken file each say what to write', async () => {
    expect(await problems('join: []\n')).toEqual([
      'shop.yaml, line 1: unknown word: join; the file knows joins, identities, fields and tables',
    ]);
    expect(await problems('fields:\n  customer.email: erase\n')).toEqual([
      expect.stringMatching(/^shop\.yaml, line 2: a field is written/),
    ]);
    expect(await problems('fields:\n  customer.email: { keep: "" }\n')).toHaveLength(1);
    expect(await problems('tables:\n  customer: drop\n')).toEqual([
      'shop.yaml, line 2: a table is written table: ignore or delete',
    ]);
    expect(await problems('joins:\n  - { from: [line.shop, line.no], to: orders.shop }\n')).toEqual([
      'shop.yaml, line 2: a join links columns of one table to as many columns of another',
    ]);
    expect(await problems('joins: [\n')).toEqual([expect.stringMatching(/line \d+: the YAML is malformed/)]);
    expect(await problems('- 1\n')).toHaveLength(1);
  });
});
