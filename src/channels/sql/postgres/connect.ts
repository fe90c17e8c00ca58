import { readFileSync } from 'node:fs';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import pg from 'pg';
import { Refusal, type RefusalStatus, type Text } from '../../../kernel/index.ts';
import {
  type ConnectOptions,
  type FilledColumn,
  type Limits,
  longestStatementMs,
  type SqlConnection,
  type Value,
} from '../connection.ts';
import { unreachableServer } from '../trouble.ts';
import { postgresDialect } from './dialect.ts';
import { troubleOf } from './trouble.ts';

const oldestVersion = 120_000;

/** Opens a connection. Throws a `Refusal` with what to do; neither the URL nor the password is in it. */
export async function connect(url: string, options: ConnectOptions = {}): Promise<SqlConnection> {
  const { address, tls } = readUrl(url);
  const timeoutMs = options.connectTimeoutMs ?? 10_000;
  const client =
    tls === 'prefer'
      ? await open(address, { rejectUnauthorized: false }, timeoutMs).catch((error: unknown) => {
          if (error instanceof Refusal && error.code === 'sql.no_tls') return open(address, false, timeoutMs);
          throw error;
        })
      : await open(address, tls, timeoutMs);
  return connectionOf(client);
}

const begins = {
  // One snapshot from the finding to the last statement, so that nothing moves in between.
  write: 'begin transaction isolation level repeatable read',
  read: 'begin transaction isolation level repeatable read read only',
  try: 'begin read only',
} as const;

function connectionOf(client: pg.Client): SqlConnection {
  const run = async (text: string, values: readonly unknown[] = []): Promise<number> =>
    (await client.query(text, [...values])).rowCount ?? 0;
  return {
    engine: 'postgres',
    dialect: postgresDialect,
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    run,
    runAll: async (texts) => void (await run(texts.join(';\n'))),
    begin: async (mode) => void (await run(begins[mode])),
    limit: async (limits) => void (await run(limitStatement(limits))),
    fill: async (table, columns, rows) => {
      if (rows.length > 0) await run(fillStatement(table, columns), arraysOf(columns, rows));
    },
    trouble: troubleOf,
    close: () => client.end().catch(() => undefined),
  };
}

function limitStatement({ statementMs, lockMs }: Limits): string {
  const lock = lockMs === undefined ? '' : `set lock_timeout = ${Math.round(lockMs)}; `;
  return `${lock}set statement_timeout = ${Math.max(Math.ceil(statementMs), 1)}`;
}

function fillStatement(table: string, columns: readonly FilledColumn[]): string {
  const names = columns.map(({ name }) => name).join(', ');
  const casts = columns.map(({ type }, place) => `v.c${place}::${typeof type === 'string' ? type : type.key}`);
  const arrays = columns.map((_, place) => `$${place + 1}::text[]`).join(', ');
  return `insert into ${table} (${names}) select ${casts.join(', ')} from unnest(${arrays}) v (${columns.map((_, place) => `c${place}`).join(', ')})`;
}

function arraysOf(columns: readonly FilledColumn[], rows: readonly (readonly Value[])[]): readonly unknown[] {
  return columns.map((_, place) => rows.map((row) => row[place] ?? null));
}

async function open(address: string, tls: TlsOptions | false, timeoutMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: address,
    ssl: tls,
    connectionTimeoutMillis: timeoutMs,
    application_name: 'socle',
    keepAlive: true,
  });
  // A server that goes away between two queries must not end the process: the next query says it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await prepareSession(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw whyNot(error);
  }
}

/**
 * Text comes and goes as UTF-8, dates as ISO, whatever the role's settings are. `row_security = off` turns rows that a
 * policy would silently hide into an error: an erasure never claims what it could not see. No statement runs for more
 * than two minutes unless its caller says so: a slow application must not hold up the others.
 */
async function prepareSession(client: pg.Client): Promise<void> {
  const found = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version");
  const version = found.rows[0]?.version ?? 0;
  if (version < oldestVersion) {
    throw refusal('sql.too_old', 422, {
      fr: 'La base de l’application est trop ancienne : PostgreSQL 12 ou plus récent est nécessaire.',
      en: 'The application’s database is too old: PostgreSQL 12 or later is needed.',
    });
  }
  await client.query(
    `select set_config('row_security', 'off', false),
       set_config('datestyle', 'ISO', false), set_config('client_min_messages', 'error', false),
       set_config('standard_conforming_strings', 'on', false), set_config('bytea_output', 'hex', false),
       set_config('idle_in_transaction_session_timeout', '300000', false),
       set_config('statement_timeout', '${longestStatementMs}', false)`,
  );
}

