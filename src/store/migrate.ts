import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot, Refusal, sha256 } from '../kernel/index.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

const lockKey = 7_205_759_403_792_794;

/** The migrations shipped with this version, in order. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const folder = join(projectRoot, 'src/store/migrations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return {
        number: Number(file.slice(0, 3)),
        name: file.slice(4, -4),
        sql,
        digest: sha256(sql).toString('hex'),
      };
    }),
  );
}

/**
 * Brings the database to this version, forward only: each migration in one transaction with its mark, under one
 * advisory lock (several processes may start at once). Refuses a database that a later version has touched, and
 * one whose applied migrations aren't those shipped. Returns the names applied now.
 */
export async function migrate(ownerUrl: string, appRole: string): Promise<readonly string[]> {
  const migrations = await readMigrations();
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'socle migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      "select set_config('socle.app_role', $1, false), set_config('client_min_messages', 'warning', false)",
      [appRole],
    );
    await client.query(
      'create table if not exists public.socle_migration (number integer primary key, name text not null, digest text not null, applied_at timestamptz not null default now())',
    );
    const applied = await client.query<{ number: number; name: string; digest: string }>(
      'select number, name, digest from public.socle_migration order by number',
    );
    refuseStrangers(applied.rows, migrations);
    const done = new Set(applied.rows.map((row) => row.number));
    const pending = migrations.filter((migration) => !done.has(migration.number));
    for (const migration of pending) await applyOne(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into public.socle_migration (number, name, digest) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.digest,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function refuseStrangers(
  applied: readonly { number: number; name: string; digest: string }[],
  shipped: readonly Migration[],
): void {
  for (const row of applied) {
    const known = shipped.find((migration) => migration.number === row.number);
    if (known === undefined) {
      throw new Refusal('store.newer_database', 503, {
        fr: `Cette base a été mise à niveau par une version plus récente de Socle (migration ${row.number}, ${row.name}) : lancez cette version-là.`,
        en: `This database was upgraded by a later version of Socle (migration ${row.number}, ${row.name}): start that version.`,
      });
    }
    if (known.digest !== row.digest) {
      throw new Refusal('store.changed_migration', 503, {
        fr: `La migration ${row.number} (${row.name}) appliquée à cette base n’est pas celle de cette version : restaurez la bonne version de Socle, ou repartez d’une base vide.`,
        en: `Migration ${row.number} (${row.name}) applied to this database isn’t the one of this version: restore the right version of Socle, or begin with an empty database.`,
      });
    }
  }
}
