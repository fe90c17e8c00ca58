import { basename } from 'node:path';
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
import { quoted } from '../quote.ts';
import { namesIn, type ReadDdl, readDdl, readModule } from './ddl.ts';
import { digitsOf, familyOf, lengthOf } from './types.ts';

interface Owned {
  readonly owner: string;
}

interface TableRow {
  readonly name: string;
  readonly type: 'table' | 'view' | 'virtual' | 'shadow';
  readonly is_without_rowid: number;
  readonly sql: string | null;
}

interface ColumnRow extends Owned {
  readonly position: number;
  readonly name: string;
  readonly type: string;
  readonly is_not_null: number;
  readonly default_value: string | null;
  /** Place in the primary key, from 1; 0 outside. */
  readonly key: number;
  /** 1: a column of a module that holds nothing; 2 and 3: generated. */
  readonly hidden: number;
}

interface IndexRow extends Owned {
  readonly name: string;
  readonly is_unique: number;
  readonly is_partial: number;
  readonly origin: string;
  readonly column_name: string | null;
}

interface ReferenceRow extends Owned {
  readonly id: number;
  readonly column_name: string;
  readonly target: string;
  /** Null: the primary key of the target. */
  readonly target_column: string | null;
  readonly on_update: string;
  readonly on_delete: string;
}

interface Rows {
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>;
  readonly references: ReadonlyMap<string, readonly ReferenceRow[]>;
  readonly triggers: ReadonlyMap<string, readonly (Owned & { readonly name: string; readonly sql: string })[]>;
  readonly canWrite: boolean;
  /** Tables where a primary key is empty somewhere. */
  readonly emptyKeys: ReadonlySet<string>;
}

/** The tables of the file itself, without those of SQLite and of its search modules. */
const own = "l.schema = 'main' and l.name not like 'sqlite\\_%' escape '\\'";

const tablesQuery = `
  select l.name, l.type, l.wr as is_without_rowid, m.sql from pragma_table_list l
    left join main.sqlite_schema m on m.name = l.name and m.type in ('table', 'view')
  where ${own} order by l.name`;

const columnsQuery = `
  select l.name as owner, x.cid + 1 as position, x.name, x.type, x."notnull" as is_not_null, x.dflt_value as default_value,
    x.pk as key, x.hidden
  from pragma_table_list l join pragma_table_xinfo(l.name) x where ${own} order by l.name, x.cid`;

const indexesQuery = `
  select l.name as owner, i.name, i."unique" as is_unique, i.partial as is_partial, i.origin, x.name as column_name
  from pragma_table_list l join pragma_index_list(l.name) i join pragma_index_xinfo(i.name) x
  where ${own} and l.type = 'table' and x.key = 1 order by l.name, i.name, x.seqno`;

const referencesQuery = `
  select l.name as owner, f.id, f."from" as column_name, f."table" as target, f."to" as target_column, f.on_update, f.on_delete
  from pragma_table_list l join pragma_foreign_key_list(l.name) f
  where ${own} and l.type = 'table' order by l.name, f.id, f.seq`;

const triggersQuery = `
  select tbl_name as owner, name, sql from main.sqlite_schema where type = 'trigger' order by tbl_name, name`;