function readUrl(url: string): { readonly address: string; readonly tls: TlsOptions | false | 'prefer' } {
  if (!URL.canParse(url)) throw badUrl();
  const parsed = new URL(url);
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:') throw badUrl();
  const mode = parsed.searchParams.get('sslmode') ?? 'prefer';
  const rootFile = parsed.searchParams.get('sslrootcert');
  for (const name of ['sslmode', 'sslrootcert', 'application_name']) parsed.searchParams.delete(name);
  return { address: parsed.toString(), tls: readTls(mode, rootFile) };
}

/** The meaning of libpq: `require` encrypts without checking who answers; `verify-*` check. */
function readTls(mode: string, rootFile: string | null): TlsOptions | false | 'prefer' {
  switch (mode) {
    case 'disable':
      return false;
    case 'allow':
    case 'prefer':
      return 'prefer';
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { rejectUnauthorized: true, checkServerIdentity: () => undefined, ...rootCertificate(rootFile) };
    case 'verify-full':
      return { rejectUnauthorized: true, ...rootCertificate(rootFile) };
    default:
      throw refusal('sql.url_invalid', 422, {
        fr: 'sslmode doit être disable, prefer, require, verify-ca ou verify-full.',
        en: 'sslmode must be disable, prefer, require, verify-ca or verify-full.',
      });
  }
}

function rootCertificate(file: string | null): { readonly ca?: string } {
  if (file === null) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch {
    throw refusal('sql.url_invalid', 422, {
      fr: 'Le fichier sslrootcert de l’adresse est illisible.',
      en: 'The sslrootcert file of the address can’t be read.',
    });
  }
}

function whyNot(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const message = error instanceof Error ? error.message : '';
  if (/does not support SSL/i.test(message)) {
    return refusal('sql.no_tls', 422, {
      fr: 'Le serveur n’offre pas de connexion chiffrée. Activez TLS sur le serveur, ou mettez sslmode=disable sur un réseau sûr.',
      en: 'The server offers no encrypted connection. Enable TLS on the server, or set sslmode=disable on a safe network.',
    });
  }
  const trouble = troubleOf(error);
  const code = trouble?.code ?? '';
  if (/CERT|SELF_SIGNED|ALTNAME|ISSUER/.test(code)) {
    return refusal('sql.tls_untrusted', 422, {
      fr: 'Le certificat du serveur n’est pas reconnu. Donnez son autorité par sslrootcert.',
      en: 'The server’s certificate isn’t trusted. Give its authority with sslrootcert.',
    });
  }
  if (code === '28P01' || code === '28000' || /password|SASL|SCRAM/i.test(message)) {
    return refusal('sql.login_refused', 422, {
      fr: 'La base refuse ce compte : vérifiez l’utilisateur, le mot de passe et le droit de se connecter (pg_hba).',
      en: 'The database refuses this account: check the user, the password and the right to connect (pg_hba).',
    });
  }
  if (code === '3D000') {
    return refusal('sql.unknown_database', 422, {
      fr: 'Cette base n’existe pas sur le serveur : vérifiez le nom après la dernière barre de l’adresse.',
      en: 'There is no such database on the server: check the name after the last slash of the address.',
    });
  }
  if (code === '42501') {
    return refusal('sql.login_refused', 422, {
      fr: 'Ce compte n’a pas le droit de se connecter à cette base (CONNECT).',
      en: 'This account may not connect to this database (CONNECT).',
    });
  }
  if (trouble?.kind === 'gone') return refusal('sql.unreachable', 503, unreachableServer);
  return refusal('sql.not_postgres', 422, {
    fr: 'Ce qui répond à cette adresse n’est pas un serveur PostgreSQL.',
    en: 'What answers at this address is not a PostgreSQL server.',
  });
}

function badUrl(): Refusal {
  return refusal('sql.url_invalid', 422, {
    fr: 'L’adresse de la base doit avoir la forme postgres://compte:motdepasse@hôte:5432/base, mysql://compte:motdepasse@hôte:3306/base ou sqlite:///chemin/base.db.',
    en: 'The database’s address must look like postgres://account:password@host:5432/database, mysql://account:password@host:3306/database or sqlite:///path/base.db.',
  });
}

function refusal(code: string, status: RefusalStatus, text: Text): Refusal {
  return new Refusal(code, status, text);
}
