import type {
  Catalogue,
  Check,
  Column,
  Reference,
  ReferenceAction,
  Table,
  Trigger,
  Unique,
  View,
} from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import { literal, quoted } from '../quote.ts';
import {
  checksQuery,
  columnsQuery,
  databaseQuery,
  indexesQuery,
  referencesQuery,
  tablesQuery,
  triggersQuery,
  viewsQuery,
} from './catalogue-queries.ts';
import { rowKey } from './dialect.ts';
import { readPrinted } from './printed.ts';
import { digitsOf, familyOf, isJsonCheck, labelsOf } from './types.ts';

interface Owned {
  readonly owner: string;
}

interface TableRow {
  readonly name: string;
  readonly type: string;
  readonly engine: string | null;
  readonly comment: string;
  readonly estimate: number | string | null;
  readonly transactions: string | null;
}

interface ColumnRow extends Owned {
  readonly name: string;
  readonly position: number;
  readonly data_type: string;
  readonly type: string;
  readonly length: number | string | null;
  readonly digits: number | null;
  readonly scale: number | null;
  readonly nullable: string;
  readonly default_value: string | null;
  readonly extra: string;
  readonly generation: string | null;
  readonly comment: string;
  readonly rights: string;
}

interface IndexRow extends Owned {
  readonly name: string;
  readonly is_not_unique: number;
  /** Null for a part that is an expression (MySQL). */
  readonly column_name: string | null;
  readonly beginning: number | null;
}

interface ReferenceRow extends Owned {
  readonly name: string;
  readonly column_name: string;
  readonly target: string;
  readonly target_column: string;
  readonly on_delete: string;
  readonly on_update: string;
}

interface CheckRow extends Owned {
  readonly name: string;
  readonly expression: string;
}

interface TriggerRow extends Owned {
  readonly name: string;
  readonly timing: string;
  readonly event: string;
}

interface Rows {
  readonly schema: string;
  readonly isMariadb: boolean;
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>;
  readonly references: ReadonlyMap<string, readonly ReferenceRow[]>;
  readonly checks: ReadonlyMap<string, readonly CheckRow[]>;
  readonly triggers: ReadonlyMap<string, readonly TriggerRow[]>;
  readonly deletable: ReadonlySet<string>;
}

/** Reads the database that the address names. Tables the account has no right on are not shown by the server. */
export async function readCatalogue(connection: SqlConnection): Promise<Catalogue> {
  const [found] = await connection.query<{ version: string; db: string }>(databaseQuery);
  const version = found?.version ?? '';
  const schema = found?.db ?? '';
  const all = await connection.query<TableRow>(tablesQuery);
  const tables = all.filter((row) => row.type === 'BASE TABLE' || row.type === 'SYSTEM VERSIONED');
  const isMariadb = /mariadb/i.test(version);
  const rows: Rows = {
    schema,
    isMariadb,
    columns: byOwner(await connection.query<ColumnRow>(columnsQuery)),
    indexes: byOwner(await connection.query<IndexRow>(indexesQuery)),
    references: byOwner(await connection.query<ReferenceRow>(referencesQuery)),
    checks: byOwner(await connection.query<CheckRow>(checksQuery[isMariadb ? 'mariadb' : 'mysql'])),
    triggers: byOwner(await connection.query<TriggerRow>(triggersQuery)),
    deletable: await deletable(connection, schema, tables),
  };
  const views = await connection.query<{ name: string; definition: string | null }>(viewsQuery);
  return {
    engine: 'mariadb',
    version,
    database: schema,
    tables: tables.map((row) => readTable(rows, row)),
    views: views.map((view) =>
      readView(rows, view.name, new Map(views.map((each) => [each.name, each.definition ?? '']))),
    ),
    canMakeTemporaryTables: await canMakeTemporaryTables(connection),
  };
}

function byOwner<Row extends Owned>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.owner);
    if (group === undefined) groups.set(row.owner, [row]);
    else group.push(row);
  }
  return groups;
}

