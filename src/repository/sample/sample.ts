import type { Catalogue, Column, SqlConnection, Table } from '../../channels/index.ts';
import { columnKey } from '../../channels/index.ts';
import { type SampleKind, sampleKinds, sampleTests } from './checks.ts';
import { ibanDigits, portableTests } from './portable.ts';

/** Of the filled values of one column's sample, the share that passes each check. No value is in it. */
export interface SampleShares {
  readonly filled: number;
  readonly shares: Readonly<Record<SampleKind, number>>;
}

const sampleRows = 500;
/** A table that can't be sampled in this time is left as its names say. */
const timeoutMs = 5_000;

/**
 * Samples the texts of an application, in its own database: one statement a table, and only counts come back. Tables that
 * can't be read, or are too slow, are skipped. The connection keeps the limit: it serves for nothing else.
 */
export async function sampleCatalogue(
  connection: SqlConnection,
  catalogue: Catalogue,
): Promise<ReadonlyMap<string, SampleShares>> {
  const found = new Map<string, SampleShares>();
  await connection.limit({ statementMs: timeoutMs });
  for (const table of catalogue.tables) {
    const columns = table.columns.filter(isSampled);
    if (!table.canSelect || table.kind === 'foreign' || columns.length === 0) continue;
    const counts = await connection.query<Counts>(statementOf(connection, table, columns)).catch(() => []);
    for (const each of counts) {
      const column = columns[Number(each.place)];
      if (column !== undefined) found.set(columnKey(table, column.name), sharesOf(each));
    }
  }
  return found;
}

function statementOf({ engine, dialect }: SqlConnection, table: Table, columns: readonly Column[]): string {
  return engine === 'postgres' ? sampleStatement(table, columns) : portableStatement(dialect, table, columns);
}

type Counts = { readonly place: number; readonly filled: string } & Readonly<Record<SampleKind, string>>;

function isSampled(column: Column): boolean {
  return column.canRead && column.generated === null && (column.family === 'text' || column.family === 'number');
}

/** One statement for a table: the sample once, each column of it in turn, counts only. */
export function sampleStatement(table: Table, columns: readonly Column[]): string {
  const read = columns.map((column, place) => `${quote(column.name)}::text as c${place}`).join(', ');
  const turned = columns.map((_column, place) => `(${place}, c${place})`).join(', ');
  const counts = sampleKinds.map((kind) => `count(*) filter (where ${sampleTests[kind]}) as ${kind}`).join(',\n    ');
  return `with sample as materialized (select ${read} from ${quote(table.schema)}.${quote(table.table)}${sampling(table)} limit ${sampleRows}),
  cells as (
    select place, btrim(text) as v, regexp_replace(text, '[[:space:].()-]', '', 'g') as c
      from sample, lateral (values ${turned}) as turned (place, text)
     where btrim(text) <> '' and length(text) <= 320)
  select place, count(*) as filled,
    ${counts}
    from cells group by place`;
}

/** The same from the beginning of the table, for engines without samples nor joins that look aside. */
function portableStatement(dialect: SqlConnection['dialect'], table: Table, columns: readonly Column[]): string {
  const read = columns.map((column, place) => `${dialect.text(quote(column.name))} as c${place}`).join(', ');
  const turned = columns.map((_column, place) => `select ${place} as place, c${place} as body from sampled`);
  const bare = ['.', '(', ')', '-'].reduce(
    (inner, mark) => `replace(${inner}, '${mark}', '')`,
    "replace(body, ' ', '')",
  );
  const counts = sampleKinds.map((kind) => `count(case when ${portableTests[kind]} then 1 end) as ${kind}`);
  return `with sampled as (select ${read} from ${quote(table.schema)}.${quote(table.table)} limit ${sampleRows}),
  turned as (${turned.join(' union all ')}),
  cells as (select place, trim(body) as v, ${bare} as c from turned where trim(body) <> '' and length(body) <= 320),
  digits as (select place, v, c, ${ibanDigits()} as d from cells)
  select place, count(*) as filled, ${counts.join(',\n    ')}
    from digits group by place`;
}

/** Whole pages at random, about four times what is needed; small tables are read from their beginning. */
function sampling(table: Table): string {
  const rows = table.rowEstimate ?? 0;
  if (table.kind !== 'table' || rows < sampleRows * 20) return '';
  const percent = Math.max(0.01, Math.min(100, (sampleRows * 4 * 100) / rows));
  return ` tablesample system (${percent.toFixed(2)})`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function sharesOf(counts: Counts): SampleShares {
  const filled = Number(counts.filled);
  const share = (kind: SampleKind): number => (filled === 0 ? 0 : Number(counts[kind]) / filled);
  return {
    filled,
    shares: {
      email: share('email'),
      phone: share('phone'),
      iban: share('iban'),
      nir: share('nir'),
      siret: share('siret'),
      card: share('card'),
    },
  };
}
