import mysql from 'mysql2/promise';
import {
  type Category,
  connect,
  execute,
  type PersonOrder,
  planErasure,
  readCatalogue,
  settlePlan,
} from '../src/channels/index.ts';
import { findMariadb } from '../test/support/mariadb.ts';

/**
 * Erasing 10,000 persons from a shop of 30,000 on MariaDB: Socle's SQL channel, against the same statements and the same
 * proof typed by hand by someone who knows the schema. Each works in its own copy of the same database.
 *
 *   npx tsx bench/sql-erasure-mariadb.ts 10000
 */
const erased = Number(process.argv[2] ?? 10_000);
const customers = erased * 3;
const batchSize = 5_000;

const schema = `
  create table product (id int primary key, label varchar(80) not null);
  create table address (id int primary key, street varchar(120) not null, zip varchar(10), city varchar(80), phone varchar(20));
  create table customer (id int primary key, email varchar(120) not null unique, first_name varchar(80) not null, last_name varchar(80) not null,
    phone varchar(20), birth_date date, created_at datetime not null default current_timestamp);
  create table customer_address (customer_id int not null references customer (id), address_id int not null references address (id), label varchar(40), primary key (customer_id, address_id));
  create table orders (id int primary key, customer_id int not null references customer (id), ship_to_id int references address (id), ordered_at datetime not null, total decimal(12,2) not null, note text);
  create table order_line (order_id int not null references orders (id), line int not null, product_id int not null references product (id), quantity int not null, price decimal(12,2) not null, primary key (order_id, line));
  create table invoice (id int primary key, number varchar(20) not null unique, order_id int not null references orders (id), billing_name varchar(120) not null, billing_street varchar(120), billing_city varchar(80), total decimal(12,2) not null);
  create table newsletter (email varchar(120) primary key, subscribed_at datetime not null);
  insert into product select seq, concat('Product ', seq) from seq_1_to_200;
  insert into address select seq, concat(seq, ' rue des Lilas'), '69001', 'Lyon', concat('04', lpad(seq, 8, '0')) from seq_1_to_${customers};
  insert into customer select seq, concat('customer', seq, '@example.fr'), concat('First', seq), concat('Last', seq), concat('06', lpad(seq, 8, '0')), '1980-01-01', now() from seq_1_to_${customers};
  insert into customer_address select seq, seq, 'home' from seq_1_to_${customers};
  insert into customer_address select seq, seq + 1, 'family' from seq_1_to_${customers - 1}_step_10;
  insert into orders select seq, 1 + seq % ${customers}, 1 + seq % ${customers}, now(), seq % 500, concat('ring at Last', 1 + seq % ${customers}) from seq_1_to_${customers * 3};
  insert into order_line select o.id, l.seq, 1 + (o.id + l.seq) % 200, 1, 10 from orders o, seq_1_to_3 l;
  insert into invoice select id, concat('F', id), id, concat('Last', customer_id), concat(ship_to_id, ' rue des Lilas'), 'Lyon', total from orders;
  insert into newsletter select email, now() from customer;
  analyze table product, address, customer, customer_address, orders, order_line, invoice, newsletter;
`;

const fields: Readonly<Record<string, Category>> = {
  'customer.email': 'contact',
  'customer.first_name': 'identity',
  'customer.last_name': 'identity',
  'customer.phone': 'contact',
  'customer.birth_date': 'birth',
  'address.street': 'location',
  'address.zip': 'location',
  'address.city': 'location',
  'address.phone': 'contact',
  'orders.note': 'free_text',
  'invoice.billing_name': 'identity',
  'invoice.billing_street': 'location',
  'invoice.billing_city': 'location',
  'newsletter.email': 'contact',
};

const persons: readonly PersonOrder[] = Array.from({ length: erased }, (_, index) => ({
  ref: `p_${index}`,
  identities: [{ kind: 'email', value: `customer${index + 1}@example.fr` }],
}));

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize),
  );
}

