import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  type Category,
  connect,
  execute,
  type PersonOrder,
  planErasure,
  readCatalogue,
  settlePlan,
} from '../src/channels/index.ts';
import { createLog, randomSecret } from '../src/kernel/index.ts';
import { startCluster } from '../src/store/index.ts';

/**
 * Erasing 10,000 persons from a shop of 30,000, on a durable server: Socle's SQL channel, against the same statements
 * and the same proof typed by hand by someone who knows the schema, against one statement per row (the open-source
 * peer's way, measured on fewer persons). Each works in its own copy of the same database.
 *
 * What the same means. Socle looks for the e-mails of the 10,000 in every text of others before it erases (a note of
 * somebody else's that names them is blanked too), leaves out whoever has an e-mail that rows of other names share, and
 * looks through every text afterwards for twenty e-mails of each batch and for three telephones that the persons' own rows
 * told. A hand that does none of it may leave the database in another state, and erases somebody on a shared address: the
 * peer does all of it, as whoever knows the schema would write it. The hand without the searches that come before is printed
 * as well, for what they cost. Both must leave the same rows behind.
 *
 * Wall time says little on a machine that others use: processor time of the process and of its server connection is
 * printed beside it (where /proc tells it).
 *
 *   node bin/socle.mjs bench sql-erasure        (or, with a number of persons: npx tsx bench/sql-erasure.ts 10000)
 */
const erased = Number(process.argv[2] ?? 10_000);
const customers = erased * 3;
const oneByOne = Math.min(erased, 500);
const batchSize = 5_000;

/** A name of each person: names have no digits. */
const letters = "translate(n::text, '0123456789', 'abcdefghij')";

const schema = `
  create table product (id int primary key, label text not null);
  create table address (id int primary key, street text not null, zip text, city text, phone text);
  create table customer (id int primary key, email text not null unique, first_name text not null, last_name text not null,
    phone text, birth_date date, created_at timestamptz not null default now());
  create table customer_address (customer_id int not null references customer, address_id int not null references address, label text, primary key (customer_id, address_id));
  create table orders (id int primary key, customer_id int not null references customer, ship_to_id int references address, ordered_at timestamptz not null, total numeric(12,2) not null, note text);
  create table order_line (order_id int not null references orders, line int not null, product_id int not null references product, quantity int not null, price numeric(12,2) not null, primary key (order_id, line));
  create table invoice (id int primary key, number text not null unique, order_id int not null references orders, billing_name text not null, billing_street text, billing_city text, total numeric(12,2) not null);
  create table newsletter (email text primary key, subscribed_at timestamptz not null);
  create index on customer_address (address_id); create index on orders (customer_id); create index on orders (ship_to_id); create index on invoice (order_id);
  insert into product select n, 'Product ' || n from generate_series(1, 200) n;
  insert into address select n, n || ' rue des Lilas', '69001', 'Lyon', '04' || lpad(n::text, 8, '0') from generate_series(1, ${customers}) n;
  insert into customer select n, 'customer' || n || '@example.fr', 'First' || ${letters}, 'Last' || ${letters}, '06' || lpad(n::text, 8, '0'), '1980-01-01' from generate_series(1, ${customers}) n;
  insert into customer_address select n, n, 'home' from generate_series(1, ${customers}) n;
  insert into customer_address select n, n + 1, 'family' from generate_series(1, ${customers - 1}, 10) n;
  insert into orders select n, 1 + n % ${customers}, 1 + n % ${customers}, now(), n % 500, 'ring at ' || c.last_name
    from generate_series(1, ${customers * 3}) n join customer c on c.id = 1 + n % ${customers};
  insert into order_line select o.id, l, 1 + (o.id + l) % 200, 1, 10 from orders o, generate_series(1, 3) l;
  insert into invoice select o.id, 'F' || o.id, o.id, c.last_name, o.ship_to_id || ' rue des Lilas', 'Lyon', o.total from orders o join customer c on c.id = o.customer_id;
  insert into newsletter select email, now() from customer;
`;

const categories = new Map<string, Category>([
  ['public.customer.email', 'contact'],
  ['public.customer.first_name', 'identity'],
  ['public.customer.last_name', 'identity'],
  ['public.customer.phone', 'contact'],
  ['public.customer.birth_date', 'birth'],
  ['public.address.street', 'location'],
  ['public.address.zip', 'location'],
  ['public.address.city', 'location'],
  ['public.address.phone', 'contact'],
  ['public.orders.note', 'free_text'],
  ['public.invoice.billing_name', 'identity'],
  ['public.invoice.billing_street', 'location'],
  ['public.invoice.billing_city', 'location'],
  ['public.newsletter.email', 'contact'],
]);

