import type { Language } from '../../kernel/index.ts';
import { dividedBy, none, one, power, type Rational, rational, times } from './rational.ts';
import { atoms, baseUnits, prefixes, symbols } from './unit-table.ts';

/** A unit of measure, by its UCUM code: `kg`, `km/h`, `kW.h`, `m3`, `{piece}`. */
export interface Unit {
  readonly code: string;
  /** A value in base units is `value * factor + offset`; only temperatures have an offset. */
  readonly factor: Rational;
  readonly offset: Rational;
  /** Base units with their exponents, in one spelling: two units convert into each other when theirs are the same. */
  readonly dimension: string;
}

/** Base units (and annotations, which count different things) with their exponents. */
type Exponents = ReadonlyMap<string, number>;

interface Meaning {
  readonly factor: Rational;
  readonly offset: Rational;
  readonly exponents: Exponents;
}

/** Longer codes are nobody's unit. */
const longestCode = 60;
const mostRemembered = 1_000;
const known = new Map<string, Unit>();

/** The unit a UCUM code means; null for one that isn't known. */
export function unitOf(code: string): Unit | null {
  const found = known.get(code);
  if (found !== undefined) return found;
  const unit = readUnit(code);
  if (unit !== null && known.size < mostRemembered) known.set(code, unit);
  return unit;
}

function readUnit(code: string): Unit | null {
  if (code === '' || code.length > longestCode) return null;
  const reader = new CodeReader(code);
  const meaning = reader.term();
  if (meaning === null || !reader.isAtEnd) return null;
  const dimension = [...meaning.exponents]
    .filter(([, exponent]) => exponent !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, exponent]) => `${name}${exponent}`)
    .join('.');
  return { code, factor: meaning.factor, offset: meaning.offset, dimension };
}

/** UCUM's grammar: components joined by `.` and `/`, an exponent behind an atom, parentheses, and annotations in braces. */
class CodeReader {
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#code.length;
  }

  term(): Meaning | null {
    let meaning: Meaning | null = { factor: one, offset: none, exponents: new Map() };
    let isOver = this.#take('/');
    let isFirst = !isOver;
    for (;;) {
      const component = this.#component();
      if (component === null || meaning === null) return null;
      const isAlone = isFirst && !['.', '/'].includes(this.#code.charAt(this.#at));
      // A temperature with an offset can't be part of a product.
      if (component.offset.over !== 0n && !isAlone) return null;
      meaning = isFirst ? component : combined(meaning, component, isOver ? -1 : 1);
      isFirst = false;
      if (this.#take('.')) isOver = false;
      else if (this.#take('/')) isOver = true;
      else return meaning;
    }
  }

  #component(): Meaning | null {
    const annotation = this.#match(/\{[!-z|~\u00a0-\uffff ]{1,30}\}/y);
    if (annotation !== null) return { factor: one, offset: none, exponents: new Map([[annotation, 1]]) };
    if (this.#take('(')) {
      const inner = this.term();
      return inner !== null && this.#take(')') ? inner : null;
    }
    const ten = this.#match(/10[*^][+-]?\d{1,2}/y);
    if (ten !== null) return plain(power(rational(10n), Number(ten.slice(3))));
    const digits = this.#match(/\d{1,15}/y);
    if (digits !== null) return digits === '0'.repeat(digits.length) ? null : plain(rational(BigInt(digits)));
    const symbol = this.#match(/(?:[A-Za-z%'"]|\[[A-Za-z_]+\])+/y);
    const found = symbol === null ? null : meaningOf(symbol);
    if (found === null) return null;
    const exponent = this.#match(/[+-]?\d/y);
    if (exponent === null) return found;
    return found.offset.over === 0n && Number(exponent) !== 0 ? raised(found, Number(exponent)) : null;
  }

  #take(character: string): boolean {
    if (this.#code.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#code) ?? [];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }
}

function plain(factor: Rational): Meaning {
  return { factor, offset: none, exponents: new Map() };
}

function meaningOf(symbol: string): Meaning | null {
  const whole = atomMeaning(symbol);
  if (whole !== null) return whole;
  for (const length of [1, 2]) {
    const prefix = Object.hasOwn(prefixes, symbol.slice(0, length)) ? prefixes[symbol.slice(0, length)] : undefined;
    const rest = symbol.slice(length);
    const takesPrefix = baseUnits.has(rest) || (Object.hasOwn(atoms, rest) && atoms[rest]?.isMetric === true);
    const meaning = prefix !== undefined && takesPrefix && rest !== 'deg' ? atomMeaning(rest) : null;
    if (prefix === undefined || meaning === null) continue;
    return { ...meaning, factor: times(meaning.factor, power(rational(BigInt(prefix[0])), prefix[1])) };
  }
  return null;
}

function atomMeaning(symbol: string): Meaning | null {
  if (baseUnits.has(symbol)) return { factor: one, offset: none, exponents: new Map([[symbol, 1]]) };
  const atom = Object.hasOwn(atoms, symbol) ? atoms[symbol] : undefined;
  if (atom === undefined) return null;
  const of = atom.unit === '1' ? plain(one) : new CodeReader(atom.unit).term();
  if (of === null) throw new Error(`${symbol} is made of an unknown unit`);
  return { ...of, factor: times(of.factor, exactly(atom.times)), offset: exactly(atom.plus ?? '0') };
}

/** `2.54`, `5/9`. */
function exactly(text: string): Rational {
  const [over = '0', under = '1'] = text.split('/');
  const [whole = '0', decimals = ''] = over.split('.');
  return dividedBy(rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length)), rational(BigInt(under)));
}

