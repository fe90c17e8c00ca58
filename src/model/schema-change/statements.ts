import pg from 'pg';
import { unreachable } from '../../kernel/index.ts';
import { shortName } from '../physical-names.ts';
import { systemColumns } from '../system-columns.ts';
import { computeBody, primaryKeyName } from './differ.ts';
import type { ColumnShape, ComputeShape, IndexShape, Step, TableShape } from './shapes.ts';

export interface Statement {
  readonly sql: string;
  /**
   * `quick` statements need a lock that stops readers or writers: they wait 100 ms for it at most, and try again later.
   * `patient` ones let reads and writes go on, and may take as long as they need.
   */
  readonly manner: 'quick' | 'patient';
  /** Run again until it touches no row: a batch at a time, each on its own. */
  readonly isRepeated?: boolean;
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
    case 'set_compute':
      return [
        { sql: setCompute(step.table, step.compute), manner: 'quick' },
        { sql: recompute(step.table, step.compute), manner: 'patient', isRepeated: true },
        { sql: `comment on function model.${quoted(computeName(step.table))}() is 'applied'`, manner: 'quick' },
      ];
    case 'drop_compute':
      return quick(`drop function model.${quoted(computeName(step.table))}() cascade`);
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

function computeName(tableName: string): string {
  return shortName(`compute_${tableName}`);
}

function setCompute(tableName: string, compute: ComputeShape): string {
  const name = `model.${quoted(computeName(tableName))}()`;
  return `create or replace function ${name} returns trigger language plpgsql set search_path = pg_catalog as ${pg.escapeLiteral(computeBody(compute))};
    comment on function ${name} is null;
    drop trigger if exists compute on ${table(tableName)};
    create trigger compute before insert or update on ${table(tableName)} for each row execute function ${name}`;
}

const recomputedAtOnce = 2_000;

/** Of rows already there, those whose values aren't what they should be: the trigger does the rest. */
function recompute(tableName: string, { columns }: ComputeShape): string {
  const kept = columns.map(({ name }) => `o.${quoted(name)}`).join(', ');
  const right = columns.map(({ onRow }) => onRow).join(', ');
  return `update ${table(tableName)} as written set version = version where (org, id) in
    (select o.org, o.id from ${table(tableName)} as o where row(${kept}) is distinct from row(${right}) limit ${recomputedAtOnce})`;
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