const persons: readonly PersonOrder[] = Array.from({ length: erased }, (_, index) => ({
  ref: `p_${index}`,
  identities: [{ kind: 'email', value: `customer${index + 1}@example.fr` }],
}));

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize),
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface Spent {
  readonly wallMs: number;
  /** Of this process and of the server's process for the connection; null where it can't be told. */
  readonly processorMs: number | null;
}

/** Linux counts in hundredths of a second (proc_pid_stat(5), fields 14 and 15). */
async function serverProcessorMs(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) * 10;
}

async function timed(serverPid: number, work: () => Promise<void>): Promise<Spent> {
  const before = await serverProcessorMs(serverPid);
  const [wall, own] = [performance.now(), process.cpuUsage()];
  await work();
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(own);
  const after = await serverProcessorMs(serverPid);
  return { wallMs, processorMs: before === null || after === null ? null : after - before + (user + system) / 1000 };
}

async function bySocle(url: string): Promise<Spent> {
  const connection = await connect(url);
  const [server] = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
  const spent = await timed(server?.pid ?? 0, () => eraseAll(connection));
  await connection.close();
  return spent;
}

async function eraseAll(connection: Awaited<ReturnType<typeof connect>>): Promise<void> {
  const catalogue = await readCatalogue(connection);
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

const same = "lower(btrim(t.email, E' \\t\\r\\n')) = s.value";

/**
 * The same statements in the same transactions: find, capture to the client, erase, prove, look through every text.
 * `searches`: looks beforehand for names that share an e-mail, and for the persons in the texts of others.
 */
async function byHand(url: string, searches: boolean): Promise<Spent> {
  return withClient(url, async (client) => {
    const { rows: server } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return timed(server[0]?.pid ?? 0, () => eraseByHand(client, searches));
  });
}

async function eraseByHand(client: pg.Client, searches: boolean): Promise<void> {
  for (const batch of batches(persons)) {
    const values = batch.map((person) => person.identities[0]?.value ?? '');
    await client.query(
      `
        drop table if exists sought, c, n, o, i, a, ca, x;
        create temp table sought (person int, value text); create temp table c (person int, id int);
        create temp table n (person int, email text); create temp table o (person int, id int);
        create temp table i (person int, id int); create temp table a (person int, id int); create temp table x (person int, address_id int);
        create temp table ca (person int, customer_id int, address_id int)`,
    );
    await client.query('insert into sought select * from unnest($1::int[], $2::text[])', [
      values.map((_, at) => at),
      values,
    ]);
    if (searches) await client.query('analyze sought');
    if (searches) await expectNone(client, sharedNames);
    await client.query('begin transaction isolation level repeatable read');
    await client.query(`
        analyze sought;
        insert into c select distinct s.person, t.id from sought s join customer t on ${same}; analyze c;
        insert into n select distinct s.person, t.email from sought s join newsletter t on ${same}; analyze n;
        insert into ca select distinct c.person, t.customer_id, t.address_id from c join customer_address t on t.customer_id = c.id; analyze ca;
        insert into o select distinct c.person, t.id from c join orders t on t.customer_id = c.id; analyze o;
        insert into i select distinct o.person, t.id from o join invoice t on t.order_id = o.id; analyze i;
        insert into x select person, address_id from ca union select o.person, r.ship_to_id from o join orders r on r.id = o.id; analyze x;
        create index on ca (customer_id, address_id); create index on o (id);
        insert into a select distinct x.person, t.id from x join address t on t.id = x.address_id
          where not exists (select from customer_address u where u.address_id = t.id and not exists (select from ca where ca.customer_id = u.customer_id and ca.address_id = u.address_id))
            and not exists (select from orders u where u.ship_to_id = t.id and not exists (select from o where o.id = u.id)); analyze a`);
    for (const [table, columns] of searches ? Object.entries(texts) : [])
      await expectNone(client, namedIn(table, columns));
    const phones = await ownPhones(client);
    const captured: string[] = [];
    for (const [table, keys] of [
      ['c', 'id'],
      ['n', 'email'],
      ['ca', 'customer_id, address_id'],
      ['o', 'id'],
      ['i', 'id'],
      ['a', 'id'],
    ]) {
      const { rows } = await client.query(
        `select json_agg(json_build_array(person, ${keys}))::text as keys from ${table}`,
      );
      captured.push(JSON.stringify(rows[0]?.keys));
    }
    await client.query(`
        update address t set street = '', zip = null, city = null, phone = null from (select distinct id from a) s where t.id = s.id;
        update invoice t set billing_name = '', billing_street = null, billing_city = null from (select distinct id from i) s where t.id = s.id;
        update orders t set note = null from (select distinct id from o) s where t.id = s.id;
        update customer_address t set label = null from (select distinct customer_id, address_id from ca) s where t.customer_id = s.customer_id and t.address_id = s.address_id;
        delete from newsletter t using n s where t.email = s.email;
        update customer t set email = 'erased-' || left(encode(sha256(convert_to('salt' || t.id, 'UTF8')), 'hex'), 12) || '@e.invalid', first_name = '', last_name = '', phone = null, birth_date = null
          from (select distinct id from c) s where t.id = s.id;
        commit`);
    await proveByHand(client, values, phones);
  }
}

/** What is left, but for the e-mails, which are made of a salt. */
async function left(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const digests: string[] = [];
    for (const table of ['customer', 'newsletter', 'customer_address', 'orders', 'invoice', 'address']) {
      const { rows } = await client.query<{ digest: string }>(
        `select md5(string_agg(row, ' ' order by row)) as digest from (select regexp_replace(t::text, 'erased-[^,)]*', '') as row from ${table} t) r`,
      );
      digests.push(`${table} ${rows[0]?.digest}`);
    }
    return digests.join('\n');
  });
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
const sharedNames = `select person from (select s.person, lower(t.first_name || ' ' || t.last_name) as name from sought s join customer t on ${same}) n
  group by person having count(distinct name) > 1`;

