/**
 * Atoms of UCUM (The Unified Code for Units of Measure, https://ucum.org, case-sensitive codes) that an organisation meets, each
 * in terms of others, down to those of `baseUnits`. Left out: special units on a logarithm (pH, B), and those whose factor is not an
 * exact fraction. Angles by degrees are a dimension of their own, since a radian is not an exact fraction of one.
 */
export interface Atom {
  /** How many `unit` it is: an exact decimal, or a fraction `5/9`. */
  readonly times: string;
  readonly unit: string;
  /** Takes prefixes: `kg`, `mL`. */
  readonly isMetric?: true;
  /** Added after multiplying, in `unit`: temperatures. Such an atom stands alone. */
  readonly plus?: string;
}

export const baseUnits: ReadonlySet<string> = new Set(['m', 'g', 's', 'K', 'C', 'cd', 'mol', 'rad', 'deg', 'bit']);

const atom = (times: string, unit: string): Atom => ({ times, unit });
const metric = (times: string, unit: string): Atom => ({ times, unit, isMetric: true });

export const atoms: Readonly<Record<string, Atom>> = {
  '%': atom('0.01', '1'),
  '[ppth]': atom('0.001', '1'),
  '[ppm]': atom('0.000001', '1'),
  '[ppb]': atom('0.000000001', '1'),
  min: atom('60', 's'),
  h: atom('60', 'min'),
  d: atom('24', 'h'),
  wk: atom('7', 'd'),
  a: atom('365.25', 'd'),
  mo: atom('1/12', 'a'),
  Hz: metric('1', 's-1'),
  N: metric('1', 'kg.m/s2'),
  Pa: metric('1', 'N/m2'),
  bar: metric('100000', 'Pa'),
  atm: atom('101325', 'Pa'),
  J: metric('1', 'N.m'),
  cal: metric('4.184', 'J'),
  W: metric('1', 'J/s'),
  A: metric('1', 'C/s'),
  V: metric('1', 'J/C'),
  F: metric('1', 'C/V'),
  Ohm: metric('1', 'V/A'),
  S: metric('1', 'A/V'),
  Wb: metric('1', 'V.s'),
  T: metric('1', 'Wb/m2'),
  H: metric('1', 'Wb/A'),
  lm: metric('1', 'cd'),
  lx: metric('1', 'lm/m2'),
  Bq: metric('1', 's-1'),
  Gy: metric('1', 'J/kg'),
  Sv: metric('1', 'J/kg'),
  L: metric('1', 'dm3'),
  l: metric('1', 'dm3'),
  st: metric('1', 'm3'),
  ar: metric('100', 'm2'),
  t: metric('1000', 'kg'),
  tex: metric('1', 'g/km'),
  By: metric('8', 'bit'),
  Bd: metric('1', 's-1'),
  "'": atom('1/60', 'deg'),
  "''": atom('1/3600', 'deg'),
  gon: atom('0.9', 'deg'),
  circ: atom('360', 'deg'),
  Cel: { times: '1', unit: 'K', plus: '273.15' },
  '[degF]': { times: '5/9', unit: 'K', plus: '45967/180' },
  '[in_i]': atom('2.54', 'cm'),
  '[ft_i]': atom('12', '[in_i]'),
  '[yd_i]': atom('3', '[ft_i]'),
  '[mi_i]': atom('5280', '[ft_i]'),
  '[nmi_i]': atom('1852', 'm'),
  '[kn_i]': atom('1', '[nmi_i]/h'),
  '[lb_av]': atom('453.59237', 'g'),
  '[oz_av]': atom('1/16', '[lb_av]'),
  '[gal_us]': atom('231', '[in_i]3'),
};

/** Powers of ten, and of two for bits and bytes. */
export const prefixes: Readonly<Record<string, readonly [base: number, exponent: number]>> = {
  Y: [10, 24],
  Z: [10, 21],
  E: [10, 18],
  P: [10, 15],
  T: [10, 12],
  G: [10, 9],
  M: [10, 6],
  k: [10, 3],
  h: [10, 2],
  da: [10, 1],
  d: [10, -1],
  c: [10, -2],
  m: [10, -3],
  u: [10, -6],
  n: [10, -9],
  p: [10, -12],
  f: [10, -15],
  a: [10, -18],
  Ki: [2, 10],
  Mi: [2, 20],
  Gi: [2, 30],
  Ti: [2, 40],
};

/** How people write what UCUM writes otherwise. */
export const symbols: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  '1': { fr: '', en: '' },
  Cel: { fr: '°C', en: '°C' },
  '[degF]': { fr: '°F', en: '°F' },
  deg: { fr: '°', en: '°' },
  "'": { fr: '′', en: '′' },
  "''": { fr: '″', en: '″' },
  d: { fr: 'j', en: 'd' },
  wk: { fr: 'sem.', en: 'wk' },
  mo: { fr: 'mois', en: 'mo' },
  a: { fr: 'an', en: 'yr' },
  ar: { fr: 'a', en: 'a' },
  har: { fr: 'ha', en: 'ha' },
  '[ppth]': { fr: '‰', en: '‰' },
  '[ppm]': { fr: 'ppm', en: 'ppm' },
  '[ppb]': { fr: 'ppb', en: 'ppb' },
  By: { fr: 'o', en: 'B' },
  '[in_i]': { fr: 'po', en: 'in' },
  '[ft_i]': { fr: 'pi', en: 'ft' },
  '[yd_i]': { fr: 'yd', en: 'yd' },
  '[mi_i]': { fr: 'mi', en: 'mi' },
  '[nmi_i]': { fr: 'M', en: 'nmi' },
  '[kn_i]': { fr: 'nd', en: 'kn' },
  '[lb_av]': { fr: 'lb', en: 'lb' },
  '[oz_av]': { fr: 'oz', en: 'oz' },
  '[gal_us]': { fr: 'gal', en: 'gal' },
  Ohm: { fr: 'Ω', en: 'Ω' },
};
