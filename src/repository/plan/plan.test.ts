import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asAdmin, scratchDatabase, testStore } from '../../../test/support/store.ts';
import { type Id, newId, projectRoot, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { keepConnection } from '../connection/connection.ts';
import { listFields } from '../dictionary/dictionary.ts';
import { setVerdict } from '../dictionary/verdict.ts';
import { harvest } from '../harvest/harvest.ts';
import { planFor, previewFor } from './plan.ts';

const store = await testStore();
const cause = systemCause('test');
const databases = join(projectRoot, '../shared/data/databases');
const hasData = existsSync(databases);
if (!hasData) process.stdout.write('skipped: the shared databases are not beside the project\n');

interface Connected {
  readonly scope: Scope;
  readonly id: Id<'application'>;
  readonly database: string;
}

async function harvested(sql: string, map: string | null = null): Promise<Connected> {
  const scope = await store.organisation();
  const url = await scratchDatabase('plan');
  const database = new URL(url).pathname.slice(1);
  await asAdmin(sql, [], database);
  const id: Id<'application'> = newId();
  await write(scope, cause, (writing) => keepConnection(writing, id, { channel: 'sql', url, identities: [], map }));
  await harvest(scope, cause, id);
  return { scope, id, database };
}

const small = `
  create table customer (id bigint primary key, email varchar(120) not null unique, name varchar(60), tier varchar(20));
  create table orders (id bigint primary key, customer_id bigint not null references customer (id), note text, total numeric(10,2));
  insert into customer values (1, 'ada@example.org', 'Ada', 'gold'), (2, 'bob@example.org', 'Bob', 'gold');
  insert into orders values (10, 1, 'ring twice', 12.5), (11, 1, null, 3), (12, 2, null, 4)`;

describe('the plan of an application', () => {
  it('counts the rows of one person by table, in words and SQL, and changes nothing', async () => {
    const { scope, id, database } = await harvested(small);
    const { planned, preview } = await previewFor(scope, id, [{ kind: 'email', value: 'Ada@Example.org' }]);
    expect(planned.changes).toEqual([]);
    expect(preview.isFound).toBe(true);
    expect(preview.tables.map((table) => [table.table, table.rows])).toEqual([
      ['public.customer', 1],
      ['public.orders', 2],
    ]);
    expect(preview.statements.length).toBeGreaterThan(0);
    const left = await asAdmin<{ name: string }>('select name from customer order by id', [], database);
    expect(left.map((row) => row.name)).toEqual(['Ada', 'Bob']);
  });

  it('says who is nowhere', async () => {
    const { scope, id } = await harvested(small);
    const { preview } = await previewFor(scope, id, [{ kind: 'email', value: 'nobody@example.org' }]);
    expect(preview.isFound).toBe(false);
  });

  it('has one digest as long as nothing changes, and another once a verdict keeps a field', async () => {
    const { scope, id } = await harvested(small);
    const first = await planFor(scope, id);
    expect((await planFor(scope, id)).digest).toBe(first.digest);
    const fields = await listFields(scope, { application: id, filter: {}, limit: 100, after: null });
    const tier = fields.find((field) => field.column === 'tier');
    if (tier === undefined) throw new Error('no such field');
    await write(scope, cause, (writing) => setVerdict(writing, tier.id, { category: 'technical', note: null }));
    const second = await planFor(scope, id);
    expect(second.digest).not.toBe(first.digest);
    const kept = await store.asOwner<{ digest: string }>(
      'select digest from repository.plan where application_id = $1',
      [id],
    );
    expect(kept.map((row) => row.digest).sort()).toEqual([first.digest, second.digest].sort());
  });

  it('does not look for persons by a column that a human called technical', async () => {
    const { scope, id } = await harvested(`${small}; create table alert (id bigint primary key, email varchar(120))`);
    const fields = await listFields(scope, { application: id, filter: { table: 'alert' }, limit: 100, after: null });
    const email = fields.find((field) => field.column === 'email');
    if (email === undefined) throw new Error('no such field');
    await write(scope, cause, (writing) => setVerdict(writing, email.id, { category: 'technical', note: 'a mailbox' }));
    const { plan } = await planFor(scope, id);
    expect(plan.identities.map((way) => `${way.table}.${way.column}`)).toEqual(['customer.email']);
  });

  it('is flagged when the schema changed since it was harvested', async () => {
    const { scope, id, database } = await harvested(small);
    await asAdmin(
      'alter table customer add column phone varchar(20); create table visit (email varchar(120))',
      [],
      database,
    );
    const { changes } = await planFor(scope, id);
    expect(changes.map((change) => [change.table, change.change])).toEqual([
      ['public.customer', 'changed'],
      ['public.visit', 'added'],
    ]);
  });

  it('is refused, with what to do, before the schema was ever read', async () => {
    const scope = await store.organisation();
    const url = await scratchDatabase('plan');
    const id: Id<'application'> = newId();
    await write(scope, cause, (writing) =>
      keepConnection(writing, id, { channel: 'sql', url, identities: [], map: null }),
    );
    await expect(planFor(scope, id)).rejects.toMatchObject({ code: 'repository.never_harvested' });
  });
});

describe.skipIf(!hasData)('real databases, with nothing but harvest', () => {
  const read = (name: string): string =>
    readFileSync(join(databases, name), 'utf8').replaceAll(/^(DROP|CREATE) DATABASE.*$|^\\c.*$/gm, '');

  it('chinook: the customer and their invoices are found by e-mail alone', async () => {
    const { scope, id } = await harvested(read('chinook.postgres.sql'));
    const { preview } = await previewFor(scope, id, [{ kind: 'email', value: 'luisg@embraer.com.br' }]);
    const rows = new Map(preview.tables.map((table) => [table.table, table]));
    expect(rows.get('public.customer')?.rows).toBe(1);
    expect(rows.get('public.invoice')?.rows).toBe(7);
    const blanked = (table: string) => rows.get(`public.${table}`)?.blanked.map((field) => field.column) ?? [];
    for (const column of 'first_name last_name company address phone fax email'.split(' ')) {
      expect(blanked('customer')).toContain(column);
    }
    expect(blanked('invoice')).toEqual(
      expect.arrayContaining(['billing_address', 'billing_city', 'billing_postal_code']),
    );
    for (const table of ['track', 'genre', 'artist', 'album']) expect(blanked(table)).toEqual([]);
    expect(rows.get('public.employee')?.rows ?? 0).toBe(0);
  }, 60_000);

  it('cookie-house: the joins that no foreign key declares are followed', async () => {
    const { scope, id } = await harvested(read('cookie-house.postgres.sql'));
    const { preview } = await previewFor(scope, id, [{ kind: 'email', value: 'customer-1@example.com' }]);
    expect(preview.isFound).toBe(true);
    const tables = preview.tables.filter((table) => table.rows > 0).map((table) => table.table);
    expect(tables).toEqual(
      expect.arrayContaining(['public.customer', 'public.orders', 'public.payment_card', 'public.visit']),
    );
    const product = preview.tables.find((table) => table.table === 'public.product');
    expect(product?.blanked ?? []).toEqual([]);
  }, 60_000);
});
