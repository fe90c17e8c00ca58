import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../../test/support/engines.ts';
import { execute } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'customer_id', value: 'C-100200' }] };
const question = { identities: [{ kind: 'customer_id', column: 'customer.number' }] };

const shop = `
  create table customer (id int primary key, number varchar(20), email varchar(80), email2 varchar(80), first_name varchar(40), last_name varchar(40));
  create table newsletter (id int primary key, email varchar(80), source varchar(40));
  insert into customer values (1, 'C-100200', 'alice@example.fr', 'home@example.fr', 'Alice', 'Martin'),
    (2, 'C-100201', 'bob@example.fr', null, 'Bob', 'Martin');
  insert into newsletter values (1, 'Alice@example.fr', 'footer'), (2, 'bob@example.fr', 'footer'), (3, 'home@example.fr', 'shop');
`;

describe.each(testEngines)('an e-mail that only the person’s row told, on $name', ({ application: open }) => {
  const erase = async (sql: string) => {
    const application = await open(sql);
    const plan = await application.plan(question);
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    const [person] = persons;
    return { application, person, addresses: await application.rows('select id, email from newsletter order by id') };
  };
  const addressesOf = (rows: readonly Record<string, unknown>[]) => rows.map(({ email }) => email || null);

  test('leads to the subscription that bears it, which goes with the rest', async () => {
    const { person, addresses } = await erase(shop);
    expect(person).toMatchObject({ outcome: 'executed', seen: [] });
    expect(addressesOf(addresses)).toEqual([null, 'bob@example.fr', null]);
  });

  test('that somebody else’s row holds too erases no subscription, and is told', async () => {
    const { application, person, addresses } = await erase(
      `${shop} update customer set email2 = 'home@example.fr' where id = 2;`,
    );
    expect(addressesOf(addresses)).toEqual([null, 'bob@example.fr', 'home@example.fr']);
    const where = `${application.key('newsletter')}.email`;
    expect(person).toMatchObject({ outcome: 'executed', seen: [{ where, rows: 1, mayStay: true }] });
    expect(await application.rows('select email2 from customer where id = 2')).toEqual([{ email2: 'home@example.fr' }]);
  });

  test('under which somebody of another name subscribed is shared: nothing there goes, and the order is partly done', async () => {
    const named = `${shop} create table club_member (id int primary key, email varchar(80), first_name varchar(40), last_name varchar(40));`;
    const other = await erase(`${named} insert into club_member values (1, 'home@example.fr', 'Carol', 'Petit');`);
    expect(addressesOf(other.addresses)).toEqual([null, 'bob@example.fr', 'home@example.fr']);
    expect(other.person?.outcome).toBe('partly');
    expect(await other.application.rows('select last_name from club_member')).toEqual([{ last_name: 'Petit' }]);
    const same = await erase(`${named} insert into club_member values (1, 'home@example.fr', 'alice', 'MARTIN');`);
    expect(same.person).toMatchObject({ outcome: 'executed', seen: [] });
    const [member] = await same.application.rows('select last_name, email from club_member');
    expect(JSON.stringify(member)).not.toMatch(/martin|home@/i);
  });

  test('in a row that is another customer’s leads nowhere', async () => {
    const { person, application } = await erase(`${shop}
      create table purchase (id int primary key, customer_id int references customer (id), contact_email varchar(80), label varchar(40));
      insert into purchase values (1, 2, 'home@example.fr', 'a ring for Bob');`);
    expect(await application.rows('select label from purchase')).toEqual([{ label: 'a ring for Bob' }]);
    expect(person?.outcome).toBe('partly');
  });
});
