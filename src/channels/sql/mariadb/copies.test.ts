import { expect, test } from 'vitest';
import { mariadbEngine } from '../../../../test/support/engines.ts';
import { execute, previewPlan, readCatalogue, settlePlan } from '../index.ts';
import { planErasure } from '../plan-erasure.ts';
import { connect } from './connect.ts';
import { reopened } from './copies.ts';

test('each further reading of a working set is of a copy made before; texts and names are left alone', () => {
  expect(
    reopened(`insert into socle_rows_1 select 'socle_rows_1' from socle_rows_10 s, "socle_rows_1" x
      where not exists (select 1 from socle_rows_1 k) and exists (select 1 from socle_rows_10 k)`),
  ).toEqual({
    text: `insert into socle_rows_1 select 'socle_rows_1' from socle_rows_10 s, "socle_rows_1" x
      where not exists (select 1 from socle_rows_1__2 k) and exists (select 1 from socle_rows_10__2 k)`,
    before: [
      'drop temporary table if exists socle_rows_1__2',
      'create temporary table socle_rows_1__2 like socle_rows_1',
      'insert into socle_rows_1__2 select * from socle_rows_1',
      'drop temporary table if exists socle_rows_10__2',
      'create temporary table socle_rows_10__2 like socle_rows_10',
      'insert into socle_rows_10__2 select * from socle_rows_10',
    ],
  });
});

test.skipIf(!mariadbEngine.isThere)(
  'with copies, as MySQL needs them, the same persons go and the same rows stay',
  async () => {
    const application = await mariadbEngine.application(`
    create table address (id int primary key, street varchar(80));
    create table customer (id int primary key, email varchar(80), phone varchar(20), customer_number varchar(20), address_id int references address (id));
    create table orders (id int primary key, customer_id int references customer (id), ship_to_id int references address (id), note text);
    create table loyalty (customer_number varchar(20), label varchar(40));
    create table log (id int primary key, line text);
    insert into address values (1, 'rue A'), (2, 'rue B'), (3, 'rue C');
    insert into customer values (1, 'alice@example.fr', '0612345678', 'CUST-00001', 1), (2, 'bob@example.fr', '0612345678', 'CUST-00002', 2);
    insert into orders values (1, 1, 3, 'for Alice'), (2, 2, 2, 'for Bob'), (3, 1, 2, null);
    insert into loyalty values ('CUST-00001', 'gold'), ('CUST-00002', 'gold');
    insert into log values (1, 'mail to alice@example.fr'), (2, 'mail to bob@example.fr');
  `);
    const connection = await connect(application.url, { isWithCopies: true });
    const catalogue = await readCatalogue(connection);
    const categories = new Map([
      [`${application.key('customer')}.customer_number`, 'identity' as const],
      [`${application.key('loyalty')}.customer_number`, 'identity' as const],
      [`${application.key('address')}.street`, 'location' as const],
    ]);
    const plan = await settlePlan(connection, catalogue, planErasure({ catalogue, categories }));
    const identities = [
      { kind: 'email', value: 'alice@example.fr' },
      { kind: 'phone', value: '0612345678' },
    ];
    const preview = await previewPlan(connection, plan, identities);
    for (const { sql } of preview.statements) {
      const names =
        reopened(sql)
          .text.replaceAll(/"[^"]*"/g, '')
          .match(/\bsocle_\w+/g) ?? [];
      expect(new Set(names).size).toBe(names.length);
    }
    const { persons } = await execute(connection, plan, [{ ref: 'p_1', identities }], {
      persist: async () => undefined,
    });
    await connection.close();
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(persons.flatMap((person) => person.seen).filter((sighting) => !sighting.mayStay)).toEqual([]);
    expect(await application.rows('select street from address order by id')).toEqual([
      { street: null },
      { street: 'rue B' },
      { street: null },
    ]);
    expect(await application.rows('select id from customer where email is null')).toEqual([{ id: 1 }]);
    expect(await application.rows('select note from orders where note is not null')).toEqual([{ note: 'for Bob' }]);
    expect(await application.rows('select customer_number from loyalty where label is not null')).toHaveLength(1);
    expect(await application.rows('select line from log where line is not null')).toEqual([
      { line: 'mail to bob@example.fr' },
    ]);
  },
);
