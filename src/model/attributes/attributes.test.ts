import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText, addressType } from './address.ts';
import type { AttributeType, Value } from './attribute-type.ts';
import { countryType, emailType, phoneType, urlType } from './contact.ts';
import { identifierType } from './identifier.ts';
import { isMeasure, measureOf } from './measure.ts';
import { canonicalDuration, dateType, datetimeType, durationType } from './moments.ts';
import { moneyType } from './money.ts';
import { decimalType, integerType } from './numbers.ts';
import { booleanType, jsonType } from './plain.ts';
import { quantityText, quantityType } from './quantity.ts';
import { fromScaled, toScaled } from './scaled.ts';
import { localisedTextType, textType } from './text.ts';

const line = textType({ multiline: false, pattern: null, maxLength: 20 });
const none = { min: null, max: null };

function quantityIn(
  codes: readonly string[],
  scale = 3,
  bounds: Parameters<typeof quantityType>[1] = none,
): AttributeType {
  const measure = measureOf(codes, scale);
  if (!isMeasure(measure)) throw new Error(`${measure.why}: ${measure.unit}`);
  return quantityType(measure, bounds);
}

function taken(type: AttributeType, input: unknown): Value | string {
  const parsed = type.parse(input);
  return parsed.ok ? parsed.value : parsed.fault.code;
}

describe('what is typed becomes', () => {
  test.each<[string, AttributeType, unknown, unknown]>([
    ['a text without blanks around it', line, '  a b ', 'a b'],
    ['a refusal of several lines', line, 'a\nb', 'value.several_lines'],
    ['a refusal of a long text', line, 'x'.repeat(21), 'value.too_long'],
    ['a refusal of a zero byte', line, 'a\u0000', 'value.bad_text'],
    ['a whole pattern', textType({ multiline: false, pattern: 'A|B', maxLength: 9 }), 'AB', 'value.pattern'],
    [
      'a text in both languages',
      localisedTextType({ multiline: false, pattern: null, maxLength: 9 }),
      'Bon',
      { fr: 'Bon', en: 'Bon' },
    ],
    ['a number from its text', integerType(none), ' 42 ', 42],
    ['a refusal of a half', integerType(none), 1.5, 'value.not_integer'],
    ['a refusal of what JavaScript can’t count', integerType(none), 2 ** 53, 'value.not_integer'],
    ['an exact decimal', decimalType(2, none), '1 234,5', '1234.50'],
    ['a refusal to round', decimalType(2, none), '1.005', 'value.too_precise'],
    ['a decimal whose zeros say nothing more', decimalType(2, none), '1.5000', '1.50'],
    ['a refusal of an exponent', decimalType(2, none), '1e3', 'value.not_decimal'],
    ['an amount in its currency', moneyType, { amount: '12,5', currency: 'eur' }, { amount: '12.50', currency: 'EUR' }],
    ['yen without decimals', moneyType, { amount: '12.5', currency: 'JPY' }, 'value.too_precise'],
    ['a refusal of an unknown currency', moneyType, { amount: '1', currency: 'ZZZ' }, 'value.currency'],
    ['a quantity from its text', quantityIn(['kg', 'g']), '12,5 kg', { value: '12.5', unit: 'kg' }],
    [
      'a quantity with its unit apart',
      quantityIn(['kg', 'g']),
      { value: '1 250', unit: 'g' },
      { value: '1250', unit: 'g' },
    ],
    ['a quantity whose unit is the only one', quantityIn(['{piece}']), 3, { value: '3', unit: '{piece}' }],
    ['a refusal of a quantity without unit', quantityIn(['kg', 'g']), '12', 'value.unit'],
    ['a refusal of an unknown unit', quantityIn(['kg', 'g']), '12 mg', 'value.unit'],
    ['a refusal of a quantity too fine', quantityIn(['kg', 'g']), '0.0001 kg', 'value.too_precise'],
    [
      'a refusal below the bound, whatever the unit',
      quantityIn(['kg', 'g'], 3, { min: '1', max: null }),
      '999 g',
      'value.too_small',
    ],
    [
      'an address from its text',
      addressType,
      '10 rue de la Paix; Bâtiment B; 75002; Paris; fr',
      { lines: ['10 rue de la Paix', 'Bâtiment B'], postal_code: '75002', city: 'Paris', country: 'FR' },
    ],
    [
      'an address as a form gives it',
      addressType,
      { lines: ' 1  rue X \r\n\r\n', postal_code: '', city: ' Bruxelles ', country: 'BE' },
      { lines: ['1 rue X'], postal_code: null, city: 'Bruxelles', country: 'BE' },
    ],
    ['a refusal of an address without town', addressType, { lines: ['x'] }, 'value.city'],
    ['a refusal of half a postal code', addressType, { city: 'Paris', postal_code: '7500' }, 'value.postal_code'],
    [
      'a refusal of an address in six lines',
      addressType,
      { city: 'Paris', lines: '1\n2\n3\n4\n5\n6' },
      'value.too_many_lines',
    ],
    ['yes', booleanType, 'true', true],
    ['a refusal of maybe', booleanType, 'maybe', 'value.not_boolean'],
    ['the 29th of February of a leap year', dateType, '2028-02-29', '2028-02-29'],
    ['a refusal of another 29th of February', dateType, '2026-02-29', 'value.not_date'],
    ['an instant in UTC', datetimeType, '2026-11-22T09:00+01:00', '2026-11-22T08:00:00.000Z'],
    ['a refusal of a time from nowhere', datetimeType, '2026-11-22T09:00', 'value.not_datetime'],
    ['weeks as days', durationType, 'p2w', 'P14D'],
    ['a refusal of nothing', durationType, 'P', 'value.not_duration'],
    ['an address in lower case', emailType, ' Anne@Exemple.FR ', 'anne@exemple.fr'],
    ['an address with an apostrophe', emailType, "o'neil+x%y@exemple.fr", "o'neil+x%y@exemple.fr"],
    ['a refusal of half an address', emailType, 'anne@exemple', 'value.not_email'],
    ['a French number in its international form', phoneType, '01 45.67-89 01', '+33145678901'],
    ['a foreign number', phoneType, '0044 20 7946 0958', '+442079460958'],
    ['a refusal of a short number', phoneType, '12', 'value.not_phone'],
    ['a web address', urlType, 'https://exemple.fr', 'https://exemple.fr/'],
    ['a refusal of what would run', urlType, 'javascript:alert(1)', 'value.not_url'],
    ['a refusal of a password in an address', urlType, 'https://a:b@exemple.fr', 'value.not_url'],
    ['a country', countryType, 'fr', 'FR'],
    ['a refusal of a union', countryType, 'EU', 'value.not_country'],
    ['a SIREN', identifierType('siren'), '732 829 320', '732829320'],
    ['a refusal of a wrong key', identifierType('siren'), '732829321', 'value.not_siren'],
    ['a SIRET', identifierType('siret'), '73282932000074', '73282932000074'],
    ['a SIRET of La Poste', identifierType('siret'), '35600000049837', '35600000049837'],
    ['an IBAN', identifierType('iban'), 'fr76 3000 6000 0112 3456 7890 189', 'FR7630006000011234567890189'],
    ['a refusal of a wrong IBAN', identifierType('iban'), 'FR7630006000011234567890188', 'value.not_iban'],
    ['a GTIN', identifierType('gtin'), '4006381333931', '4006381333931'],
    ['JSON from its text', jsonType, '{"a":[1]}', { a: [1] }],
    ['a refusal of half of it', jsonType, '{"a":', 'value.not_json'],
  ])('%s', (_what, type, input, expected) => {
    expect(taken(type, input)).toEqual(expected);
  });
});

