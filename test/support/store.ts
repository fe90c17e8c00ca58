import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { createLog, FixedClock, type Id, newId } from '../../src/kernel/index.ts';
import { type DatabaseRoles, type Scope, Store } from '../../src/store/index.ts';

export interface TestStore {
  readonly store: Store;
  readonly clock: FixedClock;
  readonly roles: DatabaseRoles;
  /** A new organisation and its scope. */
  organisation(slug?: string): Promise<Scope>;
  /** Rows as the owner sees them, of every organisation. */
  asOwner<Row extends pg.QueryResultRow>(query: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** The superuser's URL of this run's server, to make scratch databases with. */
export function testCluster(): { readonly adminUrl: string } {
  return { adminUrl: inject('cluster').adminUrl };
}

/** The root secret of every test store (hexadecimal): another process that opens one needs it. */
export function testSecret(): string {
  return inject('cluster').secretHex;
}

/** Runs statements as the superuser, in `database`. */
export async function asAdmin<Row extends pg.QueryResultRow>(
  query: string,
  values: readonly unknown[] = [],
  database = 'postgres',
): Promise<readonly Row[]> {
  const url = new URL(inject('cluster').adminUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.toString() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(query, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A scratch database of its own for a test, dropped after the file. Returns the superuser's URL to it. */
export async function scratchDatabase(prefix = 'app'): Promise<string> {
  const name = `${prefix}_${newId().replaceAll('-', '').slice(-16)}`;
  await asAdmin(`create database ${name}`);
  afterAll(async () => {
    await asAdmin(`drop database if exists ${name} with (force)`);
  });
  const url = new URL(inject('cluster').adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** A fresh clone of the migrated template, closed and dropped after the file. */
export async function testStore(at = '2026-11-23T09:00:00Z'): Promise<TestStore> {
  const { template, secretHex } = inject('cluster');
  const name = `t_${newId().replaceAll('-', '').slice(-16)}`;
  await asAdmin(`create database ${name} template socle_template owner socle_owner`);
  const toClone = (url: string): string => {
    const changed = new URL(url);
    changed.pathname = `/${name}`;
    return changed.toString();
  };
  const roles = { ...template, ownerUrl: toClone(template.ownerUrl), appUrl: toClone(template.appUrl) };
  const clock = new FixedClock(at);
  const store = new Store({ roles, secret: Buffer.from(secretHex, 'hex'), clock, log: createLog('silent') });
  afterAll(async () => {
    await store.close();
    await asAdmin(`drop database if exists ${name} with (force)`);
  });
  return {
    store,
    clock,
    roles,
    organisation: async (slug = `org-${newId().slice(-12)}`) => {
      const id: Id<'organisation'> = newId();
      await store.asOwner((client) =>
        client.query('insert into access.organisation (id, slug, name) values ($1, $2, $2)', [id, slug]),
      );
      return store.scope(id);
    },
    asOwner: (query, values = []) => store.asOwner(async (client) => (await client.query(query, [...values])).rows),
  };
}