/** E-mails of the batch in the texts of a table. */
function namedIn(table: string, columns: readonly string[]): string {
  const text = columns.map((column) => `coalesce(t.${column}, '')`).join(" || ' ' || ");
  const may = columns.map((column) => `strpos(t.${column}, '@') > 0`).join(' or ');
  return `select distinct s.person from ${table} t cross join lateral regexp_matches(${text}, '[[:alnum:]._%+''-]+@[[:alnum:].-]+', 'g') m
  join sought s on s.value = rtrim(lower(m[1]), '.-') where ${may}`;
}

/** In this shop nobody's e-mail is shared, nor written in a text of somebody else's. */
async function expectNone(client: pg.Client, query: string): Promise<void> {
  if ((await client.query(query)).rows.length > 0) throw new Error(`found: ${query}`);
}

/** Telephones of three persons of the batch, as digits without the first zero, that nobody else has. */
async function ownPhones(client: pg.Client): Promise<readonly string[]> {
  const digits = "ltrim(translate(phone, ' ./()-', ''), '0')";
  const { rows } = await client.query<{ phone: string }>(`
    with own as (select distinct c.id, ${digits} as phone from c join customer t using (id) where c.person in (0, 1, 2))
    select phone from own where not exists (select from customer t where ${digits} = own.phone and t.id not in (select id from c))`);
  return rows.map(({ phone }) => phone);
}

async function proveByHand(client: pg.Client, values: readonly string[], phones: readonly string[]): Promise<void> {
  const zero = async (query: string, parameters: readonly string[] = []): Promise<void> => {
    const { rows } = await client.query<{ n: number }>(query, [...parameters]);
    if (rows.some((row) => row.n > 0)) throw new Error(`still there: ${query}`);
  };
  await zero(`select s.person, count(*)::int as n from sought s join customer t on ${same} group by 1`);
  await zero(`select s.person, count(*)::int as n from sought s join newsletter t on ${same} group by 1`);
  await zero(
    "select count(*)::int as n from c join customer t using (id) where not (t.email ~ '^erased-' and first_name = '' and last_name = '' and phone is null and birth_date is null)",
  );
  await zero('select count(*)::int as n from o join orders t using (id) where note is not null');
  await zero(
    "select count(*)::int as n from i join invoice t using (id) where not (billing_name = '' and billing_street is null and billing_city is null)",
  );
  await zero(
    "select count(*)::int as n from a join address t using (id) where not (street = '' and zip is null and city is null and phone is null)",
  );
  await zero(
    'select count(*)::int as n from ca join customer_address t using (customer_id, address_id) where label is not null',
  );
  await zero('select count(*)::int as n from n join newsletter t using (email)');
  const every = values.length / 20;
  const pattern = Array.from({ length: 20 }, (_, at) => values[Math.floor(at * every)] ?? '')
    .map((value) => `(^|[^[:alnum:]._%+-])${value.replaceAll('.', '\\.')}($|[^[:alnum:]_.-]|\\.($|[^[:alnum:]]))`)
    .join('|');
  const spaced = phones.map((phone) => [...phone].join('[ ./()-]*'));
  const phone = `(^|[^0-9])(\\+?33|0033|0)?[ ./()-]*(\\(0\\))?[ ./-]*(${spaced.join('|')})($|[^0-9])`;
  const digits = phones.map((each) => `%${[...each].join('%')}%`);
  const mayBePhone = (column: string): string =>
    digits.map((_, at) => `${column} like $${at + 3}`).join(' or ') || 'false';
  for (const [table, columns] of Object.entries(texts)) {
    const any = columns
      .map(
        (column) =>
          `count(*) filter (where strpos(${column}, '@') > 0 and ${column} ~* $1 or (${mayBePhone(column)}) and ${column} ~* $2)`,
      )
      .join(' + ');
    await zero(`select (${any})::int as n from ${table}`, [pattern, phone, ...digits]);
  }
}

