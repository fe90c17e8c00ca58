import { unreachable } from '../../kernel/index.ts';
import { systemColumns } from '../system-columns.ts';
import { primaryKeyName } from './differ.ts';
import { addUpAgain, computeName, quoted, recompute, rollupName, setCompute, setRollups, table } from './functions.ts';
import type { CheckShape, ColumnShape, IndexShape, Step, TableShape } from './shapes.ts';

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
        applied(computeName(step.table)),
      ];
    case 'drop_compute':
      return quick(`drop function ${computeName(step.table)} cascade`);
    case 'set_rollups':
      return [
        { sql: setRollups(step.table, step.rollups), manner: 'quick' },
        ...step.rollups.map(
          (rollup): Statement => ({ sql: addUpAgain(step.table, rollup), manner: 'patient', isRepeated: true }),
        ),
        applied(rollupName(step.table)),
      ];
    case 'drop_rollups':
      return quick(`drop function ${rollupName(step.table)} cascade`);
    case 'drop_index':
      return patient(`drop index concurrently if exists model.${quoted(step.name)}`);
    case 'create_index':
      return patient(createIndex(step.table, step.index, 'concurrently'));
    case 'drop_constraint':
      return quick(`alter table ${table(step.table)} drop constraint if exists ${quoted(step.name)}`);
    case 'add_check':
      return quick(
        `alter table ${table(step.table)} add constraint ${quoted(step.check.name)} check (${conditionOf(step.check)}) not valid`,
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

function applied(name: string): Statement {
  return { sql: `comment on function ${name} is 'applied'`, manner: 'quick' };
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

function conditionOf({ column, condition }: CheckShape): string {
  return condition ?? `${quoted(column)} is not null`;
}

function createIndex(on: string, index: IndexShape, how: 'concurrently' | ''): string {
  const columns = index.columns.map(({ name, isExact }) => `${quoted(name)}${isExact ? ' collate "C"' : ''}`);
  return `create ${index.isUnique ? 'unique ' : ''}index ${how} ${quoted(index.name)} on ${table(on)} (${columns.join(', ')})${index.isEmptySame === true ? ' nulls not distinct' : ''}`;
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
  const checks = shape.checks.map((check) => `constraint ${quoted(check.name)} check (${conditionOf(check)})`);
  const key = `constraint ${quoted(primaryKeyName(shape.name))} primary key (org, id)`;
  return [
    `create table ${table(shape.name)} (${[...columns, key, ...checks].join(', ')})`,
    ...shape.indexes.map((index) => createIndex(shape.name, index, '')),
    protect(shape.name),
  ].join(';\n');
}
