import { expect, test } from 'vitest';
import { testApplication } from '../../../test/support/application.ts';
import { findTable, type Table } from './catalogue.ts';
import { isManyTo, withRowCounts } from './row-counts.ts';

test('a database that was just loaded tells how many customers a salesman has, though nothing counted them yet', async () => {
  const { connection, catalogue } = await testApplication(`
    create table salesman (id int primary key) with (autovacuum_enabled = false);
    create table customer (id int primary key, salesman_id int references salesman) with (autovacuum_enabled = false);
    create table login (id int primary key) with (autovacuum_enabled = false);
    insert into salesman select generate_series(1, 3);
    insert into customer select i, 1 + i % 3 from generate_series(1, 40) i;
    insert into login select generate_series(1, 30);`);
  const counted = await withRowCounts(connection, await catalogue());
  const table = (name: string): Table => {
    const found = findTable(counted, { schema: 'public', table: name });
    if (found === undefined) throw new Error(`no table ${name}`);
    return found;
  };
  expect(isManyTo(table('customer'), table('salesman'))).toBe(true);
  expect(isManyTo(table('customer'), table('login'))).toBe(false);
  expect(isManyTo(table('salesman'), table('customer'))).toBe(false);
});
