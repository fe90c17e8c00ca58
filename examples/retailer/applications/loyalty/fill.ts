import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { projectRoot } from '../../../../src/kernel/index.ts';
import { defaultHouseholds, defaultSeed, type Household } from '../../people/people.ts';
import type { Cell } from '../../table.ts';
import { loyaltyTables } from './rows.ts';

export const loyaltySchema = join(projectRoot, 'examples/retailer/applications/loyalty/schema.sql');

/** Makes the programme's own file: the schema that it brought over from PostgreSQL, which SQLite reads but for its comments. */
export async function fillLoyalty(file: string, households: readonly Household[] = defaultHouseholds()): Promise<void> {
  const schema = (await readFile(loyaltySchema, 'utf8')).replace(/^comment on .*;$/gm, '');
  const [tables = '', afterRows = ''] = schema.split('-- :rows');
  const database = new DatabaseSync(file);
  try {
    database.exec(`begin;${tables}`);
    for (const table of loyaltyTables(households, defaultSeed)) {
      const columns = table.columns.map((column) => `"${column}"`).join(', ');
      const places = table.columns.map(() => '?').join(', ');
      const insertion = database.prepare(`insert into ${table.name} (${columns}) values (${places})`);
      for (const row of table.rows()) insertion.run(...row.map(asBound));
    }
    database.exec(`${afterRows};commit`);
  } finally {
    database.close();
  }
}

function asBound(cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  throw new Error('the loyalty programme holds texts and numbers only');
}
