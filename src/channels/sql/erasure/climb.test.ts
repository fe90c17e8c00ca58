import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../../test/support/engines.ts';
import { execute } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const identities = [{ kind: 'email', value: 'alice@example.fr' }];

describe.each(testEngines)('from an e-mail up to its person, on $name', ({ application: open }) => {
  const erase = async (sql: string) => {
    const application = await open(sql);
    const plan = await application.plan();
    const { persons } = await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist });
    return { application, outcome: persons[0]?.outcome };
  };
  const linked = `
    create table contacts (id char(36) primary key, first_name varchar(60), last_name varchar(60), phone varchar(20));
    create table email_addresses (id char(36) primary key, email_address varchar(120));
    create table email_link (id char(36) primary key, email_address_id char(36), bean_id char(36), bean_module varchar(40));
    insert into contacts values ('c1', 'Alice', 'Martin', '0611111111'), ('c2', 'Bob', 'Durand', '0622222222');
    insert into email_addresses values ('e1', 'alice@example.fr'), ('e2', 'bob@example.fr'), ('e3', 'alice.old@example.fr');
    insert into email_link values ('l1', 'e1', 'c1', 'Contacts'), ('l2', 'e2', 'c2', 'Contacts'), ('l3', 'e3', 'c1', 'Contacts');`;

  test('through a link that names the table it is of', async () => {
    const { application, outcome } = await erase(linked);
    expect(outcome).toBe('executed');
    const rows = await application.rows('select last_name, phone from contacts order by id');
    expect(rows).toEqual([
      { last_name: null, phone: null },
      { last_name: 'Durand', phone: '0622222222' },
    ]);
  });

  test('but to nobody when the link ties it to two', async () => {
    const { application } = await erase(`${linked} insert into email_link values ('l4', 'e1', 'c2', 'Contacts');`);
    const rows = await application.rows('select last_name from contacts order by id');
    expect(rows).toEqual([{ last_name: 'Martin' }, { last_name: 'Durand' }]);
  });

  test('from a typed value, where persons have no column for one', async () => {
    const { application, outcome } = await erase(`
      create table person (person_id int primary key, birth_date date);
      create table person_name (id int primary key, person_id int not null references person (person_id), given_name varchar(60), family_name varchar(60));
      create table person_attribute (id int primary key, person_id int not null references person (person_id), type_id int, value varchar(80));
      insert into person values (50, '1990-01-01'), (51, '1991-01-01');
      insert into person_name values (1, 50, 'Alice', 'Martin'), (2, 51, 'Bob', 'Durand');
      insert into person_attribute values (1, 50, 2, 'alice@example.fr'), (2, 50, 1, '0611111111'), (3, 51, 2, 'bob@example.fr');
    `);
    expect(outcome).toBe('executed');
    expect(await application.rows('select family_name from person_name order by id')).toEqual([
      { family_name: null },
      { family_name: 'Durand' },
    ]);
    const values = await application.rows('select value from person_attribute order by id');
    expect(values).toEqual([{ value: null }, { value: null }, { value: 'bob@example.fr' }]);
  });
});
