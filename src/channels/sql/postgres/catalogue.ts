import type {
  Catalogue,
  Check,
  Column,
  Index,
  Reference,
  ReferenceAction,
  Table,
  Trigger,
  Unique,
  View,
} from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import {
  columnsQuery,
  constraintsQuery,
  databaseQuery,
  indexesQuery,
  tablesQuery,
  triggersQuery,
  viewsQuery,
} from './catalogue-queries.ts';
import { digitsOf, familyOf, lengthOf } from './types.ts';

interface TableRow {
  readonly id: string;
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly is_partition: boolean;
  readonly comment: string | null;
  readonly estimate: number;
  readonly can_select: boolean;
  readonly can_update: boolean;
  readonly can_delete: boolean;
  readonly hides_rows: boolean;
  readonly partition_key: readonly string[] | null;
  readonly parents: readonly string[] | null;
}

interface ColumnRow {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly type: string;
  readonly base_type: string;
  readonly type_name: string;
  readonly type_category: string;
  readonly modifier: number;
  readonly element_name: string | null;
  readonly element_category: string | null;
  readonly domain_schema: string | null;
  readonly domain_name: string | null;
  readonly domain_not_null: boolean;
  readonly domain_checks: readonly string[] | null;
  readonly labels: readonly string[] | null;
  readonly nullable: boolean;
  readonly default_value: string | null;
  readonly generated: string | null;
  readonly generated_from: readonly string[] | null;
  readonly identity: string;
  readonly comment: string | null;
  readonly can_read: boolean;
  readonly can_update: boolean;
}

interface ConstraintRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly target: string;
  readonly columns: readonly string[] | null;
  readonly target_columns: readonly string[] | null;
  readonly on_delete: string;
  readonly on_update: string;
  readonly is_deferrable: boolean;
  readonly expression: string | null;
}

interface IndexRow {
  readonly id: string;
  readonly name: string;
  readonly is_unique: boolean;
  readonly is_partial: boolean;
  readonly is_expression: boolean;
  readonly nulls_not_distinct: boolean;
  readonly parts: readonly string[];
  readonly columns: readonly string[] | null;
  readonly plain_columns: readonly string[] | null;
}

interface TriggerRow {
  readonly id: string;
  readonly name: string;
  readonly bits: number;
  readonly is_enabled: boolean;
  readonly routine: string;
}

interface ViewRow {
  readonly id: string;
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly comment: string | null;
  readonly can_select: boolean;
  readonly can_refresh: boolean;
  readonly reads: readonly string[] | null;
}

interface Rows {
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<string, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>;
  readonly triggers: ReadonlyMap<string, readonly TriggerRow[]>;
  readonly views: readonly ViewRow[];
}

export async function readCatalogue(connection: SqlConnection): Promise<Catalogue> {
  await connection.begin('read');
  try {
    await connection.run("set local search_path = 'pg_catalog'");
    const [database] = await connection.query<{
      version: string;
      database: string;
      can_make_temporary_tables: boolean;
    }>(databaseQuery);
    const rows: Rows = {
      tables: await connection.query<TableRow>(tablesQuery),
      columns: byId(await connection.query<ColumnRow>(columnsQuery)),
      constraints: byId(await connection.query<ConstraintRow>(constraintsQuery)),
      indexes: byId(await connection.query<IndexRow>(indexesQuery)),
      triggers: byId(await connection.query<TriggerRow>(triggersQuery)),
      views: await connection.query<ViewRow>(viewsQuery),
    };
    return {
      engine: 'postgres',
      version: database?.version ?? '',
      database: database?.database ?? '',
      tables: foldTables(rows),
      views: readViews(rows),
      canMakeTemporaryTables: database?.can_make_temporary_tables ?? false,
    };
  } finally {
    await connection.run('rollback');
  }
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.id);
    if (group === undefined) groups.set(row.id, [row]);
    else group.push(row);
  }
  return groups;
}

/**
 * A partition's rows are its parent's rows. So are those of a table that inherits without adding a column (the old way
 * of partitioning); one that adds columns is a table of its own.
 */
function rootsOf(rows: Rows): ReadonlyMap<string, string> {
  const byTable = new Map(rows.tables.map((row) => [row.id, row]));
  const isFolded = (row: TableRow): boolean => {
    const parent = row.parents?.[0];
    if (parent === undefined || !byTable.has(parent)) return false;
    return row.is_partition || rows.columns.get(row.id)?.length === rows.columns.get(parent)?.length;
  };
  const rootOf = (row: TableRow): string => {
    const parent = isFolded(row) ? byTable.get(row.parents?.[0] ?? '') : undefined;
    return parent === undefined ? row.id : rootOf(parent);
  };
  return new Map(rows.tables.map((row) => [row.id, rootOf(row)]));
}

function foldTables(rows: Rows): readonly Table[] {
  const roots = rootsOf(rows);
  const names = new Map(rows.tables.map((row) => [row.id, row]));
  return rows.tables
    .filter((row) => roots.get(row.id) === row.id)
    .map((row) => {
      const family = rows.tables.filter((other) => roots.get(other.id) === row.id);
      return readTable(rows, row, family, roots, names);
    });
}

