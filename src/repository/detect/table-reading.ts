import type { Text } from '../../kernel/index.ts';
import { wordsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

/**
 * What the rows of a table are. *Belongings* are things of one or several persons (an address, a card);
 * *activity* is what they did (an order, a visit); *reference* is about nobody (products, countries, settings).
 */
export type TableRole = 'persons' | 'belongings' | 'activity' | 'reference';

export interface TableReading {
  readonly role: TableRole;
  readonly confidence: number;
  readonly reason: Text;
  /** The kind of person that the rows are or belong to: customer, employee, patient… */
  readonly person: Concept | null;
  readonly words: readonly string[];
  /** The words that all the table's columns begin with (`cli_`), dropped from each. */
  readonly prefix: string | null;
  /** Words of all the schema's tables, which its columns may abbreviate. */
  readonly hints: readonly string[];
}

/** A column's own words: without the prefix of all columns, nor the table's own name at the end (`NOMDEM`). */
export function fieldWords(name: string, table: Pick<TableReading, 'prefix' | 'words' | 'hints'>): readonly string[] {
  const words = withoutPrefix(wordsOf(name, table.hints), table.prefix);
  const last = words.at(-1);
  const isFused = !/[^A-Za-z]/.test(name);
  return isFused && words.length > 1 && last !== undefined && table.words.includes(last) ? words.slice(0, -1) : words;
}

function withoutPrefix(words: readonly string[], prefix: string | null): readonly string[] {
  return prefix !== null && words.length > 1 && words[0] === prefix ? words.slice(1) : words;
}
