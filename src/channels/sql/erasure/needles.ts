import { matchingOf, type SoughtValue } from '../matching.ts';

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
}

export function needlesOf(values: readonly PersonValue[]): readonly Needle[] {
  return values.flatMap(({ person, kind, value }) => {
    const pattern = patternOf(kind, value);
    return pattern === null ? [] : [{ person, kind, pattern }];
  });
}

/** Shorter values would be found everywhere by chance. */
const shortestExact = 5;

function patternOf(kind: string, value: string): string | null {
  switch (matchingOf(kind)) {
    case 'email':
      return `(^|[^[:alnum:]._%+-])${escaped(value)}($|[^[:alnum:]_.-]|\\.($|[^[:alnum:]]))`;
    case 'phone': {
      const isFrench = /^33[1-9]\d{8}$/.test(value);
      const digits = [...(isFrench ? value.slice(2) : value)].join('[ ./()-]*');
      const prefix = isFrench ? '(\\+?33|0033|0)?[ ./()-]*(\\(0\\))?[ ./-]*' : '';
      return `(^|[^0-9])${prefix}${digits}($|[^0-9])`;
    }
    case 'compact':
      return `(^|[^[:alnum:]])${[...value].map(escaped).join('[ .-]?')}($|[^[:alnum:]])`;
    case 'exact':
      return value.length < shortestExact ? null : `(^|[^[:alnum:]])${escaped(value)}($|[^[:alnum:]])`;
  }
}

function escaped(value: string): string {
  return value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