function readTable(
  rows: Rows,
  row: TableRow,
  family: readonly TableRow[],
  roots: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, TableRow>,
): Table {
  const counted = family.map((member) => member.estimate).filter((estimate) => estimate >= 0);
  const constraints = rows.constraints.get(row.id) ?? [];
  const references = family.flatMap((member) => rows.constraints.get(member.id) ?? []);
  return {
    schema: row.schema,
    table: row.table,
    kind: row.kind === 'p' ? 'partitioned' : row.kind === 'f' ? 'foreign' : 'table',
    comment: row.comment,
    rowEstimate: counted.length === 0 ? null : counted.reduce((sum, estimate) => sum + estimate, 0),
    columns: (rows.columns.get(row.id) ?? []).map(readColumn),
    primaryKey: constraints.find((each) => each.type === 'p')?.columns ?? [],
    uniques: (rows.indexes.get(row.id) ?? []).filter((each) => each.is_unique).map(readUnique),
    indexes: (rows.indexes.get(row.id) ?? []).map(readIndex),
    checks: constraints.filter((each) => each.type === 'c').map(readCheck),
    references: references.flatMap((each) => readReference(each, row, roots, names)),
    triggers: family.flatMap((member) => rows.triggers.get(member.id) ?? []).map(readTrigger),
    canSelect: row.can_select,
    canUpdate: row.can_update,
    canDelete: row.can_delete,
    hidesRows: row.hides_rows,
    partitionKey: row.partition_key ?? [],
    partitions: family.filter((member) => member.id !== row.id).map((member) => `${member.schema}.${member.table}`),
  };
}

function readColumn(row: ColumnRow): Column {
  return {
    name: row.name,
    position: row.position,
    type: row.type,
    baseType: row.base_type,
    family: familyOf(row.type_name, row.type_category),
    elementFamily: row.element_name === null ? null : familyOf(row.element_name, row.element_category ?? ''),
    length: lengthOf(row.type_name, row.modifier),
    digits: digitsOf(row.type_name, row.modifier),
    domain:
      row.domain_name === null
        ? null
        : {
            schema: row.domain_schema ?? '',
            table: row.domain_name,
            notNull: row.domain_not_null,
            checks: row.domain_checks ?? [],
          },
    enumLabels: row.labels ?? [],
    nullable: row.nullable,
    default: row.default_value,
    identity: row.identity === 'a' ? 'always' : row.identity === 'd' ? 'by_default' : null,
    generated: row.generated === null ? null : { expression: row.generated, from: row.generated_from ?? [] },
    comment: row.comment,
    canRead: row.can_read,
    canUpdate: row.can_update,
  };
}

function readUnique(row: IndexRow): Unique {
  return {
    name: row.name,
    columns: row.is_expression ? (row.columns ?? []) : (row.plain_columns ?? []),
    isExpression: row.is_expression,
    isPartial: row.is_partial,
    nullsDistinct: !row.nulls_not_distinct,
  };
}

function readIndex(row: IndexRow): Index {
  return { name: row.name, parts: row.parts };
}

function readCheck(row: ConstraintRow): Check {
  return { name: row.name, columns: row.columns ?? [], expression: row.expression ?? 'true' };
}

const actions: Readonly<Record<string, ReferenceAction>> = {
  a: 'no_action',
  r: 'restrict',
  c: 'cascade',
  n: 'set_null',
  d: 'set_default',
};

function readReference(
  row: ConstraintRow,
  from: TableRow,
  roots: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, TableRow>,
): readonly Reference[] {
  const target = row.type === 'f' ? names.get(roots.get(row.target) ?? '') : undefined;
  if (target === undefined) return [];
  return [
    {
      name: row.name,
      from: { schema: from.schema, table: from.table, columns: row.columns ?? [] },
      to: { schema: target.schema, table: target.table, columns: row.target_columns ?? [] },
      onDelete: actions[row.on_delete] ?? 'no_action',
      onUpdate: actions[row.on_update] ?? 'no_action',
      isDeferrable: row.is_deferrable,
      source: 'declared',
    },
  ];
}

/** Bits of pg_trigger.tgtype (src/include/catalog/pg_trigger.h). */
function readTrigger(row: TriggerRow): Trigger {
  const events: Trigger['events'][number][] = [];
  if ((row.bits & 4) !== 0) events.push('insert');
  if ((row.bits & 8) !== 0) events.push('delete');
  if ((row.bits & 16) !== 0) events.push('update');
  if ((row.bits & 32) !== 0) events.push('truncate');
  return {
    name: row.name,
    timing: (row.bits & 64) !== 0 ? 'instead' : (row.bits & 2) !== 0 ? 'before' : 'after',
    events,
    routine: row.routine,
    isEnabled: row.is_enabled,
  };
}

function readViews(rows: Rows): readonly View[] {
  const tables = new Map(rows.tables.map((row) => [row.id, `${row.schema}.${row.table}`]));
  const roots = rootsOf(rows);
  const views = new Map(rows.views.map((row) => [row.id, row]));
  const tablesBehind = (view: ViewRow, met: Set<string>): readonly string[] => {
    if (met.has(view.id)) return [];
    met.add(view.id);
    return (view.reads ?? []).flatMap((id) => {
      const inner = views.get(id);
      if (inner !== undefined) return tablesBehind(inner, met);
      const table = tables.get(roots.get(id) ?? id);
      return table === undefined ? [] : [table];
    });
  };
  return rows.views.map((row) => ({
    schema: row.schema,
    table: row.table,
    kind: row.kind === 'm' ? 'materialized_view' : 'view',
    comment: row.comment,
    columns: (rows.columns.get(row.id) ?? []).map((column) => ({
      name: column.name,
      type: column.type,
      family: familyOf(column.type_name, column.type_category),
    })),
    reads: [...new Set(tablesBehind(row, new Set()))].sort(),
    canSelect: row.can_select,
    canRefresh: row.can_refresh,
  }));
}
