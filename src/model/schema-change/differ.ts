import { computeBody, rollupBody } from './functions.ts';
import type { Actual, ActualTable, Step, TableShape } from './shapes.ts';

/**
 * From what is to what should be, in an order where each step stands on those before: tables, then columns, then what
 * frees (old constraints and indexes), then indexes, then constraints added without reading the table, then their
 * validation. Pure. Columns that the model no longer names are left alone: their data is archived, not dropped.
 */
export function planSteps(desired: readonly TableShape[], actual: Actual): readonly Step[] {
  const present = desired.flatMap((table) => {
    const found = actual.get(table.name);
    return found === undefined ? [] : [{ table, found }];
  });
  const fresh = desired.filter((table) => !actual.has(table.name));
  const wanted = new Set(desired.map((table) => table.name));
  const retired = [...actual.values()].filter((table) => !wanted.has(table.name));
  return [
    ...fresh.map((table): Step => ({ kind: 'create_table', table })),
    ...present.flatMap(({ found }): Step[] => (found.isProtected ? [] : [{ kind: 'protect', table: found.name }])),
    ...present.flatMap(({ table, found }) => addedColumns(table, found)),
    ...present.flatMap(({ table, found }) => calculated(table, found)),
    ...present.flatMap(({ table, found }) => dropped(table, found)),
    ...retired.flatMap(freed),
    ...present.flatMap(({ table, found }) => addedIndexes(table, found)),
    ...present.flatMap(({ table, found }) => addedConstraints(table, found)),
    ...fresh.flatMap((table) => calculated(table, null)),
    ...desired.flatMap((table) => totalled(table, actual.get(table.name) ?? null)),
    // Between tables that are all there by now, in whatever order they refer to each other.
    ...fresh.flatMap((table) =>
      table.foreignKeys.flatMap((foreignKey): Step[] => [
        { kind: 'add_foreign_key', table: table.name, foreignKey },
        { kind: 'validate', table: table.name, name: foreignKey.name },
      ]),
    ),
  ];
}

/** The primary key and the unique number come with the table and stay. */
export function primaryKeyName(table: string): string {
  return `${table}_pkey`;
}

function addedColumns(table: TableShape, found: ActualTable): readonly Step[] {
  return table.columns
    .filter((column) => !found.columns.has(column.name))
    .map((column) => ({ kind: 'add_column', table: table.name, column }));
}

/** After the columns: what is calculated, and of rows already there too. */
function calculated(table: TableShape, found: ActualTable | null): readonly Step[] {
  const known = found?.compute ?? null;
  if (table.compute === null) return known === null ? [] : [{ kind: 'drop_compute', table: table.name }];
  const isThere = known?.isApplied === true && known.body === computeBody(table.compute);
  return isThere ? [] : [{ kind: 'set_compute', table: table.name, compute: table.compute }];
}

/** After the columns of every table: totals stand on one and are kept in another. */
function totalled(table: TableShape, found: ActualTable | null): readonly Step[] {
  const known = found?.rollup ?? null;
  if (table.rollups.length === 0) return known === null ? [] : [{ kind: 'drop_rollups', table: table.name }];
  const isThere = known?.isApplied === true && known.body === rollupBody(table.name, table.rollups);
  return isThere ? [] : [{ kind: 'set_rollups', table: table.name, rollups: table.rollups }];
}

function dropped(table: TableShape, found: ActualTable): readonly Step[] {
  const constraints = new Set([primaryKeyName(table.name), ...constraintNames(table)]);
  const indexes = new Map(table.indexes.map((index) => [index.name, index]));
  return [
    ...[...found.constraints.keys()]
      .filter((name) => !constraints.has(name))
      .map((name): Step => ({ kind: 'drop_constraint', table: table.name, name })),
    ...[...found.indexes]
      .filter(([name, isValid]) => name !== primaryKeyName(table.name) && (!indexes.has(name) || !isValid))
      .map(([name]): Step => ({ kind: 'drop_index', name })),
  ];
}

/** A table whose type left the model keeps its rows, but must not hold on to rows of others. */
function freed(table: ActualTable): readonly Step[] {
  const constraints = [...table.constraints.keys()]
    .filter((name) => name !== primaryKeyName(table.name))
    .map((name): Step => ({ kind: 'drop_constraint', table: table.name, name }));
  return [
    ...constraints,
    ...(table.compute === null ? [] : [{ kind: 'drop_compute', table: table.name } as const]),
    ...(table.rollup === null ? [] : [{ kind: 'drop_rollups', table: table.name } as const]),
  ];
}

function addedIndexes(table: TableShape, found: ActualTable): readonly Step[] {
  return table.indexes
    .filter((index) => found.indexes.get(index.name) !== true)
    .map((index) => ({ kind: 'create_index', table: table.name, index }));
}

function addedConstraints(table: TableShape, found: ActualTable): readonly Step[] {
  const isThere = (name: string): boolean => found.constraints.has(name);
  return [
    ...table.checks
      .filter((check) => !isThere(check.name))
      .map((check): Step => ({ kind: 'add_check', table: table.name, check })),
    ...table.foreignKeys
      .filter((foreignKey) => !isThere(foreignKey.name))
      .map((foreignKey): Step => ({ kind: 'add_foreign_key', table: table.name, foreignKey })),
    ...constraintNames(table)
      .filter((name) => found.constraints.get(name) !== true)
      .map((name): Step => ({ kind: 'validate', table: table.name, name })),
  ];
}

function constraintNames(table: TableShape): readonly string[] {
  return [...table.checks.map((check) => check.name), ...table.foreignKeys.map((foreignKey) => foreignKey.name)];
}
