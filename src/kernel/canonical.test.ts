import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from './canonical.ts';

test('members are sorted by UTF-16 code units, as RFC 8785 §3.2.3 shows', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Smiley',
    '\u0080': 'Control',
    '\u00f6': 'O',
  };
  const names = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
  expect(names).toEqual(['Carriage Return', 'One', 'Control', 'O', 'Euro Sign', 'Smiley', 'Dalet']);
});

test('numbers print as ECMAScript prints them (RFC 8785 §3.2.2.3)', () => {
  expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  );
});

test('whatever JSON can say reads back the same, and the order of members makes no difference', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(JSON.parse(canonicalJson(json))).toEqual(json);
      if (json !== null && typeof json === 'object' && !Array.isArray(json)) {
        expect(canonicalJson(Object.fromEntries(Object.entries(json).reverse()) as Json)).toBe(canonicalJson(json));
      }
    }),
  );
});

test('what JSON can’t say is refused', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow();
  expect(() => canonicalJson('\ud800')).toThrow();
});
