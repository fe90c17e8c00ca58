import { matchingOf, type SoughtValue } from '../matching.ts';
import type { Matching } from '../plan.ts';

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
}

export function needlesOf(values: readonly PersonValue[]): readonly Needle[] {
  return values.flatMap(({ person, kind, value }) => {
    if (matchingOf(kind) === 'exact' && value.length < shortestExact) return [];
    const text = textOf(kind, value);
    const { inWord, end, notAfter } = borders[matchingOf(kind)];
    const redaction = isUnmistakable(kind, value) ? `(?<![${inWord}])${text}(?!${notAfter})` : null;
    return [{ person, kind, pattern: `(^|[^${inWord}])${text}($|${end})`, redaction }];
  });
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

function textOf(kind: string, value: string): string {
  switch (matchingOf(kind)) {
    case 'phone': {
      const isFrench = /^33[1-9]\d{8}$/.test(value);
      const digits = [...(isFrench ? value.slice(2) : value)].join('[ ./()-]*');
      const prefix = isFrench ? '(\\+?33|0033|0)?[ ./()-]*(\\(0\\))?[ ./-]*' : '';
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
