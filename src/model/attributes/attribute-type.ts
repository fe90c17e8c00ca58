import type { Json, Language, Text } from '../../kernel/index.ts';
import type { Measure } from './measure.ts';

export interface Money {
  /** Exact decimal text: `"12.50"`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Quantity {
  /** Exact decimal text: `"12.5"`. */
  readonly value: string;
  /** A UCUM code. */
  readonly unit: string;
}

/**
 * What an attribute holds, as the API says it: dates as `YYYY-MM-DD`, instants as ISO 8601 in UTC, decimals as exact text,
 * references as ids. Null is "not filled".
 */
export type Value = Json | Money;
export type Values = Readonly<Record<string, Value>>;

/** What is wrong with one value, in words that say what to do. */
export interface Fault {
  readonly code: string;
  readonly text: Text;
}

export type Parsed = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

export interface ColumnSpec {
  /** Appended to the attribute's column name: empty but for types with several columns. */
  readonly suffix: string;
  /** PostgreSQL type as `format_type` says it, collation apart. */
  readonly sqlType: string;
}

/** How the expression compiler and the sort treat it. */
export type ExpressionKind =
  | {
      readonly kind:
        | 'text'
        | 'integer'
        | 'boolean'
        | 'date'
        | 'datetime'
        | 'duration'
        | 'reference'
        | 'texts'
        | 'money';
    }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'quantity'; readonly measure: Measure }
  /** Whether it is filled, and its parts: `delivery.city`. */
  | { readonly kind: 'address' }
  /** Can't be used in filters. */
  | { readonly kind: 'none' };

/** Which form control edits it. */
export type Control =
  | {
      readonly kind: 'line';
      readonly inputType: 'text' | 'email' | 'tel' | 'url' | 'date' | 'datetime-local' | 'number';
    }
  | { readonly kind: 'area' }
  | { readonly kind: 'choice' | 'choices'; readonly options: readonly Option[] }
  | { readonly kind: 'money' | 'address' }
  | { readonly kind: 'quantity'; readonly units: readonly Option[] }
  | { readonly kind: 'localised'; readonly multiline: boolean }
  | { readonly kind: 'file'; readonly accept: readonly string[] | null; readonly maxBytes: number }
  | { readonly kind: 'reference'; readonly to: readonly string[] };

export interface Option {
  readonly value: string;
  readonly label: Text;
}

/**
 * One attribute type with its options: everything the product must know of it, in one place. A new type is one new file.
 */
export interface AttributeType {
  readonly kind: AttributeKind;
  /** The type a reference points to; null when there are several. */
  readonly to: string | null;
  /** The types it may point to, of a reference to any of several. */
  readonly among?: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /** Reads what a caller gave. Empty text and null mean "not filled" and never come here. */
  parse(input: unknown): Parsed;
  /** One database value for each column. */
  encode(value: Value): readonly unknown[];
  /** From what the database gave. */
  decode(stored: readonly unknown[]): Value;
  /** Columns that the database works out from the others, at every write: each with its expression, given their names. */
  derived?(columns: readonly string[]): readonly { readonly column: string; readonly sql: string }[];
  /** What must hold of the columns where they are filled, as SQL: rows in the way of a narrower type are found by it. */
  within?(columns: readonly string[]): string;
  /** In words, for pages and history. Never called with null. */
  show(value: Value, reading: Reading): string;
  readonly expression: ExpressionKind;
  readonly control: Control;
  /** JSON Schema of the value in the API. */
  readonly jsonSchema: { readonly [key: string]: Json };
  /** TypeScript of the value in generated types. */
  readonly typescript: string;
}

export interface Reading {
  readonly language: Language;
  readonly timeZone: string;
}

export const attributeKinds = [
  'text',
  'integer',
  'decimal',
  'money',
  'quantity',
  'boolean',
  'date',
  'datetime',
  'duration',
  'choice',
  'choices',
  'email',
  'phone',
  'url',
  'country',
  'identifier',
  'address',
  'json',
  'file',
  'reference',
  'sequence',
] as const;
export type AttributeKind = (typeof attributeKinds)[number];

/** The types of object that an attribute may refer to; none for those that aren't references. */
export function targetsOf({ to, among }: Pick<AttributeType, 'to' | 'among'>): readonly string[] {
  return among ?? (to === null ? [] : [to]);
}

export function parsed(value: Value): Parsed {
  return { ok: true, value };
}

export function faulty(code: string, fr: string, en: string): Parsed {
  return { ok: false, fault: { code: `value.${code}`, text: { fr, en } } };
}

/** Where a value that was checked on its way in is not what it must be: a bug, not a refusal. */
export function wrongValue(kind: string): never {
  throw new Error(`a stored or parsed value is not a ${kind}`);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : wrongValue('text');
}

export const localeOf: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

const text = { suffix: '', sqlType: 'text' } as const;

/** What the types kept as one text column share. */
export const textStorage = {
  to: null,
  columns: [text],
  encode: (value: Value): readonly unknown[] => [textOf(value)],
  decode: ([stored]: readonly unknown[]): Value => textOf(stored),
  show: (value: Value): string => textOf(value),
  expression: { kind: 'text' },
  typescript: 'string',
} as const satisfies Partial<AttributeType>;
