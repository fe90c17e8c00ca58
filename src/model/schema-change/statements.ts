import { unreachable } from '../../kernel/index.ts';
import { systemColumns } from '../system-columns.ts';
import { primaryKeyName } from './differ.ts';
import type { ColumnShape, IndexShape, Step, TableShape } from './shapes.ts';

export interface Statement {
  readonly sql: string;
  /**
   * `quick` statements need a lock that stops readers or writers: they wait 100 ms for it at most, and try again later.
   * `patient` ones let reads and writes go on, and may take as long as they need.
   */
  readonly manner: 'quick' | 'patient';
}

/** Names were checked when the pack was read; quoting them keeps reserved words of SQL possible. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function table(name: string): string {
  return `model.${quoted(name)}`;
}

/** The statements of a step, in order. Those of `create_table` go in one transaction. */
export function statementsOf(step: Step): readonly Statement[] {
  switch (step.kind) {
    case 'create_table':
      return [{ sql: createTable(step.table), manner: 'quick' }];
    case 'protect':
      return [{ sql: protect(step.table), manner: 'quick' }];
    case 'add_column':
      return quick(addColumn(step.table, step.column));
    case 'drop_index':
      return patient(`drop index concurrently if exists model.${quoted(step.name)}`);
    case 'create_index':
      return patient(createIndex(step.table, step.index, 'concurrently'));
    case 'drop_constraint':
      return quick(`alter table ${table(step.table)} drop constraint if exists ${quoted(step.name)}`);
    case 'add_check':
      return quick(
        `alter table ${table(step.table)} add constraint ${quoted(step.check.name)} check (${quoted(step.check.column)} is not null) not valid`,
      );
    case 'add_foreign_key': {
      const { name, column, table: target } = step.foreignKey;
      return quick(
        `alter table ${table(step.table)} add constraint ${quoted(name)} foreign key (org, ${quoted(column)}) references ${table(target)} (org, id) not valid`,
      );
    }
    case 'validate':
      return patient(`alter table ${table(step.table)} validate constraint ${quoted(step.name)}`);
    default:
      return unreachable(step);
  }
}

function quick(sql: string): readonly Statement[] {
  return [{ sql, manner: 'quick' }];
}

function patient(sql: string): readonly Statement[] {
  return [{ sql, manner: 'patient' }];
}

function typed(column: ColumnShape): string {
  return column.isFolded === true ? `${column.sqlType} collate objects.folded` : column.sqlType;
}

/** A default given and taken back at once fills the rows already there without writing them (PostgreSQL 11 and later). */
function addColumn(on: string, column: ColumnShape): string {
  const { name, fillWith } = column;
  const added = `alter table ${table(on)} add column if not exists ${quoted(name)} ${typed(column)}`;
  if (fillWith === undefined) return added;
  return `${added} default ${fillWith};\nalter table ${table(on)} alter column ${quoted(name)} drop default`;
}

function createIndex(on: string, index: IndexShape, how: 'concurrently' | ''): string {
  const columns = index.columns.map(({ name, isExact }) => `${quoted(name)}${isExact ? ' collate "C"' : ''}`);
  return `create ${index.isUnique ? 'unique ' : ''}index ${how} ${quoted(index.name)} on ${table(on)} (${columns.join(', ')})`;
}

function protect(name: string): string {
  return `select store.protect('${table(name)}')`;
}

/** Nobody can see a table before its transaction ends, so its indexes and checks are made plainly with it. */
function createTable(shape: TableShape): string {
  const system = new Map(systemColumns.map((column) => [column.name as string, column]));
  const columns = shape.columns.map((column) => {
    const { name } = column;
    const fixed = system.get(name);
    const notNull = fixed?.isNullable === false ? ' not null' : '';
    const byDefault = fixed?.defaultTo == null ? '' : ` default ${fixed.defaultTo}`;
    return `${quoted(name)} ${typed(column)}${notNull}${byDefault}`;
  });
  const checks = shape.checks.map(
    (check) => `constraint ${quoted(check.name)} check (${quoted(check.column)} is not null)`,
  );
  const key = `constraint ${quoted(primaryKeyName(shape.name))} primary key (org, id)`;
  return [
    `create table ${table(shape.name)} (${[...columns, key, ...checks].join(', ')})`,
    ...shape.indexes.map((index) => createIndex(shape.name, index, '')),
    protect(shape.name),
  ].join(';\n');
}
