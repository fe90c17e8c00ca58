import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testModel } from '../../test/support/model.ts';
import { testStore } from '../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal } from '../kernel/index.ts';
import { compileFilter, from, type Value } from '../model/index.ts';
import { write } from '../store/index.ts';
import {
  type Acting,
  countObjects,
  createObject,
  type KeyPart,
  type ListAsked,
  listObjects,
  readObject,
  systemAsker,
} from './index.ts';
import { expectType } from './refusals.ts';

const testing = await testStore();
const model = await testModel(testing, [join(projectRoot, 'src/objects/fixtures/workshop')]);
const scope = await testing.organisation();
const system: Acting = { model, asker: systemAsker };
const cause: Cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null };

interface Planted {
  readonly name: string;
  readonly quantity: number | null;
  readonly weight: string | null;
  readonly is_mobile: boolean | null;
  readonly bought_on: string | null;
  readonly grade: string | null;
  readonly colours: readonly string[] | null;
  readonly price: { readonly amount: string; readonly currency: string } | null;
}

const names: readonly [string, ...string[]] = [
  'Élan',
  'elan',
  'Écran',
  'ecran 2',
  'Portable',
  'Œuvre',
  'l’été',
  "O'Neil",
  '100%',
  'a_b',
  'Zèbre',
  '',
];
const planted: Planted[] = [];
const ids: string[] = [];

beforeAll(async () => {
  const pick = <T>(values: readonly [T, ...T[]], at: number): T => values[at % values.length] ?? values[0];
  await write(scope, cause, async (writing) => {
    const site = await createObject(writing, system, 'site', { name: 'Lyon' });
    for (let at = 0; at < 60; at += 1) {
      const values: Planted = {
        name: `${pick(names, at)}${at % 12 === 11 ? 'x' : ''}`,
        quantity: pick([null, 0, 1, 2, 5, 9_007_199_254_740_991], at * 7),
        weight: pick([null, '0.000', '1.250', '1.251', '10.000'], at * 3),
        is_mobile: pick([null, true, false], at),
        bought_on: pick([null, '2025-12-31', '2026-01-01', '2026-02-28'], at * 5),
        grade: pick([null, 'a', 'b', 'c'], at),
        colours: pick([null, ['red'], ['blue'], ['red', 'blue']], at * 11),
        price: pick(
          [
            null,
            { amount: '12.50', currency: 'EUR' },
            { amount: '12.5', currency: 'USD' },
            { amount: '13.00', currency: 'EUR' },
          ],
          at * 13,
        ),
      };
      planted.push(values);
      ids.push((await createObject(writing, system, 'device', { ...values, site: site.id })).id);
    }
  });
});

const device = expectType(model, 'device');

async function matching(filter: string): Promise<readonly string[]> {
  const { condition } = compileFilter(model, device, filter, { me: 'user:x', now: new Date('2026-01-01T12:00:00Z') });
  const { rows } = await sql<{
    id: string;
  }>`select o.id from ${from(device)} as o where ${condition} order by o.id`.execute(scope.db);
  return rows.map((row) => row.id);
}

/** A filter and what it means for a row, written apart from the compiler. */
interface Meaning {
  readonly source: string;
  readonly holds: (row: Planted) => boolean;
}

function isTrueOf(holds: Meaning['holds'], at: number): boolean {
  const row = planted[at];
  return row !== undefined && holds(row);
}

type Order = '<' | '<=' | '>' | '>=' | '==' | '!=';
const orders: readonly Order[] = ['<', '<=', '>', '>=', '==', '!='];

function compared<T extends string | number>(order: Order, a: T | null, b: T): boolean {
  if (a === null) return order === '!=';
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '==': a === b, '!=': a !== b }[order];
}

