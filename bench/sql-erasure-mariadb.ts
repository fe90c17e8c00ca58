import { readFile } from 'node:fs/promises';
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
 * proof typed by hand by someone who knows the schema, against one statement per row. Each works in its own copy of the
 * same database. What the same means is told by `sql-erasure.ts`, its twin on PostgreSQL.
 *
 *   npx tsx bench/sql-erasure-mariadb.ts 10000
 */
const erased = Number(process.argv[2] ?? 10_000);
const customers = erased * 3;
const oneByOne = Math.min(erased, 500);
const batchSize = 5_000;

/** A name of each person: names have no digits. */
const letters = [...'abcdefghij'].reduce((inner, letter, digit) => `replace(${inner}, '${digit}', '${letter}')`, 'seq');

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
  insert into customer select seq, concat('customer', seq, '@example.fr'), concat('First', ${letters}), concat('Last', ${letters}), concat('06', lpad(seq, 8, '0')), '1980-01-01', now() from seq_1_to_${customers};
  insert into customer_address select seq, seq, 'home' from seq_1_to_${customers};
  insert into customer_address select seq, seq + 1, 'family' from seq_1_to_${customers - 1}_step_10;
  insert into orders select seq, 1 + seq % ${customers}, 1 + seq % ${customers}, now(), seq % 500, concat('ring at ', c.last_name)
    from seq_1_to_${customers * 3} join customer c on c.id = 1 + seq % ${customers};
  insert into order_line select o.id, l.seq, 1 + (o.id + l.seq) % 200, 1, 10 from orders o, seq_1_to_3 l;
  insert into invoice select o.id, concat('F', o.id), o.id, c.last_name, concat(o.ship_to_id, ' rue des Lilas'), 'Lyon', o.total
    from orders o join customer c on c.id = o.customer_id;
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

interface Spent {
  readonly wallMs: number;
  /** Of this process and of the server's thread for the connection; null where it can't be told. */
  readonly processorMs: number | null;
}

const askThread = 'select @@pid_file as file, tid from information_schema.processlist where id = connection_id()';

/** The folder in /proc of the thread that serves a connection; of nothing when the server isn't of this machine. */
async function threadOf(row: { readonly file: string; readonly tid: number } | undefined): Promise<string> {
  const pid = await readFile(row?.file ?? '', 'utf8').catch(() => '');
  return `/proc/${pid.trim()}/task/${row?.tid}`;
}

/** Linux counts in hundredths of a second (proc_pid_stat(5), fields 14 and 15). */
async function serverProcessorMs(thread: string): Promise<number | null> {
  const stat = await readFile(`${thread}/stat`, 'utf8').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) * 10;
}

async function timed(thread: string, work: () => Promise<void>): Promise<Spent> {
  const before = await serverProcessorMs(thread);
  const [wall, own] = [performance.now(), process.cpuUsage()];
  await work();
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(own);
  const after = await serverProcessorMs(thread);
  return { wallMs, processorMs: before === null || after === null ? null : after - before + (user + system) / 1000 };
}

async function bySocle(url: string, database: string): Promise<Spent> {
  const connection = await connect(url);
  const [row] = await connection.query<{ file: string; tid: number }>(askThread);
  const spent = await timed(await threadOf(row), () => eraseAll(connection, database));
  await connection.close();
  return spent;
}

async function eraseAll(connection: Awaited<ReturnType<typeof connect>>, database: string): Promise<void> {
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
  if (outcomes.get('executed') !== erased) throw new Error(`not all executed: ${JSON.stringify([...outcomes])}`);
}

const same = 'lower(trim(t.email)) = s.value';

/**
 * The same statements in the same transactions: find, capture to the client, erase, prove, look through every text.
 * `searches`: looks beforehand for names that share an e-mail, and for the persons in the texts of others.
 */
async function eraseByHand(client: mysql.Connection, searches: boolean): Promise<void> {
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
    if (searches) await expectNone(client, sharedNames);
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
    const phones = await ownPhones(client);
    for (const [table, columns] of searches ? Object.entries(texts) : [])
      await expectNone(client, mayName(table, columns));
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
    await proveByHand(client, values, phones);
  }
}

