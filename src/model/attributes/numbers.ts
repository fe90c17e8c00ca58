import { type AttributeType, faulty, localeOf, type Parsed, parsed, textOf, wrongValue } from './attribute-type.ts';
import { decimalInput, fromScaled, type ScaleFault, showDecimal, toScaled } from './scaled.ts';

export interface Bounds<T> {
  readonly min: T | null;
  readonly max: T | null;
}

export function integerType(bounds: Bounds<number>): AttributeType {
  return {
    kind: 'integer',
    to: null,
    columns: [{ suffix: '', sqlType: 'bigint' }],
    parse: (input) => {
      const value = typeof input === 'string' && /^[+-]?\d{1,16}$/.test(input.trim()) ? Number(input) : input;
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
        return faulty('not_integer', 'Un nombre entier est attendu.', 'A whole number is expected.');
      }
      return (
        outside(
          bounds,
          (bound) => value < bound,
          (bound) => value > bound,
        ) ?? parsed(value)
      );
    },
    encode: (value) => [typeof value === 'number' ? BigInt(value) : wrongValue('integer')],
    decode: ([stored]) => (typeof stored === 'bigint' ? Number(stored) : wrongValue('integer')),
    show: (value, { language }) =>
      typeof value === 'number' ? new Intl.NumberFormat(localeOf[language]).format(value) : wrongValue('integer'),
    expression: { kind: 'integer' },
    control: { kind: 'line', inputType: 'number' },
    jsonSchema: {
      type: 'integer',
      ...(bounds.min === null ? {} : { minimum: bounds.min }),
      ...(bounds.max === null ? {} : { maximum: bounds.max }),
    },
    typescript: 'number',
  };
}

export function decimalType(scale: number, bounds: Bounds<string>): AttributeType {
  return {
    kind: 'decimal',
    to: null,
    columns: [{ suffix: '', sqlType: 'bigint' }],
    parse: (input) => {
      const scaled = toScaled(decimalInput(input) ?? '', scale);
      if (!scaled.ok) return scaleFault(scaled.why, scale);
      const fault = outside(
        bounds,

        (bound) => scaled.units < unitsOf(bound, scale),
        (bound) => scaled.units > unitsOf(bound, scale),
      );
      return fault ?? parsed(fromScaled(scaled.units, scale));
    },
    encode: (value) => [unitsOf(textOf(value), scale)],
    decode: ([stored]) => (typeof stored === 'bigint' ? fromScaled(stored, scale) : wrongValue('decimal')),
    show: (value, { language }) => showDecimal(textOf(value), localeOf[language]),
    expression: { kind: 'decimal', scale },
    control: { kind: 'line', inputType: 'text' },
    jsonSchema: { type: 'string', pattern: `^-?\\d+(\\.\\d{1,${Math.max(1, scale)}})?$` },
    typescript: 'string',
  };
}

export function unitsOf(text: string, scale: number): bigint {
  const scaled = toScaled(text, scale);
  return scaled.ok ? scaled.units : wrongValue('decimal');
}

export function scaleFault(why: ScaleFault, scale: number): Parsed {
  switch (why) {
    case 'not_decimal':
      return faulty('not_decimal', 'Un nombre est attendu, comme 12,50.', 'A number is expected, such as 12.50.');
    case 'too_precise':
      return faulty(
        'too_precise',
        `${scale} décimales au plus : la valeur n’est jamais arrondie, donnez-la exacte.`,
        `At most ${scale} decimals: values are never rounded, give it exactly.`,
      );
    case 'too_large':
      return faulty('too_large', 'Ce nombre est trop grand.', 'This number is too large.');
  }
}

function outside<T>(bounds: Bounds<T>, isBelow: (bound: T) => boolean, isAbove: (bound: T) => boolean): Parsed | null {
  const { min, max } = bounds;
  if (min !== null && isBelow(min)) return faulty('too_small', `Au moins ${min}.`, `At least ${min}.`);
  if (max !== null && isAbove(max)) return faulty('too_large', `Au plus ${max}.`, `At most ${max}.`);
  return null;
}