/** Finds one person, then changes row after row, each statement a transaction. No proof. */
async function oneStatementPerRow(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const start = performance.now();
    for (const person of persons.slice(0, oneByOne)) {
      const email = person.identities[0]?.value ?? '';
      const found = await client.query<{ id: number }>('select id from customer where email = $1', [email]);
      for (const { id } of found.rows) {
        const orders = await client.query<{ id: number }>('select id from orders where customer_id = $1', [id]);
        for (const order of orders.rows) {
          await client.query('update orders set note = null where id = $1', [order.id]);
          const invoices = await client.query<{ id: number }>('select id from invoice where order_id = $1', [order.id]);
          for (const invoice of invoices.rows) {
            await client.query(
              "update invoice set billing_name = '', billing_street = null, billing_city = null where id = $1",
              [invoice.id],
            );
          }
        }
        const addresses = await client.query<{ address_id: number }>(
          'select address_id from customer_address where customer_id = $1',
          [id],
        );
        for (const { address_id } of addresses.rows) {
          await client.query('update customer_address set label = null where customer_id = $1 and address_id = $2', [
            id,
            address_id,
          ]);
          await client.query("update address set street = '', zip = null, city = null, phone = null where id = $1", [
            address_id,
          ]);
        }
        await client.query(
          "update customer set email = 'erased-' || id, first_name = '', last_name = '', phone = null, birth_date = null where id = $1",
          [id],
        );
      }
      await client.query('delete from newsletter where email = $1', [email]);
    }
    return performance.now() - start;
  });
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const cluster = await startCluster({
  dataFolder: folder,
  password: randomSecret().toString('hex'),
  log: createLog('silent'),
  isDurable: true,
});
const urlOf = (database: string): string => {
  const url = new URL(cluster.adminUrl);
  url.pathname = `/${database}`;
  return url.toString();
};

async function copy(name: string): Promise<string> {
  await withClient(cluster.adminUrl, (client) => client.query(`create database ${name} template shop`));
  await withClient(urlOf(name), (client) => client.query('vacuum analyze').then(() => client.query('checkpoint')));
  return urlOf(name);
}

try {
  await withClient(cluster.adminUrl, (client) => client.query('create database shop'));
  await withClient(urlOf('shop'), (client) => client.query(schema));
  const rounds = 3;
  const socle: Spent[] = [];
  const hand: Spent[] = [];
  const handAlone: Spent[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [theirs, ours] = [await copy(`hand_${round}`), await copy(`socle_${round}`)];
    hand.push(await byHand(theirs, true));
    socle.push(await bySocle(ours));
    const [leftByHand, leftBySocle] = [await left(theirs), await left(ours)];
    if (leftByHand !== leftBySocle) throw new Error(`not the same rows:\n${leftByHand}\n${leftBySocle}`);
    handAlone.push(await byHand(await copy(`alone_${round}`), false));
  }
  const rows = await oneStatementPerRow(await copy('row_by_row'));
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const wall = (all: readonly Spent[]): number => median(all.map(({ wallMs }) => wallMs));
  const processor = (all: readonly Spent[]): number => median(all.map(({ processorMs }) => processorMs ?? Number.NaN));
  const told = (all: readonly Spent[]): string => `${seconds(wall(all))} (processor ${seconds(processor(all))})`;
  const times = (all: readonly Spent[]): string =>
    `${(wall(socle) / wall(all)).toFixed(2)}× (processor ${(processor(socle) / processor(all)).toFixed(2)}×)`;
  const perRow = (rows / oneByOne) * erased;
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
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
