import { isShareable, matchingOf, type SoughtValue } from '../matching.ts';
import type { Matching } from '../plan.ts';
import { nameWords } from './person-names.ts';

/** A value of a person, as it was sought or found in their own rows. */
export interface PersonValue extends SoughtValue {
  /** Index of the person in the batch. */
  readonly person: number;
}

/** A strong value as it may be written inside a text. */
export interface Needle {
  readonly person: number;
  readonly kind: string;
  /** Case-insensitive regular expression of the engine, with the borders of a word. */
  readonly pattern: string;
  /** The same without its borders, to take the value out of a text; null when a text may hold it by chance. */
  readonly redaction: string | null;
  /** Others may have the same: a telephone of a household. It stays in their rows. */
  readonly isShared: boolean;
  /** A pattern of LIKE that every text with the value matches; null when the value has no digits. */
  readonly digits: string | null;
}

export function needlesOf(values: readonly PersonValue[]): readonly Needle[] {
  return values.flatMap(({ person, kind, value }) => {
    if (matchingOf(kind) === 'exact' && value.length < shortestExact) return [];
    const text = textOf(kind, value);
    const { inWord, end, notAfter } = borders[matchingOf(kind)];
    const redaction = isUnmistakable(kind, value) ? `(?<![${inWord}])${text}(?!${notAfter})` : null;
    const pattern = `(^|[^${inWord}])${text}($|${end})`;
    return [{ person, kind, pattern, redaction, isShared: isShareable(kind), digits: digitsInOrder(kind, value) }];
  });
}

/**
 * The same for identifiers that nobody else's row has. A telephone that is the whole of a field stays: it is how somebody
 * else is reached there.
 */
export function ownNeedlesOf(values: readonly PersonValue[]): readonly Needle[] {
  return values.flatMap((value) =>
    needlesOf([value]).flatMap((needle) => {
      if (!needle.isShared) return [needle];
      const text = textOf(value.kind, value.value);
      const inSentence = `(?<=[[:alpha:][:space:]:;,(])${text}(?![[:alnum:]])|(?<![[:alnum:]])${text}(?=[[:space:]:;,.)])`;
      return [needle, { ...needle, redaction: `(${inSentence})`, isShared: false }];
    }),
  );
}

/** Shorter values would be found everywhere by chance. */
const shortestExact = 5;

const wordBorders = { inWord: '[:alnum:]', end: '[^[:alnum:]]', notAfter: '[[:alnum:]]' };

/** What may stand before a value, what ends it, and what may not follow it. A full stop ends a sentence, not a domain. */
const borders: Readonly<Record<Matching, typeof wordBorders>> = {
  email: {
    inWord: '[:alnum:]._%+-',
    end: '[^[:alnum:]_.-]|\\.($|[^[:alnum:]])',
    notAfter: '[[:alnum:]_-]|\\.[[:alnum:]]',
  },
  phone: { inWord: '0-9', end: '[^0-9]', notAfter: '[0-9]' },
  compact: wordBorders,
  exact: wordBorders,
};

/** A French number without its country: it is written with or without. */
function nationalPhone(value: string): string | null {
  return /^33([1-9]\d{8})$/.exec(value)?.[1] ?? null;
}

/**
 * What LIKE tells of a text many times faster than the pattern of a value, or its comparable form: whether it has the digits
 * of the value in their order. Null when the value has none.
 */
export function digitsInOrder(kind: string, value: string): string | null {
  const written = matchingOf(kind) === 'phone' ? (nationalPhone(value) ?? value) : value;
  const digits = written.replaceAll(/[^0-9]/g, '');
  return digits === '' ? null : `%${[...digits].join('%')}%`;
}

function textOf(kind: string, value: string): string {
  switch (matchingOf(kind)) {
    case 'phone': {
      const national = nationalPhone(value);
      const digits = [...(national ?? value)].join('[ ./()-]*');
      const prefix = national !== null ? '(\\+?33|0033|0)?[ ./()-]*(\\(0\\))?[ ./-]*' : '';
      return `${prefix}${digits}`;
    }
    case 'compact':
      return [...value].map(escaped).join('[ .-]?');
    case 'email':
    case 'exact':
      return escaped(value);
  }
}

/** A bare number or a short word may stand in a text for something else: a price, an order, a town. */
function isUnmistakable(kind: string, value: string): boolean {
  if (matchingOf(kind) !== 'exact') return true;
  return value.length >= 8 || (/[a-z]/i.test(value) && /\d/.test(value));
}

function escaped(value: string): string {
  return value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A UUID, or an id made by an application (cuid, ulid): nobody writes it by chance. */
export function isOpaqueKey(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) || /^(?=.*\d)[0-9a-z_-]{20,40}$/i.test(value);
}

/** A row of a person and its names, each column by its place. */
export type NameRow = { readonly person: number } & { readonly [name: `n${number}`]: string | null };

/** A row that an identifier of the kind found. */
export type NamedRow = NameRow & { readonly kind: string };

/**
 * What the names of rows found by a person's identifiers say: `one` person; `several`, and nobody can tell which one asks;
 * or `shared`, when only a telephone or an account leads to somebody else.
 */
export function judgeNames(rows: readonly NamedRow[]): 'one' | 'several' | 'shared' {
  const [shared, strong] = [rows.filter((row) => isShareable(row.kind)), rows.filter((row) => !isShareable(row.kind))];
  if (!areOnePerson(strong)) return 'several';
  if (areOnePerson(rows)) return 'one';
  return strong.length > 0 && shared.length > 0 ? 'shared' : 'several';
}

function areOnePerson(rows: readonly NameRow[]): boolean {
  return rows.every((one) => rows.every((other) => mayBeOnePerson(one, other)));
}

/** Whether the names of two rows may be one person's: the words of one are among the words of the other. */
function mayBeOnePerson(one: NameRow, other: NameRow): boolean {
  const [a, b] = [wordsOfNames(one), wordsOfNames(other)];
  const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
    [...inner].every((word) => outer.has(word));
  return isWithin(a, b) || isWithin(b, a);
}

function wordsOfNames({ person: _person, ...names }: NameRow): ReadonlySet<string> {
  const text = Object.entries(names).flatMap(([column, value]) => (/^n\d$/.test(column) ? [value ?? ''] : []));
  return new Set(nameWords(text.join(' ')).filter((word) => word.length > 1));
}
