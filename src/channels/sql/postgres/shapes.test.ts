import { describe, expect, test } from 'vitest';
import { type TestApplication, type TestPlanQuestion, testApplication } from '../../../../test/support/application.ts';
import { execute, type PersonOutcome, seePerson } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const identities = [{ kind: 'email', value: 'alice@example.fr' }];

async function eraseAlice(
  application: TestApplication,
  question: TestPlanQuestion = {},
): Promise<PersonOutcome | undefined> {
  const plan = await application.plan(question);
  return (await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist })).persons[0];
}

describe('shapes of schemas', () => {
  test('tables without a primary key are erased by what they refer to', async () => {
    const application = await testApplication(`
      create table client (id int primary key, email text, nom text);
      create table journal (client_id int, message text, fait timestamp);
      create table newsletter (email text, prenom text);
      insert into client values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      insert into journal select 1 + n % 2, 'bonjour ' || n, now() from generate_series(1, 10) n;
      insert into newsletter values ('alice@example.fr', 'Alice'), ('alice@example.fr', 'Alice'), ('bob@example.fr', 'Bob');
    `);
    expect(await eraseAlice(application)).toMatchObject({
      outcome: 'executed',
      tables: { 'public.client': 1, 'public.journal': 5, 'public.newsletter': 2 },
    });
    expect(
      await application.rows('select client_id, count(message)::int as messages from journal group by 1 order by 1'),
    ).toEqual([
      { client_id: 1, messages: 0 },
      { client_id: 2, messages: 5 },
    ]);
    expect(await application.rows('select email, prenom from newsletter order by 1 nulls first')).toEqual([
      { email: null, prenom: null },
      { email: null, prenom: null },
      { email: 'bob@example.fr', prenom: 'Bob' },
    ]);
  });

  test('composite keys and references are followed whole', async () => {
    const application = await testApplication(`
      create table customer (shop int, no int, email text, primary key (shop, no));
      create table orders (shop int, order_no int, customer_no int, ship_name text, primary key (shop, order_no),
        foreign key (shop, customer_no) references customer (shop, no));
      create table line (shop int, order_no int, line int, engraving text, qty int, primary key (shop, order_no, line),
        foreign key (shop, order_no) references orders);
      insert into customer values (1, 1, 'alice@example.fr'), (2, 1, 'bob@example.fr');
      insert into orders values (1, 10, 1, 'Alice'), (2, 10, 1, 'Bob');
      insert into line values (1, 10, 1, 'To Alice', 2), (2, 10, 1, 'To Bob', 3);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(
      await application.rows(
        'select shop, ship_name, engraving, qty from orders join line using (shop, order_no) order by 1',
      ),
    ).toEqual([
      { shop: 1, ship_name: null, engraving: null, qty: 2 },
      { shop: 2, ship_name: 'Bob', engraving: 'To Bob', qty: 3 },
    ]);
  });

  test('a cycle of references ends', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, default_address_id int);
      create table address (id int primary key, customer_id int references customer, street text, replaces_id int references address);
      alter table customer add foreign key (default_address_id) references address;
      insert into customer values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into address values (1, 1, 'rue A', null), (2, 1, 'rue B', 1), (3, 2, 'rue C', 1);
      update customer set default_address_id = 2 where id = 1;
      update customer set default_address_id = 3 where id = 2;
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', tables: { 'public.address': 2 } });
    expect(await application.rows('select street from address order by id')).toEqual([
      { street: null },
      { street: null },
      { street: 'rue C' },
    ]);
  });

  test('whoever validates or conducts does not own, among colleagues', async () => {
    const application = await testApplication(`
      create table employee (id int primary key, email text, last_name text);
      create table absence (id int primary key, employee_id int references employee, validated_by int references employee, reason text);
      insert into employee values (1, 'alice@example.fr', 'Alice'), (2, 'bob@example.fr', 'Bob');
      insert into absence values (1, 1, 2, 'her own'), (2, 2, 1, 'validated by her');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id, reason from absence order by id')).toEqual([
      { id: 1, reason: null },
      { id: 2, reason: 'validated by her' },
    ]);
  });

  test('answers of others to the person’s comments are others’', async () => {
    const application = await testApplication(`
      create table users (id int primary key, email text);
      create table comments (id int primary key, author_id int references users, parent_id int references comments, body text);
      insert into users values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into comments values (1, 1, null, 'alice 1'), (2, 2, 1, 'bob 1'), (3, 1, 2, 'alice 2'), (4, null, 3, 'guest under alice');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id, body from comments order by id')).toEqual([
      { id: 1, body: null },
      { id: 2, body: 'bob 1' },
      { id: 3, body: null },
      { id: 4, body: null },
    ]);
  });

  test('who a person reports to, sponsored or serves is left alone', async () => {
    const application = await testApplication(`
      create table employee (id int primary key, email text, last_name text, reports_to int references employee);
      create table customer (id int primary key, email text, last_name text, sponsor_id int references customer, support_rep_id int references employee);
      insert into employee values (1, 'boss@example.fr', 'Boss', null), (2, 'alice@example.fr', 'Staff', 1), (3, 'c@example.fr', 'Third', 2);
      insert into customer values (1, 'alice@example.fr', 'Martin', null, 1), (2, 'bob@example.fr', 'Durand', 1, 2);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select last_name from employee order by id')).toEqual([
      { last_name: 'Boss' },
      { last_name: null },
      { last_name: 'Third' },
    ]);
    expect(await application.rows('select last_name from customer order by id')).toEqual([
      { last_name: null },
      { last_name: 'Durand' },
    ]);
  });

  test('partitions are erased through their parent', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text) partition by hash (id);
      create table customer_0 partition of customer for values with (modulus 2, remainder 0);
      create table customer_1 partition of customer for values with (modulus 2, remainder 1);
      create table purchase (id int, customer_id int references customer, at date, note text, primary key (id, at)) partition by range (at);
      create table purchase_2023 partition of purchase for values from ('2023-01-01') to ('2024-01-01');
      create table purchase_2024 partition of purchase for values from ('2024-01-01') to ('2025-01-01');
      insert into customer values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into purchase values (1, 1, '2023-05-01', 'a'), (2, 1, '2024-05-01', 'b'), (3, 2, '2024-05-01', 'c');
    `);
    const catalogue = await application.catalogue();
    expect(catalogue.tables.map((table) => table.table)).toEqual(['customer', 'purchase']);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', tables: { 'public.purchase': 2 } });
    expect(await application.rows('select note from purchase order by id')).toEqual([
      { note: null },
      { note: null },
      { note: 'c' },
    ]);
  });

  test('views are left alone, and a materialized view that copies the person is refreshed', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      create view customer_view as select * from customer;
      create materialized view customer_copy as select id, upper(last_name) as name, email from customer_view;
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select * from customer_copy order by id')).toEqual([
      { id: 1, name: null, email: null },
      { id: 2, name: 'DURAND', email: 'bob@example.fr' },
    ]);
  });

  test('a person with 5,000 orders goes in the same few statements', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create table orders (id int primary key, customer_id int references customer, ship_name text, total numeric);
      create table line (order_id int references orders, no int, label text, primary key (order_id, no));
      insert into customer values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into orders select n, 1, 'Alice', n from generate_series(1, 5000) n;
      insert into orders values (6000, 2, 'Bob', 1);
      insert into line select o.id, n, 'For Alice, ' || o.id || '-' || n from orders o, generate_series(1, 4) n;
    `);
    expect(await eraseAlice(application)).toMatchObject({
      outcome: 'executed',
      tables: { 'public.orders': 5000, 'public.line': 20000 },
    });
    expect(
      await application.rows('select sum(total)::int as total, count(ship_name)::int as names from orders'),
    ).toEqual([{ total: 12502501, names: 1 }]);
  });
});

