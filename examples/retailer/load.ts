import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { projectRoot } from '../../src/kernel/index.ts';
import type { LoadContext, Loaded, LoadedDatabase } from '../example.ts';
import { loyaltyTables } from './loyalty/rows.ts';
import { defaultPersons, defaultSeed, inventHouseholds } from './people/people.ts';
import { shopTables } from './shop/rows.ts';
import type { Table } from './table.ts';

interface Source {
  readonly name: string;
  readonly tables: () => readonly Table[];
  /** Tables whose rows Socle may delete: those that the map says so, and no other. */
  readonly deletable: readonly string[];
}

/**
 * Makes the databases `shop` and `loyalty`, each owned by a role that can't log in and open to one login role, which
 * reads and changes rows and owns nothing. A database is filled under a temporary name and takes its own at the end:
 * a crash leaves nothing that looks complete, and a second call finds what the first one made.
 */
export async function loadRetailer(context: LoadContext): Promise<Loaded> {
  const started = performance.now();
  const households = once(() => inventHouseholds(context.persons ?? defaultPersons, defaultSeed));
  const shopMade = ensureDatabase(context, {
    name: 'shop',
    tables: () => shopTables(households(), defaultSeed),
    deletable: ['newsletter_subscription', 'cart'],
  });
  const loyaltyMade = ensureDatabase(context, {
    name: 'loyalty',
    tables: () => loyaltyTables(households(), defaultSeed),
    deletable: ['"ENFANT"', '"ENVOI_MAIL"', '"ANC_CARTE"'],
  });
  const [shop, loyalty] = await Promise.all([shopMade, loyaltyMade]);
  return { databases: { shop, loyalty }, durationMs: performance.now() - started };
}

async function ensureDatabase(context: LoadContext, source: Source): Promise<LoadedDatabase> {
  const database = `${context.prefix ?? ''}${source.name}`;
  const [owner, login] = [`${database}_owner`, `${database}_socle`];
  const password = context.passwordFor(login);
  const url = new URL(context.adminUrl);
  url.pathname = `/${database}`;
  url.username = login;
  url.password = encodeURIComponent(password);
  return connected(context.adminUrl, async (admin) => {
    await ensureRole(admin, owner, 'nologin');
    await ensureRole(admin, login, `login password ${pg.escapeLiteral(password)}`);
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount !== 0) return { database, url: url.toString(), isNew: false, rows: {} };
    const draft = `${database}_loading`;
    await admin.query(`drop database if exists ${pg.escapeIdentifier(draft)} with (force)`);
    await admin.query(
      `create database ${pg.escapeIdentifier(draft)} owner ${pg.escapeIdentifier(owner)} encoding 'UTF8' template template0`,
    );
    const rows = await fill(onDatabase(context.adminUrl, draft), source, owner, login);
    await admin.query(`revoke connect, temporary on database ${pg.escapeIdentifier(draft)} from public`);
    // Socle works on a temporary list of keys: hence TEMPORARY.
    await admin.query(
      `grant connect, temporary on database ${pg.escapeIdentifier(draft)} to ${pg.escapeIdentifier(login)}`,
    );
    await admin.query(`alter database ${pg.escapeIdentifier(draft)} rename to ${pg.escapeIdentifier(database)}`);
    return { database, url: url.toString(), isNew: true, rows };
  });
}

/** One transaction: the tables, the rows by COPY, references and indexes, the counters of identity columns, the rights. */
async function fill(
  url: string,
  source: Source,
  owner: string,
  login: string,
): Promise<Readonly<Record<string, number>>> {
  const schema = await readFile(join(projectRoot, 'examples/retailer', source.name, 'schema.sql'), 'utf8');
  const role = pg.escapeIdentifier(login);
  return connected(url, async (client) => {
    await client.query('begin');
    await client.query(`set local role ${pg.escapeIdentifier(owner)}`);
    const [tables = '', afterRows = ''] = schema.split('-- :rows');
    await client.query(tables);
    const rows: Record<string, number> = {};
    for (const table of source.tables()) {
      const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
      const copy = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin`));
      await pipeline(Readable.from(table.chunks()), copy);
      rows[table.name.replaceAll('"', '')] = table.size;
    }
    await client.query(afterRows);
    await client.query(restartCounters);
    await client.query(`grant usage on schema public to ${role}`);
    await client.query(`grant select, update on all tables in schema public to ${role}`);
    for (const table of source.deletable) await client.query(`grant delete on ${table} to ${role}`);
    await client.query('commit');
    await client.query('analyze');
    return rows;
  });
}

/** Rows came with their ids: the next one must come after them. */
const restartCounters = `
  do $$
  declare held record;
  begin
    for held in
      select format('%I.%I', table_schema, table_name) as name, column_name
        from information_schema.columns where table_schema = 'public' and is_identity = 'YES'
    loop
      execute format('select setval(pg_get_serial_sequence(%L, %L), (select coalesce(max(%I), 0) + 1 from %s), false)',
        held.name, held.column_name, held.column_name, held.name);
    end loop;
  end $$`;

async function ensureRole(admin: pg.Client, name: string, options: string): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [name]);
  await admin.query(`${rowCount === 0 ? 'create' : 'alter'} role ${pg.escapeIdentifier(name)} ${options}`);
}

function onDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'socle example' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
