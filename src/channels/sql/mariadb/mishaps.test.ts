import mysql from 'mysql2/promise';
import { expect, onTestFinished, test } from 'vitest';
import { describeMysqls } from '../../../../test/support/engines.ts';
import { Refusal } from '../../../kernel/index.ts';
import {
  type Capture,
  connect,
  execute,
  planErasure,
  planNotices,
  planProblems,
  readCatalogue,
  settlePlan,
} from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };
const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };

const shop = `
  create table customer (id int primary key, email varchar(80), last_name varchar(80));
  create table orders (id int primary key, customer_id int references customer (id), ship_name varchar(80));
  insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand'), (3, 'carol@example.fr', 'Petit');
  insert into orders values (1, 1, 'Alice'), (2, 1, 'Alice'), (3, 2, 'Bob');
`;

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

/** Another session of the application, beside Socle's. */
async function session(url: string): Promise<mysql.Connection> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const socket = searchParams.get('socket');
  const connection = await mysql.createConnection({
    ...(socket === null ? { host: hostname, port: Number(port || '3306') } : { socketPath: socket }),
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password), database: pathname.slice(1) },
  });
  onTestFinished(() => connection.destroy());
  return connection;
}

describeMysqls('what a $name database refuses', ({ application: open }) => {
  test('a trigger that refuses fails the order, names its table, and nothing is half done', async () => {
    const application = await open(`${shop}
      create trigger no_change before update on customer for each row signal sqlstate '45000' set message_text = 'frozen for Martin';`);
    const before = await application.rows('select * from orders order by id');
    const { persons } = await execute(application.connection, await application.plan(), [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'failed', reason: 'technical', counts: {}, tables: {} }]);
    expect(persons[0]?.detail?.en).toContain(application.key('customer'));
    expect(persons[0]?.detail?.en).toContain('no_change');
    expect(JSON.stringify(persons)).not.toContain('Martin');
    expect(await application.rows('select * from orders order by id')).toEqual(before);
  });

  test('one person a trigger refuses doesn’t stop the others of the batch', async () => {
    const application = await open(`${shop}
      create trigger no_change before update on customer for each row begin if old.id = 2 then signal sqlstate '45000'; end if; end;`);
    const carol = { ref: 'p_3', identities: [{ kind: 'email', value: 'carol@example.fr' }] };
    const captures: Capture[] = [];
    const { persons } = await execute(application.connection, await application.plan(), [alice, bob, carol], {
      persist: async (capture) => void captures.push(capture),
    });
    expect(persons.map(({ outcome }) => outcome)).toEqual(['executed', 'failed', 'executed']);
    expect(captures).toHaveLength(1);
    expect(await application.rows('select ship_name from orders where customer_id = 2')).toEqual([
      { ship_name: 'Bob' },
    ]);
  });

  test('a trigger that silently keeps the value is found out by the proof', async () => {
    const application = await open(`${shop}
      create trigger keep before update on orders for each row set new.ship_name = old.ship_name;`);
    const { persons } = await execute(application.connection, await application.plan(), [alice], { persist });
    const where = `${application.key('orders')}.ship_name`;
    expect(persons).toMatchObject([{ outcome: 'partly', seen: [{ where, rows: 2, by: 'row' }] }]);
  });

  test('a lock held by someone else: try again later, nothing changed', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    const other = await session(application.url);
    await other.query('begin');
    await other.query('select * from customer where id = 1 for update');
    const error = await refusal(execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 100 }));
    expect([error.code, error.status]).toEqual(['sql.busy', 503]);
    await other.query('rollback');
    expect(await application.rows('select 1 from orders where ship_name is null')).toEqual([]);
    const { persons } = await execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 100 });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
  });

  test('an open transaction on other rows doesn’t hold the erasure up, nor is it held up', async () => {
    const many = Array.from({ length: 500 }, (_, n) => n + 10);
    const application = await open(`${shop}
      insert into customer values ${many.map((n) => `(${n}, 'c${n}@example.fr', 'Nobody')`).join(', ')};
      insert into orders values ${many.map((n) => `(${n}, ${n}, 'Nobody')`).join(', ')};
      analyze table customer, orders;`);
    const plan = await application.plan();
    const other = await session(application.url);
    await other.query('begin');
    await other.query("update customer set last_name = 'Changing' where id = 3");
    const { persons } = await execute(application.connection, plan, [alice], {
      lockTimeoutMs: 1_000,
      persist: async () => void (await other.query("update orders set ship_name = 'Bobby' where id = 3")),
    });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    await other.query('commit');
  });

  test('a row that became somebody else’s since it was found is left alone, and the order is tried again', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    const other = await session(application.url);
    const error = await refusal(
      execute(application.connection, plan, [alice], {
        persist: async () => void (await other.query('update orders set customer_id = 2 where id = 2')),
      }),
    );
    expect([error.code, error.status]).toEqual(['sql.busy', 503]);
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { [application.key('orders')]: 1 } }]);
    expect(await application.rows('select ship_name from orders where id = 2')).toEqual([{ ship_name: 'Alice' }]);
  });

  test('the connection is killed in the middle: try again, nothing changed', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    const connection = await connect(application.url);
    const [{ id } = { id: 0 }] = await connection.query<{ id: number }>('select connection_id() as id');
    const error = await refusal(execute(connection, plan, [alice], { persist: () => application.run(`kill ${id}`) }));
    expect(error.status).toBe(503);
    expect(await application.rows('select last_name from customer where id = 1')).toEqual([{ last_name: 'Martin' }]);
    await connection.close();
  });

  test('an account that may not write gets a refusal that says which right is missing', async () => {
    const application = await open(shop);
    const [schema, account] = [application.key('').slice(0, -1), application.key('').slice(-9, -1)];
    await application.run(`create user 'reader_${account}'@'%' identified by 'reader';
      grant select, create temporary tables on ${schema}.* to 'reader_${account}'@'%'`);
    const url = new URL(application.url);
    url.username = `reader_${account}`;
    url.password = 'reader';
    const connection = await connect(url.toString());
    const plan = planErasure({ catalogue: await readCatalogue(connection), categories: new Map() });
    expect(planProblems(plan).map((text) => text.en)).toContainEqual(
      expect.stringContaining(`can’t write to ${application.key('customer')}`),
    );
    const { persons } = await execute(connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'refused' }]);
    await connection.close();
    await application.run(`revoke create temporary tables on ${schema}.* from 'reader_${account}'@'%'`);
    const poorer = await connect(url.toString());
    expect((await readCatalogue(poorer)).canMakeTemporaryTables).toBe(false);
    await poorer.close();
    await application.run(`drop user 'reader_${account}'@'%'`);
  });
});

