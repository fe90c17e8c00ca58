import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { projectRoot } from '../kernel/index.ts';
import type { Database, Scope } from '../store/index.ts';
import { type Acting, countObjects, type ListAsked, listObjects, systemAsker } from './index.ts';

/** The plans of lists under the application role: row-level security must not take their indexes away. */
const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/workshop')]);
const plain = await testing.organisation();
const acting: Acting = { model, asker: systemAsker };
const statements: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];

const pool = new pg.Pool({
  connectionString: testing.roles.appUrl,
  options: `-c timezone=UTC -c socle.org=${plain.org}`,
  types: {
    getTypeParser: ((oid: number) => {
      if (oid === pg.types.builtins.INT8) return BigInt;
      return oid === pg.types.builtins.DATE ? String : pg.types.getTypeParser(oid, 'text');
    }) as typeof pg.types.getTypeParser,
  },
});
const scope: Scope = {
  ...plain,
  db: new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => {
      statements.push({ sql: event.query.sql, parameters: event.query.parameters });
    },
  }),
};
afterAll(() => scope.db.destroy());

beforeAll(async () => {
  const fill = (org: string, count: number) =>
    testing.asOwner(
      `with s as (insert into model.site (org, id, number, name, created_at, created_by, updated_at, updated_by)
                  values ($1, gen_random_uuid(), 'S-1', 'Lyon', now(), 'x', now(), 'x') returning id)
       insert into model.device (org, id, number, state, created_at, created_by, updated_at, updated_by, name, site, quantity, weight, grade, bought_on, serial)
       select $1, gen_random_uuid(), 'DEV-2026-' || lpad(n::text, 6, '0'), case when n % 1000 = 0 then 'sold' when n % 3 = 0 then 'tested' else 'received' end,
         now() - n * interval '1 minute', 'x', now() - n * interval '1 minute', 'x', 'Device ' || n, s.id, n % 97, n, (array['a', 'b', 'c'])[1 + n % 3],
         date '2020-01-01' + n % 2000, 'SERIAL-' || n
         from s, generate_series(1, $2::int) n`,
      [org, count],
    );
  await fill(plain.org, 30_000);
  await fill((await testing.organisation()).org, 30_000);
  await testing.asOwner('analyze model.device');
});

async function plansOf(run: () => Promise<unknown>): Promise<string> {
  statements.length = 0;
  await run();
  const plans: string[] = [];
  for (const { sql, parameters } of statements.filter((one) => !one.sql.trim().startsWith('explain'))) {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans.join('\n\n');
}

const sorted = (field: string, descending = false) => ({ sort: [{ field, descending }] });
const middle = '2022-05-01';
const id = '80000000-0000-4000-8000-000000000000';

test.each<[string, ListAsked, RegExp]>([
  ['the newest first', {}, /device_created/],
  ['by number, from the middle', { ...sorted('number'), after: ['DEV-2026-015000', id] }, /device_number/],
  ['by a date, descending', sorted('bought_on', true), /device_bought_on_sort/],
  ['by a date, from the middle', { ...sorted('bought_on'), after: [middle, id] }, /device_bought_on_sort/],
  ['by words', sorted('name'), /device_name_words/],
  ['by words, from the middle', { ...sorted('name'), after: ['Device 2', id] }, /device_name_words/],
  ['by an exact decimal', { ...sorted('weight'), after: ['15000', id] }, /device_weight_sort/],
  ['what is not filled, at the end', { ...sorted('tested_at'), after: [null, id] }, /device_(tested_at_sort|pkey)/],
  ['a rare state', { filter: 'state == "sold"', ...sorted('bought_on', true) }, /device_state/],
  ['one name', { filter: 'name == "Device 12345"' }, /device_name_words/],
  ['names by their beginning', { filter: 'name.startsWith("Device 1234")' }, /device_name_words/],
  ['a unique value', { filter: 'serial == "SERIAL-77"' }, /device_serial_unique/],
  ['a range of dates', { filter: 'bought_on >= "2025-06-01" && bought_on < "2025-06-03"' }, /device_bought_on_sort/],
  ['one of some values', { filter: 'weight in [12, 13]' }, /device_weight_sort/],
  ['the search box', { search: 'device 2222' }, /device_name_words/],
])('%s: an index, and never the whole table', async (_name, asked, index) => {
  const plan = await plansOf(() => listObjects(scope, acting, 'device', asked));
  expect(plan).toMatch(index);
  expect(plan).not.toMatch(/Seq Scan/);
});

test('an estimated count reads no row', async () => {
  const counted = await countObjects(scope, acting, 'device');
  expect(counted.isExact).toBe(false);
  expect(counted.count).toBeGreaterThan(20_000);
  expect(counted.count).toBeLessThan(40_000);
  expect(statements.at(-1)?.sql.trim().startsWith('explain')).toBe(true);
});
