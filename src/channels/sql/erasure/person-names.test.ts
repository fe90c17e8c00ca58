import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../../test/support/engines.ts';
import { namePart, nameRedaction, nameSighting, namesOfRow } from './person-names.ts';

const letters = 'abcdefghijklmnoprstuvyéèêëàâïîôöùûüçñœ'.split('');
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 9 });
const without = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('œ', 'oe');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How people and packages write one and the same name. */
const written = (first: string, last: string): readonly string[] => [
  `${capital(first)} ${capital(last)}`,
  `${last.toUpperCase()} ${capital(first)}`,
  `M. ${without(last).toUpperCase()}, ${without(first)}`,
  `${without(last).toUpperCase()}^${without(first).toUpperCase()}^^^MME`,
  `{"prenom": "${first}", "nom": "${last}"}`,
  `vu ${capital(first)} Marie ${capital(last)} ce jour`,
];

/** A pair of words of which neither is the other, nor joins two persons. */
const pairs = fc
  .tuple(word, word)
  .filter(([first, last]) => without(first) !== without(last) && namesOf(first, last).length === 1);

function namesOf(first: string, last: string): readonly string[] {
  return namesOfRow([
    { part: 'first', text: first },
    { part: 'last', text: last },
  ]);
}

test('columns say which part of a name they hold', () => {
  const parts = ['first_name', 'PRENOM1', 'lastname', 'NOM_USAGE', 'surname', 'name', 'display_name'].map(namePart);
  expect(parts).toEqual(['first', 'first', 'last', 'last', 'last', 'whole', 'whole']);
});

test('a first name alone, a last name alone, a short name or a number name nobody', () => {
  expect(namesOf('Alice', '')).toEqual([]);
  expect(namesOf('Al', 'Li')).toEqual([]);
  expect(namesOf('Alice', 'erased-12ab')).toEqual([]);
  expect(namesOfRow([{ part: 'last', text: 'Mme MARTIN Alice' }])).toEqual(['martin|alice']);
  expect(namesOfRow([{ part: 'whole', text: 'Alice' }])).toEqual([]);
});

describe.each(testEngines)('on $name', ({ application }) => {
  test('a name is seen however it is written, and never inside other words or between two persons', async () => {
    const { connection } = await application('create table customer (id int);');
    const { dialect } = connection;
    const matches = async (texts: readonly string[], pattern: string): Promise<readonly boolean[]> => {
      const columns = texts.map((_, place) => `${dialect.matches(dialect.text(`$${place + 2}`), '$1')} as c${place}`);
      const [row] = await connection.query<Record<string, unknown>>(`select ${columns.join(', ')}`, [
        pattern,
        ...texts,
      ]);
      return texts.map((_, place) => row?.[`c${place}`] === true || Number(row?.[`c${place}`]) === 1);
    };
    await fc.assert(
      fc.asyncProperty(pairs, async ([first, last]) => {
        const [name = ''] = namesOf(first, last);
        expect(await matches(written(first, last), nameSighting(name))).toEqual(written(first, last).map(() => true));
        const others = [
          `${first}x ${last}`,
          `${first} x${last}`,
          `${first} et x ${last}`,
          first,
          `${last}, ; ; ; ${first}`,
        ];
        expect(await matches(others, nameSighting(name))).toEqual(others.map(() => false));
      }),
      { numRuns: 25 },
    );
  });

  test('a name is taken out of a text whole, and the words around it stay', async () => {
    const { connection } = await application('create table customer (id int);');
    const replaced = connection.dialect.replaced(connection.dialect.text('$1'), '$2', "'***'");
    const take = async (text: string): Promise<string | undefined> => {
      const rows = await connection.query<{ left: string }>(`select ${replaced} as "left"`, [
        text,
        nameRedaction('alice|de la tour'),
      ]);
      return rows[0]?.left;
    };
    expect(await take('vu Alice de La Tour ce jour')).toBe('vu *** ce jour');
    expect(await take('DE LA TOUR, ALICE (client)')).toBe('*** (client)');
    expect(await take('Malice de la Tour')).toBe('Malice de la Tour');
  });
});