const texts: Readonly<Record<string, readonly string[]>> = {
  product: ['label'],
  address: ['street', 'zip', 'city', 'phone'],
  customer: ['first_name', 'last_name', 'phone'],
  customer_address: ['label'],
  orders: ['note'],
  invoice: ['number', 'billing_name', 'billing_street', 'billing_city'],
};

/** Whoever has an e-mail of the batch under another name. */
const sharedNames = `select person from (select s.person, lower(concat(t.first_name, ' ', t.last_name)) as name from customer t straight_join sought s on ${same}) n
  group by person having count(distinct name) > 1`;

/** Texts of a table where an e-mail may stand: in this shop nobody's is written in a text of somebody else's. */
function mayName(table: string, columns: readonly string[]): string {
  return `select 1 from ${table} where ${columns.map((column) => `${column} like '%@%'`).join(' or ')} limit 1`;
}

async function expectNone(client: mysql.Connection, query: string): Promise<void> {
  const [rows] = await client.query<mysql.RowDataPacket[]>(query);
  if (rows.length > 0) throw new Error(`found: ${query}`);
}

/** Telephones of three persons of the batch, as digits without the first zero, that nobody else has. */
async function ownPhones(client: mysql.Connection): Promise<readonly string[]> {
  const digits = "trim(leading '0' from regexp_replace(t.phone, '[ ./()-]', ''))";
  const [rows] = await client.query<mysql.RowDataPacket[]>(`
    with own as (select distinct c.id, ${digits} as phone from c join customer t using (id) where c.person in (0, 1, 2))
    select phone from own where not exists (select 1 from customer t where ${digits} = own.phone and t.id <> own.id)`);
  return rows.map((row) => String(row.phone));
}

async function proveByHand(
  client: mysql.Connection,
  values: readonly string[],
  phones: readonly string[],
): Promise<void> {
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
  const spaced = phones.map((phone) => [...phone].join('[ ./()-]*'));
  const phone = `(^|[^0-9])([+]?33|0033|0)?[ ./()-]*([(]0[)])?[ ./-]*(${spaced.join('|')})($|[^0-9])`;
  const digits = phones.map((each) => `%${[...each].join('%')}%`);
  for (const [table, columns] of Object.entries(texts)) {
    const any = columns.map((column) => {
      const mayBePhone = digits.map(() => `${column} like ?`).join(' or ') || 'false';
      return `coalesce(sum(${column} like '%@%' and ${column} regexp ? or (${mayBePhone}) and ${column} regexp ?), 0)`;
    });
    await zero(
      `select ${any.join(' + ')} as n from ${table}`,
      columns.flatMap(() => [pattern, ...digits, phone]),
    );
  }
}

/** Finds one person, then changes row after row, each statement a transaction. No proof. */
async function oneStatementPerRow(typed: mysql.Connection): Promise<number> {
  const start = performance.now();
  const find = async (query: string, value: unknown): Promise<readonly mysql.RowDataPacket[]> =>
    (await typed.query<mysql.RowDataPacket[]>(query, [value]))[0];
  for (const person of persons.slice(0, oneByOne)) {
    const email = person.identities[0]?.value ?? '';
    for (const { id } of await find('select id from customer where email = ?', email)) {
      for (const order of await find('select id from orders where customer_id = ?', id)) {
        await typed.query('update orders set note = null where id = ?', [order.id]);
        for (const invoice of await find('select id from invoice where order_id = ?', order.id)) {
          await typed.query(
            "update invoice set billing_name = '', billing_street = null, billing_city = null where id = ?",
            [invoice.id],
          );
        }
      }
      for (const { address_id } of await find('select address_id from customer_address where customer_id = ?', id)) {
        await typed.query('update customer_address set label = null where customer_id = ? and address_id = ?', [
          id,
          address_id,
        ]);
        await typed.query("update address set street = '', zip = null, city = null, phone = null where id = ?", [
          address_id,
        ]);
      }
      await typed.query(
        "update customer set email = concat('erased-', id), first_name = '', last_name = '', phone = null, birth_date = null where id = ?",
        [id],
      );
    }
    await typed.query('delete from newsletter where email = ?', [email]);
  }
  return performance.now() - start;
}

