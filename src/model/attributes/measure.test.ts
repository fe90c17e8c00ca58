import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMeasure, type Measure, measureOf, stepsOf, valueText, wholeSteps } from './measure.ts';
import { rational } from './rational.ts';
import { toScaled } from './scaled.ts';
import { unitOf } from './unit.ts';
import { atoms, baseUnits, prefixes } from './unit-table.ts';

function measure(codes: readonly string[], scale: number): Measure {
  const found = measureOf(codes, scale);
  if (!isMeasure(found)) throw new Error(found.why);
  return found;
}

function steps(of: Measure, text: string, code: string): bigint | null {
  const unit = unitOf(code);
  const scaled = toScaled(text, of.scale);
  return unit === null || !scaled.ok ? null : stepsOf(of, unit, scaled.units);
}

test('every unit of the table means something', () => {
  expect(Object.keys(atoms).filter((code) => unitOf(code) === null)).toEqual([]);
});

describe('what is equal has as many steps', () => {
  test.each<[readonly string[], number, string, string, string, string]>([
    [['kg', 'g'], 3, '1.5', 'kg', '1500', 'g'],
    [['[in_i]', 'cm'], 2, '1', '[in_i]', '2.54', 'cm'],
    [['km/h', 'm/s'], 1, '36', 'km/h', '10', 'm/s'],
    [['h', 'min'], 2, '1.5', 'h', '90', 'min'],
    [['kW.h', 'MJ'], 2, '1', 'kW.h', '3.6', 'MJ'],
    [['Cel', 'K', '[degF]'], 2, '100', 'Cel', '212', '[degF]'],
    [['Cel', 'K'], 2, '0', 'Cel', '273.15', 'K'],
    [['L', 'm3'], 3, '250', 'L', '0.25', 'm3'],
    [['har', 'm2'], 0, '1', 'har', '10000', 'm2'],
    [['By', 'KiBy'], 0, '1', 'KiBy', '1024', 'By'],
    [['Pa', 'bar', 'N/mm2'], 2, '10', 'bar', '1', 'N/mm2'],
  ])('%j', (codes, scale, a, unitA, b, unitB) => {
    const of = measure(codes, scale);
    expect(steps(of, a, unitA)).not.toBeNull();
    expect(steps(of, a, unitA)).toBe(steps(of, b, unitB));
  });
});

test('units that do not go together are told', () => {
  expect(measureOf(['kg', 'L'], 2)).toMatchObject({ why: 'apart', unit: 'L' });
  expect(measureOf(['{box}', '{piece}'], 0)).toMatchObject({ why: 'apart' });
  expect(measureOf(['kilo'], 2)).toMatchObject({ why: 'unknown', unit: 'kilo' });
  expect(measureOf(['Ym', 'am'], 2)).toMatchObject({ why: 'too_far' });
});

test.each(['', 'kkg', 'Cel.m', 'm/', '/', 'm..s', '(m', '0', 'm2s', 'foot', '{a', 'toString', '__proto__'])(
  '“%s” is no unit',
  (code) => {
    expect(unitOf(code)).toBeNull();
  },
);

test('a product of units means the product of what they mean', () => {
  const plain = fc.constantFrom(...baseUnits, 'N', 'W', 'h', 'L', '[in_i]');
  const prefix = fc.constantFrom('', ...Object.keys(prefixes));
  fc.assert(
    fc.property(plain, plain, prefix, (a, b, before) => {
      const [first, second, product] = [unitOf(a), unitOf(b), unitOf(`${a}.${b}`)];
      expect(product?.factor).toEqual(
        rational(
          (first?.factor.over ?? 0n) * (second?.factor.over ?? 0n),
          (first?.factor.under ?? 1n) * (second?.factor.under ?? 1n),
        ),
      );
      expect(unitOf(`${a}/${a}`)?.dimension).toBe('');
      if (before !== '') expect(unitOf(`${before}m`)?.dimension).toBe('m1');
    }),
  );
});

test('a literal that is a whole number of steps is what was given; a finer one is none', () => {
  const of = measure(['kg', 'g'], 3);
  const gram = unitOf('g');
  const milligram = unitOf('mg');
  if (gram === null || milligram === null) throw new Error('units are known');
  expect(wholeSteps(of, gram, rational(1n, 1000n))).toBe(1n);
  expect(wholeSteps(of, milligram, rational(1n))).toBe(1n);
  expect(wholeSteps(of, milligram, rational(1n, 2n))).toBeNull();
  expect(valueText(1500n, gram, of)).toBe('1.5');
});