describe('who is who', () => {
  test('quotes, percent signs and capitals of an e-mail are only characters', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create index on customer (lower(email));
      insert into customer values (1, 'O''Brien%_\\"x@Example.fr'), (2, 'OXBrien%_\\"x@example.fr'), (3, 'obrien@example.fr'), (4, '  o''brien%_\\"X@example.FR ');
    `);
    const plan = await application.plan();
    const person = { ref: 'p_1', identities: [{ kind: 'email', value: `o'brien%_\\"x@example.fr` }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { 'public.customer': 2 } }]);
    expect(await application.rows('select id from customer where email is not null order by id')).toEqual([
      { id: 2 },
      { id: 3 },
    ]);
  });

  test('a telephone is compared by its digits, and a household’s shared line doesn’t take the other one along', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, phone text, last_name text);
      insert into customer values (1, 'alice@example.fr', '06 12 34 56 78', 'Martin'), (2, 'bob@example.fr', '+33 6 12 34 56 78', 'Durand'),
        (3, null, '0033612345678', 'Martin'), (4, 'carol@example.fr', '0612345679', 'Petit');
    `);
    const plan = await application.plan();
    const person = { ref: 'p_1', identities: [...identities, { kind: 'phone', value: '+33612345678' }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { 'public.customer': 2 } }]);
    expect(await application.rows('select id, last_name from customer order by id')).toEqual([
      { id: 1, last_name: null },
      { id: 2, last_name: 'Durand' },
      { id: 3, last_name: null },
      { id: 4, last_name: 'Petit' },
    ]);
  });

  test('a name alone selects nobody', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      insert into customer values (1, 'alice@example.fr', 'Martin');
    `);
    const plan = await application.plan({ identities: [{ kind: 'name', column: 'customer.last_name' }] });
    const person = { ref: 'p_1', identities: [{ kind: 'name', value: 'Martin' }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'not_found' }]);
  });

  test('every table that holds the e-mail is a way in, and a mention of who acted is only a mention', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      create table ticket (id int primary key, email text, subject text);
      create table orders (id int primary key, customer_id int references customer, customer_name text, updated_by_email text);
      insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      insert into ticket values (1, 'ALICE@example.fr', 'help Alice'), (2, 'bob@example.fr', 'help Bob');
      insert into orders values (1, 2, 'Durand', 'alice@example.fr'), (2, 1, 'Martin', 'bob@example.fr');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select * from orders order by id')).toEqual([
      { id: 1, customer_id: 2, customer_name: 'Durand', updated_by_email: null },
      { id: 2, customer_id: 1, customer_name: null, updated_by_email: null },
    ]);
    expect(await application.rows('select subject from ticket order by id')).toEqual([
      { subject: null },
      { subject: 'help Bob' },
    ]);
  });

  test('what the sweep sees in a text nobody linked makes the order partly done', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create table room (id int primary key, label text unique);
      insert into customer values (1, 'alice@example.fr');
      insert into room values (1, 'reserved by Alice@Example.fr.'), (2, 'malice@example.fr'), (3, 'alice@example.france');
    `);
    const outcome = await eraseAlice(application);
    expect(outcome).toMatchObject({
      outcome: 'partly',
      seen: [{ where: 'public.room.label', rows: 1, by: 'sweep', mayStay: false }],
    });
    expect(JSON.stringify(outcome)).not.toContain('lice@');
    const plan = await application.plan();
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: true });
  });

  test('in the rows of others, what names the person is taken out and their words stay', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      create table mail (id int primary key, customer_id int references customer, body text, cc text[], headers jsonb);
      create table draft (id int primary key, recipient text, subject text);
      insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      insert into mail values
        (1, 2, 'Write to Alice@example.fr, not to malice@example.fr.', '{alice@example.fr,carol@example.fr}',
          '{"to": ["bob@example.fr", "alice@example.fr"], "lines": 3}'),
        (2, 2, 'nothing of hers', '{}', '{}'),
        (3, 1, 'hers', '{bob@example.fr}', '{}');
      insert into draft values (1, 'alice@example.fr; bob@example.fr', 'meeting'), (2, 'alice@example.fr', 'meeting'), (3, 'bob@example.fr', 'meeting');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows('select * from mail order by id')).toEqual([
      {
        id: 1,
        customer_id: 2,
        body: 'Write to ***, not to malice@example.fr.',
        cc: ['***', 'carol@example.fr'],
        headers: { to: ['bob@example.fr', '***'], lines: 3 },
      },
      { id: 2, customer_id: 2, body: 'nothing of hers', cc: [], headers: {} },
      { id: 3, customer_id: 1, body: null, cc: null, headers: null },
    ]);
    expect(await application.rows('select * from draft order by id')).toEqual([
      { id: 1, recipient: '***; bob@example.fr', subject: 'meeting' },
      { id: 2, recipient: null, subject: null },
      { id: 3, recipient: 'bob@example.fr', subject: 'meeting' },
    ]);
  });

  test('a record of a log that names only the person goes whole; one that names others keeps the rest', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      create table audit_log (id int primary key, before jsonb, after jsonb, at timestamptz);
      insert into customer values (1, 'alice@example.fr', 'Martin');
      insert into audit_log values
        (1, '{"email": "alice@example.fr", "name": "Alice Martin"}', '{"name": "Alice Martin-Durand"}', now()),
        (2, '{"emails": ["alice@example.fr", "bob@example.fr"]}', '{"rows": 2}', now()),
        (3, '{"email": "bob@example.fr"}', '{"name": "Bob"}', now());
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id, before, after from audit_log order by id')).toEqual([
      { id: 1, before: null, after: null },
      { id: 2, before: { emails: ['***', 'bob@example.fr'] }, after: { rows: 2 } },
      { id: 3, before: { email: 'bob@example.fr' }, after: { name: 'Bob' } },
    ]);
  });

  test('a number that stands in the texts of others by chance is not taken out of them', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, customer_number text);
      create table note (id int primary key, customer_id int references customer, body text);
      insert into customer values (1, 'alice@example.fr', '10293'), (2, 'bob@example.fr', '10294');
      insert into note values (1, 2, 'parcel 10293 came back');
    `);
    await eraseAlice(application, { categories: { 'customer.customer_number': 'identity' } });
    expect(await application.rows('select body from note')).toEqual([{ body: 'parcel 10293 came back' }]);
  });

  test('what a trigger copies into a history while the person is erased is erased as well', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      create table customer_history (id serial primary key, customer_id int references customer, email text, last_name text);
      create function keep() returns trigger language plpgsql as $$
        begin insert into customer_history (customer_id, email, last_name) values (old.id, old.email, old.last_name); return new; end $$;
      create trigger keep before update on customer for each row execute function keep();
      insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      update customer set last_name = last_name;
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows('select customer_id, email, last_name from customer_history order by id')).toEqual([
      { customer_id: 1, email: null, last_name: null },
      { customer_id: 2, email: 'bob@example.fr', last_name: 'Durand' },
      { customer_id: 1, email: null, last_name: null },
    ]);
  });

  test('an address shared by two persons goes with the second one', async () => {
    const application = await testApplication(`
      create table address (id int primary key, street text);
      create table customer (id int primary key, email text not null, last_name text, address_id int references address);
      create table orders (id int primary key, customer_id int references customer, ship_to_id int references address);
      insert into address values (1, 'rue partagée');
      insert into customer values (1, 'alice@example.fr', 'Martin', 1), (2, 'bob@example.fr', 'Martin', 1);
      insert into orders values (1, 1, 1), (2, 2, 1);
    `);
    const streets = () => application.rows('select street from address');
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await streets()).toEqual([{ street: 'rue partagée' }]);
    const plan = await application.plan();
    const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };
    await execute(application.connection, plan, [bob], { persist });
    expect(await streets()).toEqual([{ street: null }]);
  });

  test('two persons of one batch who share an address take it along', async () => {
    const application = await testApplication(`
      create table address (id int primary key, street text);
      create table customer (id int primary key, email text, address_id int references address);
      insert into address values (1, 'rue partagée'), (2, 'rue à trois');
      insert into customer values (1, 'alice@example.fr', 1), (2, 'bob@example.fr', 1), (3, 'carol@example.fr', 2), (4, 'alice@example.fr', 2);
    `);
    const batch = ['alice', 'bob'].map((name) => ({
      ref: name,
      identities: [{ kind: 'email', value: `${name}@example.fr` }],
    }));
    await execute(application.connection, await application.plan(), batch, { persist });
    expect(await application.rows('select street from address order by id')).toEqual([
      { street: null },
      { street: 'rue à trois' },
    ]);
  });
});