/** What is left, but for the e-mails, which are made of a salt. */
async function left(typed: mysql.Connection, database: string): Promise<string> {
  await typed.query(`use ${database}`);
  const tables = {
    customer: 'id, first_name, last_name, phone, birth_date',
    newsletter: 'email',
    customer_address: 'customer_id, address_id, label',
    orders: 'id, customer_id, ship_to_id, total, note',
    invoice: 'id, number, billing_name, billing_street, billing_city, total',
    address: 'id, street, zip, city, phone',
  };
  const told: string[] = [];
  for (const [table, columns] of Object.entries(tables)) {
    const texts = columns.split(', ').map((column) => `coalesce(${column}, '-')`);
    const [rows] = await typed.query<mysql.RowDataPacket[]>(
      `select count(*) as n, sum(crc32(concat_ws('|', ${texts.join(', ')}))) as digest from ${table}`,
    );
    told.push(`${table} ${rows[0]?.n} ${rows[0]?.digest}`);
  }
  return told.join('\n');
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
  const typed = await client();
  const [[row]] = await typed.query<(mysql.RowDataPacket & { file: string; tid: number })[]>(askThread);
  const thread = await threadOf(row);
  const rounds = 3;
  const socle: Spent[] = [];
  const hand: Spent[] = [];
  const handAlone: Spent[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [theirs, ours] = [await copy(`hand_${round}`), await copy(`socle_${round}`)];
    await typed.query(`use ${theirs.database}`);
    hand.push(await timed(thread, () => eraseByHand(typed, true)));
    socle.push(await bySocle(ours.url, ours.database));
    const [leftByHand, leftBySocle] = [await left(typed, theirs.database), await left(typed, ours.database)];
    if (leftByHand !== leftBySocle) throw new Error(`not the same rows:\n${leftByHand}\n${leftBySocle}`);
    const alone = await copy(`alone_${round}`);
    await typed.query(`use ${alone.database}`);
    handAlone.push(await timed(thread, () => eraseByHand(typed, false)));
  }
  const rowByRow = await copy('row_by_row');
  await typed.query(`use ${rowByRow.database}`);
  const perRow = ((await oneStatementPerRow(typed)) / oneByOne) * erased;
  await typed.end();
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const wall = (all: readonly Spent[]): number => median(all.map(({ wallMs }) => wallMs));
  const processor = (all: readonly Spent[]): number => median(all.map(({ processorMs }) => processorMs ?? Number.NaN));
  const told = (all: readonly Spent[]): string => `${seconds(wall(all))} (processor ${seconds(processor(all))})`;
  const times = (all: readonly Spent[]): string =>
    `${(wall(socle) / wall(all)).toFixed(2)}× (processor ${(processor(socle) / processor(all)).toFixed(2)}×)`;
  const count = erased.toLocaleString('en');
  console.log(`${count} persons of ${customers.toLocaleString('en')}, medians of ${rounds}`);
  console.log(`the same statements and proof by hand: ${told(hand)}`);
  console.log(`Socle, plan included: ${told(socle)}: ${times(hand)} by hand (goal ≤ 1.5×)`);
  console.log(
    `by hand, without looking into the texts of others nor at shared e-mails: ${told(handAlone)}: ${times(handAlone)}`,
  );
  console.log(
    `one statement per row, no proof: ${seconds(perRow)} (${oneByOne} persons measured): ${(perRow / wall(socle)).toFixed(1)}× Socle`,
  );
} finally {
  const admin = await client();
  for (const database of made) await admin.query(`drop database if exists ${database}`);
  await admin.end();
  await server.stop();
}
