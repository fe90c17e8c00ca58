import type { TypeFamily } from '../catalogue.ts';

/** A declared type may be any words: the first that is known says what the column is for. */
const families: readonly (readonly [RegExp, TypeFamily])[] = [
  [/bool|^tinyint\(1\)/i, 'boolean'],
  [/json/i, 'json'],
  [/uuid|guid/i, 'uuid'],
  [/date|time/i, 'date'],
  [/char|clob|text/i, 'text'],
  [/blob|binary/i, 'bytes'],
  [/int|real|floa|doub|num|dec|money/i, 'number'],
];

export function familyOf(type: string): TypeFamily {
  return families.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
}

/** `varchar(40)`: SQLite doesn't hold to it; the application may. */
export function lengthOf(type: string): number | null {
  const length = /char[^(]*\((\d+)\)/i.exec(type)?.[1];
  return length === undefined ? null : Number(length);
}

export function digitsOf(type: string): { precision: number; scale: number } | null {
  if (familyOf(type) !== 'number') return null;
  const [, precision, scale] = /\((\d+)(?:\s*,\s*(\d+))?\)/.exec(type) ?? [];
  return { precision: Math.min(Number(precision ?? '9'), 15), scale: Number(scale ?? '0') };
}
