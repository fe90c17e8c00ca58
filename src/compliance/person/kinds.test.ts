import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contradiction } from './contradiction.ts';
import { maskIdentity, normaliseIdentities, normaliseValue } from './kinds.ts';

describe('an identifier has one spelling', () => {
  test.each([
    ['email', '  Claire.Dupont@Example.ORG ', 'claire.dupont@example.org'],
    ['email', "O'Brien+50%@example.org", "o'brien+50%@example.org"],
    ['phone', '06 01 02 03 04', '+33601020304'],
    ['phone', '+33 (0)6.01.02.03.04', '+33601020304'],
    ['phone', '0044 20 7946 0958', '+442079460958'],
    ['phone', '(206) 555-9857', '2065559857'],
    ['phone', '40.32.2555', '40322555'],
    ['last_name', 'Quérouil-Le Bœuf', 'QUEROUIL LE BOEUF'],
    ['birth_date', '9/3/1971', '1971-03-09'],
    ['loyalty_number', ' FID-9 ', 'FID-9'],
    ['client_no', 'aBc', 'aBc'],
  ])('%s “%s” is “%s”', (kind, written, normal) => {
    expect(normaliseValue(kind, written)).toBe(normal);
  });

  test.each([
    ['email', 'claire.example.org'],
    ['email', 'a b@example.org'],
    ['phone', '12'],
    ['birth_date', '1971-02-30'],
    ['loyalty_number', '   '],
    ['email', `${'a'.repeat(400)}@example.org`],
    ['loyalty_number', 'a\u0000b'],
  ])('%s “%s” can’t be one', (kind, written) => {
    expect(normaliseValue(kind, written)).toBeNull();
  });

  test('a refusal names the place, never the value', () => {
    try {
      normaliseIdentities([{ kind: 'email', value: 'secret value' }]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'identity.invalid', problems: [{ pointer: '/identities/0/value' }] });
      expect(JSON.stringify(error)).not.toContain('secret value');
    }
  });

  test('normalising twice changes nothing', () => {
    const kinds = fc.constantFrom(
      'email',
      'phone',
      'last_name',
      'birth_date',
      'postcode',
      'loyalty_number',
      'anything',
    );
    fc.assert(
      fc.property(kinds, fc.string({ maxLength: 60 }), (kind, value) => {
        const once = normaliseValue(kind, value);
        if (once !== null && once !== '') expect(normaliseValue(kind, once)).toBe(once);
      }),
    );
  });

  test('a mask lets one recognise one’s own, and learn nothing', () => {
    expect(maskIdentity('email', 'claire.dupont@example.org')).toBe('c•••@e•••.org');
    expect(maskIdentity('phone', '+33601020304')).toBe('•••04');
    expect(maskIdentity('last_name', 'DUPONT')).toBe('D•••');
    expect(maskIdentity('birth_date', '1971-03-09')).toBe('1971-••-••');
  });
});

describe('two descriptions contradict each other', () => {
  const said = (first: string | null, last: string | null, birth: string | null = null) => [
    ...(first === null ? [] : [{ kind: 'first_name', value: first }]),
    ...(last === null ? [] : [{ kind: 'last_name', value: last }]),
    ...(birth === null ? [] : [{ kind: 'birth_date', value: birth }]),
  ];

  test.each([
    ['another first name', said('Claire', 'Dupont'), said('Paul', 'Dupont'), 'name'],
    [
      'another birth date',
      said('Claire', 'Dupont', '1971-03-09'),
      said('Claire', 'Dupont', '1999-01-01'),
      'birth_date',
    ],
    ['another last name, nothing else known', said(null, 'Dupont'), said(null, 'Martin'), 'name'],
    ['accents, case and hyphens', said('Zoé', 'Le-Bœuf'), said('ZOE', 'LE BOEUF'), null],
    ['a married name, same first name', said('Claire', 'Dupont'), said('Claire', 'Martin'), null],
    ['a compound first name', said('Jean-Pierre', 'Dupont'), said('Jean', 'Dupont'), null],
    ['an initial', said('J', 'Dupont'), said('Jean', 'Dupont'), null],
    ['nothing said', said(null, null), said('Claire', 'Dupont'), null],
  ])('%s', (_, one, other, expected) => {
    expect(contradiction(one, other)).toBe(expected);
    expect(contradiction(other, one)).toBe(expected);
  });
});