/** No view tells what roles allow: the server is asked what it would do, which needs the right and deletes nothing. */
async function deletable(
  connection: SqlConnection,
  schema: string,
  tables: readonly TableRow[],
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { name } of tables) {
    const isAllowed = await connection.query(`explain delete from ${quoted(schema)}.${quoted(name)} where false`).then(
      () => true,
      (error: unknown) => {
        if (connection.trouble(error) === null) throw error;
        return false;
      },
    );
    if (isAllowed) names.add(name);
  }
  return names;
}

async function canMakeTemporaryTables(connection: SqlConnection): Promise<boolean> {
  try {
    await connection.run(`create temporary table socle_probe (${rowKey}, probe int)`);
    await connection.run('drop temporary table socle_probe');
    return true;
  } catch (error) {
    if (connection.trouble(error)?.kind === 'not_allowed') return false;
    throw error;
  }
}

/** Engines that keep their rows somewhere else. */
const elsewhere = new Set(['FEDERATED', 'CONNECT', 'SPIDER', 'S3']);

function readTable(rows: Rows, row: TableRow): Table {
  const columns = rows.columns.get(row.name) ?? [];
  const indexes = groupsOf(rows.indexes.get(row.name) ?? []);
  const checks = (rows.checks.get(row.name) ?? []).map((check) => readCheck(check, columns, rows.isMariadb));
  const isArchive = row.engine?.toUpperCase() === 'ARCHIVE';
  return {
    schema: rows.schema,
    table: row.name,
    kind: elsewhere.has(row.engine?.toUpperCase() ?? '') ? 'foreign' : 'table',
    comment: row.comment === '' ? null : row.comment,
    rowEstimate: row.estimate === null ? null : Number(row.estimate),
    columns: columns.map((column) =>
      readColumn(column, columns, { checks, canChange: !isArchive, isMariadb: rows.isMariadb }),
    ),
    primaryKey: (indexes.get('PRIMARY') ?? []).flatMap((part) => part.column_name ?? []),
    uniques: [...indexes].filter(([name, parts]) => name !== 'PRIMARY' && isUnique(parts)).map(readUnique),
    indexes: [...indexes].map(([name, parts]) => ({ name, parts: parts.map((part) => part.column_name ?? '') })),
    checks,
    references: readReferences(rows, row.name),
    triggers: (rows.triggers.get(row.name) ?? []).map(readTrigger),
    canSelect: columns.some((column) => column.rights.includes('select')),
    canUpdate: !isArchive && columns.some((column) => column.rights.includes('update')),
    canDelete: !isArchive && rows.deletable.has(row.name),
    hidesRows: false,
    ...(row.transactions === 'YES' ? {} : { isTransactional: false }),
    ...(row.type === 'SYSTEM VERSIONED' ? { keepsHistory: true } : {}),
    partitionKey: [],
    partitions: [],
  };
}

function groupsOf(parts: readonly IndexRow[]): ReadonlyMap<string, readonly IndexRow[]> {
  const groups = new Map<string, IndexRow[]>();
  for (const part of parts) groups.set(part.name, [...(groups.get(part.name) ?? []), part]);
  return groups;
}

function isUnique(parts: readonly IndexRow[]): boolean {
  return parts.every((part) => Number(part.is_not_unique) === 0);
}

function readUnique([name, parts]: readonly [string, readonly IndexRow[]]): Unique {
  return {
    name,
    columns: parts.flatMap((part) => part.column_name ?? []),
    isExpression: parts.some((part) => part.column_name === null),
    isPartial: false,
    nullsDistinct: true,
  };
}