const order = fc.constantFrom(...orders);
const word = fc.constantFrom('É', 'e', 'an', '%', '_', "'", '"', '\\', 'Élan', 'elan', ' ', 'x');
const atom: fc.Arbitrary<Meaning> = fc.oneof(
  fc
    .tuple(order, fc.constantFrom(0, 1, 2, 5, 9_007_199_254_740_991))
    .map(([o, n]) => ({ source: `quantity ${o} ${n}`, holds: (row: Planted) => compared(o, row.quantity, n) })),
  fc.tuple(order, fc.constantFrom('0', '1.25', '1.250', '1.251', '10')).map(([o, n]) => ({
    source: `weight ${o} ${n}`,
    holds: (row: Planted) => compared(o, row.weight === null ? null : Number(row.weight), Number(n)),
  })),
  fc.tuple(order, fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-01')).map(([o, d]) => ({
    source: `${o === '<' ? `date("${d}") > bought_on` : `bought_on ${o} "${d}"`}`,
    holds: (row: Planted) => compared(o, row.bought_on, d),
  })),
  fc
    .tuple(fc.constantFrom<'==' | '!='>('==', '!='), fc.constantFrom('a', 'b', 'z'))
    .map(([o, g]) => ({ source: `grade ${o} "${g}"`, holds: (row: Planted) => compared(o, row.grade, g) })),
  fc
    .tuple(fc.constantFrom<'==' | '!='>('==', '!='), fc.constantFrom(...names, 'élan'))
    .map(([o, n]) => ({ source: `name ${o} ${JSON.stringify(n)}`, holds: (row: Planted) => compared(o, row.name, n) })),
  fc.constantFrom<Meaning>(
    { source: 'is_mobile', holds: (row) => row.is_mobile === true },
    { source: 'is_mobile == false', holds: (row) => row.is_mobile === false },
    { source: 'grade == null', holds: (row) => row.grade === null },
    { source: 'null != price', holds: (row) => row.price !== null },
    { source: 'grade in ["a", "c"]', holds: (row) => row.grade === 'a' || row.grade === 'c' },
    { source: 'quantity in []', holds: () => false },
    { source: '"red" in colours', holds: (row) => row.colours?.includes('red') === true },
    {
      source: 'price == money("12.50", "EUR")',
      holds: (row) => row.price?.currency === 'EUR' && Number(row.price.amount) === 12.5,
    },
    {
      source: 'price > money("12.5", "EUR")',
      holds: (row) => row.price?.currency === 'EUR' && Number(row.price.amount) > 12.5,
    },
    {
      source: 'price != money("12.5", "EUR")',
      holds: (row) => !(row.price?.currency === 'EUR' && Number(row.price.amount) === 12.5),
    },
    { source: 'true', holds: () => true },
    { source: 'created_at <= now() && version == 1 && state == "received"', holds: () => false },
  ),
  fc
    .tuple(fc.constantFrom<'startsWith' | 'contains' | 'endsWith'>('startsWith', 'contains', 'endsWith'), word)
    .map(([how, w]) => ({
      source: `name.${how}(${JSON.stringify(w)})`,
      holds: (row: Planted) =>
        ({ startsWith: row.name.startsWith(w), contains: row.name.includes(w), endsWith: row.name.endsWith(w) })[how],
    })),
  word.map((w) => ({
    source: `name.lower().contains(${JSON.stringify(w.toLowerCase())})`,
    holds: (row: Planted) => row.name.toLowerCase().includes(w.toLowerCase()),
  })),
);

const { meaning } = fc.letrec<{ meaning: Meaning }>((tie) => ({
  meaning: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.tuple(tie('meaning'), tie('meaning')).map(([a, b]) => ({
      source: `(${a.source}) && (${b.source})`,
      holds: (row: Planted) => a.holds(row) && b.holds(row),
    })),
    fc.tuple(tie('meaning'), tie('meaning')).map(([a, b]) => ({
      source: `(${a.source}) || (${b.source})`,
      holds: (row: Planted) => a.holds(row) || b.holds(row),
    })),
    tie('meaning').map((a) => ({ source: `!(${a.source})`, holds: (row: Planted) => !a.holds(row) })),
  ),
}));

describe('filters', () => {
  test('mean in SQL what they say, whatever is filled or not', async () => {
    await fc.assert(
      fc.asyncProperty(meaning, async ({ source, holds }) => {
        const expected = ids.filter((_, at) => isTrueOf(holds, at)).sort();
        expect(await matching(source), source).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['nam == "x"', 1, 'no attribute is called “nam”. Did you mean “name”?'],
    ['quantity == "x"', 13, 'a whole number is expected.'],
    ['quantity > 1.5', 12, 'a whole number is expected.'],
    ['weight == 1.2501', 11, 'a number with at most 3 decimals is expected.'],
    ['bought_on < "soon"', 13, 'a date is written "2026-11-22".'],
    ['site.nam == "Lyon"', 1, 'no attribute is called “nam”. Did you mean “name”?'],
    ['name.site == "Lyon"', 1, 'what comes before the dot is a reference.'],
    ['name', 1, 'a condition is expected, and this is “name” (a text).'],
    ['name == ', 9, 'syntax not understood (Unexpected token: EOF).'],
    ['price > 12', 9, 'an amount is written money("12.50", "EUR").'],
    ['details == null', 1, '“details” can’t be filtered on.'],
    ['colours == "red"', 1, 'for several choices, write "…" in colours.'],
    ['size(quantity) > 1', 1, '“size(…)” does not fit here.'],
    ['1 < 2', 1, 'a comparison is about at least one attribute.'],
    ['name * 2 > 1', 1, '“*” makes no sense between “name” (a text) and a number.'],
    ['name.matches("a")', 1, '“matches” is not supported.'],
    ['grade < true', 9, 'a text in quotes is expected.'],
    ['is_mobile > false', 1, '“is_mobile” (yes or no) has no order: only == and != apply.'],
    ['grade ? true : false', 1, 'a condition is expected, and this is “grade” (a text).'],
    ['quantity == name', 1, '“quantity” (a number) and “name” (a text) can’t be compared.'],
    ['name == "\\u0000"', 9, 'this text has unreadable characters.'],
    [`${'!'.repeat(4000)}is_mobile`, 1, ''],
    [`${'('.repeat(300)}is_mobile${')'.repeat(300)}`, 1, ''],
  ])('%s is refused with its place', (source, place, words) => {
    const thrown = (() => {
      try {
        return compileFilter(model, device, source, { me: null, now: new Date() });
      } catch (error) {
        return error;
      }
    })();
    if (words === '' && !(thrown instanceof Error)) return;
    expect(thrown).toBeInstanceOf(Refusal);
    if (thrown instanceof Refusal && words !== '') {
      expect(thrown.text.en).toContain(`character ${place}: ${words}`);
      expect(thrown.text.en).toContain('You can write:');
    }
  });

  test('whatever is typed is either compiled or refused, never a crash nor SQL of the caller’s', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                'name',
                '==',
                '"',
                "'",
                '(',
                ')',
                '&&',
                '!',
                '-',
                '1',
                '.',
                ';',
                '--',
                'in',
                '[',
                ']',
                '$1',
              ),
            )
            .map((parts) => parts.join(' ')),
        ),
        async (source) => {
          await matching(source).catch((error: unknown) => expect(error).toBeInstanceOf(Refusal));
        },
      ),
      { numRuns: 300 },
    );
    expect(await matching(`name == "'; drop table model.device; --"`)).toEqual([]);
  });
});

