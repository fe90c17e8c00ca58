import {
  type AttributeType,
  faulty,
  localeOf,
  type Parsed,
  parsed,
  type Quantity,
  type Value,
  wrongValue,
} from './attribute-type.ts';
import { type Measure, stepsIn, stepsOf } from './measure.ts';
import { type Bounds, scaleFault, unitsOf } from './numbers.ts';
import { decimalInput, fromScaled, showDecimal, toScaled } from './scaled.ts';
import { type Unit, unitWords } from './unit.ts';

/**
 * A value and its unit, as they were given; beside them its steps (`measure.ts`), by which values in several units compare and sort. The
 * database works the steps out at every write, so that a unit added to the list later changes nothing of what is kept.
 */
export function quantityType(measure: Measure, bounds: Bounds<string>): AttributeType {
  const { units, scale } = measure;
  const [first] = units;
  if (first === undefined) throw new Error('a quantity has a unit');
  return {
    kind: 'quantity',
    to: null,
    columns: [
      { suffix: '_steps', sqlType: 'bigint' },
      { suffix: '_value', sqlType: 'bigint' },
      { suffix: '_unit', sqlType: 'text' },
    ],
    derived: ([steps = '', value = '', unit = '']) => {
      const cases = units.map((one) => {
        const { each, add } = stepsIn(measure, one);
        return `when ${literal(one.code)} then ${value} * ${each}${add === 0n ? '' : ` + ${add}`}`;
      });
      return [{ column: steps, sql: `case ${unit} ${cases.join(' ')} end` }];
    },
    within: ([, , unit = '']) => `${unit} in (${units.map(({ code }) => literal(code)).join(', ')})`,
    parse: (input) => parse(measure, bounds, first, input),
    encode: (value) => {
      const { value: amount, unit } = quantityOf(value);
      const scaled = unitsOf(amount, scale);
      const known = units.find(({ code }) => code === unit) ?? wrongValue('quantity');
      return [stepsOf(measure, known, scaled), scaled, unit];
    },
    decode: ([, scaled, unit]) => {
      if (typeof scaled !== 'bigint' || typeof unit !== 'string') return wrongValue('quantity');
      return { value: fromScaled(scaled, scale, 0), unit };
    },
    show: (value, { language }) => {
      const { value: amount, unit } = quantityOf(value);
      return `${showDecimal(amount, localeOf[language])} ${unitWords(unit, language)}`.trimEnd();
    },
    expression: { kind: 'quantity', measure },
    control: {
      kind: 'quantity',
      units: units.map(({ code }) => ({
        value: code,
        label: { fr: unitWords(code, 'fr') || '1', en: unitWords(code, 'en') || '1' },
      })),
    },
    jsonSchema: {
      type: 'object',
      required: ['value', 'unit'],
      properties: {
        value: { type: 'string', pattern: `^-?\\d+(\\.\\d{1,${Math.max(1, scale)}})?$` },
        unit: { type: 'string', enum: units.map(({ code }) => code), description: 'UCUM' },
      },
    },
    typescript: '{ readonly value: string; readonly unit: string }',
  };
}

/** `12.5 kg`: what `parse` reads back. */
export function quantityText(value: Value): string {
  const { value: amount, unit } = quantityOf(value);
  return `${amount} ${unit}`;
}

function parse(measure: Measure, bounds: Bounds<string>, first: Unit, input: unknown): Parsed {
  const given = apart(input);
  if (given === null) {
    const { code } = first;
    return faulty(
      'not_quantity',
      `Une valeur et son unité sont attendues : « 12,5 ${code} ».`,
      `A value and its unit are expected: “12.5 ${code}”.`,
    );
  }
  const code = given.unit ?? (measure.units.length === 1 ? first.code : '');
  const unit = measure.units.find((one) => one.code === code);
  if (unit === undefined) return unknownUnit(measure, code);
  const scaled = toScaled(decimalInput(given.value) ?? '', measure.scale);
  if (!scaled.ok) return scaleFault(scaled.why, measure.scale);
  const steps = stepsOf(measure, unit, scaled.units);
  if (steps === null) return scaleFault('too_large', measure.scale);
  return (
    outside(measure, bounds, first, steps) ?? parsed({ value: fromScaled(scaled.units, measure.scale, 0), unit: code })
  );
}

/** `{"value": "12.5", "unit": "kg"}` or `12,5 kg`; without a unit where only one may be. */
function apart(input: unknown): { readonly value: unknown; readonly unit: string | null } | null {
  if (typeof input === 'number') return { value: input, unit: null };
  if (typeof input === 'string') {
    const match = /^([+-]?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)(?:[\s\u00a0\u202f]*(\S+(?: \S+)*))?$/.exec(input.trim());
    return match === null ? null : { value: match[1], unit: match[2] ?? null };
  }
  if (typeof input !== 'object' || input === null || !('value' in input)) return null;
  const unit = 'unit' in input && typeof input.unit === 'string' ? input.unit.trim() : null;
  return { value: input.value, unit };
}

function unknownUnit({ units }: Measure, code: string): Parsed {
  const listed = units.map((one) => one.code).join(', ');
  return faulty(
    'unit',
    code === '' ? `Donnez l’unité : ${listed}.` : `Unité « ${code} » refusée. Unités possibles : ${listed}.`,
    code === '' ? `Give the unit: ${listed}.` : `Unit “${code}” refused. Possible units: ${listed}.`,
  );
}

/** Bounds are in the first unit of the list. */
function outside(measure: Measure, { min, max }: Bounds<string>, first: Unit, steps: bigint): Parsed | null {
  const at = (bound: string): bigint => stepsOf(measure, first, unitsOf(bound, measure.scale)) ?? 0n;
  const words = (bound: string): string => `${bound} ${first.code}`;
  if (min !== null && steps < at(min)) return faulty('too_small', `Au moins ${words(min)}.`, `At least ${words(min)}.`);
  if (max !== null && steps > at(max)) return faulty('too_large', `Au plus ${words(max)}.`, `At most ${words(max)}.`);
  return null;
}

function literal(code: string): string {
  return `'${code.replaceAll("'", "''")}'`;
}

function quantityOf(value: Value): Quantity {
  if (typeof value !== 'object' || value === null || !('value' in value) || !('unit' in value)) {
    return wrongValue('quantity');
  }
  const { value: amount, unit } = value;
  return typeof amount === 'string' && typeof unit === 'string' ? { value: amount, unit } : wrongValue('quantity');
}
