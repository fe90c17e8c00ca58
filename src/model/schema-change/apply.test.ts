import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { newId } from '../../kernel/index.ts';
import { compileModel } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { parsePack } from '../pack/read-pack.ts';
import { applyModel } from './apply.ts';

function pack(attributes: string, more = ''): readonly PackSource[] {
  const text = `pack: lending
version: 1.0.0
label: { fr: A, en: A }
types:
  device:
    label: { fr: A, en: A }
    attributes:
      name: { type: text, indexed: true }
    rights: {}
  loan:
    label: { fr: A, en: A }
    attributes:
      device: { type: reference, to: device }
${attributes}
    rights: {}
${more}`;
  const read = parsePack(text, 'pack.yaml');
  expect(read.problems).toEqual([]);
  return read.source === null ? [] : [read.source];
}

const first = pack('      code: { type: text }\n      price: { type: money, required: true }');

async function fresh() {
  const { store, organisation, asOwner } = await testStore();
  const describe = async () =>
    (
      await asOwner<{ line: string }>(`
        select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as line from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relnamespace = 'model'::regnamespace and c.relkind = 'r'
        union all select pg_get_indexdef(indexrelid) || indisvalid::text from pg_index join pg_class c on c.oid = indrelid where c.relnamespace = 'model'::regnamespace
        union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated::text from pg_constraint where connamespace = 'model'::regnamespace and contype <> 'n'
        order by 1`)
    ).map((row) => row.line);
  return { store, organisation, asOwner, describe };
}

async function plant(
  scope: Awaited<ReturnType<Awaited<ReturnType<typeof fresh>>['organisation']>>,
  values: Record<string, unknown>,
  table = 'loan',
) {
  const now = new Date();
  const row = {
    id: newId(),
    number: newId(),
    created_at: now,
    updated_at: now,
    created_by: 'x',
    updated_by: 'x',
    ...values,
  };
  const names = Object.keys(row).map((name) => sql.ref(name));
  await sql`insert into ${sql.table(`model.${table}`)} (${sql.join(names)}) values (${sql.join(Object.values(row))})`.execute(
    scope.db,
  );
}

test('a model becomes tables with columns, keys, indexes, and row-level security', async () => {
  const { store, organisation, describe } = await fresh();
  await applyModel(store, first);
  expect(await describe()).toMatchSnapshot();
  const ours = await organisation();
  await expect(plant(ours, { price_amount: 10n })).resolves.toBeUndefined();
  await expect(plant(ours, {})).rejects.toThrow(/required/);
  await expect(plant(ours, { price_amount: 1n, device: newId() })).rejects.toThrow(/foreign key/);
  const theirs = await organisation();
  expect((await sql`select * from model.loan`.execute(theirs.db)).rows).toEqual([]);
});

test('applied again, or by several processes at once, it does nothing more', async () => {
  const { store, asOwner, describe } = await fresh();
  await Promise.all([applyModel(store, first), applyModel(store, first), applyModel(store, first)]);
  const before = await describe();
  const statements: string[] = [];
  await applyModel(store, first, { onStatement: (statement) => statements.push(statement) });
  expect(statements).toEqual([]);
  expect(await describe()).toEqual(before);
  expect(await asOwner('select number from public.socle_model_version')).toHaveLength(1);
});

test('cut after any statement, a new run ends in the same schema', async () => {
  const second = pack(
    '      code: { type: text, unique: true, required: true }\n      price: { type: money }\n      due: { type: date, indexed: true }\n      next: { type: reference, to: loan }',
  );
  const whole = await fresh();
  let count = 0;
  await applyModel(whole.store, first);
  await applyModel(whole.store, second, { onStatement: () => (count += 1) });
  expect(count).toBeGreaterThan(6);
  const cut = await fresh();
  await applyModel(cut.store, first);
  for (let at = 1; at <= count; at += 1) {
    let left = 1;
    const run = applyModel(cut.store, second, {
      onStatement: () => {
        left -= 1;
        if (left === 0) throw new Error('power cut');
      },
    });
    await run.catch((error: Error) => expect(error.message).toBe('power cut'));
  }
  await applyModel(cut.store, second);
  expect(await cut.describe()).toEqual(await whole.describe());
  expect(await cut.asOwner('select finished_at from public.socle_model_version where finished_at is null')).toEqual([]);
});