describe('what refers to a person is not always theirs', () => {
  test('who answers, validates or assesses is not who is answered, and an answer leads to no other account', async () => {
    const application = await testApplication(`
      create table users (id int primary key, email text unique, username text);
      create table posts (id int primary key, user_id int references users, reply_to_user_id int references users, raw text, author_email text);
      create table absence (id int primary key, user_id int not null references users, valide_par int references users, comment text);
      insert into users values (1, 'alice@example.fr', 'alice'), (2, 'bob@example.fr', 'bob');
      insert into posts values (1, 1, null, 'by alice', 'alice@example.fr'), (2, 2, 1, 'by bob', 'bob@example.fr');
      insert into absence values (1, 1, 2, 'of alice'), (2, 2, 1, 'of bob');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select username from users order by id')).toEqual([
      { username: null },
      { username: 'bob' },
    ]);
    expect(await application.rows('select raw from posts order by id')).toEqual([{ raw: null }, { raw: 'by bob' }]);
    expect(await application.rows('select comment from absence order by id')).toEqual([
      { comment: null },
      { comment: 'of bob' },
    ]);
  });

  test('users of a tenant are not the person its bills go to', async () => {
    const application = await testApplication(`
      create table tenants (id int primary key, name text, billing_email text);
      create table users (id int primary key, tenant_id int not null references tenants, email text, full_name text);
      insert into tenants values (1, 'Company', 'alice@example.fr');
      insert into users values (1, 1, 'alice@example.fr', 'Alice'), (2, 1, 'bob@example.fr', 'Bob');
    `);
    await eraseAlice(application);
    expect(await application.rows('select email, full_name from users order by id')).toEqual([
      { email: null, full_name: null },
      { email: 'bob@example.fr', full_name: 'Bob' },
    ]);
  });

  test('the user who serves many partners is not one of them', async () => {
    const application = await testApplication(`
      create table res_users (id int primary key, login text unique, signature text);
      create table res_partner (id int primary key, name text, email text, user_id int references res_users);
      insert into res_users values (1, 'sales@example.fr', 'Sales');
      insert into res_partner values (1, 'Alice', 'alice@example.fr', 1), (2, 'Bob', 'bob@example.fr', 1);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select name from res_partner order by id')).toEqual([
      { name: null },
      { name: 'Bob' },
    ]);
    expect(await application.rows('select signature from res_users')).toEqual([{ signature: 'Sales' }]);
  });

  test('a dense web of references is walked in a moment', async () => {
    const names = ['partner', 'account', 'lead', 'message', 'sale', 'invoice', 'visit', 'task'];
    const links = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
    const application = await testApplication(`
      ${names.map((name) => `create table ${name} (id int primary key, email text, name text, street text);`).join('\n')}
      ${links.map(([from, to]) => `alter table ${from} add ${to}_id int references ${to};`).join('\n')}
      ${names.map((name) => `insert into ${name} values (1, 'alice@example.fr', 'Alice', 'rue A');`).join('\n')}
    `);
    const startedAt = Date.now();
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  });
});
