import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import {
  type Catalogue,
  type Category,
  connect,
  type ErasurePlan,
  parseMap,
  planErasure,
  readCatalogue,
  type SqlConnection,
  settlePlan,
} from '../../src/channels/index.ts';
import { projectRoot } from '../../src/kernel/index.ts';
import { scratchDatabase } from './store.ts';

/** An application's database of a test: its own schema and rows, an administrator's client, Socle's connection. */
export interface TestApplication {
  readonly url: string;
  readonly admin: pg.Client;
  readonly connection: SqlConnection;
  rows<Row extends pg.QueryResultRow>(query: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  catalogue(): Promise<Catalogue>;
  plan(question?: TestPlanQuestion): Promise<ErasurePlan>;
}

export interface TestPlanQuestion {
  /** `table.column` (of the usual schema) or `schema.table.column` → category. */
  readonly categories?: Readonly<Record<string, Category>>;
  readonly map?: string;
  readonly identities?: readonly { readonly kind: string; readonly column: string }[];
}

/** A scratch database filled by `sql`, closed and dropped after the file. */
export async function testApplication(sql: string): Promise<TestApplication> {
  const url = await scratchDatabase('application');
  const admin = new pg.Client({ connectionString: url });
  admin.on('error', () => undefined);
  await admin.connect();
  await admin.query(sql);
  const connection = await connect(url);
  afterAll(async () => {
    await connection.close();
    await admin.end().catch(() => undefined);
  });
  const catalogue = (): Promise<Catalogue> => readCatalogue(connection);
  return {
    url,
    admin,
    connection,
    rows: async (query, values = []) => (await admin.query(query, [...values])).rows,
    catalogue,
    plan: async (question = {}) => {
      const read = await catalogue();
      return settlePlan(connection, read, makePlan(read, question));
    },
  };
}

export function makePlan(catalogue: Catalogue, question: TestPlanQuestion, schema = 'public'): ErasurePlan {
  const categories = Object.entries(question.categories ?? {}).map(([path, category]) => {
    return [path.split('.').length > 2 ? path : `${schema}.${path}`, category] as const;
  });
  return planErasure({
    catalogue,
    categories: new Map([...categoriesByName(catalogue), ...categories]),
    ...(question.map === undefined ? {} : { map: parseMap(question.map, 'map.yaml', catalogue) }),
    ...(question.identities === undefined ? {} : { identities: question.identities }),
  });
}

const guesses: readonly (readonly [RegExp, Category])[] = [
  [/optin|newsletter|preference/i, 'preference'],
  [/e?_?mail|courriel|phone|tel|fax|mobile|portable/i, 'contact'],
  [/naiss|birth/i, 'birth'],
  [/iban|ccn|card_number|num_carte_bancaire/i, 'bank'],
  [/addr|adr|street|rue|city|ville|zip|postal|cp$|country|pays|state$|house/i, 'location'],
  [/(^|_)ip(_|$)|login|pseudo|user_agent|device/i, 'online'],
  [/nom|name|prenom|civilit|num_client|customer_number|loyalty_number/i, 'identity'],
  [/comment|note|body|message|text/i, 'free_text'],
];

/** What a dictionary would propose, simply: categories by name, for columns that aren't keys nor references. */
function categoriesByName(catalogue: Catalogue): ReadonlyMap<string, Category> {
  return new Map(
    catalogue.tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const isReference = table.references.some((reference) => reference.from.columns.includes(column.name));
        const isNumber = column.family === 'number' && (isReference || table.primaryKey.includes(column.name));
        const guess = isNumber ? undefined : guesses.find(([pattern]) => pattern.test(column.name));
        return guess === undefined ? [] : [[`${table.schema}.${table.table}.${column.name}`, guess[1]] as const];
      }),
    ),
  );
}

/** A database of the shared data folder, without the commands of psql; null where the folder is absent. */
export function sharedDatabase(name: string): string | null {
  const path = join(projectRoot, '../shared/data/databases', name);
  if (!existsSync(path)) return null;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^\\c|^((DROP|CREATE) DATABASE|USE) /i.test(line))
    .join('\n');
}
