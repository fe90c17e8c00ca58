import { dividedBy, plus, type Rational, rational, sharedStep, times } from './rational.ts';
import { fromScaled, largestBigint } from './scaled.ts';
import { type Unit, unitOf } from './unit.ts';

/**
 * The units in which an attribute may be given, and the scale on which they compare: whole steps, of which one more decimal of any
 * unit is a whole number. Nothing is rounded: `1 [in_i]` and `2.54 cm` are the same number of steps.
 */
export interface Measure {
  readonly units: readonly Unit[];
  /** Decimals that each unit may have. */
  readonly scale: number;
  readonly dimension: string;
  /** One step, in base units. */
  readonly step: Rational;
}

export type BadMeasure =
  | { readonly why: 'unknown'; readonly unit: string }
  | { readonly why: 'apart'; readonly unit: string; readonly first: string }
  | { readonly why: 'too_far'; readonly unit: string };

/** A million of each unit fits, or the list is refused. */
const leastMost = 10n ** 6n;

export function measureOf(codes: readonly string[], scale: number): Measure | BadMeasure {
  const units: Unit[] = [];
  for (const code of codes) {
    const unit = unitOf(code);
    if (unit === null) return { why: 'unknown', unit: code };
    units.push(unit);
  }
  const [first] = units;
  if (first === undefined) return { why: 'unknown', unit: '' };
  const other = units.find(({ dimension }) => dimension !== first.dimension);
  if (other !== undefined) return { why: 'apart', unit: other.code, first: first.code };
  const steps = units.flatMap((unit) => [finest(unit, scale), unit.offset]);
  const step = steps.reduce(sharedStep);
  const measure = { units, scale, dimension: first.dimension, step };
  const far = units.find((unit) => stepsOf(measure, unit, leastMost * 10n ** BigInt(scale)) === null);
  return far === undefined ? measure : { why: 'too_far', unit: far.code };
}

export function isMeasure(found: Measure | BadMeasure): found is Measure {
  return 'step' in found;
}

/** The least that a value of the unit can grow by, in base units. */
function finest(unit: Unit, scale: number): Rational {
  return times(unit.factor, rational(1n, 10n ** BigInt(scale)));
}

/** A scaled value of the unit is `scaled * each + add` steps: whole numbers. */
export function stepsIn(measure: Pick<Measure, 'scale' | 'step'>, unit: Unit): { each: bigint; add: bigint } {
  return {
    each: dividedBy(finest(unit, measure.scale), measure.step).over,
    add: dividedBy(unit.offset, measure.step).over,
  };
}

/** The steps of a scaled value; null when there are more than can be kept. */
export function stepsOf(measure: Measure, unit: Unit, scaled: bigint): bigint | null {
  const { each, add } = stepsIn(measure, unit);
  const steps = scaled * each + add;
  return steps > largestBigint || steps < -largestBigint ? null : steps;
}

/** So many steps as a value of the unit, with the decimals it takes, nine at most. */
export function valueText(steps: bigint, unit: Unit, { step }: Measure): string {
  const { over, under } = dividedBy(plus(times(rational(steps), step), times(unit.offset, rational(-1n))), unit.factor);
  return fromScaled((over * 10n ** 9n) / under, 9, 0);
}

/** The steps of an exact value of any unit of the same dimension; null when they aren't a whole number. */
export function wholeSteps(measure: Measure, unit: Unit, value: Rational): bigint | null {
  const { over, under } = dividedBy(plus(times(value, unit.factor), unit.offset), measure.step);
  return under === 1n && over <= largestBigint && over >= -largestBigint ? over : null;
}
