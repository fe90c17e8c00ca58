import type { Catalogue, Column, SqlConnection, Table } from '../../channels/index.ts';
import { columnKey } from '../../channels/index.ts';
import { type SampleKind, sampleKinds, sampleTests } from './checks.ts';

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
  // The checks are written for PostgreSQL only: elsewhere, names say what they say.
  if (connection.engine !== 'postgres') return found;
  await connection.limit({ statementMs: timeoutMs });
  for (const table of catalogue.tables) {
    const columns = table.columns.filter(isSampled);
    if (!table.canSelect || table.kind === 'foreign' || columns.length === 0) continue;
    const counts = await connection.query<Counts>(sampleStatement(table, columns)).catch(() => []);
    for (const each of counts) {
      const column = columns[Number(each.place)];
      if (column !== undefined) found.set(columnKey(table, column.name), sharesOf(each));
    }
  }
  return found;
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