async function bySocle(url: string, database: string): Promise<number> {
  const connection = await connect(url);
  const start = performance.now();
  const catalogue = await readCatalogue(connection);
  const categories = new Map(Object.entries(fields).map(([field, category]) => [`${database}.${field}`, category]));
  const plan = await settlePlan(connection, catalogue, planErasure({ catalogue, categories }));
  const outcomes = new Map<string, number>();
  for (const batch of batches(persons)) {
    const captures: string[] = [];
    const persist = async (capture: unknown): Promise<void> => void captures.push(JSON.stringify(capture));
    const { persons: done } = await execute(connection, plan, batch, { persist });
    for (const { outcome } of done) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const spent = performance.now() - start;
  await connection.close();
  if (outcomes.get('executed') !== erased) throw new Error(`not all executed: ${JSON.stringify([...outcomes])}`);
  return spent;
}

const same = 'lower(trim(t.email)) = s.value';

/** The same statements in the same transactions: find, capture to the client, erase, prove, look through every text. */
async function byHand(client: mysql.Connection): Promise<number> {
  const start = performance.now();
  for (const batch of batches(persons)) {
    const values = batch.map((person) => person.identities[0]?.value ?? '');
    await client.query(`
      drop temporary table if exists sought, c, n, o, i, a, ca, x;
      create temporary table sought (person int, value varchar(200) collate utf8mb4_bin, index (value));
      create temporary table c (person int, id int, index (id)); create temporary table n (person int, email varchar(120), index (email));
      create temporary table o (person int, id int, index (id)); create temporary table i (person int, id int, index (id));
      create temporary table a (person int, id int, index (id)); create temporary table x (person int, address_id int);
      create temporary table ca (person int, customer_id int, address_id int, index (customer_id, address_id))`);
    await client.query('insert into sought values ?', [values.map((value, at) => [at, value])]);
    await client.query(`
      set transaction isolation level read committed; start transaction;
      insert into c select distinct s.person, t.id from customer t straight_join sought s on ${same};
      insert into n select distinct s.person, t.email from newsletter t straight_join sought s on ${same};
      insert into ca select distinct c.person, t.customer_id, t.address_id from c join customer_address t on t.customer_id = c.id;
      insert into o select distinct c.person, t.id from c join orders t on t.customer_id = c.id;
      insert into i select distinct o.person, t.id from o join invoice t on t.order_id = o.id;
      insert into x select person, address_id from ca union select o.person, r.ship_to_id from o join orders r on r.id = o.id;
      insert into a select distinct x.person, t.id from x join address t on t.id = x.address_id
        where not exists (select 1 from customer_address u where u.address_id = t.id and not exists (select 1 from ca where ca.customer_id = u.customer_id and ca.address_id = u.address_id))
          and not exists (select 1 from orders u where u.ship_to_id = t.id and not exists (select 1 from o where o.id = u.id))`);
    const captured: string[] = [];
    for (const table of ['c', 'n', 'ca', 'o', 'i', 'a']) {
      const [rows] = await client.query({ sql: `select * from ${table}`, rowsAsArray: true });
      captured.push(JSON.stringify(rows));
    }
    await client.query(`
      update (select distinct id from a) s straight_join address t on t.id = s.id set street = '', zip = null, city = null, phone = null;
      update (select distinct id from i) s straight_join invoice t on t.id = s.id set billing_name = '', billing_street = null, billing_city = null;
      update (select distinct id from o) s straight_join orders t on t.id = s.id set note = null;
      update (select distinct customer_id, address_id from ca) s straight_join customer_address t on t.customer_id = s.customer_id and t.address_id = s.address_id set label = null;
      delete t from (select distinct email from n) s straight_join newsletter t on t.email = s.email;
      update (select distinct id from c) s straight_join customer t on t.id = s.id
        set email = concat('erased-', left(sha2(concat('salt', t.id), 256), 12), '@e.invalid'), first_name = '', last_name = '', phone = null, birth_date = null;
      commit`);
    await proveByHand(client, values);
  }
  return performance.now() - start;
}

async function proveByHand(client: mysql.Connection, values: readonly string[]): Promise<void> {
  const zero = async (query: string, parameters: readonly string[] = []): Promise<void> => {
    const [rows] = await client.query(query, [...parameters]);
    if (JSON.parse(JSON.stringify(rows)).some((row: { n: number }) => Number(row.n) > 0)) {
      throw new Error(`still there: ${query}`);
    }
  };
  await zero(`select s.person, count(*) as n from customer t straight_join sought s on ${same} group by s.person`);
  await zero(`select s.person, count(*) as n from newsletter t straight_join sought s on ${same} group by s.person`);
  await zero(
    "select count(*) as n from c join customer t using (id) where not (t.email regexp '^erased-' and first_name = '' and last_name = '' and phone is null and birth_date is null)",
  );
  await zero('select count(*) as n from o join orders t using (id) where note is not null');
  await zero(
    "select count(*) as n from i join invoice t using (id) where not (billing_name = '' and billing_street is null and billing_city is null)",
  );
  await zero(
    "select count(*) as n from a join address t using (id) where not (street = '' and zip is null and city is null and phone is null)",
  );
  await zero(
    'select count(*) as n from ca join customer_address t using (customer_id, address_id) where label is not null',
  );
  await zero('select count(*) as n from n join newsletter t using (email)');
  const every = values.length / 20;
  const pattern = Array.from({ length: 20 }, (_, at) => values[Math.floor(at * every)] ?? '')
    .map((value) => `(^|[^[:alnum:]._%+-])${value.replaceAll('.', '[.]')}($|[^[:alnum:]_.-]|[.]($|[^[:alnum:]]))`)
    .join('|');
  const texts: Readonly<Record<string, readonly string[]>> = {
    product: ['label'],
    address: ['street', 'zip', 'city', 'phone'],
    customer: ['first_name', 'last_name', 'phone'],
    customer_address: ['label'],
    orders: ['note'],
    invoice: ['number', 'billing_name', 'billing_street', 'billing_city'],
  };
  for (const [table, columns] of Object.entries(texts)) {
    const any = columns.map((column) => `coalesce(sum(${column} like '%@%' and ${column} regexp ?), 0)`).join(' + ');
    await zero(
      `select ${any} as n from ${table}`,
      columns.map(() => pattern),
    );
  }
}

const server = await findMariadb();
if (server === null) throw new Error('install mariadb-server, or set SOCLE_TEST_MARIADB');
const address = new URL(server.adminUrl);
const socket = address.searchParams.get('socket');
const made: string[] = [];

async function client(): Promise<mysql.Connection> {
  return mysql.createConnection({
    ...(socket === null ? { host: address.hostname, port: Number(address.port || '3306') } : { socketPath: socket }),
    ...{ user: address.username, password: address.password, multipleStatements: true },
  });
}

async function copy(name: string): Promise<{ readonly url: string; readonly database: string }> {
  const database = `socle_bench_${name}`;
  made.push(database);
  const admin = await client();
  await admin.query(`drop database if exists ${database}; create database ${database}; use ${database}; ${schema}`);
  await admin.end();
  const url = new URL(address);
  url.pathname = `/${database}`;
  return { url: url.toString(), database };
}

try {
  const rounds = 3;
  const socle: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { database } = await copy(`hand_${round}`);
    const typed = await client();
    await typed.query(`use ${database}`);
    hand.push(await byHand(typed));
    await typed.end();
    const theirs = await copy(`socle_${round}`);
    socle.push(await bySocle(theirs.url, theirs.database));
  }
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [ours, theirs] = [median(socle), median(hand)];
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const count = erased.toLocaleString('en');
  console.log(`typed by hand, with proof: ${count} persons of ${customers.toLocaleString('en')} in ${seconds(theirs)}`);
  console.log(
    `Socle, plan and proof included: ${seconds(ours)}: ${(ours / theirs).toFixed(2)}× by hand (goal ≤ 1.5×; medians of ${rounds})`,
  );
} finally {
  const admin = await client();
  for (const database of made) await admin.query(`drop database if exists ${database}`);
  await admin.end();
  await server.stop();
}