describe('what is shown', () => {
  const fr = { language: 'fr', timeZone: 'Europe/Paris' } as const;
  const en = { language: 'en', timeZone: 'Europe/Paris' } as const;
  test.each<[AttributeType, Value, string, string]>([
    [decimalType(2, none), '1234567.50', '1 234 567,50', '1,234,567.50'],
    [decimalType(2, none), '-0.50', '-0,50', '-0.50'],
    [moneyType, { amount: '1234.50', currency: 'EUR' }, '1 234,50 €', '€1,234.50'],
    [dateType, '2026-02-03', '3 févr. 2026', '3 Feb 2026'],
    [datetimeType, '2026-07-01T10:00:00.000Z', '1 juil. 2026, 12:00', '1 Jul 2026, 12:00'],
    [durationType, 'P1Y6M', '1 an 6 mois', '1 year 6 months'],
    [phoneType, '+33145678901', '+33 1 45 67 89 01', '+33 1 45 67 89 01'],
    [countryType, 'DE', 'Allemagne', 'Germany'],
    [identifierType('siret'), '73282932000074', '732 829 320 00074', '732 829 320 00074'],
    [booleanType, true, 'Oui', 'Yes'],
    [quantityIn(['kW.h']), { value: '1234.5', unit: 'kW.h' }, '1 234,5 kW·h', '1,234.5 kW·h'],
    [quantityIn(['m3', 'L']), { value: '2', unit: 'm3' }, '2 m³', '2 m³'],
    [quantityIn(['d', 'h']), { value: '3', unit: 'd' }, '3 j', '3 d'],
    [quantityIn(['MBy', 'GiBy']), { value: '3', unit: 'GiBy' }, '3 Gio', '3 GiB'],
    [quantityIn(['{boîte}']), { value: '3', unit: '{boîte}' }, '3 boîte', '3 boîte'],
    [
      addressType,
      { lines: ['10 rue de la Paix'], postal_code: '75002', city: 'Paris', country: 'FR' },
      '10 rue de la Paix, 75002 Paris, France',
      '10 rue de la Paix, 75002 Paris, France',
    ],
  ])('%#', (type, value, inFrench, inEnglish) => {
    const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
    expect(plain(type.show(value, fr))).toBe(inFrench);
    expect(plain(type.show(value, en))).toBe(inEnglish);
  });
});

