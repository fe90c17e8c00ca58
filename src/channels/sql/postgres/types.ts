import type { TypeFamily } from '../catalogue.ts';

const byName: Readonly<Record<string, TypeFamily>> = {
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  hstore: 'other',
  bytea: 'bytes',
  xml: 'xml',
  tsvector: 'search',
  macaddr: 'network',
  macaddr8: 'network',
  citext: 'text',
};

/** Type categories of the catalogue (PostgreSQL documentation, pg_type, "typcategory codes"). */
const byCategory: Readonly<Record<string, TypeFamily>> = {
  A: 'array',
  B: 'boolean',
  D: 'date',
  E: 'enum',
  I: 'network',
  N: 'number',
  R: 'range',
  S: 'text',
  T: 'interval',
};

export function familyOf(typeName: string, category: string): TypeFamily {
  return byName[typeName] ?? byCategory[category] ?? 'other';
}

/** Characters; the modifier of varchar and char counts four bytes of header. */
export function lengthOf(typeName: string, modifier: number): number | null {
  if (typeName === 'char') return 1;
  if (typeName === 'name') return 63;
  if ((typeName === 'varchar' || typeName === 'bpchar') && modifier >= 4) return modifier - 4;
  return null;
}

/** Digits that always fit. */
export function digitsOf(typeName: string, modifier: number): { precision: number; scale: number } | null {
  switch (typeName) {
    case 'int2':
      return { precision: 4, scale: 0 };
    case 'int4':
      return { precision: 9, scale: 0 };
    case 'int8':
      return { precision: 15, scale: 0 };
    case 'numeric': {
      if (modifier < 4) return { precision: 15, scale: 0 };
      const packed = modifier - 4;
      return { precision: (packed >> 16) & 0xffff, scale: packed & 0x7ff };
    }
    default:
      return null;
  }
}
