import { describe, expect, it } from 'vitest';
import { impliedJoins } from './joins.ts';
import type { TableShape } from './shape.ts';

function table(name: string, ...columns: readonly string[]): TableShape {
  return {
    schema: 'public',
    name,
    comment: null,
    fields: columns.map((column) => {
      const [field = '', type = 'integer', key] = column.split(' ');
      return {
        name: field,
        type,
        nullable: true,
        comment: null,
        isPrimaryKey: key === 'pk',
        isUnique: false,
        references: null,
      };
    }),
  };
}

function joinsOf(...tables: readonly TableShape[]): readonly string[] {
  return impliedJoins(tables).map(({ from, to }) => `${from.table}.${from.column} → ${to.table}.${to.column}`);
}

describe('joins that no foreign key declares', () => {
  it('are read from the name of the table and its key', () => {
    const customer = table('customers', 'id integer pk', 'email text');
    expect(joinsOf(customer, table('orders', 'id integer pk', 'customer_id', 'billing_customer_id'))).toEqual([
      'orders.customer_id → customers.id',
      'orders.billing_customer_id → customers.id',
    ]);
  });

  it('are read from a key that bears its own table’s name, in French order too', () => {
    const client = table('T_CLIENT', 'CLI_ID integer pk');
    expect(joinsOf(client, table('T_COMMANDE', 'CMD_ID integer pk', 'CLI_ID', 'CMD_CLI_ID'))).toEqual([
      'T_COMMANDE.CLI_ID → T_CLIENT.CLI_ID',
      'T_COMMANDE.CMD_CLI_ID → T_CLIENT.CLI_ID',
    ]);
    expect(
      joinsOf(table('assure', 'idAssure integer pk'), table('contrat', 'idContrat integer pk', 'idAssure')),
    ).toEqual(['contrat.idAssure → assure.idAssure']);
  });

  it('are not guessed between types that differ, nor between two tables that fit', () => {
    const customer = table('customer', 'id uuid pk');
    expect(joinsOf(customer, table('orders', 'id integer pk', 'customer_id integer'))).toEqual([]);
    const twice = [table('customer', 'customer_id integer pk'), table('customers', 'customer_id integer pk')];
    expect(joinsOf(...twice, table('orders', 'id integer pk', 'customer_id'))).toEqual([]);
  });

  it('never tie two columns because both are called email or id', () => {
    const users = table('users', 'email text pk');
    expect(joinsOf(users, table('visit', 'id integer pk', 'email text'))).toEqual([]);
  });
});
