import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { LoadContext, LoadedDatabase } from './example.ts';
import type { Table } from './retailer/table.ts';

/** What a database of an example is made of. */
export interface DatabaseSource {
  readonly name: string;
  /** Absolute path of its tables (SQL), then `-- :rows`, then what is made once the rows are in. */
  readonly schema: string;
  readonly tables: () => readonly Table[];
  /** Tables whose rows Socle may delete: those that the map says so, and no other. */
  readonly deletable: readonly string[];
}

/**
 * Makes a database owned by a role that can't log in and open to one login role, which reads and changes rows and owns
 * nothing. It is filled under a temporary name and takes its own at the end: a crash leaves nothing that looks complete, and a
 * second call finds what the first one made.
 */
export async function ensureDatabase(context: LoadContext, source: DatabaseSource): Promise<LoadedDatabase> {
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
    if (rowCount !== 0) {
      // An operator may have stopped it: it starts again with Socle.
      await admin.query(`alter database ${pg.escapeIdentifier(database)} allow_connections true`);
      return { database, url: url.toString(), isNew: false, rows: {} };
    }
    const draft = `${database}_loading`;
    await admin.query(`drop database if exists ${pg.escapeIdentifier(draft)} with (force)`);
    await admin.query(
      `create database ${pg.escapeIdentifier(draft)} owner ${pg.escapeIdentifier(owner)} encoding 'UTF8' template template0`,
    );
    const rows = await fill(onDatabase(context.adminUrl, draft), source, owner, login);
    await openToSocle(admin, draft, login);
    if (context.backupAt !== undefined) await copyDatabase(admin, draft, copyName(database, context.backupAt));
    await admin.query(`alter database ${pg.escapeIdentifier(draft)} rename to ${pg.escapeIdentifier(database)}`);
    return { database, url: url.toString(), isNew: true, rows };
  });
}

/** A backup of a database beside it: `shop_copy_1795345200000`. */
export function copyName(database: string, at: Date): string {
  return `${database}_copy_${at.getTime()}`;
}

/** Nobody may be in the database, and nobody enters the copy. */
export async function copyDatabase(admin: pg.Client, database: string, copy: string): Promise<void> {
  const [from, to] = [database, copy].map(pg.escapeIdentifier);
  await admin.query(`drop database if exists ${to}`);
  await admin.query(`create database ${to} template ${from} allow_connections false`);
}

/** A copy of a database has its rows and not who may enter: nobody, then this login. */
export async function openToSocle(admin: pg.Client, database: string, login: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await admin.query(`revoke connect, temporary on database ${name} from public`);
  // Socle works on a temporary list of keys: hence TEMPORARY.
  await admin.query(`grant connect, temporary on database ${name} to ${pg.escapeIdentifier(login)}`);
}

/** One transaction: the tables, the rows by COPY, references and indexes, the counters of identity columns, the rights. */
async function fill(
  url: string,
  source: DatabaseSource,
  owner: string,
  login: string,
): Promise<Readonly<Record<string, number>>> {
  const schema = await readFile(source.schema, 'utf8');
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

/** A connection for as long as `run` lasts. */
export async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'socle example' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
