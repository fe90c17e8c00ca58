/** What detection reads of a schema: names and shapes, never a value. */
export interface FieldShape {
  readonly name: string;
  /** As the database says it: `character varying(40)`, `int4`, `date`… */
  readonly type: string;
  readonly nullable: boolean;
  readonly comment: string | null;
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  /** The table it references, declared in the schema or in a mapping. */
  readonly references: { readonly schema: string; readonly table: string; readonly column: string } | null;
}

export interface TableShape {
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly fields: readonly FieldShape[];
}

export type TypeKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'json'
  | 'uuid'
  | 'binary'
  | 'inet'
  | 'geo'
  | 'other';

const kinds: readonly (readonly [RegExp, TypeKind])[] = [
  [/^(bool|bit\(1\)$|bit$|tinyint\(1\))/, 'boolean'],
  [/char|text|string|clob|enum|set\(|^name$|xml|hstore|tsvector/, 'text'],
  [/json/, 'json'],
  [/uuid|uniqueidentifier/, 'uuid'],
  [/inet|cidr|macaddr/, 'inet'],
  [/geo|point|polygon/, 'geo'],
  [/timestamp|datetime|^time/, 'time'],
  [/^date/, 'date'],
  [/^year|interval/, 'integer'],
  [/serial|int/, 'integer'],
  [/numeric|decimal|float|double|real|money|number/, 'decimal'],
  [/bytea|blob|binary|image/, 'binary'],
];

export function kindOf(type: string): TypeKind {
  const lower = type.toLowerCase();
  return kinds.find(([pattern]) => pattern.test(lower))?.[1] ?? 'other';
}

/** `character varying(40)` → 40; null when the type says none. */
export function lengthOf(type: string): number | null {
  const match = /\((\d+)\)/.exec(type);
  return match?.[1] === undefined ? null : Number(match[1]);
}
