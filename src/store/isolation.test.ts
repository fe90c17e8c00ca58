import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asAdmin, testStore } from '../../test/support/store.ts';
import { applyModel, loadPacks, systemPackFolders } from '../model/index.ts';

const { store, roles, organisation } = await testStore();
const ours = await organisation('ours');
const theirs = await organisation('theirs');
// The tables that the system packs make are protected by the same rule as those of the migrations.
await applyModel(store, await loadPacks(systemPackFolders));

interface Table {
  readonly name: string;
  readonly has_org: boolean;
  readonly is_forced: boolean;
  readonly owner: string;
}

const database = new URL(roles.ownerUrl).pathname.slice(1);
const tables = await asAdmin<Table>(
  `select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as is_forced,
          pg_get_userbyid(c.relowner) as owner,
          exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org') as has_org
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public')`,
  [],
  database,
);

test('there are tables to try', () => {
  expect(tables.length).toBeGreaterThan(40);
  expect(tables.map((table) => table.name)).toEqual(expect.arrayContaining(['model.request', 'compliance.person']));
});

test.each(tables)('$name carries its organisation, and row-level security binds even its owner', (table) => {
  expect(table).toMatchObject({ has_org: true, is_forced: true, owner: 'socle_owner' });
});

/**
 * Plants a row of another organisation in every table, as the superuser with foreign keys and checks out of the way,
 * then tries to reach it: whatever the query says, it isn't there.
 */
test.each(tables)('$name shows, changes and takes nothing of another organisation', async ({ name }) => {
  const columns = await asAdmin<{ column: string; type: string; elem: string | null }>(
    `select a.attname as column, format_type(a.atttypid, null) as type, null as elem
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
        and a.attnotnull and a.attgenerated = '' and a.attidentity = '' and a.attname <> 'org'`,
    [name],
    database,
  );
  const hasPlainOrg = name !== 'access.organisation';
  if (hasPlainOrg) {
    const names = ['org', ...columns.map((column) => `"${column.column}"`)];
    const values = [`'${theirs.org}'`, ...columns.map((column) => sampleOf(column.type))];
    await asAdmin('select 1', [], database);
    await plant(name, names, values);
  }
  const { table } = sql;
  const seen = await sql<{ n: number }>`select count(*)::int as n from ${table(name)} where org = ${theirs.org}`
    .execute(ours.db)
    .catch((error: Error) => ({ rows: [{ n: /permission denied/.test(error.message) ? 0 : -1 }] }));
  expect(seen.rows[0]?.n).toBe(0);
  const unbound = await sql<{ n: number }>`select count(*)::int as n from ${table(name)}`
    .execute(store.unbound)
    .catch((error: Error) => ({ rows: [{ n: /permission denied/.test(error.message) ? 0 : -1 }] }));
  expect(unbound.rows[0]?.n).toBe(0);
  for (const attempt of [
    sql`delete from ${table(name)} where org = ${theirs.org}`,
    sql`update ${table(name)} set org = ${ours.org}`,
  ]) {
    const changed = await attempt.execute(ours.db).then(
      (result) => result.numAffectedRows ?? 0n,
      (error: Error) => (/permission denied|can only be updated to DEFAULT/.test(error.message) ? 0n : -1n),
    );
    expect(changed).toBe(0n);
  }
  if (hasPlainOrg) {
    const kept = await asAdmin<{ n: number }>(
      `select count(*)::int as n from ${name} where org = $1`,
      [theirs.org],
      database,
    );
    expect(kept[0]?.n).toBe(1);
    await expect(sql`insert into ${table(name)} (org) values (${theirs.org})`.execute(ours.db)).rejects.toThrow(
      /row-level security|permission denied|null value/,
    );
  }
});

async function plant(name: string, names: readonly string[], values: readonly string[]): Promise<void> {
  const checks = await asAdmin<{ conname: string }>(
    "select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'x')",
    [name],
    database,
  );
  for (const { conname } of checks) await asAdmin(`alter table ${name} drop constraint "${conname}"`, [], database);
  await asAdmin(
    `set session_replication_role = replica; insert into ${name} (${names.join(', ')}) values (${values.join(', ')})`,
    [],
    database,
  );
}

function sampleOf(type: string): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'bytea') return String.raw`'\x00'`;
  if (type === 'jsonb' || type === 'json') return "'{}'";
  if (type === 'boolean') return 'false';
  if (type === 'date') return "'2026-01-01'";
  if (type.startsWith('timestamp')) return "'2026-01-01T00:00:00Z'";
  if (type.endsWith('[]')) return "'{}'";
  if (/^(smallint|integer|bigint|numeric|double precision|real)/.test(type)) return '1';
  return "'planted'";
}

test('a connection bound to an organisation can’t be told apart by the query: no where clause is needed', async () => {
  const rows = await ours.db.selectFrom('access.organisation').select('slug').execute();
  expect(rows).toEqual([{ slug: 'ours' }]);
});