test('a half-built index, as a crash leaves it, is built anew', async () => {
  const { store, organisation, asOwner, describe } = await fresh();
  await applyModel(store, first);
  const before = await describe();
  await asOwner('drop index model.device_name_words');
  const scope = await organisation();
  await plant(scope, { name: 'same' }, 'device');
  await plant(scope, { name: 'same' }, 'device');
  await expect(
    asOwner('create unique index concurrently device_name_words on model.device (org, name)'),
  ).rejects.toThrow();
  await applyModel(store, first);
  expect(await describe()).toEqual(before);
});

test('rows in the way are counted, and nothing is changed', async () => {
  const { store, organisation, describe } = await fresh();
  await applyModel(store, first);
  const scope = await organisation();
  await plant(scope, { price_amount: 1n, code: 'A' });
  await plant(scope, { price_amount: 1n, code: 'A' });
  await plant(scope, { price_amount: 1n });
  const before = await describe();
  const narrower = pack(
    '      code: { type: text, unique: true, required: true }\n      price: { type: money, required: true }',
  );
  await expect(applyModel(store, narrower)).rejects.toMatchObject({
    code: 'model.rows_in_the_way',
    problems: [{ code: 'model.repeated_values' }, { code: 'model.rows_without_value' }],
  });
  expect(await describe()).toEqual(before);
});

test('a new required attribute fills the rows already there with its default, and is refused without one', async () => {
  const { store, organisation } = await fresh();
  await applyModel(store, first);
  const scope = await organisation();
  await plant(scope, { price_amount: 1n });
  const price = '      price: { type: money, required: true }';
  await expect(applyModel(store, pack(`${price}\n      due: { type: date, required: true }`))).rejects.toMatchObject({
    problems: [{ code: 'model.rows_without_value', pointer: '/types/loan/attributes/due/required' }],
  });
  await applyModel(
    store,
    pack(
      `${price}\n      due: { type: date, required: true, default: "2026-01-01" }\n      tags: { type: choices, required: true, default: [it], values: { it: { fr: a, en: a } } }`,
    ),
  );
  const { rows } = await sql`select due, tags from model.loan`.execute(scope.db);
  expect(rows).toEqual([{ due: '2026-01-01', tags: ['it'] }]);
  await expect(plant(scope, { price_amount: 1n })).rejects.toThrow(/required/);
});

test('several processes that bring the same change at once don’t wait for each other for ever', async () => {
  const { store, organisation, describe } = await fresh();
  await applyModel(store, first);
  await plant(await organisation(), { price_amount: 1n });
  const wider = pack(
    '      code: { type: text, indexed: true }\n      price: { type: money, required: true }\n      due: { type: date, indexed: true }',
  );
  await Promise.all([1, 2, 3, 4].map(() => applyModel(store, wider)));
  expect((await describe()).filter((line) => line.endsWith('false'))).toEqual([]);
});

test('a rename keeps the data, a removal archives it, and a name that comes back gets a new column', async () => {
  const { store, organisation } = await fresh();
  const column = (model: Model, name: string) => model.types.get('loan')?.attributes.get(name)?.columns[0];
  await applyModel(store, first);
  const scope = await organisation();
  await plant(scope, { price_amount: 5n, code: 'kept' });
  const renamed = await applyModel(store, pack('      reference_code: { type: text, was: code }'));
  expect(column(renamed, 'reference_code')).toBe('code');
  await plant(scope, { code: 'no price needed any more' });
  const again = await applyModel(
    store,
    pack('      reference_code: { type: text }\n      price: { type: money }\n      code: { type: text }'),
  );
  expect(column(again, 'reference_code')).toBe('code');
  expect(column(again, 'price')).toBe('price__2_amount');
  expect(column(again, 'code')).toBe('code__2');
  const rows = await sql<{ price_amount: bigint | null }>`select price_amount from model.loan order by id`.execute(
    scope.db,
  );
  expect(rows.rows.map((row) => row.price_amount)).toEqual([5n, null]);
});

