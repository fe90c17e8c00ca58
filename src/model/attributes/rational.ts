/** An exact fraction in lowest terms, its divisor positive: conversions between units are never rounded. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

export function rational(over: bigint, under = 1n): Rational {
  const sign = under < 0n ? -1n : 1n;
  const shared = greatestDivisor(over, under) || 1n;
  return { over: (sign * over) / shared, under: (sign * under) / shared };
}

export const one = rational(1n);
export const none = rational(0n);

export function times(a: Rational, b: Rational): Rational {
  return rational(a.over * b.over, a.under * b.under);
}

export function dividedBy(a: Rational, b: Rational): Rational {
  return rational(a.over * b.under, a.under * b.over);
}

export function plus(a: Rational, b: Rational): Rational {
  return rational(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function power(a: Rational, exponent: number): Rational {
  const [base, count] = exponent < 0 ? [dividedBy(one, a), -exponent] : [a, exponent];
  return rational(base.over ** BigInt(count), base.under ** BigInt(count));
}

/** The largest fraction of which both are whole multiples; zero is a multiple of any. */
export function sharedStep(a: Rational, b: Rational): Rational {
  return rational(greatestDivisor(a.over * b.under, b.over * a.under), a.under * b.under);
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