function readColumn(
  row: ColumnRow,
  columns: readonly ColumnRow[],
  about: { readonly checks: readonly Check[]; readonly canChange: boolean; readonly isMariadb: boolean },
): Column {
  const isJson = about.checks.some((check) => isJsonCheck(check.expression, row.name));
  const family = isJson ? 'json' : familyOf(row.data_type, row.type);
  const isBounded = /^(char|varchar|tinytext)$/i.test(row.data_type);
  const generated = readPrinted(row.generation ?? '', about.isMariadb);
  return {
    name: row.name,
    position: row.position,
    type: row.type,
    baseType: row.type,
    family,
    elementFamily: null,
    length: isBounded && row.length !== null ? Number(row.length) : null,
    digits: digitsOf(row.data_type, row.digits, row.scale),
    domain: null,
    enumLabels: labelsOf(row.type),
    nullable: row.nullable === 'YES',
    default: about.isMariadb ? row.default_value : writtenDefault(row),
    identity: /auto_increment/i.test(row.extra) ? 'by_default' : null,
    generated: generated === '' ? null : { expression: generated, from: columnsIn(generated, columns) },
    comment: row.comment === '' ? null : row.comment,
    canRead: row.rights.includes('select'),
    canUpdate: about.canChange && row.rights.includes('update'),
  };
}

/** MySQL prints a constant as it is, without its quotes, and tells apart what is computed. */
function writtenDefault(row: ColumnRow): string | null {
  if (row.default_value === null || /default_generated/i.test(row.extra)) return row.default_value;
  return literal(row.default_value);
}

/** Names are printed between backquotes, or double quotes in the mode of our session. */
function namesIn(expression: string): ReadonlySet<string> {
  const names = [...expression.matchAll(/`((?:[^`]|``)+)`|"((?:[^"]|"")+)"/g)];
  return new Set(names.map(([, back, double]) => back?.replaceAll('``', '`') ?? double?.replaceAll('""', '"') ?? ''));
}

function columnsIn(expression: string, columns: readonly { readonly name: string }[]): readonly string[] {
  const named = namesIn(expression);
  return columns.map(({ name }) => name).filter((name) => named.has(name));
}

function readCheck(row: CheckRow, columns: readonly ColumnRow[], isMariadb: boolean): Check {
  const expression = readPrinted(row.expression, isMariadb);
  return { name: row.name, columns: columnsIn(expression, columns), expression };
}

const actions: Readonly<Record<string, ReferenceAction>> = {
  'NO ACTION': 'no_action',
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'set_null',
  'SET DEFAULT': 'set_default',
};

function readReferences(rows: Rows, table: string): readonly Reference[] {
  const groups = new Map<string, ReferenceRow[]>();
  for (const row of rows.references.get(table) ?? []) groups.set(row.name, [...(groups.get(row.name) ?? []), row]);
  return [...groups].flatMap(([name, parts]) => {
    const [first] = parts;
    if (first === undefined) return [];
    return [
      {
        name,
        from: { schema: rows.schema, table, columns: parts.map((part) => part.column_name) },
        to: { schema: rows.schema, table: first.target, columns: parts.map((part) => part.target_column) },
        onDelete: actions[first.on_delete] ?? 'no_action',
        onUpdate: actions[first.on_update] ?? 'no_action',
        isDeferrable: false,
        source: 'declared',
      },
    ];
  });
}

function readTrigger(row: TriggerRow): Trigger {
  const event = row.event.toLowerCase();
  return {
    name: row.name,
    timing: row.timing.toLowerCase() === 'before' ? 'before' : 'after',
    events: event === 'insert' || event === 'update' || event === 'delete' ? [event] : [],
    routine: row.name,
    isEnabled: true,
  };
}

/** A view's definition is printed with every name between quotes. */
function readView(rows: Rows, name: string, definitions: ReadonlyMap<string, string>): View {
  const columns = rows.columns.get(name) ?? [];
  const behind = (view: string, met: Set<string>): readonly string[] => {
    if (met.has(view)) return [];
    met.add(view);
    const named = namesIn(definitions.get(view) ?? '');
    return [...named].flatMap((each) => {
      if (definitions.has(each)) return behind(each, met);
      return rows.columns.has(each) ? [`${rows.schema}.${each}`] : [];
    });
  };
  return {
    schema: rows.schema,
    table: name,
    kind: 'view',
    comment: null,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      family: familyOf(column.data_type, column.type),
    })),
    reads: [...new Set(behind(name, new Set()))].sort(),
    canSelect: columns.some((column) => column.rights.includes('select')),
    canRefresh: false,
  };
}
