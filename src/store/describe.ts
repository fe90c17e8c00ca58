import type pg from 'pg';

/** Everything that shapes the database, as text that a person can read and a test can compare. */
export interface DescribedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
  readonly default: string | null;
  /** `schema.table` that this column alone references. */
  readonly references: string | null;
  readonly isPrimaryKey: boolean;
  /** Values of a CHECK (column in (…)), when there is one. */
  readonly values: readonly string[] | null;
}

const systemSchemas = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public', 'model') and n.nspname not like 'pg\\_%'`;

export async function describeColumns(client: pg.Client): Promise<readonly DescribedColumn[]> {
  const { rows } = await client.query<Omit<DescribedColumn, 'values'> & { check_definition: string | null }>(`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as "isNullable", a.atthasdef or a.attidentity <> '' as "hasDefault",
           a.attgenerated <> '' as "isGenerated", pg_get_expr(d.adbin, d.adrelid) as default,
           (select rn.nspname || '.' || r.relname from pg_constraint k join pg_class r on r.oid = k.confrelid
              join pg_namespace rn on rn.oid = r.relnamespace
             where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
               and a.attname <> 'org' order by cardinality(k.conkey) limit 1) as references,
           exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)) as "isPrimaryKey",
           (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
               and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%ARRAY[%' limit 1) as check_definition
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relkind in ('r', 'p') and ${systemSchemas}
     order by 1, 2, a.attnum`);
  return rows.map(({ check_definition, ...column }) => ({ ...column, values: listedValues(check_definition) }));
}

function listedValues(definition: string | null): readonly string[] | null {
  if (definition === null || !/^CHECK \(\(\w+ = ANY \(ARRAY\[/.test(definition)) return null;
  return [...definition.matchAll(/'((?:[^']|'')*)'::/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
}

/** The committed dump: tables, constraints, indexes, policies, grants and functions, in one stable order. */
export async function describeSchema(client: pg.Client): Promise<string> {
  const columns = await describeColumns(client);
  const lines = async (query: string): Promise<readonly string[]> =>
    (await client.query<{ line: string }>(query)).rows.map((row) => row.line);
  const constraints = await lines(`
    select n.nspname || '.' || c.relname || ': ' || pg_get_constraintdef(k.oid) as line from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype in ('p', 'u', 'f', 'c', 'x') and ${systemSchemas} order by 1`);
  const indexes = await lines(`
    select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace where ${systemSchemas} order by 1`);
  const policies = await lines(`
    select n.nspname || '.' || c.relname || ': ' || p.polname || ' ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '') ||
           case when c.relrowsecurity and c.relforcerowsecurity then '' else ' NOT FORCED' end as line
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
     where ${systemSchemas} order by 1`);
  const grants = await lines(`
    select n.nspname || '.' || c.relname || ': ' || string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
     where g.grantee <> c.relowner and c.relkind in ('r', 'p', 'v', 'S') and ${systemSchemas} group by n.nspname, c.relname order by 1`);
  const functions = await lines(`
    select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${systemSchemas} order by p.pronamespace::regnamespace::text, p.proname`);
  const tables = columns.map(
    (column) =>
      `${column.schema}.${column.table}.${column.column} ${column.type}${column.isNullable ? '' : ' not null'}${
        column.default === null ? '' : ` ${column.isGenerated ? 'generated' : 'default'} ${column.default}`
      }`,
  );
  const section = (title: string, body: readonly string[]): string => `-- ${title}\n${body.join('\n')}\n`;
  return [
    section('Columns', tables),
    section('Constraints', constraints),
    section('Indexes', indexes),
    section('Policies', policies),
    section('Grants to the application role', grants),
    section('Functions', functions),
  ].join('\n');
}

const typescriptTypes: Readonly<Record<string, string>> = {
  uuid: 'Uuid',
  text: 'string',
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'bigint',
  'double precision': 'number',
  numeric: 'string',
  date: 'string',
  'timestamp with time zone': 'Date',
  bytea: 'Buffer',
  jsonb: 'Json',
  'text[]': 'string[]',
  'uuid[]': 'Uuid[]',
  'integer[]': 'number[]',
  'bytea[]': 'Buffer[]',
};

/** The TypeScript of `Database`: one interface a table, ids that name what they point to, unions from CHECK lists. */
export function typesOf(columns: readonly DescribedColumn[]): string {
  const tables = groupByTable(columns);
  const interfaces = [...tables].map(([name, listed]) => {
    const members = listed.map((column) => `  ${column.column}: ${columnType(column)};`);
    return `export interface ${interfaceName(name)} {\n${members.join('\n')}\n}\n`;
  });
  const entries = [...tables.keys()].map((name) => `  '${name}': ${interfaceName(name)};`);
  return [
    '// Made by `npm run schema` from the migrations; a test compares. Don’t edit.',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely';",
    "import type { Id, Json, Uuid } from '../kernel/index.ts';",
    '',
    '/** jsonb: written as JSON text, read as a value. */',
    'type Jsonb = ColumnType<Json, string, string>;',
    'type Defaulted<T> = ColumnType<T extends ColumnType<infer S, infer _I, infer _U> ? S : T, (T extends ColumnType<infer _S, infer I, infer _U> ? I : T) | undefined, T extends ColumnType<infer _S, infer _I, infer U> ? U : T>;',
    '',
    ...interfaces,
    `export interface Database {\n${entries.join('\n')}\n}`,
    '',
    'export type { Generated, GeneratedAlways };',
    '',
  ].join('\n');
}

function groupByTable(columns: readonly DescribedColumn[]): Map<string, DescribedColumn[]> {
  const tables = new Map<string, DescribedColumn[]>();
  for (const column of columns) {
    const name = `${column.schema}.${column.table}`;
    tables.set(name, [...(tables.get(name) ?? []), column]);
  }
  return tables;
}

function interfaceName(table: string): string {
  return `${table
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Table`;
}

function columnType(column: DescribedColumn): string {
  const base = valueType(column);
  const nullable = column.isNullable ? `${base} | null` : base;
  if (column.isGenerated) return `GeneratedAlways<${nullable}>`;
  if (base === 'Jsonb') {
    const jsonb = column.isNullable ? 'ColumnType<Json | null, string | null | undefined, string | null>' : 'Jsonb';
    return column.hasDefault ? `Defaulted<${jsonb}>` : jsonb;
  }
  return column.hasDefault ? `Generated<${nullable}>` : nullable;
}

function valueType(column: DescribedColumn): string {
  if (column.type === 'jsonb') return 'Jsonb';
  if (column.type === 'uuid') {
    if (column.column === 'org') return "Id<'organisation'>";
    if (column.references !== null) return `Id<'${column.references.split('.')[1]}'>`;
    if (column.column === 'id') return `Id<'${column.table}'>`;
  }
  if (column.values !== null && column.type === 'text') return column.values.map((value) => `'${value}'`).join(' | ');
  return typescriptTypes[column.type] ?? (column.type.startsWith('character') ? 'string' : 'unknown');
}
