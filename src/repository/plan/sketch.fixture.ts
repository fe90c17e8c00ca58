import {
  type Catalogue,
  type Column,
  type ErasurePlan,
  planErasure,
  type Reference,
  type Table,
} from '../../channels/index.ts';
import { detect } from '../detect/detect.ts';
import { shapesOf } from '../harvest/shapes.ts';

/**
 * A schema in a few words, one table a line: `orders: id* number! customer_id>customer total# sent@ code:6 secretary?`.
 * `*` is of the primary key, `!` unique, `#` an amount, `&` a whole number, `@` a moment, `%` a boolean, `:6` a text of that length, `>` a
 * declared reference to the other table's key, `?` may be empty. Keys and references are numbers unless said otherwise.
 */
export function sketch(text: string): Catalogue {
  const lines = text.split('\n').map((line) => line.trim());
  const tables = lines.filter((line) => line !== '').map(readTable);
  const keyOf = (name: string): string => tables.find(({ table }) => table === name)?.primaryKey[0] ?? 'id';
  return {
    engine: 'postgres',
    version: '16',
    database: 'sketch',
    views: [],
    canMakeTemporaryTables: true,
    tables: tables.map(({ pointing, ...table }) => ({
      ...table,
      references: pointing.map(({ column, to }): Reference => referenceOf(table.table, column, to, keyOf(to))),
    })),
  };
}

interface Sketched extends Table {
  readonly pointing: readonly { readonly column: string; readonly to: string }[];
}

function readTable(line: string): Sketched {
  const [name = '', rest = ''] = line.split(/:\s(.*)/);
  const fields = rest
    .trim()
    .split(/\s+/)
    .map((field) => {
      const [column = ''] = /^\w+/.exec(field) ?? [];
      const [, to] = />(\w+)/.exec(field) ?? [];
      const [, length] = /:(\d+)/.exec(field) ?? [];
      const marks = field.replaceAll(/[\w>:]/g, '');
      return { column, marks, length: length === undefined ? null : Number(length), to };
    });
  const one = (column: string) => ({
    name: `${name}_${column}`,
    columns: [column],
    isExpression: false,
    isPartial: false,
    nullsDistinct: true,
  });
  return {
    ...{ schema: 'public', table: name, kind: 'table', comment: null, rowEstimate: null },
    columns: fields.map(({ column, marks, length, to }, index) =>
      columnOf(column, { position: index + 1, marks, length, isReference: to !== undefined }),
    ),
    primaryKey: fields.filter(({ marks }) => marks.includes('*')).map(({ column }) => column),
    uniques: fields.filter(({ marks }) => marks.includes('!')).map(({ column }) => one(column)),
    ...{ indexes: [], checks: [], references: [], triggers: [], partitionKey: [], partitions: [] },
    ...{ canSelect: true, canUpdate: true, canDelete: true, hidesRows: false },
    pointing: fields.flatMap(({ column, to }) => (to === undefined ? [] : [{ column, to }])),
  };
}

interface ColumnSketch {
  readonly position: number;
  readonly marks: string;
  readonly length: number | null;
  readonly isReference: boolean;
}

const keyName = /(^|_)(id|fk|uid|rowid)(_|$)|id(from|to)?$/i;

function columnOf(name: string, { position, marks, length, isReference }: ColumnSketch): Column {
  const isKey = (isReference || keyName.test(name)) && length === null;
  const [family, type] = ((): [Column['family'], string] => {
    if (marks.includes('@')) return ['date', 'timestamp without time zone'];
    if (marks.includes('%')) return ['boolean', 'boolean'];
    if (marks.includes('#')) return ['number', 'numeric(10,2)'];
    if (marks.includes('&') || isKey) return ['number', 'bigint'];
    return ['text', length === null ? 'text' : `character varying(${length})`];
  })();
  return {
    ...{
      name,
      position,
      type,
      baseType: type,
      family,
      elementFamily: null,
      length,
      digits: null,
      domain: null,
      enumLabels: [],
    },
    nullable: marks.includes('?') || !(marks.includes('*') || isReference),
    ...{ default: null, identity: null, generated: null, comment: null, canRead: true, canUpdate: true },
  };
}

function referenceOf(from: string, column: string, to: string, key: string): Reference {
  return {
    name: `${from}_${column}_fkey`,
    from: { schema: 'public', table: from, columns: [column] },
    to: { schema: 'public', table: to, columns: [key] },
    ...{ onDelete: 'no_action', onUpdate: 'no_action', isDeferrable: false, source: 'declared' },
  };
}

/** The plan that the proposals of the dictionary make, before anybody judged anything. */
export function planOf(text: string): ErasurePlan {
  const catalogue = sketch(text);
  const categories = new Map(
    detect(shapesOf(catalogue)).flatMap(({ table, fields }) =>
      fields.map(({ field, category }) => [`${table.schema}.${table.name}.${field.name}`, category] as const),
    ),
  );
  return planErasure({ catalogue, categories });
}

/** Tables whose rows are persons. */
export function personsIn(plan: ErasurePlan): readonly string[] {
  return [...new Set(plan.steps.filter((step) => step.isPersons).map((step) => step.table))].toSorted();
}

/** Whose rows are whose: `orders of customer by customer_id`. */
export function ownersIn(plan: ErasurePlan): readonly string[] {
  return plan.steps
    .flatMap((step) =>
      step.ways.flatMap((way) => {
        if (step.scope !== 'row' || way.kind !== 'incoming' || way.named !== undefined || way.alike !== undefined)
          return [];
        const columns = way.pairs.map(({ own }) => own).join();
        return [`${step.table} of ${plan.steps[way.from]?.table ?? ''} by ${columns}`];
      }),
    )
    .toSorted();
}