describe('pages of a list', () => {
  async function walk(asked: ListAsked): Promise<readonly string[]> {
    const seen: string[] = [];
    let after: readonly KeyPart[] | null = null;
    for (let page = 0; page < 100; page += 1) {
      const list: Awaited<ReturnType<typeof listObjects>> = await listObjects(scope, system, 'device', {
        ...asked,
        limit: 7,
        after,
      });
      seen.push(...list.items.map((item) => item.id));
      if (list.next === null) return seen;
      after = JSON.parse(JSON.stringify(list.next));
    }
    throw new Error('the list does not end');
  }

  test.each(
    [
      'number',
      'created_at',
      'updated_at',
      'name',
      'quantity',
      'weight',
      'bought_on',
      'tested_at',
      'warranty',
      'grade',
      'site',
    ].flatMap((field) => [[field, false] as const, [field, true] as const]),
  )('by %s (descending: %s) hold every object once, what is not filled last', async (field, descending) => {
    const seen = await walk({ sort: [{ field, descending }] });
    expect([...seen].sort()).toEqual([...ids].sort());
    const values: Value[] = [];
    for (const id of seen) values.push((await readObject(scope, system, 'device', id)).values[field] ?? null);
    const filled = values.findLastIndex((value) => value !== null);
    expect(values.slice(0, filled + 1).includes(null)).toBe(false);
  });

  test('words sort whatever their case and accents', async () => {
    const list = await listObjects(scope, system, 'device', {
      sort: [{ field: 'name', descending: false }],
      limit: 200,
    });
    const sorted = list.items.map((item) => String(item.values.name));
    expect(sorted.indexOf('Écran')).toBeLessThan(sorted.indexOf('Élan'));
    expect(sorted.indexOf('Élan')).toBeLessThan(sorted.indexOf('Portable'));
  });

  test('what can’t be sorted by is refused with what can', async () => {
    const sorted = (field: string) => listObjects(scope, system, 'device', { sort: [{ field, descending: false }] });
    await expect(sorted('details')).rejects.toMatchObject({ code: 'list.sort_invalid' });
    await expect(sorted('nmae')).rejects.toThrow(/Did you mean “name”/);
  });

  test('the search box finds by the beginning of a number or a word', async () => {
    const found = async (search: string) =>
      (await listObjects(scope, system, 'device', { search, limit: 200 })).items.map((item) => item.values.name);
    expect(new Set(await found('ela'))).toEqual(new Set(['Élan', 'elan']));
    expect(await found('dev-2026-0001')).toHaveLength(1);
    expect(await found('%')).toEqual([]);
  });

  test('counts are exact when there are few', async () => {
    expect(await countObjects(scope, system, 'device')).toEqual({ count: 60, isExact: true });
    expect(await countObjects(scope, system, 'device', { filter: 'grade == "a"' })).toEqual({
      count: 15,
      isExact: true,
    });
  });

  test('another date or a scenario is refused rather than answered with today', async () => {
    await expect(listObjects(scope, system, 'device', { at: '2025-01-01' })).rejects.toMatchObject({
      code: 'model.no_time_travel',
    });
  });
});