test('a unit added to a list changes nothing of what is kept but how it compares; one that is in use can’t leave', async () => {
  const { store, organisation } = await fresh();
  await applyModel(store, pack('      weight: { type: quantity, units: [kg, g], scale: 0 }'));
  const scope = await organisation();
  await plant(scope, { weight_value: 2n, weight_unit: 'kg' });
  await plant(scope, { weight_value: 900n, weight_unit: 'g' });
  const steps = async () =>
    (await sql<{ weight_steps: bigint }>`select weight_steps from model.loan order by id`.execute(scope.db)).rows.map(
      (row) => row.weight_steps,
    );
  expect(await steps()).toEqual([2000n, 900n]);
  await applyModel(store, pack('      weight: { type: quantity, units: [kg, g, mg], scale: 0 }'));
  expect(await steps()).toEqual([2_000_000n, 900_000n]);
  await expect(
    applyModel(store, pack('      weight: { type: quantity, units: [kg], scale: 0 }')),
  ).rejects.toMatchObject({ problems: [{ code: 'model.rows_outside', pointer: '/types/loan/attributes/weight' }] });
  await expect(plant(scope, { weight_value: 1n, weight_unit: 't' })).rejects.toThrow(/within/);
  await expect(applyModel(store, pack('      weight: { type: quantity, units: [L], scale: 0 }'))).rejects.toMatchObject(
    { code: 'model.type_change' },
  );
});

test('a type joins those that a reference may lead to, and leaves once nothing refers to it', async () => {
  const { store, organisation } = await fresh();
  const list = (to: string) => pack(`      place: { type: reference, to: [${to}] }`);
  await applyModel(store, list('device, loan'));
  const scope = await organisation();
  await plant(scope, {}, 'device');
  const { rows } = await sql<{ id: string }>`select id from model.device`.execute(scope.db);
  const device = rows[0]?.id;
  await plant(scope, { place: device, place_type: 'device' });
  await expect(plant(scope, { place: newId(), place_type: 'device' })).rejects.toThrow(/foreign key/);
  await expect(plant(scope, { place: device, place_type: 'elsewhere' })).rejects.toThrow(/within/);
  await expect(sql`delete from model.device`.execute(scope.db)).rejects.toThrow(/foreign key/);
  const more = (to: string): readonly PackSource[] => [
    ...pack(
      `      place: { type: reference, to: [${to}] }`,
      '  van:\n    label: { fr: A, en: A }\n    attributes: {}\n    rights: {}\n',
    ),
  ];
  await applyModel(store, more('van, loan, device'));
  await expect(plant(scope, { place: newId(), place_type: 'van' })).rejects.toThrow(/foreign key/);
  await expect(applyModel(store, more('van, loan'))).rejects.toMatchObject({
    problems: [{ code: 'model.rows_outside' }],
  });
  await sql`update model.loan set place = null, place_type = null`.execute(scope.db);
  await applyModel(store, more('van, loan'));
  await sql`delete from model.device`.execute(scope.db);
});

test('constraints are added to live rows once none stands in the way, and each that does is told by its rule', async () => {
  const { store, organisation, describe } = await fresh();
  const attributes = '      code: { type: text }\n      starts: { type: date }\n      ends: { type: date }';
  const constrained = (constraints: string) =>
    pack(`${attributes}\n      seats: { type: integer, default: 1 }\n    constraints:\n${constraints}`);
  await applyModel(store, pack(attributes));
  const scope = await organisation();
  await plant(scope, { code: 'a', starts: '2026-02-01', ends: '2026-01-01' });
  await plant(scope, { code: 'a', starts: '2026-02-01', ends: '2026-03-01' });
  await plant(scope, { code: 'a' });
  const both =
    '      one: { unique: [code, starts] }\n      dates: { if: "ends == null || ends >= starts" }\n      seated: { if: "seats == null || seats > 0" }';
  await expect(applyModel(store, constrained(both))).rejects.toMatchObject({
    problems: [
      {
        code: 'model.rows_break_constraint',
        pointer: '/types/loan/constraints/one',
        text: { en: expect.stringContaining('2 object(s)') },
      },
      {
        pointer: '/types/loan/constraints/dates',
        text: { en: expect.stringContaining('filter !(ends == null || ends >= starts)') },
      },
    ],
  });
  await sql`update model.loan set code = id::text, ends = null`.execute(scope.db);
  await applyModel(store, constrained(both));
  expect((await describe()).filter((line) => line.endsWith('false'))).toEqual([]);
  await expect(plant(scope, { starts: '2026-02-01', ends: '2026-01-01' })).rejects.toThrow(/dates/);
  await applyModel(store, constrained('      one: { unique: [code, starts], empty: same }'));
  await expect(plant(scope, { starts: '2026-02-01', ends: '2026-01-01' })).resolves.toBeUndefined();
  await expect(plant(scope, { starts: '2026-02-01' })).rejects.toThrow(/duplicate/);
});

