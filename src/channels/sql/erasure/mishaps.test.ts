import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../../test/support/engines.ts';
import { type Capture, connect, execute, planDigest, schemaChanges } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };
const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };
const orders = Array.from(
  { length: 30 },
  (_, index) => `(${index + 1}, ${1 + ((index + 1) % 3)}, 'someone', ${index})`,
);

const shop = `
  create table customer (id int primary key, email varchar(80), last_name varchar(80));
  create table orders (id int primary key, customer_id int references customer (id), ship_name varchar(80), total decimal(10,2));
  insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand'), (3, 'carol@example.fr', 'Petit');
  insert into orders values ${orders.join(', ')};
`;

describe.each(testEngines)('after a crash, on $name', ({ application: open }) => {
  test('between the commit and its record: nothing left plus proof means executed, never not found', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    const captures: Capture[] = [];
    const first = await execute(application.connection, plan, [alice, bob], {
      persist: async (capture) => void captures.push(structuredClone(capture)),
    });
    expect(first.persons).toMatchObject([{ outcome: 'executed' }, { outcome: 'executed' }]);
    const earlier = captures[0] ?? null;
    const again = await execute(application.connection, plan, [alice, bob], { persist, earlier });
    expect(again.persons).toEqual(first.persons);
    const without = await execute(application.connection, plan, [alice], { persist });
    expect(without.persons).toMatchObject([{ outcome: 'not_found' }]);
  });

  test('before the commit: nothing happened, and it runs again', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    let earlier: Capture | null = null;
    const crash = execute(application.connection, plan, [alice], {
      persist: async (capture) => {
        earlier = capture;
        throw new Error('the process ends here');
      },
    });
    await expect(crash).rejects.toThrow('the process ends here');
    expect(await application.rows('select last_name from customer where id = 1')).toEqual([{ last_name: 'Martin' }]);
    const { persons } = await execute(application.connection, plan, [alice], { persist, earlier });
    expect(persons).toMatchObject([
      { outcome: 'executed', tables: { [application.key('customer')]: 1, [application.key('orders')]: 10 } },
    ]);
  });

  test('a connection closed in the middle leaves everything as it was', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    const connection = await connect(application.url);
    const cut = execute(connection, plan, [alice], { persist: () => connection.close() });
    await expect(cut).rejects.toThrow();
    expect(await application.rows('select last_name from customer where id = 1')).toEqual([{ last_name: 'Martin' }]);
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
  });

  test('a row that is filled again afterwards is seen', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    let earlier: Capture | null = null;
    await execute(application.connection, plan, [alice], {
      persist: async (capture) => {
        earlier = capture;
      },
    });
    await application.run("update customer set last_name = 'Martin' where id = 1");
    const { persons } = await execute(application.connection, plan, [alice], { persist, earlier });
    const where = `${application.key('customer')}.last_name`;
    expect(persons).toMatchObject([{ outcome: 'partly', seen: [{ where, by: 'row' }] }]);
  });
});

describe.each(testEngines)('a batch, on $name', ({ application: open }) => {
  test('hundreds of persons get distinct replacements, in one transaction', async () => {
    const members = Array.from({ length: 500 }, (_, n) => `(${n}, 'm${n}@example.fr', 'nick${n}')`).join(', ');
    const application = await open(`
      create table member (id int primary key, email varchar(60) not null unique, nickname_name varchar(10) not null unique);
      insert into member values ${members};
    `);
    const persons = Array.from({ length: 400 }, (_, index) => ({
      ref: `p_${index}`,
      identities: [{ kind: 'email', value: `m${index}@example.fr` }],
    }));
    const outcome = await execute(application.connection, await application.plan(), persons, { persist });
    expect(new Set(outcome.persons.map((person) => person.outcome))).toEqual(new Set(['executed']));
    expect(outcome.proof).toMatchObject({ sweep: 'sampled', personsSwept: 20 });
    const left = await application.rows("select id from member where email like 'm%@example.fr'");
    expect(left).toHaveLength(100);
  });
});

describe.each(testEngines)('a frozen plan, on $name', ({ application: open }) => {
  test('says which tables changed since, and is the same JSON for the same schema', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    expect(planDigest(await application.plan())).toBe(planDigest(JSON.parse(JSON.stringify(plan))));
    expect(schemaChanges(plan, await application.catalogue())).toEqual([]);
    await application.run(
      'create table wish (id int primary key, customer_id int references customer (id), wish text)',
    );
    await application.run('alter table orders add column gift_note text');
    expect(schemaChanges(plan, await application.catalogue())).toMatchObject([
      { table: application.key('orders'), change: 'changed', concernsPlan: true },
      { table: application.key('wish'), change: 'added', concernsPlan: true },
    ]);
    await application.run('alter table orders drop column ship_name');
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'failed', detail: { en: expect.stringContaining('schema changed') } }]);
  });
});
