import { type Catalogue, type Table, tableKey } from './catalogue.ts';
import type { SqlConnection } from './connection.ts';
import { literal, quotedTable } from './quote.ts';

/*
 * What numbers of rows say of who serves and who is served: a salesman has many customers, a tenant many users, and a
 * customer one account. Where too little is stored they say nothing, and names decide alone.
 */

/** Beyond this a number says nothing more. */
const mostCounted = 1000;
const fewestRows = 20;
const timesAsMany = 4;

/** Counts rows, no further than it matters, where the engine never did: a database that was just loaded has no statistics. */
export async function withRowCounts(connection: SqlConnection, catalogue: Catalogue): Promise<Catalogue> {
  const unknown = catalogue.tables.filter(
    ({ rowEstimate, canSelect, kind }) => (rowEstimate ?? 0) === 0 && canSelect && kind !== 'foreign',
  );
  if (unknown.length === 0) return catalogue;
  const counts = unknown.map(
    (table) =>
      `select ${literal(tableKey(table))} as name, (select count(*) from (select 1 as one from ${quotedTable(table)} limit ${mostCounted}) t) as counted`,
  );
  const rows = await connection.query<{ name: string; counted: number | string }>(counts.join(' union all '));
  const counted = new Map(rows.map((row) => [row.name, Number(row.counted)]));
  return {
    ...catalogue,
    tables: catalogue.tables.map((table) => ({
      ...table,
      rowEstimate: counted.get(tableKey(table)) ?? table.rowEstimate,
    })),
  };
}

/** Whether rows of `from` are so many for each of `to` that a reference from the one to the other can't join them as one. */
export function isManyTo(from: Table, to: Table): boolean {
  const many = from.rowEstimate ?? 0;
  return to.rowEstimate !== null && many >= fewestRows && many >= timesAsMany * to.rowEstimate;
}
