import { describe, expect, test } from 'vitest';
import { type TestApplication, type TestPlanQuestion, testApplication } from '../../../../test/support/application.ts';
import { type BatchOutcome, execute, planProblems, previewPlan } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };

async function eraseAlice(application: TestApplication, question: TestPlanQuestion = {}): Promise<BatchOutcome> {
  return execute(application.connection, await application.plan(question), [alice], { persist });
}

describe('columns that can’t simply be emptied', () => {
  test('NOT NULL, unique, length, CHECK, domain and enum columns get a value of their own kind', async () => {
    const application = await testApplication(`
      create type sexe as enum ('F', 'M', 'inconnu');
      create domain t_email as varchar(60) check (value ~ '^[^@ ]+@[^@ ]+$') not null;
      create domain t_cp as char(5) check (value ~ '^[0-9]{5}$');
      create table client (
        id serial primary key,
        email t_email unique,
        nom varchar(8) not null unique,
        telephone varchar(20) not null check (telephone ~ '^[+]?[0-9]{10,15}$'),
        cp t_cp not null,
        sexe sexe not null,
        statut text not null check (statut in ('actif', 'ferme')),
        naissance date not null check (naissance > '1890-01-01'),
        iban char(27) not null unique,
        prenom text check (prenom is not null and length(prenom) >= 3),
        ip inet not null,
        details jsonb not null,
        tags text[] not null,
        photo bytea not null,
        numero_carte_bancaire bigint not null unique
      );
      insert into client values
        (1, 'alice@example.fr', 'Martin', '+33612345678', '75011', 'F', 'actif', '1980-02-03', 'FR7630006000011234567890189', 'Alice', '10.1.2.3', '{"a":1}', '{vip}', '\\x01', 4970100000000154),
        (2, 'bob@example.fr', 'Durand', '+33612345679', '75012', 'M', 'actif', '1981-02-03', 'FR7630006000011234567890190', 'Robert', '10.1.2.4', '{"a":2}', '{}', '\\x02', 4970100000000155);
    `);
    const question: TestPlanQuestion = {
      categories: { 'client.sexe': 'identity', 'client.photo': 'image', 'client.numero_carte_bancaire': 'bank' },
    };
    const bob = await application.rows('select * from client where id = 2');
    const outcome = await eraseAlice(application, question);
    expect(outcome.persons).toMatchObject([{ outcome: 'executed', seen: [] }]);
    const [row] = await application.rows('select * from client where id = 1');
    expect(row).toMatchObject({ cp: '00000', sexe: 'inconnu', statut: 'actif', ip: '0.0.0.0', details: {}, tags: [] });
    expect(JSON.stringify(row)).not.toMatch(/alice|martin|61234|75011|10\.1|vip|FR76300|49701/i);
    expect(await application.rows('select * from client where id = 2')).toEqual(bob);
  });

  test('replacements of unique columns are distinct for every person of a batch', async () => {
    const application = await testApplication(`
      create table member (id int primary key, email varchar(60) not null unique, nickname_name varchar(10) not null unique);
      insert into member select n, 'm' || n || '@example.fr', 'nick' || n from generate_series(1, 500) n;
    `);
    const persons = Array.from({ length: 400 }, (_, index) => ({
      ref: `p_${index}`,
      identities: [{ kind: 'email', value: `m${index + 1}@example.fr` }],
    }));
    const { persons: outcomes } = await execute(application.connection, await application.plan(), persons, { persist });
    expect(new Set(outcomes.map((person) => person.outcome))).toEqual(new Set(['executed']));
    const left = await application.rows("select count(*)::int as n from member where email like 'm%@example.fr'");
    expect(left).toEqual([{ n: 100 }]);
  });

  test('a check over two columns keeps one of them filled, with nobody’s value', async () => {
    const application = await testApplication(`
      create table contact_person (id int primary key, email text, phone text, check (email is not null or phone is not null));
      insert into contact_person values (1, 'alice@example.fr', '0612345678'), (2, null, '0612345679');
    `);
    expect((await eraseAlice(application)).persons).toMatchObject([{ outcome: 'executed' }]);
    const [row] = await application.rows('select email, phone from contact_person where id = 1');
    expect(JSON.stringify(row)).not.toMatch(/alice|12345/);
  });

  test('when no value fits, the plan says what to do and the order is only partly done', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text,
        customer_name text not null check (customer_name ~ '^[A-Z][a-z]+ [A-Z]{2}-QX$'));
      insert into customer values (1, 'alice@example.fr', 'Alice MA-QX');
    `);
    const plan = await application.plan();
    expect(planProblems(plan).map((text) => text.en)).toEqual([
      expect.stringContaining('public.customer.customer_name'),
    ]);
    const outcome = await execute(application.connection, plan, [alice], { persist });
    expect(outcome.persons).toMatchObject([
      { outcome: 'partly', seen: [{ where: 'public.customer.customer_name', rows: 1, by: 'row', mayStay: false }] },
    ]);
    const map = 'fields: { customer.customer_name: { value: "Nobody NO-QX" } }';
    const mended = await execute(application.connection, await application.plan({ map }), [alice], { persist });
    expect(mended.persons).toMatchObject([{ outcome: 'not_found' }]);
  });

  test('generated columns follow what they are made of', async () => {
    const application = await testApplication(`
      create table customer (id int primary key generated always as identity, email text, first_name text, last_name text,
        full_name text generated always as (coalesce(first_name, '') || ' ' || coalesce(last_name, '')) stored,
        email_lower text generated always as (lower(email)) stored);
      insert into customer (email, first_name, last_name) values ('Alice@Example.fr', 'Alice', 'Martin');
    `);
    expect((await eraseAlice(application)).persons).toMatchObject([{ outcome: 'executed' }]);
    expect(await application.rows('select * from customer')).toEqual([
      { id: 1, email: null, first_name: null, last_name: null, full_name: ' ', email_lower: null },
    ]);
  });

  test('an invoice number is a natural key that stays, and is told', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create table invoice (id int primary key, customer_id int references customer, invoice_no text not null unique, billing_name text, total numeric(10,2));
      insert into customer values (1, 'alice@example.fr');
      insert into invoice values (7, 1, 'F-2024-001', 'Alice Martin', 12.50);
    `);
    const plan = await application.plan({ categories: { 'invoice.invoice_no': 'none' } });
    expect(plan.notices).toContainEqual(
      expect.objectContaining({ code: 'natural_key_stays', table: 'invoice', column: 'invoice_no' }),
    );
    await execute(application.connection, plan, [alice], { persist });
    expect(await application.rows('select * from invoice')).toEqual([
      { id: 7, customer_id: 1, invoice_no: 'F-2024-001', billing_name: null, total: '12.50' },
    ]);
  });
});

