import { expect, test } from 'vitest';
import { testApplication } from '../../../../test/support/application.ts';
import { execute } from '../index.ts';

const persist = async (): Promise<void> => undefined;

async function erase(sql: string, value: string) {
  const application = await testApplication(sql);
  const plan = await application.plan();
  const person = { ref: 'p_1', identities: [{ kind: 'email', value }] };
  const { persons } = await execute(application.connection, plan, [person], { persist });
  return { application, outcome: persons[0]?.outcome };
}

test('a person and what they are kept as are one thing in two tables: the address tied to the other goes too', async () => {
  const { application, outcome } = await erase(
    `create table party (party_id int primary key, made_at timestamp);
     create table person (party_id int primary key references party, firstname text, lastname text);
     create table emailaddress (party_id int references person, line int, emailaddress text, primary key (party_id, line));
     create table address (address_id int primary key, addressline1 text, city text);
     create table party_address (party_id int references party, address_id int references address, primary key (party_id, address_id));
     insert into party values (1), (2);
     insert into person values (1, 'Ada', 'Ronan'), (2, 'Bert', 'Quill');
     insert into emailaddress values (1, 1, 'ada.ronan@mail.example'), (2, 1, 'bert@mail.example');
     insert into address values (1, '4 Mill Lane', 'Cork'), (2, '9 Quay', 'Cork'), (3, '1 Shared Row', 'Cork');
     insert into party_address values (1, 1), (2, 2), (1, 3), (2, 3);`,
    'ada.ronan@mail.example',
  );
  expect(outcome).toBe('executed');
  expect(await application.rows('select addressline1 from address order by address_id')).toEqual([
    { addressline1: null },
    { addressline1: '9 Quay' },
    { addressline1: '1 Shared Row' },
  ]);
});

const site = `create table users (uid int primary key, uuid text);
  create table users_field_data (uid int, langcode varchar(12), name varchar(60), pass varchar(255), mail varchar(254), login int, primary key (uid, langcode));
  create table user__full_name (entity_id int, delta int, full_name_value varchar(255), primary key (entity_id, delta));
  create table sessions (uid int, sid varchar(128) primary key, hostname varchar(128));
  create table comment (cid int primary key, uuid text);
  create table comment_field_data (cid int, langcode varchar(12), uid int, subject text, name text, mail varchar(254), primary key (cid, langcode));
  create table comment__comment_body (entity_id int, delta int, comment_body_value text, primary key (entity_id, delta));
  insert into users values (0, 'a'), (5, 'b'), (6, 'c');
  insert into users_field_data values (0, 'en', '', null, null), (5, 'en', 'ygranger', 'x', 'y.granger@mail.example'), (6, 'en', 'other', 'x', 'other@mail.example');
  insert into user__full_name values (5, 0, 'Ysolde Granger'), (6, 0, 'Olga Ther');
  insert into sessions values (5, 's5', '82.5.5.5'), (6, 's6', '82.6.6.6'), (0, 's0', '82.7.7.7');
  insert into comment values (1, 'd'), (2, 'e'), (3, 'f');
  insert into comment_field_data values (1, 'en', 5, 'Mine', 'ygranger', null), (2, 'en', 0, 'Passing by', 'Ivo', 'ivo@mail.example'), (3, 'en', 6, 'Theirs', 'other', null);
  insert into comment__comment_body values (1, 0, 'I live in Rennes'), (2, 0, 'Call me'), (3, 0, 'I disagree');`;

test('an abbreviation that is the key of one table leads from the columns of an account to all that is its person’s', async () => {
  const { application, outcome } = await erase(site, 'y.granger@mail.example');
  expect(outcome).toBe('executed');
  expect(await application.rows('select full_name_value as name from user__full_name order by entity_id')).toEqual([
    { name: null },
    { name: 'Olga Ther' },
  ]);
  expect(await application.rows('select hostname from sessions where uid > 0 order by uid')).toEqual([
    { hostname: null },
    { hostname: '82.6.6.6' },
  ]);
  expect(await application.rows('select comment_body_value as body from comment__comment_body order by 1')).toEqual([
    { body: 'Call me' },
    { body: 'I disagree' },
    { body: null },
  ]);
});

test('who left a comment without an account leaves nothing of it, and the account of all who have none stays', async () => {
  const { application, outcome } = await erase(site, 'ivo@mail.example');
  expect(outcome).toBe('executed');
  expect(
    await application.rows('select comment_body_value as body from comment__comment_body order by entity_id'),
  ).toEqual([{ body: 'I live in Rennes' }, { body: null }, { body: 'I disagree' }]);
  expect(await application.rows('select hostname from sessions where uid = 0')).toEqual([{ hostname: '82.7.7.7' }]);
});

test('a customer whose group is called after customers is a person all the same, and an order keeps its number and what was sold', async () => {
  const { application, outcome } = await erase(
    `create table customer_group (group_id int primary key, code text);
     create table customer_entity (entity_id int primary key, group_id int, email text, firstname text, lastname text);
     create table review_detail (detail_id int primary key, customer_id int references customer_entity, title text, detail text, nickname text);
     create table sales_order (entity_id int primary key, increment_id varchar(50), status varchar(32),
       customer_id int references customer_entity, customer_email text, customer_note text);
     create table sales_order_item (item_id int primary key, order_id int references sales_order, sku text, label text, options text);
     insert into customer_group values (1, 'General');
     insert into customer_entity values (1, 1, 'val@mail.example', 'Valentine', 'Quercy'), (2, 1, 'arm@mail.example', 'Armand', 'Quercy');
     insert into review_detail values (1, 1, 'Lovely', 'My daughter loves it', 'ValQ'), (2, 2, 'Fine', 'Good', 'Arm');
     insert into sales_order values (1, '000000001', 'complete', 1, 'val@mail.example', 'a gift'), (2, '000000002', 'complete', 2, 'arm@mail.example', null);
     insert into sales_order_item values (1, 1, 'BAG', 'Bag', 'for Valentine'), (2, 2, 'HAT', 'Hat', null);`,
    'val@mail.example',
  );
  expect(outcome).toBe('executed');
  expect(await application.rows('select title, detail from review_detail order by 1')).toEqual([
    { title: 'Fine', detail: 'Good' },
    { title: null, detail: null },
  ]);
  const order = 'select increment_id, customer_email, customer_note from sales_order where entity_id = 1';
  expect(await application.rows(order)).toEqual([
    { increment_id: '000000001', customer_email: null, customer_note: null },
  ]);
  expect(await application.rows('select label, options from sales_order_item where item_id = 1')).toEqual([
    { label: 'Bag', options: null },
  ]);
});

test('a document that somebody who works there keeps is the house’s', async () => {
  const { application, outcome } = await erase(
    `create table employee (employee_id int primary key, first_name text, last_name text, email text);
     create table document (document_id int primary key, title text, owner int not null references employee, summary text);
     insert into employee values (1, 'Linda', 'Moss', 'linda@house.example'), (2, 'Karl', 'Ott', 'karl@house.example');
     insert into document values (1, 'Front reflector', 1, 'How to mount it'), (2, 'Crank', 2, 'Guidelines');`,
    'linda@house.example',
  );
  expect(outcome).toBe('executed');
  expect(await application.rows('select title, summary from document where document_id = 1')).toEqual([
    { title: 'Front reflector', summary: 'How to mount it' },
  ]);
});