export async function readCatalogue(connection: SqlConnection): Promise<Catalogue> {
  const isWritable = await canWrite(connection);
  await connection.begin('read');
  try {
    const [found] = await connection.query<{ version: string; file: string | null }>(
      `select sqlite_version() as version, (select file from pragma_database_list where name = 'main') as file`,
    );
    const tables = await connection.query<TableRow>(tablesQuery);
    const columns = byOwner(await connection.query<ColumnRow>(columnsQuery));
    const rows: Rows = {
      tables,
      columns,
      indexes: byOwner(await connection.query<IndexRow>(indexesQuery)),
      references: byOwner(await connection.query<ReferenceRow>(referencesQuery)),
      triggers: byOwner(await connection.query<Owned & { name: string; sql: string }>(triggersQuery)),
      canWrite: isWritable,
      emptyKeys: await emptyKeys(connection, columns),
    };
    return {
      engine: 'sqlite',
      version: found?.version ?? '',
      database: basename(found?.file ?? ''),
      tables: rows.tables.filter(isTable).map((row) => readTable(rows, row)),
      views: rows.tables.filter((row) => row.type === 'view' || isFollowing(row)).map((row) => readView(rows, row)),
      canMakeTemporaryTables: true,
    };
  } finally {
    await connection.run('rollback');
  }
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

/**
 * A key of several columns, or that isn't INTEGER, may be empty: SQLite keeps this old mistake. Where a row of the table
 * makes use of it, its key names no row.
 */
async function emptyKeys(
  connection: SqlConnection,
  columns: ReadonlyMap<string, readonly ColumnRow[]>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const [table, all] of columns) {
    const keys = all.filter((column) => column.key > 0 && column.is_not_null === 0);
    if (keys.length === 0) continue;
    const isEmpty = keys.map((column) => `${quoted(column.name)} is null`).join(' or ');
    const [row] = await connection.query<{ found: number }>(
      `select exists (select 1 from main.${quoted(table)} where ${isEmpty}) as found`,
    );
    if (row?.found === 1) found.add(table);
  }
  return found;
}

/** What the file itself answers to who writes what is there already, and takes it back: only a change tells. */
async function canWrite(connection: SqlConnection): Promise<boolean> {
  const [kept] = await connection.query<{ user_version: number }>('pragma user_version');
  try {
    await connection.begin('write');
    await connection.run(`pragma user_version = ${kept?.user_version ?? 0}`);
    return true;
  } catch (error) {
    const trouble = connection.trouble(error);
    if (trouble === null) throw error;
    return trouble.kind === 'busy';
  } finally {
    await connection.run('rollback').catch(() => undefined);
  }
}

/** A search table keeps its own copy of the texts, or follows another table by triggers. */
function isFollowing(row: TableRow): boolean {
  return row.type === 'virtual' && (readModule(row.sql ?? '')?.content ?? null) !== null;
}

function isTable(row: TableRow): boolean {
  return row.type === 'table' || (row.type === 'virtual' && !isFollowing(row));
}

function readTable(rows: Rows, row: TableRow): Table {
  const ddl = readDdl(row.sql ?? '');
  const columns = (rows.columns.get(row.name) ?? []).filter((column) => column.hidden !== 1);
  const indexes = groupsOf(rows.indexes.get(row.name) ?? [], (part) => part.name);
  const isSearch = row.type === 'virtual' && /^fts\d$/.test(readModule(row.sql ?? '')?.module ?? '');
  return {
    schema: 'main',
    table: row.name,
    kind: row.type === 'virtual' && !isSearch ? 'foreign' : 'table',
    comment: null,
    rowEstimate: null,
    columns: columns.map((column) => readColumn(row, column, columns, ddl, rows)),
    primaryKey: columns
      .filter((column) => column.key > 0)
      .toSorted((a, b) => a.key - b.key)
      .map((column) => column.name),
    uniques: [...indexes]
      .filter(([, [first]]) => first !== undefined && first.is_unique === 1 && first.origin !== 'pk')
      .map(readUnique),
    indexes: [...indexes].map(([name, parts]) => ({ name, parts: parts.map((part) => part.column_name ?? '') })),
    checks: ddl.checks.map((check) => readCheck(check, columns)),
    references: readReferences(rows, row.name),
    triggers: (rows.triggers.get(row.name) ?? []).map(({ name, sql }) => readTrigger(name, sql)),
    canSelect: true,
    canUpdate: rows.canWrite,
    canDelete: rows.canWrite,
    hidesRows: false,
    partitionKey: [],
    partitions: [],
  };
}

function groupsOf<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function readColumn(
  table: TableRow,
  row: ColumnRow,
  columns: readonly ColumnRow[],
  ddl: ReadDdl,
  { canWrite, emptyKeys }: Rows,
): Column {
  const type = row.type === '' ? 'text' : row.type;
  const isKeyEmpty = emptyKeys.has(table.name);
  const isRowNumber = row.key === 1 && /^integer$/i.test(type) && columns.filter(({ key }) => key > 0).length === 1;
  const isFilled = row.is_not_null === 1 || isRowNumber || (row.key > 0 && !isKeyEmpty);
  const expression = [...ddl.generated].find(([name]) => name.toLowerCase() === row.name.toLowerCase())?.[1];
  return {
    name: row.name,
    position: row.position,
    type,
    baseType: type,
    family: familyOf(type),
    elementFamily: null,
    length: lengthOf(type),
    digits: digitsOf(type),
    domain: null,
    enumLabels: [],
    nullable: !isFilled,
    default: row.default_value,
    identity: isRowNumber && table.is_without_rowid === 0 ? 'by_default' : null,
    generated:
      row.hidden < 2
        ? null
        : { expression: expression?.expression ?? '', from: among(columns, expression?.names ?? []) },
    comment: null,
    canRead: true,
    canUpdate: canWrite,
  };
}