function combined(a: Meaning, b: Meaning, sign: 1 | -1): Meaning {
  const exponents = new Map(a.exponents);
  for (const [name, exponent] of b.exponents) exponents.set(name, (exponents.get(name) ?? 0) + sign * exponent);
  return { factor: times(a.factor, power(b.factor, sign)), offset: none, exponents };
}

function raised(meaning: Meaning, exponent: number): Meaning {
  return {
    factor: power(meaning.factor, exponent),
    offset: none,
    exponents: new Map([...meaning.exponents].map(([name, given]) => [name, given * exponent])),
  };
}

function isAtom(symbol: string): boolean {
  return baseUnits.has(symbol) || Object.hasOwn(atoms, symbol) || Object.hasOwn(symbols, symbol);
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `kW.h` as people read it: kW·h; `m3`: m³; `{piece}`: piece. */
export function unitWords(code: string, language: Language): string {
  const own = Object.hasOwn(symbols, code) ? symbols[code] : undefined;
  if (own !== undefined) return own[language];
  return code
    .split(/([./()])/)
    .map((part) => (part === '.' ? '·' : partWords(part, language)))
    .join('');
}

function partWords(part: string, language: Language): string {
  const annotation = /^\{(.*)\}$/.exec(part)?.[1];
  if (annotation !== undefined) return annotation;
  const [, symbol = part, minus = '', digits = ''] = /^([^\d]+?)(-?)(\d)$/.exec(part) ?? [];
  const raisedTo = digits === '' ? '' : `${minus === '' ? '' : '⁻'}${superscripts[Number(digits)] ?? digits}`;
  const prefix = ['Ki', 'Mi', 'Gi', 'Ti', 'da', ...'YZEPTGMkhdcmunpfa'].find(
    (one) => symbol.startsWith(one) && symbol.length > one.length && !isAtom(symbol),
  );
  const atomText = (name: string): string =>
    Object.hasOwn(symbols, name) ? (symbols[name]?.[language] ?? name) : name;
  if (prefix === undefined) return atomText(symbol) + raisedTo;
  return `${prefix === 'u' ? 'µ' : prefix}${atomText(symbol.slice(prefix.length))}${raisedTo}`;
}
