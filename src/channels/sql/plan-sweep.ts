import { type Catalogue, type TypeFamily, tableKey } from './catalogue.ts';
import type { PlanStep, SweepTable } from './plan.ts';

const searched: ReadonlySet<TypeFamily> = new Set([
  'text',
  'json',
  'xml',
  'bytes',
  'array',
  'search',
  'other',
  'network',
]);

/** Every column where a person's value could lie as text, in every table and every materialized view. */
export function planSweep(catalogue: Catalogue, steps: readonly PlanStep[]): readonly SweepTable[] {
  const mayStay = (key: string): readonly string[] =>
    steps
      .filter((step) => step.scope === 'row' && tableKey(step) === key)
      .flatMap((step) => step.fields)
      .filter(
        (field) =>
          field.do === 'keep' && ['map', 'natural_key', 'key', 'reference', 'no_value'].includes(field.why.code),
      )
      .map((field) => field.column);
  const tables = catalogue.tables
    .filter((table) => table.kind !== 'foreign' && table.canSelect)
    .map(
      (table): SweepTable => ({
        schema: table.schema,
        table: table.table,
        kind: 'table',
        columns: table.columns
          .filter((column) => column.canRead && (searched.has(column.family) || column.elementFamily === 'text'))
          .map(({ name, family }) => ({ name, family })),
        mayStay: mayStay(tableKey(table)),
        isOthers: steps.some((step) => step.scope !== 'mention' && tableKey(step) === tableKey(table)),
        rowEstimate: table.rowEstimate,
      }),
    );
  const views = catalogue.views
    .filter((view) => view.kind === 'materialized_view' && view.canSelect)
    .map(
      (view): SweepTable => ({
        schema: view.schema,
        table: view.table,
        kind: 'materialized_view',
        columns: view.columns
          .filter((column) => searched.has(column.family))
          .map(({ name, family }) => ({ name, family })),
        mayStay: [],
        isOthers: false,
        rowEstimate: null,
      }),
    );
  return [...tables, ...views].filter((table) => table.columns.length > 0);
}
