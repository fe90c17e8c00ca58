import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { testApplication } from '../../../../test/support/application.ts';
import { Refusal } from '../../../kernel/index.ts';
import { type Capture, connect, execute, seePerson } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };
const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };

const shop = `
  create table customer (id int primary key, email text, last_name text);
  create table orders (id int primary key, customer_id int references customer, ship_name text, total numeric);
  insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand'), (3, 'carol@example.fr', 'Petit');
  insert into orders select n, 1 + n % 3, 'someone', n from generate_series(1, 30) n;
`;

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

describe('what the application’s database refuses', () => {
  test('a trigger that refuses fails the order, names its table, and nothing is half done', async () => {
    const application = await testApplication(`${shop}
      create function forbid() returns trigger language plpgsql as $$ begin raise exception 'frozen for %', new.last_name; end $$;
      create trigger no_change before update on customer for each row execute function forbid();`);
    const before = await application.rows('select * from orders order by id');
    const { persons } = await execute(application.connection, await application.plan(), [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'failed', reason: 'technical', counts: {}, tables: {} }]);
    expect(persons[0]?.detail?.en).toContain('public.customer');
    expect(persons[0]?.detail?.en).toContain('no_change');
    expect(JSON.stringify(persons)).not.toContain('Martin');
    expect(await application.rows('select * from orders order by id')).toEqual(before);
  });

  test('one person a trigger refuses doesn’t stop the others of the batch', async () => {
    const application = await testApplication(`${shop}
      create function forbid() returns trigger language plpgsql as $$ begin if old.id = 2 then raise exception 'frozen'; end if; return new; end $$;
      create trigger no_change before update on customer for each row execute function forbid();`);
    const carol = { ref: 'p_3', identities: [{ kind: 'email', value: 'carol@example.fr' }] };
    const captures: Capture[] = [];
    const { persons } = await execute(application.connection, await application.plan(), [alice, bob, carol], {
      persist: async (capture) => void captures.push(capture),
    });
    expect(persons.map(({ ref, outcome }) => [ref, outcome])).toEqual([
      ['p_1', 'executed'],
      ['p_2', 'failed'],
      ['p_3', 'executed'],
    ]);
    expect(captures).toHaveLength(1);
    expect(await application.rows('select last_name from customer order by id')).toEqual([
      { last_name: null },
      { last_name: 'Durand' },
      { last_name: null },
    ]);
    const left = await application.rows('select count(ship_name)::int as n from orders where customer_id = 2');
    expect(left).toEqual([{ n: 10 }]);
  });

  test('a trigger that silently keeps the row is found out by the proof', async () => {
    const application = await testApplication(`${shop}
      create function keep() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger keep before update on orders for each row execute function keep();`);
    const { persons } = await execute(application.connection, await application.plan(), [alice], { persist });
    expect(persons).toMatchObject([
      { outcome: 'partly', seen: [{ where: 'public.orders.ship_name', rows: 10, by: 'row' }] },
    ]);
  });

  test('a lock held by someone else: try again later, nothing changed', async () => {
    const application = await testApplication(shop);
    const plan = await application.plan();
    const other = new pg.Client({ connectionString: application.url });
    await other.connect();
    await other.query('begin');
    await other.query('select * from customer where id = 1 for update');
    const error = await refusal(execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 100 }));
    expect([error.code, error.status]).toEqual(['sql.busy', 503]);
    await other.query('rollback');
    await other.end();
    expect(await application.rows('select 1 from orders where ship_name is null')).toEqual([]);
    const { persons } = await execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 100 });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
  });

  test('an account that may not write gets a refusal that says which right is missing', async () => {
    const application = await testApplication(`${shop}
      do $$ begin create role reader login password 'reader'; exception when duplicate_object then null; end $$;
      grant select on all tables in schema public to reader;`);
    const url = new URL(application.url);
    url.username = 'reader';
    url.password = 'reader';
    const connection = await connect(url.toString());
    const catalogue = await application.catalogue();
    expect(catalogue.tables.every((table) => table.canUpdate)).toBe(true);
    const { planErasure, readCatalogue, planProblems } = await import('../index.ts');
    const plan = planErasure({ catalogue: await readCatalogue(connection), categories: new Map() });
    expect(planProblems(plan).map((text) => text.en)).toContainEqual(
      expect.stringContaining('can’t write to public.customer'),
    );
    const { persons } = await execute(connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'refused' }]);
    await connection.close();
  });
});

describe('after a crash', () => {
  test('the connection is cut in the middle: try again', async () => {
    const application = await testApplication(shop);
    const plan = await application.plan();
    const connection = await connect(application.url);
    const error = await refusal(
      execute(connection, plan, [alice], {
        persist: async () => {
          const kill =
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'socle' and datname = current_database() and state = 'idle in transaction'";
          await application.admin.query(kill);
        },
      }),
    );
    expect(error.status).toBe(503);
    expect(await application.rows('select last_name from customer where id = 1')).toEqual([{ last_name: 'Martin' }]);
    await connection.close();
  });
});

describe('a connection', () => {
  test('each mistake in the address has its own words, and none repeats the password', async () => {
    const application = await testApplication('select 1');
    const change = (edit: (url: URL) => void): string => {
      const url = new URL(application.url);
      edit(url);
      return url.toString();
    };
    const cases: readonly (readonly [string, string])[] = [
      ['not a url', 'sql.url_invalid'],
      ['oracle://root:hunter2@127.0.0.1/x', 'sql.url_invalid'],
      [
        change((url) => {
          url.port = '1';
        }),
        'sql.unreachable',
      ],
      [
        change((url) => {
          url.hostname = 'no-such-host.invalid';
        }),
        'sql.unreachable',
      ],
      [
        change((url) => {
          url.password = 'hunter2';
        }),
        'sql.login_refused',
      ],
      [
        change((url) => {
          url.pathname = '/nowhere';
        }),
        'sql.unknown_database',
      ],
      [
        change((url) => {
          url.searchParams.set('sslmode', 'verify-full');
        }),
        'sql.no_tls',
      ],
      [
        change((url) => {
          url.searchParams.set('sslmode', 'sometimes');
        }),
        'sql.url_invalid',
      ],
    ];
    for (const [url, code] of cases) {
      const error = await refusal(connect(url, { connectTimeoutMs: 2_000 }));
      expect([url, error.code]).toEqual([url, code]);
      expect(JSON.stringify(error.text)).not.toContain('hunter2');
    }
  });

  test('a person can be looked for without anything being written', async () => {
    const application = await testApplication(shop);
    const seen = await seePerson(application.connection, await application.plan(), alice.identities);
    expect(seen).toMatchObject({
      isSeen: true,
      sightings: [{ where: 'public.customer.email', rows: 1, by: 'identity' }],
    });
  });
});
