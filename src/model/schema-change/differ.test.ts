import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSteps, primaryKeyName } from './differ.ts';
import { computeBody, rollupBody } from './functions.ts';
import type { Actual, ActualTable, Step, TableShape } from './shapes.ts';

/** What the database would be after a step: enough of PostgreSQL to follow the plan. Throws where it would refuse. */
function after(actual: Actual, step: Step): Actual {
  const next = new Map(actual);
  const of = (name: string): ActualTable => {
    const table = next.get(name);
    if (table === undefined) throw new Error(`no table ${name}`);
    return table;
  };
  const put = (table: ActualTable): Actual => next.set(table.name, table);
  switch (step.kind) {
    case 'create_table': {
      const { table } = step;
      if (next.has(table.name)) throw new Error(`${table.name} exists`);
      return put({
        name: table.name,
        isProtected: true,
        columns: new Map(table.columns.map((column) => [column.name, column.sqlType])),
        indexes: new Map(
          [primaryKeyName(table.name), ...table.indexes.map((one) => one.name)].map((name) => [name, true]),
        ),
        constraints: new Map(
          [primaryKeyName(table.name), ...table.checks.map((one) => one.name)].map((name) => [name, true]),
        ),
        compute: null,
        rollup: null,
      });
    }
    case 'protect':
      return put({ ...of(step.table), isProtected: true });
    case 'add_column': {
      const table = of(step.table);
      return put({ ...table, columns: new Map(table.columns).set(step.column.name, step.column.sqlType) });
    }
    case 'set_compute': {
      const table = of(step.table);
      for (const { name } of step.compute.columns) if (!table.columns.has(name)) throw new Error(`no column ${name}`);
      return put({ ...table, compute: { body: computeBody(step.compute), isApplied: true } });
    }
    case 'drop_compute':
      return put({ ...of(step.table), compute: null });
    case 'set_rollups': {
      for (const { parent, columns } of step.rollups) {
        for (const { name } of columns)
          if (!of(parent).columns.has(name)) throw new Error(`no column ${parent}.${name}`);
      }
      return put({ ...of(step.table), rollup: { body: rollupBody(step.table, step.rollups), isApplied: true } });
    }
    case 'drop_rollups':
      return put({ ...of(step.table), rollup: null });
    case 'drop_index': {
      const table = [...next.values()].find((one) => one.indexes.has(step.name));
      if (table === undefined) return next;
      return put({ ...table, indexes: new Map([...table.indexes].filter(([name]) => name !== step.name)) });
    }
    case 'create_index': {
      const table = of(step.table);
      if (table.indexes.has(step.index.name)) throw new Error(`${step.index.name} exists`);
      for (const { name } of step.index.columns) if (!table.columns.has(name)) throw new Error(`no column ${name}`);
      return put({ ...table, indexes: new Map(table.indexes).set(step.index.name, true) });
    }
    case 'drop_constraint': {
      const table = of(step.table);
      return put({ ...table, constraints: new Map([...table.constraints].filter(([name]) => name !== step.name)) });
    }
    case 'add_check':
    case 'add_foreign_key': {
      const table = of(step.table);
      const constraint = step.kind === 'add_check' ? step.check : step.foreignKey;
      if (!table.columns.has(constraint.column)) throw new Error(`no column ${constraint.column}`);
      if (step.kind === 'add_foreign_key') of(step.foreignKey.table);
      if (table.constraints.has(constraint.name)) throw new Error(`${constraint.name} exists`);
      return put({ ...table, constraints: new Map(table.constraints).set(constraint.name, false) });
    }
    case 'validate': {
      const table = of(step.table);
      if (!table.constraints.has(step.name)) throw new Error(`no constraint ${step.name}`);
      return put({ ...table, constraints: new Map(table.constraints).set(step.name, true) });
    }
  }
}

const tableName = fc.constantFrom('a', 'b', 'c', 'd');
const columnName: fc.Arbitrary<string> = fc.constantFrom('p', 'q', 'r', 's');

/** A wanted schema: some of a few tables, columns, indexes, required columns, and references between its tables. */
const schema: fc.Arbitrary<readonly TableShape[]> = fc.uniqueArray(tableName, { minLength: 1 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc
        .record({
          columns: fc.uniqueArray(columnName),
          indexed: fc.uniqueArray(columnName),
          required: fc.uniqueArray(columnName),
          references: fc.dictionary(columnName, fc.constantFrom(...names)),
          computed: fc.uniqueArray(columnName),
        })
        .map(({ columns, indexed, required, references, computed }): TableShape => {
          const has = (column: string): boolean => columns.includes(column);
          return {
            name,
            columns: ['org', 'id', ...columns].map((column) => ({ name: column, sqlType: 'text' })),
            indexes: indexed.filter(has).map((column) => ({
              name: `${name}_${column}_sort`,
              isUnique: false,
              columns: [{ name: column, isExact: false }],
            })),
            checks: required
              .filter(has)
              .map((column) => ({ name: `${name}_${column}_required`, column, condition: null })),
            foreignKeys: Object.entries(references)
              .filter(([column]) => has(column))
              .map(([column, table]) => ({ name: `${name}_${column}_to_${table}`, column, table })),
            compute: computed.some(has)
              ? { columns: computed.filter(has).map((column) => ({ name: column, onWrite: 'null', onRow: 'null' })) }
              : null,
            rollups: [],
          };
        }),
    ),
  ),
);

const reached = (desired: readonly TableShape[], from: Actual): Actual => planSteps(desired, from).reduce(after, from);

describe('the plan from any schema to any other', () => {
  test('can be run, and leaves nothing more to do', () => {
    fc.assert(
      fc.property(schema, schema, (before, wanted) => {
        const start = reached(before, new Map());
        const end = reached(wanted, start);
        expect(planSteps(wanted, end)).toEqual([]);
      }),
    );
  });

  test('cut anywhere, a new plan from there ends in the same place', () => {
    fc.assert(
      fc.property(schema, schema, fc.nat(40), (before, wanted, cut) => {
        const start = reached(before, new Map());
        const partly = planSteps(wanted, start).slice(0, cut).reduce(after, start);
        const sorted = (actual: Actual): unknown =>
          [...actual.values()]
            .map((table) => ({
              ...table,
              columns: [...table.columns].sort(),
              indexes: [...table.indexes].sort(),
              constraints: [...table.constraints].sort(),
            }))
            .sort((a, b) => a.name.localeCompare(b.name));
        expect(sorted(reached(wanted, partly))).toEqual(sorted(reached(wanted, start)));
      }),
    );
  });

  test('never drops a column nor a table: what the model no longer names is archived', () => {
    fc.assert(
      fc.property(schema, schema, (before, wanted) => {
        const start = reached(before, new Map());
        const end = reached(wanted, start);
        for (const [name, table] of start) {
          for (const column of table.columns.keys()) expect(end.get(name)?.columns.has(column)).toBe(true);
        }
      }),
    );
  });

  test('frees archived columns: nothing required nor referred to stays on them', () => {
    fc.assert(
      fc.property(schema, schema, (before, wanted) => {
        const end = reached(wanted, reached(before, new Map()));
        for (const table of wanted) {
          const kept = new Set([
            primaryKeyName(table.name),
            ...table.checks.map((one) => one.name),
            ...table.foreignKeys.map((one) => one.name),
          ]);
          expect([...(end.get(table.name)?.constraints.keys() ?? [])].filter((name) => !kept.has(name))).toEqual([]);
        }
      }),
    );
  });
});
