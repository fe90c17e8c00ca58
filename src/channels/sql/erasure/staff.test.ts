import { describe, expect, test } from 'vitest';
import { type EngineApplication, testEngines } from '../../../../test/support/engines.ts';
import { execute, type PersonOutcome } from '../index.ts';

const persist = async (): Promise<void> => undefined;

async function erase(application: EngineApplication, value: string): Promise<PersonOutcome | undefined> {
  const identities = [{ kind: 'email', value }];
  const plan = await application.plan();
  return (await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist })).persons[0];
}

const desk = `
  create table users (id int primary key, role varchar(12) not null check (role in ('client', 'agent')), name varchar(60), email varchar(120) unique);
  create table ticket (id int primary key, requester_id int not null references users (id), subject varchar(80));
  create table answer (id int primary key, ticket_id int not null references ticket (id), author_id int not null references users (id), body varchar(200));
  insert into users values (1, 'client', 'Alice', 'alice@example.fr'), (2, 'client', 'Bob', 'bob@example.fr'), (9, 'agent', 'Zoé', 'zoe@example.fr');
  insert into ticket values (1, 1, 'of Alice'), (2, 2, 'of Bob');
  insert into answer values (1, 1, 1, 'Alice asks'), (2, 1, 9, 'Zoé answers Alice'), (3, 2, 9, 'Zoé answers Bob'), (4, 2, 1, 'Alice adds'), (5, 1, 2, 'Bob adds');`;

describe.each(testEngines)('staff and those they serve, on $name', ({ application: open }) => {
  test('in one table for both, what an agent wrote in the tickets of others stays when the agent asks', async () => {
    const application = await open(desk);
    expect(await erase(application, 'zoe@example.fr')).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id from users where name is null')).toEqual([{ id: 9 }]);
    expect(await application.rows('select id from answer where body is null')).toEqual([]);
    expect(await application.rows('select id from ticket where subject is null')).toEqual([]);
  });

  test('and goes with the ticket when the requester asks, unlike the words of another requester', async () => {
    const application = await open(desk);
    expect(await erase(application, 'alice@example.fr')).toMatchObject({ outcome: 'executed' });
    const gone = await application.rows('select id from answer where body is null order by id');
    expect(gone.map(({ id }) => id)).toEqual([1, 2, 4]);
  });

  test('a row that names a class points to the table that the class ends with', async () => {
    const application = await open(`
      create table users (id int primary key, email varchar(120) unique, name varchar(60));
      create table ticket (id int primary key, subject varchar(60));
      create table field_value (id int primary key, object_type varchar(60), object_id int, content varchar(60));
      insert into users values (21, 'alice@example.fr', 'Alice'), (22, 'bob@example.fr', 'Bob');
      insert into field_value values (1, 'RT::User', 21, 'a'), (2, 'RT::User', 22, 'b'), (3, 'RT::Ticket', 21, 'c'), (4, 'Shop/Model/User', 21, 'd');
    `);
    expect(await erase(application, 'alice@example.fr')).toMatchObject({ outcome: 'executed' });
    const gone = await application.rows('select id from field_value where content is null order by id');
    expect(gone.map(({ id }) => id)).toEqual([1, 4]);
  });

  test('the key of a row of e-mails is no address, and what points to rows is not emptied', async () => {
    const application = await open(`
      create table users (id char(36) primary key, email varchar(120) unique, name varchar(60));
      create table emails (id char(36) primary key, subject varchar(60));
      create table emails_text (email_id char(36) primary key, body varchar(200));
      create table email_link (id char(36) primary key, source_id char(36), bean_id char(36), bean_module varchar(40));
      insert into users values ('u1', 'alice@example.fr', 'Alice');
      insert into emails_text values ('m1', 'Dear alice@example.fr and bob@example.fr'), ('m2', 'Dear Bob');
      insert into email_link values ('l1', 'e1', 'u1', 'Users');
    `);
    expect(await erase(application, 'alice@example.fr')).toMatchObject({ outcome: 'executed' });
    const texts = await application.rows('select body from emails_text order by email_id');
    expect(texts.map(({ body }) => body)).toEqual(['Dear *** and bob@example.fr', 'Dear Bob']);
    const links = await application.rows('select trim(source_id) as a, trim(bean_id) as b from email_link');
    expect(links).toEqual([{ a: 'e1', b: 'u1' }]);
  });

  test('what was empty stays empty where a check wants one of several columns', async () => {
    const application = await open(`
      create table party (id int primary key, email varchar(120) unique, last_name varchar(60), company varchar(60), check (coalesce(last_name, company) is not null));
      insert into party values (1, 'alice@example.fr', 'Martin', null), (2, 'bob@example.fr', null, 'Bob Ltd');
    `);
    expect(await erase(application, 'alice@example.fr')).toMatchObject({ outcome: 'executed' });
    const rows = await application.rows('select id, last_name, company from party order by id');
    expect(rows).toEqual([
      { id: 1, last_name: '', company: null },
      { id: 2, last_name: null, company: 'Bob Ltd' },
    ]);
  });
});
