import { describe, expect, test } from 'vitest';
import { sharedDatabase, testApplication } from '../../../../test/support/application.ts';
import { execute, previewPlan, seePerson } from '../index.ts';

const chinook = sharedDatabase('chinook.postgres.sql');
const cookieHouse = sharedDatabase('cookie-house.postgres.sql');
const persist = async (): Promise<void> => undefined;

describe.skipIf(chinook === null)('Chinook (skipped where ../shared/data is absent)', async () => {
  const identities = [{ kind: 'email', value: ' LuisG@Embraer.com.br' }];
  const person = { ref: 'p_1', identities };
  if (chinook === null) return;

  test('no field of the customer names the person, and every invoice and total stays', async () => {
    const application = await testApplication(chinook);
    const snapshot = (table: string, where = 'true') =>
      application.rows(
        `select md5(string_agg(t::text, '|' order by t::text)) as digest from ${table} t where ${where}`,
      );
    const untouched = async () => [
      await snapshot('employee'),
      await snapshot('track'),
      await snapshot('invoice_line'),
      await snapshot('customer', 'customer_id <> 1'),
      await snapshot('invoice', 'customer_id <> 1'),
      await application.rows('select invoice_id, customer_id, invoice_date, total from invoice order by 1'),
    ];
    const plan = await application.plan();
    const before = await untouched();
    const { persons, proof } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([
      { outcome: 'executed', tables: { 'public.customer': 1, 'public.invoice': 7 }, seen: [] },
    ]);
    expect(proof.sweep).toBe('complete');
    expect(await application.rows('select * from customer where customer_id = 1')).toEqual([
      {
        customer_id: 1,
        first_name: '',
        last_name: '',
        company: null,
        address: null,
        city: null,
        state: null,
        country: null,
        postal_code: null,
        phone: null,
        fax: null,
        email: '',
        support_rep_id: 3,
      },
    ]);
    const billing = 'billing_address, billing_city, billing_state, billing_country, billing_postal_code';
    const blank = { billing_address: null, billing_city: null, billing_state: null, billing_country: null };
    expect(await application.rows(`select distinct ${billing} from invoice where customer_id = 1`)).toEqual([
      { ...blank, billing_postal_code: null },
    ]);
    expect(await untouched()).toEqual(before);
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: false, sightings: [] });
  });

  test('the plan counts without changing anything, in words and in the SQL that will run', async () => {
    const application = await testApplication(chinook);
    const plan = await application.plan();
    const preview = await previewPlan(application.connection, plan, identities);
    const rows = Object.fromEntries(preview.tables.map((table) => [table.table, table.rows]));
    expect(rows).toMatchObject({ 'public.customer': 1, 'public.invoice': 7, 'public.invoice_line': 38 });
    expect(preview.statements.map((statement) => statement.sql).join('\n')).toContain('update "public"."customer"');
    expect(JSON.stringify(preview).toLowerCase()).not.toContain('embraer');
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({
      isSeen: true,
      sightings: [{ where: 'public.customer.email', rows: 1 }],
    });
  });

  test('an employee who leaves takes no customer along', async () => {
    const application = await testApplication(chinook);
    const plan = await application.plan();
    const before = await application.rows('select * from customer order by 1');
    const jane = { ref: 'p_2', identities: [{ kind: 'email', value: 'jane@chinookcorp.com' }] };
    const { persons } = await execute(application.connection, plan, [jane], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { 'public.employee': 1 } }]);
    expect(await application.rows('select * from customer order by 1')).toEqual(before);
    const named = await application.rows("select 1 from employee where last_name = 'Peacock' or email like 'jane%'");
    expect(named).toEqual([]);
  });

  test('a person who is nowhere is not found, which is not done', async () => {
    const application = await testApplication(chinook);
    const nobody = { ref: 'p_3', identities: [{ kind: 'email', value: 'nobody@nowhere.example' }] };
    const { persons } = await execute(application.connection, await application.plan(), [nobody], { persist });
    expect(persons).toMatchObject([{ outcome: 'not_found', counts: {}, tables: {}, seen: [] }]);
  });
});

const joins = `
joins:
  - { from: customer.address_id, to: address.id }
  - { from: employee.address_id, to: address.id }
  - { from: orders.customer_id, to: customer.id }
  - { from: orders.shipping_address_id, to: address.id }
  - { from: orders.payment_card_id, to: payment_card.id }
  - { from: order_item.order_id, to: orders.id }
  - { from: payment_card.customer_id, to: customer.id }
  - { from: payment_card.billing_address_id, to: address.id }
  - { from: login.customer_id, to: customer.id }
`;

describe.skipIf(cookieHouse === null)('Cookie house, joins declared (skipped where ../shared/data is absent)', () => {
  if (cookieHouse === null) return;
  const erase = async (email: string, map = `${joins}\ntables: { loyalty: ignore }`) => {
    const application = await testApplication(cookieHouse);
    const plan = await application.plan({ map });
    const person = { ref: 'p_1', identities: [{ kind: 'email', value: email }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    return { application, outcome: persons[0] };
  };

  test('the loyalty card, which nothing but the name on it ties to the customer, is told until the map says what it is', async () => {
    const { outcome } = await erase('customer-1@example.com', joins);
    const seen = [{ where: 'public.loyalty', rows: 1, by: 'name', mayStay: false }];
    expect(outcome).toMatchObject({ outcome: 'partly', seen });
  });

  test('the address and the card that two customers share stay', async () => {
    const { application, outcome } = await erase('customer-1@example.com');
    expect(outcome?.outcome).toBe('executed');
    expect(await application.rows('select email, name, address_id::int from customer where id = 1')).toEqual([
      { email: null, name: null, address_id: 1 },
    ]);
    expect(await application.rows('select street from address order by id')).toEqual([
      { street: 'Example Street' },
      { street: 'Example Lane' },
      { street: 'Example Ave' },
      { street: 'Example Place' },
    ]);
    expect(await application.rows('select id, ccn::int from payment_card order by id')).toEqual([
      { id: 'pay_aaa-aaa', ccn: null },
      { id: 'pay_bbb-bbb', ccn: 987654321 },
      { id: 'pay_ccc-ccc', ccn: 373719391 },
    ]);
    expect(await application.rows("select 1 from visit where email = 'customer-1@example.com'")).toEqual([]);
    expect(await application.rows('select count(*)::int from orders')).toEqual([{ count: 5 }]);
    const requests = await application.rows('select id, email, alt_email from service_request order by id limit 2');
    expect(requests).toEqual([
      { id: 'ser_aaa-aaa', email: null, alt_email: null },
      { id: 'ser_bbb-bbb', email: 'customer-2@example.com', alt_email: null },
    ]);
    expect(await application.rows('select name from employee order by id')).toEqual([
      { name: 'Jack Employee' },
      { name: 'Jane Employee' },
    ]);
  });

  test('an address that no one else uses goes with its customer', async () => {
    const { application } = await erase('jane@example.com');
    expect(await application.rows('select house, street, city, state, zip from address where id = 4')).toEqual([
      { house: null, street: null, city: null, state: null, zip: null },
    ]);
    expect(await application.rows('select email from backup_schema.customer')).toHaveLength(1);
  });
});
