import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import type { ExpressionKind } from '../attributes/attribute-type.ts';
import { checkCondition, checkValue } from './check.ts';
import { kindOf, ownNames, type ValueKind } from './expression.ts';
import { ExpressionFault } from './fault.ts';
import type { NamedColumn, Shape } from './shape.ts';
import { groundOf, toSql } from './to-sql.ts';
import { amountOf, asNumber, valueSql } from './values-to-sql.ts';

const { organisation } = await testStore();
const { db } = await organisation();
const moment = { me: 'user:ada', now: new Date('2026-11-22T10:30:00Z') };

function column(name: string, expression: Exclude<ExpressionKind, { kind: 'none' }>, columns = [name]): NamedColumn {
  return { name, columns, expression, isFolded: false, to: null, among: null, values: null, computed: null };
}

/** One row: 3 pieces at 12.50 EUR (a price in JPY beside), 1.250 kg, two dates, a text, and something not filled. */
const row = sql`(values (3::bigint, 1250::bigint, 125000::bigint, 'EUR'::text, 9000000::bigint, 'JPY'::text,
    date '2026-01-31', date '2026-03-01', timestamptz '2026-02-03T04:05:06Z', 'Élan'::text, array['a', 'b']::text[], null::bigint,
    true))
  as o(quantity, weight, price_amount, price_currency, yen_amount, yen_currency, bought, sold, seen, name, colours, empty, mobile)`;
const shape: Shape = {
  columns: new Map(
    [
      column('quantity', { kind: 'integer' }),
      column('weight', { kind: 'decimal', scale: 3 }),
      column('price', { kind: 'money' }, ['price_amount', 'price_currency']),
      column('yen', { kind: 'money' }, ['yen_amount', 'yen_currency']),
      column('bought', { kind: 'date' }),
      column('sold', { kind: 'date' }),
      column('seen', { kind: 'datetime' }),
      column('name', { kind: 'text' }),
      column('colours', { kind: 'texts' }),
      column('empty', { kind: 'integer' }),
      column('mobile', { kind: 'boolean' }),
    ].map((one) => [one.name, one]),
  ),
  relations: new Map(),
  others: new Set(['notes']),
  isStrict: false,
  follow: () => null,
};

async function read(value: RawBuilder<unknown>): Promise<unknown> {
  const { rows } = await sql<{ value: string | null }>`select (${value})::text as value from ${row}`.execute(db);
  return rows[0]?.value;
}

async function calculated(source: string, wanted: ValueKind): Promise<unknown> {
  const operand = checkValue(source, shape, wanted);
  const ground = groundOf({ moment });
  if (wanted.kind === 'money') {
    const { amount, currency } = amountOf(operand, ground);
    return [await read(sql`trim_scale(${amount})`), await read(currency)];
  }
  if (wanted.kind === 'number') return read(sql`trim_scale(${asNumber(operand, ground)})`);
  return read(valueSql(operand, ground));
}

describe('what is calculated is exact', () => {
  test.each([
    ['quantity + weight', '4.25'],
    ['quantity * weight - 1', '2.75'],
    ['weight / 2', '0.625'],
    ['quantity / 0', null],
    ['-quantity', '-3'],
    ['abs(2 - quantity)', '1'],
    ['round(weight / 3, 2)', '0.42'],
    ['empty + 1', null],
    ['empty == null ? 0 : empty', '0'],
    ['quantity > 2 ? weight : quantity', '1.25'],
    ['sold - bought', '29'],
    ['size(name)', '4'],
    ['size(colours)', '2'],
    ['year(bought) * 100 + month(bought)', '202601'],
    ['day(seen)', '3'],
    ['price / price', '1'],
    ['price / yen', null],
  ])('%s is %s', async (source, expected) => {
    expect(await calculated(source, { kind: 'number' })).toBe(expected);
  });

  test.each([
    ['quantity * price', ['37.5', 'EUR']],
    ['price * weight', ['15.625', 'EUR']],
    ['price / 8', ['1.5625', 'EUR']],
    ['price + money("0.01", "EUR")', ['12.51', 'EUR']],
    ['price - price - price', ['-12.5', 'EUR']],
    ['-price', ['-12.5', 'EUR']],
    ['mobile ? price : yen', ['12.5', 'EUR']],
    ['price + yen', [null, null]],
  ])('%s is %s', async (source, expected) => {
    expect(await calculated(source, { kind: 'money' })).toEqual(expected);
  });

  test.each([
    ['bought + duration("P1M")', 'date', '2026-02-28'],
    ['today() - duration("P1D")', 'date', '2026-11-21'],
    ['name + " " + lower(name)', 'text', 'Élan élan'],
    ['name.upper()', 'text', 'ÉLAN'],
  ] as const)('%s is a %s: %s', async (source, kind, expected) => {
    expect(await calculated(source, { kind })).toBe(expected);
  });
});

describe('conditions on what is calculated', () => {
  test.each([
    ['quantity * price > money("37.49", "EUR")', true],
    ['quantity * price == money("37.50", "EUR")', true],
    ['quantity * price > money("1", "JPY")', false],
    ['quantity * price != money("1", "JPY")', true],
    ['weight < quantity', true],
    ['quantity == 3 && weight == 1.25', true],
    ['2 < quantity', true],
    ['sold - bought > 28', true],
    ['bought + duration("P1M") < sold', true],
    ['sold <= today()', true],
    ['seen < now()', true],
    ['size(name) == 4', true],
    ['"a" in colours && !("z" in colours)', true],
    ['empty + 1 > 0', false],
    ['(empty + 1 > 0) == null', null],
    ['price + yen == null', true],
    ['me == "user:ada"', true],
    ['mobile ? quantity > 2 : quantity > 5', true],
    ['!mobile ? quantity > 2 : quantity > 5', false],
  ])('%s is %s', async (source, expected) => {
    if (expected === null) return expect(() => checkCondition(source, shape)).toThrow(ExpressionFault);
    expect(await read(sql`(${toSql(checkCondition(source, shape), { moment })}) is true`)).toBe(String(expected));
  });
});

test.each([
  ['price * price', '“*” makes no sense between “price” (an amount) and “price” (an amount).'],
  ['bought + sold', '“+” makes no sense between “bought” (a date) and “sold” (a date).'],
  [
    'mobile ? price : quantity',
    'both outcomes of “? :” are of one kind, and these are “price” (an amount) and “quantity” (a number).',
  ],
  ['notes', '“notes” can’t be filtered on.'],
  ['name', '“name” (a text) does not fit this attribute.'],
])('%s is refused', (source, words) => {
  const thrown = (() => {
    try {
      return checkValue(source, shape, { kind: 'number' });
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(ExpressionFault);
  if (thrown instanceof ExpressionFault) expect(thrown.text.en).toBe(words);
});

test('what stands on the object alone is told from what stands on who asks, or when', () => {
  expect(ownNames(checkValue('quantity * price', shape, { kind: 'money' }))).toEqual(new Set(['quantity', 'price']));
  expect(ownNames(checkCondition('mobile ? weight > 1 : sold > bought', shape))).toEqual(
    new Set(['mobile', 'weight', 'sold', 'bought']),
  );
  expect(ownNames(checkCondition('bought < today()', shape))).toBeNull();
  expect(kindOf(checkValue('quantity * price', shape, { kind: 'money' }))).toEqual({ kind: 'money' });
});
