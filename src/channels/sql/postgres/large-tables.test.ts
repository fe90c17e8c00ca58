import { describe, expect, test } from 'vitest';
import { makePlan, testApplication } from '../../../../test/support/application.ts';
import { tableKey } from '../catalogue.ts';
import { execute, planDigest, settlePlan } from '../index.ts';
import type { ErasurePlan, FieldPlan } from '../plan.ts';

/** Numbers stand in the rows from `from` on. */
const invoices = (from: number): string => `
  create table customer (id int primary key, email text, telephone text);
  insert into customer select n, 'c' || n || '@example.fr', '06' || lpad((n * 7919)::text, 8, '0') from generate_series(1, 3) n;
  create table invoice (id int primary key, customer_id int not null references customer, reference text, note text);
  insert into invoice select n, 1 + n % 3, case when n > ${from} then 'F-' || n end, null from generate_series(1, 20000) n;
  create index on invoice (customer_id);
`;

function fieldOf(plan: ErasurePlan, table: string, column: string): FieldPlan | undefined {
  const step = plan.steps.find((each) => tableKey(each) === table && each.scope === 'row');
  return step?.fields.find((field) => field.column === column);
}

describe('large tables', () => {
  test('what texts say of a column is read from the first rows, not looked for to the end of the table', async () => {
    const late = await testApplication(invoices(15_000));
    expect(fieldOf(await late.plan(), 'public.invoice', 'reference')).toMatchObject({ do: 'blank' });
    const early = await testApplication(invoices(5_000));
    const isNumber = { do: 'keep', why: { code: 'natural_key' } };
    expect(fieldOf(await early.plan(), 'public.invoice', 'reference')).toMatchObject(isNumber);
  });

  test('a table that is held while the plan is made says nothing of itself, and the plan is made', async () => {
    const application = await testApplication(invoices(1));
    const catalogue = await application.catalogue();
    await application.admin.query('begin; lock table invoice in access exclusive mode');
    const plan = await settlePlan(application.connection, catalogue, makePlan(catalogue, {}));
    await application.admin.query('rollback');
    expect(fieldOf(plan, 'public.invoice', 'reference')).toMatchObject({ do: 'blank' });
    const [limit] = await application.connection.query<{ ms: string }>(
      "select current_setting('statement_timeout') as ms",
    );
    expect(limit?.ms).toBe('2min');
  }, 30_000);

  test('rows are counted as they were written where the table was never analyzed', async () => {
    const application = await testApplication(`${invoices(1)} select pg_stat_force_next_flush();`);
    const invoice = (await application.catalogue()).tables.find(({ table }) => table === 'invoice');
    expect(invoice?.rowEstimate).toBe(20_000);
  });

  test('statistics are no part of a plan’s digest', async () => {
    const application = await testApplication(invoices(1));
    const before = planDigest(await application.plan());
    await application.admin.query('analyze');
    expect(planDigest(await application.plan())).toBe(before);
  });

  test('of a batch’s identifiers, one with digits and one without are both taken out of the texts of others', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, number text, login text);
      insert into customer values (1, 'alice@example.fr', 'CU-445566', 'alicemartin'), (2, 'bob@example.fr', 'CU-112233', 'bobdurand');
      create table message (id int primary key, customer_id int references customer, subject text, body text);
      insert into message values (1, 2, 'call', 'as to cu-445566, please'), (2, 2, 'alicemartin', 'said so'), (3, 2, 'CU-4455', '66'), (4, 2, null, null);
    `);
    const identities = [
      { kind: 'email', value: 'alice@example.fr' },
      { kind: 'customer_id', value: 'CU-445566' },
      { kind: 'login', value: 'AliceMartin' },
    ];
    const persist = async (): Promise<void> => undefined;
    const done = await execute(application.connection, await application.plan(), [{ ref: 'p', identities }], {
      persist,
    });
    expect(done.persons).toMatchObject([{ outcome: 'executed' }]);
    expect(await application.rows('select id, subject, body from message order by id')).toEqual([
      { id: 1, subject: 'call', body: 'as to ***, please' },
      { id: 2, subject: '***', body: 'said so' },
      { id: 3, subject: 'CU-4455', body: '66' },
      { id: 4, subject: null, body: null },
    ]);
  });
});
