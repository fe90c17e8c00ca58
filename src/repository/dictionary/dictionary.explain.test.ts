import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { newId } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { type FieldList, fieldQuery } from './dictionary.ts';

const store = await testStore();
const application = newId();
let scope: Scope;

/** Forty applications of a thousand fields: one of them is asked about, as the application role. */
beforeAll(async () => {
  scope = await store.organisation();
  await store.asOwner(
    `insert into repository.source_table (org, id, application_id, schema_name, table_name, kind, role, role_confidence, first_seen, harvested_at)
     select $1, gen_random_uuid(), a.id, 'public', 'table_' || lpad(t::text, 3, '0'), 'table', 'persons', 90, now(), now()
       from (select $2::uuid as id union all select gen_random_uuid() from generate_series(1, 39)) a, generate_series(1, 50) t`,
    [scope.org, application],
  );
  await store.asOwner(
    `insert into repository.field (org, id, application_id, table_id, schema_name, table_name, column_name, position, type, is_nullable,
         is_primary_key, is_unique, proposed_category, confidence, reasons, first_seen, harvested_at)
     select org, gen_random_uuid(), application_id, id, schema_name, table_name, 'column_' || c, c, 'text', true, false, false,
            (array['none', 'technical', 'identity', 'contact'])[1 + c % 4], case when c % 17 = 0 then 30 else 90 end, '[]', now(), now()
       from repository.source_table, generate_series(1, 20) c where org = $1`,
    [scope.org],
  );
  await store.asOwner('analyze repository.field');
});

async function planOf(asked: Partial<FieldList>): Promise<string> {
  const query = fieldQuery(scope, { application, filter: {}, limit: 25, after: null, ...asked }).compile();
  const explained = await scope.db.executeQuery<{ 'QUERY PLAN': string }>({
    ...query,
    sql: `explain ${query.sql}`,
    query: sql`select 1`.toOperationNode(),
  });
  return explained.rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('a page of 25 fields among 40,000 is read by an index', () => {
  const middle = ['public', 'table_030', 7, newId()] as const;
  it.each<[string, Partial<FieldList>, RegExp]>([
    ['from the beginning', {}, /field_by_place/],
    ['from the middle', { after: middle }, /field_by_place/],
    ['of one category', { filter: { category: 'contact' } }, /field_by_category/],
    ['of one category, from the middle', { filter: { category: 'contact' }, after: middle }, /field_by_category/],
    ['to decide', { filter: { isUndecided: true } }, /field_undecided/],
    ['of one table', { filter: { table: 'table_012' } }, /field_(by_place|org_application_id)/],
    ['about persons', { filter: { category: 'personal' } }, /field_by_(place|category)/],
  ])('%s', async (_name, asked, index) => {
    const plan = await planOf(asked);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
