import { createSecretKey, type KeyObject } from 'node:crypto';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { type Clock, type Id, type Log, OrganisationKeys } from '../kernel/index.ts';
import type { DatabaseRoles } from './roles.ts';
import type { Database } from './schema.generated.ts';

export type Tx = Transaction<Database>;

/** One organisation's database: every connection behind `db` was opened for it, and sees nothing else. */
export interface Scope {
  readonly org: Id<'organisation'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly keys: OrganisationKeys;
}

export interface StoreOptions {
  readonly roles: DatabaseRoles;
  readonly secret: Uint8Array;
  readonly clock: Clock;
  readonly log: Log;
  /** Connections an organisation may use at once. */
  readonly poolSize?: number;
}

/** Exact values stay exact: `bigint` for int8 (money is scaled int8), text for numeric, `YYYY-MM-DD` text for date. */
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.INT8) return BigInt;
    if (oid === pg.types.builtins.DATE) return (value: string) => value;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** The door to PostgreSQL: a small pool for each organisation in use, and one bound to none. */
export class Store {
  readonly roles: DatabaseRoles;
  readonly clock: Clock;
  readonly log: Log;
  /** Bound to no organisation: protected tables are empty here; only security definer functions answer. */
  readonly unbound: Kysely<Database>;
  readonly #root: KeyObject;
  readonly #poolSize: number;
  readonly #scopes = new Map<string, Scope>();

  constructor(options: StoreOptions) {
    this.roles = options.roles;
    this.clock = options.clock;
    this.log = options.log;
    this.#root = createSecretKey(options.secret);
    this.#poolSize = options.poolSize ?? 8;
    this.unbound = this.#open('', 4);
  }

  /** The scope of an organisation that the caller has already been allowed into. */
  scope(org: Id<'organisation'>): Scope {
    const known = this.#scopes.get(org);
    if (known !== undefined) return known;
    const scope: Scope = {
      org,
      db: this.#open(org, this.#poolSize),
      clock: this.clock,
      keys: new OrganisationKeys(this.#root, org),
    };
    this.#scopes.set(org, scope);
    return scope;
  }

  #open(org: string, size: number): Kysely<Database> {
    const pool = new pg.Pool({
      connectionString: this.roles.appUrl,
      application_name: 'socle',
      options: org === '' ? '-c timezone=UTC' : `-c timezone=UTC -c socle.org=${org}`,
      max: size,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      types: typeParsers,
    });
    // A connection cut by the server is replaced at the next use. Of one in use, what it was for fails; its own event, unheard,
    // would end the process.
    pool.on('error', (error) => this.log.warn({ error }, 'store.connection_lost'));
    pool.on('connect', (client) => client.on('error', () => undefined));
    return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  }

  /** Runs as the owner, on a connection of its own: the one governed path that changes the schema, and nothing else. */
  async asOwner<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: this.roles.ownerUrl,
      application_name: 'socle owner',
      types: typeParsers,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query("select set_config('socle.app_role', $1, false)", [this.roles.appRole]);
      return await run(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.unbound.destroy(), ...[...this.#scopes.values()].map((scope) => scope.db.destroy())]);
    this.#scopes.clear();
  }
}
