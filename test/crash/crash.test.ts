import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Installation } from '../support/installation.ts';
import { scratchDatabase } from '../support/store.ts';

/**
 * Kills Socle and its PostgreSQL at random moments while requests run, and looks at the end: each person is gone from the
 * application, every row was blanked exactly once, every order has one true end, and the journal is sound. The seed is
 * printed; SOCLE_SEED=… plays the same kills again (their moments depend on the machine).
 */
const seed = Number(process.env.SOCLE_SEED ?? Date.now() % 1_000_000);
const persons = 24;
let state = seed >>> 0;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

let socle: Installation;
let url: string;

async function inShop<T>(query: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  url = await scratchDatabase('crash');
  await inShop(`
    create table customer (id serial primary key, email text not null unique, first_name text not null, last_name text not null, phone text);
    create table orders (id serial primary key, customer_id int not null references customer, total numeric not null, delivery_address text);
    create table blanked (customer_id int not null, at timestamptz default clock_timestamp());
    insert into customer (email, first_name, last_name, phone)
      select 'person' || n || '@example.org', 'Camille', 'Moreau' || n, '+3363998' || lpad(n::text, 4, '0') from generate_series(1, ${persons}) n;
    insert into orders (customer_id, total, delivery_address) select c.id, 42, n || ' rue des Lilas' from customer c, generate_series(1, 3) n;
    create function note_blanking() returns trigger language plpgsql as $$ begin insert into blanked (customer_id) values (old.id); return new; end $$;
    create trigger noted after update on customer for each row when (old.email is distinct from new.email) execute function note_blanking();`);
  socle = await Installation.create();
  console.log(`crash test: SOCLE_SEED=${seed}`);
  await socle.start();
  expect(await socle.command('app', 'add', '--name', 'shop', '--channel', 'sql', '--url', url)).toMatchObject({
    code: 0,
  });
  expect(await socle.command('harvest', 'shop')).toMatchObject({ code: 0 });
});

afterAll(() => socle.remove());

const requestSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  isClosed: z.boolean(),
  orders: z.array(z.looseObject({ application: z.string(), state: z.string(), generation: z.number() })),
});

async function restart(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await socle.start();
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await wait(500);
    }
  }
}

test('whatever dies whenever, each person is erased once, and said so truly', { timeout: 240_000 }, async () => {
  const open = async (n: number): Promise<string> => {
    const body = {
      right: 'erasure',
      identities: [{ kind: 'email', value: `person${n}@example.org` }],
      intake: 'operator',
      answer: 'automatic',
    };
    for (;;) {
      // The same idempotency key until an answer came: a kill between commit and answer opens nothing twice.
      const { url: at, key } = await socle.running();
      const answer = await fetch(new URL('/api/v1/requests', at), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': `crash-${seed}-${n}`,
        },
        body: JSON.stringify(body),
      }).catch(() => null);
      if (answer !== null && answer.status < 300) return requestSchema.parse(await answer.json()).id;
      await wait(200);
    }
  };
  const ids: string[] = [];
  const killing = (async () => {
    for (let kills = 0; kills < 8; kills += 1) {
      await wait(300 + random() * 2_500);
      if (random() < 0.6) await socle.kill();
      else await socle.killDatabase();
      await wait(random() * 500);
      await socle.kill();
      await restart();
    }
  })();
  for (let n = 1; n <= persons; n += 1) ids.push(await open(n));
  await killing;
  const ends = await Promise.all(ids.map(untilClosed));
  const unfinished = ends.filter((end) => !end.isClosed);
  const stuck = unfinished.map(
    (end) => `${end.id} ${end.state}: ${end.orders.map((order) => `${order.application} ${order.state}`).join(', ')}`,
  );
  const states = ends.flatMap((end) => end.orders.map((order) => `${order.application} ${order.state}`));
  expect({ seed, stuck }).toEqual({ seed, stuck: [] });
  expect({
    seed,
    untrue: states.filter((line) => line.startsWith('shop') && !/ (executed|verified)$/.test(line)),
  }).toEqual({ seed, untrue: [] });
  const [left] = await inShop<{ persons: number; orders: number; addresses: number }>(`select
      (select count(*)::int from customer where email like 'person%' or last_name like 'Moreau%' or phone is not null) as persons,
      (select count(*)::int from orders) as orders,
      (select count(*)::int from orders where delivery_address like '%Lilas%') as addresses`);
  expect({ seed, ...left }).toEqual({ seed, persons: 0, orders: persons * 3, addresses: 0 });
  const twice = await inShop('select customer_id from blanked group by customer_id having count(*) <> 1');
  expect({ seed, twice }).toEqual({ seed, twice: [] });
  expect(await socle.command('journal', 'verify')).toMatchObject({ code: 0 });
});

async function untilClosed(id: string): Promise<z.output<typeof requestSchema>> {
  for (let tries = 0; ; tries += 1) {
    const answer = await socle.call('GET', `/api/v1/requests/${id}`).catch(() => null);
    const request = answer?.ok === true ? requestSchema.parse(await answer.json()) : null;
    if (request?.isClosed === true || (tries > 400 && request !== null)) return request;
    await wait(300);
  }
}
