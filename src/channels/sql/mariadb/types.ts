import type { TypeFamily } from '../catalogue.ts';

const byName: Readonly<Record<string, TypeFamily>> = {
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'enum',
  set: 'enum',
  tinyint: 'number',
  smallint: 'number',
  mediumint: 'number',
  int: 'number',
  bigint: 'number',
  decimal: 'number',
  float: 'number',
  double: 'number',
  year: 'number',
  date: 'date',
  datetime: 'date',
  timestamp: 'date',
  time: 'date',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  bit: 'bytes',
  json: 'json',
  uuid: 'uuid',
  inet4: 'network',
  inet6: 'network',
};

export function familyOf(dataType: string, type: string): TypeFamily {
  // What applications call a boolean.
  if (/^(tinyint|bit)\(1\)/i.test(type)) return 'boolean';
  return byName[dataType.toLowerCase()] ?? 'other';
}

/** Digits that always fit. */
const whole: Readonly<Record<string, number>> = { tinyint: 2, smallint: 4, mediumint: 6, int: 9, bigint: 15, year: 1 };

export function digitsOf(
  dataType: string,
  precision: number | null,
  scale: number | null,
): { precision: number; scale: number } | null {
  const digits = whole[dataType.toLowerCase()];
  if (digits !== undefined) return { precision: digits, scale: 0 };
  return dataType.toLowerCase() === 'decimal' ? { precision: precision ?? 10, scale: scale ?? 0 } : null;
}

/** Labels of `enum('a','it''s')`; a set may also be empty. */
export function labelsOf(type: string): readonly string[] {
  const list = /^(enum|set)\((.*)\)/is.exec(type);
  if (list === null) return [];
  const labels = [...(list[2] ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((match) =>
    (match[1] ?? '').replaceAll("''", "'"),
  );
  return list[1]?.toLowerCase() === 'set' ? [...labels, ''] : labels;
}

/** Whether a check says that the column is a JSON document: MariaDB's JSON is a text and this check. */
export function isJsonCheck(expression: string, column: string): boolean {
  return expression.toLowerCase().replaceAll(/[`"]/g, '') === `json_valid(${column.toLowerCase()})`;
}