/** Names are the same whatever their case. */
function among(columns: readonly { readonly name: string }[], names: readonly string[]): readonly string[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return columns.map(({ name }) => name).filter((name) => wanted.has(name.toLowerCase()));
}

function readCheck(check: ReadDdl['checks'][number], columns: readonly ColumnRow[]): Check {
  return { name: check.name, columns: among(columns, check.names), expression: check.expression };
}

function readUnique([name, parts]: readonly [string, readonly IndexRow[]]): Unique {
  return {
    name,
    columns: parts.flatMap((part) => part.column_name ?? []),
    isExpression: parts.some((part) => part.column_name === null),
    isPartial: parts.some((part) => part.is_partial === 1),
    nullsDistinct: true,
  };
}

const actions: Readonly<Record<string, ReferenceAction>> = {
  'NO ACTION': 'no_action',
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'set_null',
  'SET DEFAULT': 'set_default',
};

function readReferences(rows: Rows, table: string): readonly Reference[] {
  return [...groupsOf(rows.references.get(table) ?? [], (row) => row.id)].flatMap(([id, parts]) => {
    const [first] = parts;
    const target = rows.tables.find(({ name }) => name.toLowerCase() === first?.target.toLowerCase());
    if (first === undefined || target === undefined) return [];
    const key = (rows.columns.get(target.name) ?? [])
      .filter((column) => column.key > 0)
      .toSorted((a, b) => a.key - b.key)
      .map((column) => column.name);
    return [
      {
        name: `${table} ${id + 1}`,
        from: { schema: 'main', table, columns: parts.map((part) => part.column_name) },
        to: {
          schema: 'main',
          table: target.name,
          columns: parts.map((part, place) => part.target_column ?? key[place] ?? ''),
        },
        onDelete: actions[first.on_delete] ?? 'no_action',
        onUpdate: actions[first.on_update] ?? 'no_action',
        isDeferrable: true,
        source: 'declared',
      },
    ];
  });
}

function readTrigger(name: string, sql: string): Trigger {
  const words = /\b(before|after|instead\s+of)?\s*(insert|update|delete)\b/i.exec(
    sql.slice(sql.indexOf(name) + name.length),
  );
  const timing = words?.[1]?.toLowerCase() ?? 'before';
  const event = words?.[2]?.toLowerCase();
  return {
    name,
    timing: timing.startsWith('instead') ? 'instead' : timing === 'after' ? 'after' : 'before',
    events: event === 'insert' || event === 'update' || event === 'delete' ? [event] : [],
    routine: name,
    isEnabled: true,
  };
}

/** A view, or a search table that follows another. */
function readView(rows: Rows, row: TableRow): View {
  const behind = (view: TableRow, met: Set<string>): readonly string[] => {
    if (met.has(view.name)) return [];
    met.add(view.name);
    const followed = readModule(view.sql ?? '')?.content;
    const names =
      followed === undefined || followed === null ? namesIn(view.sql ?? '') : new Set([followed.toLowerCase()]);
    return rows.tables
      .filter((other) => other !== view && names.has(other.name.toLowerCase()))
      .flatMap((other) => (isTable(other) ? [`main.${other.name}`] : behind(other, met)));
  };
  const columns = (rows.columns.get(row.name) ?? []).filter((column) => column.hidden !== 1);
  return {
    schema: 'main',
    table: row.name,
    kind: 'view',
    comment: null,
    columns: columns.map(({ name, type }) => ({ name, type, family: familyOf(type) })),
    reads: [...new Set(behind(row, new Set()))].sort(),
    canSelect: true,
    canRefresh: false,
  };
}