describeMysqls(
  'an account of $name with the rights that the documentation asks for, and no other',
  ({ application: open }) => {
    test('harvests, plans, erases and proves', async () => {
      const application = await open(`${shop}
      create trigger noticed after update on customer for each row begin end;
      create view mailing as select email from customer;`);
      const [schema, account] = [application.key('').slice(0, -1), `socle_${application.key('').slice(-9, -1)}`];
      await application.run(`create user '${account}'@'%' identified by 'a-password';
      grant select, update, delete, create temporary tables, show view, trigger on ${schema}.* to '${account}'@'%'`);
      const url = new URL(application.url);
      url.username = account;
      url.password = 'a-password';
      const connection = await connect(url.toString());
      const catalogue = await readCatalogue(connection);
      expect(catalogue.tables.find(({ table }) => table === 'customer')?.triggers).toHaveLength(1);
      expect(catalogue.views[0]?.reads).toEqual([application.key('customer')]);
      const plan = await settlePlan(connection, catalogue, planErasure({ catalogue, categories: new Map() }));
      expect(plan.problems).toEqual([]);
      const done = await execute(connection, plan, [alice], { persist });
      expect(done.persons).toMatchObject([{ outcome: 'executed', seen: [] }]);
      expect(done.proof.sweep).toBe('complete');
      await connection.close();
      await application.run(`drop user '${account}'@'%'`);
    });
  },
);

describeMysqls('tables of $name without transactions', ({ name, application: open }) => {
  test('are told, and after a crash in their middle the order resumes where it was', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), last_name varchar(80)) engine = MyISAM;
      create table orders (id int primary key, customer_id int, ship_name varchar(80), key (customer_id)) engine = InnoDB;
      insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      insert into orders values (1, 1, 'Alice'), (2, 2, 'Bob');
    `);
    const plan = await application.plan();
    expect(planNotices(plan).map((text) => text.en)).toContainEqual(
      expect.stringContaining(`${application.key('customer')} has no transaction`),
    );
    await application.run(`create table frozen (why int); insert into frozen values (1);
      create trigger no_change before update on customer for each row begin if exists (select 1 from frozen) then signal sqlstate '45000'; end if; end;`);
    let earlier: Capture | null = null;
    const cut = await execute(application.connection, plan, [alice], {
      persist: async (capture) => {
        earlier = capture;
      },
    });
    const [server] = name === 'MySQL' ? await application.rows('select @@enforce_gtid_consistency as gtid') : [];
    if (server?.gtid === 'ON') {
      expect(cut.persons).toMatchObject([{ outcome: 'failed', detail: { en: expect.stringContaining('gtid') } }]);
      return;
    }
    expect(cut.persons).toMatchObject([{ outcome: 'failed', detail: { en: expect.stringContaining('be resumed') } }]);
    // What led to the orders stays, and the orders are done.
    expect(await application.rows('select ship_name from orders order by id')).toEqual([
      { ship_name: null },
      { ship_name: 'Bob' },
    ]);
    await application.run('delete from frozen');
    const { persons } = await execute(application.connection, plan, [alice], { persist, earlier });
    expect(persons).toMatchObject([
      { outcome: 'executed', tables: { [application.key('customer')]: 1, [application.key('orders')]: 1 }, seen: [] },
    ]);
    expect(await application.rows('select last_name from customer order by id')).toEqual([
      { last_name: null },
      { last_name: 'Durand' },
    ]);
  });
});

describeMysqls('an address of $name', ({ application: open }) => {
  test('each mistake has its own words, and none repeats the password', async () => {
    const application = await open('select 1');
    const change = (edit: (url: URL) => void): string => {
      const url = new URL(application.url);
      edit(url);
      return url.toString();
    };
    const cases: readonly (readonly [string, string])[] = [
      ['mysql://root:hunter2@127.0.0.1', 'sql.url_invalid'],
      ['mysql://root:hunter2@127.0.0.1:1/x', 'sql.unreachable'],
      ['mariadb://root:hunter2@no-such-host.invalid/x', 'sql.unreachable'],
      [
        change((url) => {
          url.username = 'nobody_at_all';
          url.password = 'hunter2';
        }),
        'sql.login_refused',
      ],
      [
        change((url) => {
          url.pathname = '/nowhere_at_all';
        }),
        'sql.unknown_database',
      ],
      [
        change((url) => {
          url.searchParams.delete('socket');
          url.searchParams.set('ssl-mode', 'sometimes');
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
});
