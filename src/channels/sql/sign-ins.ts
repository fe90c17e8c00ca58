import { type Catalogue, type Column, columnKey, type Table } from './catalogue.ts';
import type { SqlConnection } from './connection.ts';
import { identityKindOf, namesNote, wordsOf } from './names.ts';
import { literal, quoted, quotedTable } from './quote.ts';
import { spokenName } from './spoken.ts';

/*
 * Logs often say who acted by a sign-in name, in a column of any name: `qui`, `adh_log`. What its values are tells: nearly
 * all of them are sign-in names of one table.
 */

const mostRead = 200;
const fewestNames = 3;
const leastShare = 0.8;
const longestName = 255;

interface Named {
  readonly table: Table;
  readonly column: Column;
}

/**
 * Columns of logs that hold sign-in names, and the columns of sign-in names that they hold, as `--identity` would say them.
 * Reads a few rows of each text of each log. Not on MariaDB, where texts of two tables may not be compared.
 */
export async function signInColumns(
  connection: SqlConnection,
  catalogue: Catalogue,
): Promise<readonly { readonly kind: 'login'; readonly column: string }[]> {
  if (connection.engine === 'mariadb') return [];
  const readable = catalogue.tables.filter(({ kind, canSelect }) => kind !== 'foreign' && canSelect);
  const names = readable.flatMap((table) =>
    table.columns.filter((column) => isSignInName(table, column)).map((column): Named => ({ table, column })),
  );
  const said = readable.flatMap((table) =>
    table.columns.filter((column) => mayHoldName(table, column)).map((column): Named => ({ table, column })),
  );
  const asked = names.flatMap((name) => said.map((log) => ({ name, log })));
  if (asked.length === 0) return [];
  const counted = await connection.query<{ place: number; found: number | string; read: number | string }>(
    asked.map(({ name, log }, place) => shareOf(name, log, place)).join('\nunion all '),
  );
  const held = counted.flatMap(({ place, found, read }) => {
    const isHeld = Number(read) >= fewestNames && Number(found) >= leastShare * Number(read);
    const pair = isHeld ? asked[Number(place)] : undefined;
    return pair === undefined ? [] : [pair.name, pair.log];
  });
  return [...new Set(held.map(({ table, column }) => columnKey(table, column.name)))].map((column) => ({
    kind: 'login',
    column,
  }));
}

/** `login`, `identifiant`: a unique text. */
function isSignInName(table: Table, { name, family }: Column): boolean {
  const isUnique = table.uniques.some((each) => !each.isPartial && !each.isExpression && each.columns.join() === name);
  const isNamed = identityKindOf(name) === 'login' || wordsOf(name).includes('identifiant');
  return family === 'text' && isUnique && isNamed && !table.primaryKey.includes(name);
}

function mayHoldName(table: Table, { name, family, length }: Column): boolean {
  const isLog = namesNote(spokenName(table)) || namesNote(table.schema);
  const isBound = table.primaryKey.includes(name) || table.references.some(({ from }) => from.columns.includes(name));
  return isLog && family === 'text' && length !== null && length <= longestName && !isBound;
}

function shareOf(name: Named, log: Named, place: number): string {
  const value = quoted(log.column.name);
  const rows = `select ${value} as v from ${quotedTable(log.table)} where ${value} is not null limit ${mostRead}`;
  const isOne = `exists (select 1 from ${quotedTable(name.table)} k where k.${quoted(name.column.name)} = d.v)`;
  return `select ${literal(String(place))} as place, count(*) as read, sum(case when ${isOne} then 1 else 0 end) as found from (select distinct s.v from (${rows}) s) d`;
}
