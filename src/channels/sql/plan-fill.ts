import type { Column } from './catalogue.ts';
import { identityKindOf } from './names.ts';
import type { Fill, Redaction } from './plan.ts';

/** Longest replacement text; long enough to be distinct in any table. */
const tokenLength = 24;
const emailLength = 29;

type PlainFill = Exclude<Fill, Redaction>;

/** The first value to try; constraints that refuse it are found out against the database (`settlePlan`). */
export function fillFor(
  column: Column,
  need: { readonly isUnique: boolean; readonly isNullAllowed: boolean },
): PlainFill {
  if (need.isNullAllowed) return { kind: 'null' };
  if (need.isUnique) {
    const token = tokenFor(column);
    if (token !== null) return token;
  }
  const [value] = valuesFor(column);
  return value === undefined ? { kind: 'null' } : valueIn(column, value);
}

/** The same value in every row that holds one. */
export function valueIn(column: Column, value: string): Extract<Fill, { kind: 'value' }> {
  return column.nullable ? { kind: 'value', value, keepsNull: true } : { kind: 'value', value };
}

/** A value of its own in each row, for what must be unique. */
export function tokenFor(column: Column): PlainFill | null {
  switch (column.family) {
    case 'text': {
      const isEmail = identityKindOf(column.name) === 'email' && (column.length ?? emailLength) >= emailLength;
      return isEmail
        ? { kind: 'token', shape: 'email', length: emailLength }
        : { kind: 'token', shape: 'text', length: Math.min(column.length ?? tokenLength, tokenLength) };
    }
    case 'number': {
      const digits = column.digits ?? { precision: 9, scale: 0 };
      return { kind: 'token', shape: 'number', length: Math.min(Math.max(digits.precision - digits.scale, 1), 15) };
    }
    case 'uuid':
      return { kind: 'token', shape: 'uuid', length: 32 };
    case 'bytes':
      return { kind: 'token', shape: 'bytes', length: 16 };
    default:
      return null;
  }
}

/** Values to try where NULL is impossible, the plainest first; none names anyone. */
export function valuesFor(column: Column): readonly string[] {
  switch (column.family) {
    case 'text':
      return textsFor(column);
    case 'number':
      return ['0', '1', '-1', '9', '99', '999', '99999', '100000', '999999999'];
    case 'boolean':
      return ['false', 'true'];
    case 'date':
      return column.baseType.startsWith('time') && !column.baseType.startsWith('timestamp')
        ? ['00:00', '12:00']
        : ['1900-01-01', '1970-01-01', '2000-01-01', '9999-12-31'];
    case 'interval':
      return ['0'];
    case 'uuid':
      return ['00000000-0000-0000-0000-000000000000'];
    case 'json':
      return ['{}', '[]', 'null', '""'];
    case 'bytes':
      return ['', '\\x00'];
    case 'network':
      return column.baseType.startsWith('macaddr')
        ? ['00:00:00:00:00:00', '00:00:00:00:00:00:00:00']
        : ['0.0.0.0', '::'];
    case 'array':
      return ['{}', '{""}', '{0}'];
    case 'enum': {
      const label = neutralLabel(column.enumLabels);
      return label === undefined ? [] : [label];
    }
    case 'xml':
      return ['<erased/>', ''];
    case 'search':
      return [''];
    case 'range':
      return ['empty'];
    case 'other':
      return ['', '(0,0)', '0', '((0,0),(0,0))', '{}'];
  }
}

/** Forms that checks ask for: non-empty, an e-mail, digits of some length, a date, capitals. */
function textsFor(column: Column): readonly string[] {
  const longest = Math.min(column.length ?? 40, 40);
  const sized = Array.from({ length: longest }, (_, index) => index + 1).flatMap((size) =>
    ['x', '0', 'X'].map((letter) => letter.repeat(size)),
  );
  const texts = [
    '',
    '-',
    'erased',
    'Erased',
    'erased@erased.invalid',
    'e@e.eu',
    '00000',
    '0000000000',
    '+33000000000',
    '+330000000000',
    '00 00 00 00 00',
    '1900-01-01',
    'https://erased.invalid/',
    '{}',
    '0.0.0.0',
    'FR7600000000000000000000000',
    ...sized,
  ];
  return [...new Set(texts)].filter((text) => text.length <= (column.length ?? text.length));
}

const neutral = [
  'unknown',
  'inconnu',
  'inconnue',
  'none',
  'aucun',
  'aucune',
  'other',
  'autre',
  'undisclosed',
  'unspecified',
  'non_renseigne',
  'nc',
  'na',
  'n/a',
  'x',
  'u',
  '',
];

export function neutralLabel(labels: readonly string[]): string | undefined {
  return neutral
    .flatMap((word) => labels.filter((label) => label.toLowerCase().replaceAll(/[ -]/g, '_') === word))
    .at(0);
}