test('a required address gets the parts of its default, where it has them', async () => {
  const { store, organisation } = await fresh();
  await applyModel(store, first);
  const scope = await organisation();
  await plant(scope, { price_amount: 1n });
  await applyModel(store, pack('      place: { type: address, required: true, default: "; ; Lyon; FR" }'));
  const { rows } = await sql`select place, place_city, place_postal_code from model.loan`.execute(scope.db);
  expect(rows).toEqual([{ place: 'FR Lyon', place_city: 'Lyon', place_postal_code: null }]);
});

test('a change of type is refused, naming the attribute', async () => {
  const { store } = await fresh();
  await applyModel(store, first);
  await expect(applyModel(store, pack('      code: { type: integer }'))).rejects.toMatchObject({
    code: 'model.type_change',
    problems: [{ pointer: '/types/loan/attributes/code/type' }],
  });
});

test('a lock held by someone else is waited for without holding others, then given up with a clear refusal', async () => {
  const { store, organisation } = await fresh();
  await applyModel(store, first);
  const scope = await organisation();
  const wider = pack(
    '      code: { type: text }\n      price: { type: money, required: true }\n      more: { type: text }',
  );
  await scope.db.transaction().execute(async (tx) => {
    await sql`select * from model.loan`.execute(tx);
    await expect(applyModel(store, wider, { patienceMs: 300 })).rejects.toMatchObject({ code: 'model.busy' });
    const began = Date.now();
    const applying = applyModel(store, wider).catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sql`select * from model.loan`.execute(scope.db);
    expect(Date.now() - began).toBeLessThan(1000);
    void applying;
  });
  await applyModel(store, wider);
  expect((await sql`select more from model.loan`.execute(scope.db)).rows).toEqual([]);
});

test('compiling alone gives plain names', () => {
  expect(compileModel(first).types.get('loan')?.attributes.get('price')?.columns).toEqual([
    'price_amount',
    'price_currency',
  ]);
});

test('rows already there are calculated when an attribute is added or its calculation changes, in batches that hold nobody long', async () => {
  const { store, organisation, asOwner } = await fresh();
  const priced = (computed: string) => pack(`      price: { type: money }\n${computed}`);
  await applyModel(store, priced(''));
  const [one, two] = [await organisation(), await organisation()];
  await sql`insert into model.loan (id, number, created_at, updated_at, created_by, updated_by, price_amount, price_currency)
    select gen_random_uuid(), n::text, now(), now(), 'x', 'x', n * 10000, 'EUR' from generate_series(1, 4500) as n`.execute(
    one.db,
  );
  await plant(two, { price_amount: 30_000n, price_currency: 'EUR' });
  const double = '      dear: { type: money, computed: "price * 2" }';
  const updates: string[] = [];
  await applyModel(store, priced(double), { onStatement: (text) => updates.push(text) });
  const wrong = async (factor: number) =>
    (
      await asOwner<{ n: string }>(
        `select count(*)::text as n from model.loan where dear_amount is distinct from price_amount * ${factor}`,
      )
    )[0]?.n;
  expect(await wrong(2)).toBe('0');
  expect(updates.some((text) => text.includes('limit 2000'))).toBe(true);
  await applyModel(store, priced(double.replace('2', '3')));
  expect(await wrong(3)).toBe('0');
  await plant(two, { price_amount: 50_000n, price_currency: 'EUR' });
  expect(await wrong(3)).toBe('0');
  await applyModel(store, priced(''));
  await sql`update model.loan set price_amount = 1`.execute(two.db);
  expect(await asOwner("select tgname from pg_trigger where tgname = 'compute'")).toEqual([]);
});

test('cut between a calculation and the rows it is owed to, the next run finishes', async () => {
  const { store, organisation, asOwner } = await fresh();
  await applyModel(store, pack('      price: { type: money }'));
  await plant(await organisation(), { price_amount: 30_000n, price_currency: 'EUR' });
  const wanted = pack('      price: { type: money }\n      dear: { type: money, computed: "price * 2" }');
  const cut = applyModel(store, wanted, {
    onStatement: (text) => {
      if (text.includes('create trigger compute')) throw new Error('the power is cut');
    },
  });
  await expect(cut).rejects.toThrow('the power is cut');
  expect(
    (await asOwner<{ dear_amount: string | null }>('select dear_amount from model.loan'))[0]?.dear_amount,
  ).toBeNull();
  await applyModel(store, wanted);
  expect(String((await asOwner<{ dear_amount: string }>('select dear_amount from model.loan'))[0]?.dear_amount)).toBe(
    '60000',
  );
});