describe('keys that name the person', () => {
  test('an e-mail that others refer to with ON UPDATE CASCADE becomes a random key', async () => {
    const application = await testApplication(`
      create table app_user (email varchar(80) primary key, full_name text);
      create table orders (id int primary key, user_email varchar(80) not null references app_user on update cascade, total numeric, ship_name text);
      insert into app_user values ('Alice@Example.fr', 'Alice Martin'), ('bob@example.fr', 'Bob');
      insert into orders values (1, 'Alice@Example.fr', 10, 'Alice'), (2, 'bob@example.fr', 20, 'Bob');
    `);
    expect((await eraseAlice(application)).persons).toMatchObject([
      { outcome: 'executed', tables: { 'public.app_user': 1, 'public.orders': 1 } },
    ]);
    const rows = await application.rows(
      'select u.email, u.full_name, o.total, o.ship_name from orders o join app_user u on u.email = o.user_email order by o.id',
    );
    expect(rows).toMatchObject([
      { full_name: null, total: '10', ship_name: null },
      { email: 'bob@example.fr', full_name: 'Bob' },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/alice/i);
  });

  test('the same without ON UPDATE: both sides change in one statement', async () => {
    const application = await testApplication(`
      create table app_user (email varchar(80) primary key, full_name text);
      create table orders (id int primary key, user_email varchar(80) not null references app_user, total numeric);
      create table session_log (user_email varchar(80) references app_user on update restrict, ip inet);
      insert into app_user values ('alice@example.fr', 'Alice Martin'), ('bob@example.fr', 'Bob');
      insert into orders values (1, 'alice@example.fr', 10), (2, 'bob@example.fr', 20);
      insert into session_log values ('alice@example.fr', '10.0.0.1'), ('bob@example.fr', '10.0.0.2');
    `);
    expect((await eraseAlice(application)).persons).toMatchObject([{ outcome: 'executed' }]);
    expect(
      await application.rows(
        'select o.id, full_name from orders o join app_user u on u.email = o.user_email order by 1',
      ),
    ).toEqual([
      { id: 1, full_name: null },
      { id: 2, full_name: 'Bob' },
    ]);
    const left = await application.rows('select * from session_log order by ip nulls first');
    expect(left).toMatchObject([{ ip: null }, { user_email: 'bob@example.fr', ip: '10.0.0.2' }]);
    expect(JSON.stringify(left)).not.toMatch(/alice/);
  });

  test('a row whose own key is the identifier is deleted when nothing refers to it', async () => {
    const application = await testApplication(`
      create table visit (email text, at date, page text, primary key (email, at));
      insert into visit values ('alice@example.fr', '2024-01-01', '/a'), ('alice@example.fr', '2024-01-02', '/b'), ('bob@example.fr', '2024-01-01', '/c');
    `);
    expect((await eraseAlice(application)).persons).toMatchObject([
      { outcome: 'executed', tables: { 'public.visit': 2 } },
    ]);
    expect(await application.rows('select email from visit')).toEqual([{ email: 'bob@example.fr' }]);
  });

  test('a row is not deleted when it would take others along', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create table invoice (id int primary key, customer_id int not null references customer on delete cascade, total numeric);
      insert into customer values (1, 'alice@example.fr');
      insert into invoice values (1, 1, 10);
    `);
    const plan = await application.plan({ map: 'tables: { customer: delete }' });
    expect(plan.problems).toMatchObject([
      { code: 'delete_would_cascade', about: ['public.invoice'], isBlocking: true },
    ]);
    const outcome = await execute(application.connection, plan, [alice], { persist });
    expect(outcome.persons).toMatchObject([
      { outcome: 'refused', detail: { en: expect.stringContaining('public.invoice') } },
    ]);
    expect(await application.rows('select count(*)::int as n from customer')).toEqual([{ n: 1 }]);
    const both = await application.plan({ map: 'tables: { customer: delete, invoice: delete }' });
    expect((await execute(application.connection, both, [alice], { persist })).persons).toMatchObject([
      { outcome: 'executed' },
    ]);
    expect(await application.rows('select 1 from invoice')).toEqual([]);
  });

  test('the map can keep a field, with its reason', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      insert into customer values (1, 'alice@example.fr', 'Martin');
    `);
    const map = 'fields: { customer.last_name: { keep: "C. com. L123-22" } }';
    const plan = await application.plan({ map });
    const preview = await previewPlan(application.connection, plan, alice.identities);
    expect(preview.tables[0]?.kept).toContainEqual(
      expect.objectContaining({
        column: 'last_name',
        words: expect.objectContaining({ en: expect.stringContaining('L123-22') }),
      }),
    );
    expect((await execute(application.connection, plan, [alice], { persist })).persons).toMatchObject([
      { outcome: 'executed' },
    ]);
    expect(await application.rows('select * from customer')).toEqual([{ id: 1, email: null, last_name: 'Martin' }]);
  });
});