const words = fc.stringMatching(/^[A-Za-z0-9;\\é' -]{0,20}[A-Za-z0-9;\\é']$/);
const addresses = fc.record({
  lines: fc.array(words, { maxLength: 5 }),
  postal_code: fc.constantFrom(null, '1050', 'SW1A 1AA'),
  city: words,
  country: fc.constantFrom('BE', 'GB'),
});

describe('exact', () => {
  test('decimals come back from their scaled integer as they went in', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 9 }), (units, scale) => {
        expect(toScaled(fromScaled(units, scale), scale)).toEqual({ ok: true, units });
      }),
    );
  });

  test('no decimal is ever rounded: it is kept exactly, or refused', () => {
    const digits = fc.stringMatching(/^\d{1,9}(\.\d{1,8})?$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 9 }), (text, scale) => {
        const scaled = toScaled(text, scale);
        const [whole = '', fraction = ''] = text.split('.');
        const billionths = BigInt(whole + fraction.padEnd(9, '0'));
        if (scaled.ok) expect(scaled.units * 10n ** BigInt(9 - scale)).toBe(billionths);
        else expect(fraction.slice(scale)).toMatch(/[1-9]/);
      }),
    );
  });

  test('what the database gives back is what was parsed', () => {
    const cases: readonly (readonly [AttributeType, fc.Arbitrary<unknown>])[] = [
      [integerType(none), fc.maxSafeInteger()],
      [decimalType(3, none), fc.bigInt(-(10n ** 15n), 10n ** 15n).map((units) => fromScaled(units, 3))],
      [
        moneyType,
        fc.record({
          amount: fc.bigInt(-(10n ** 12n), 10n ** 12n).map((units) => fromScaled(units, 2)),
          currency: fc.constantFrom('EUR', 'USD', 'CHF'),
        }),
      ],
      [
        quantityIn(['kg', 'g', '[lb_av]'], 2),
        fc.record({
          value: fc.bigInt(-(10n ** 9n), 10n ** 9n).map((units) => fromScaled(units, 2)),
          unit: fc.constantFrom('kg', 'g', '[lb_av]'),
        }),
      ],
      [addressType, addresses],
      [emailType, fc.constantFrom('a@b.fr', "d'or@x.example")],
    ];
    for (const [type, arbitrary] of cases) {
      fc.assert(
        fc.property(arbitrary, (input) => {
          const parsed = type.parse(input);
          expect(parsed.ok).toBe(true);
          if (parsed.ok) expect(type.decode(type.encode(parsed.value))).toEqual(parsed.value);
        }),
      );
    }
  });

  test('a text form is read back as what it was', () => {
    const mass = quantityIn(['kg', 'g', '[lb_av]'], 4);
    const masses = fc.record({
      value: fc.bigInt(-(10n ** 10n), 10n ** 10n).map((units) => fromScaled(units, 4, 0)),
      unit: fc.constantFrom('kg', 'g', '[lb_av]'),
    });
    fc.assert(
      fc.property(masses, (value) => {
        expect(taken(mass, quantityText(value))).toEqual(value);
      }),
    );
    fc.assert(
      fc.property(addresses, (given) => {
        const value = taken(addressType, given);
        expect(taken(addressType, addressText(value))).toEqual(value);
      }),
    );
  });

  test('durations have one way to be written', () => {
    fc.assert(
      fc.property(
        fc.record({ y: fc.nat(99), m: fc.nat(99), w: fc.nat(9), d: fc.nat(99), h: fc.nat(99) }),
        ({ y, m, w, d, h }) => {
          const canonical = canonicalDuration(`P${y}Y${m}M${w}W${d}DT${h}H`);
          expect(canonical).not.toBeNull();
          expect(canonicalDuration(canonical ?? '')).toBe(canonical);
        },
      ),
    );
  });
});
