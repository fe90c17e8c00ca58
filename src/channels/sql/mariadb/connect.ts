import { readFileSync } from 'node:fs';
import mysql, { type Connection, type ConnectionOptions, type ResultSetHeader, type SslOptions } from 'mysql2/promise';
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
import { reopened } from './copies.ts';
import { isBinary, mariadbDialect } from './dialect.ts';
import { doubled, positional } from './parameters.ts';
import { troubleOf } from './trouble.ts';

export interface MariadbOptions extends ConnectOptions {
  /** Work with copies of temporary tables, as on MySQL, whatever the server. */
  readonly isWithCopies?: boolean;
}

/** Opens a connection. Throws a `Refusal` with what to do; neither the URL nor the password is in it. */
export async function connect(url: string, options: MariadbOptions = {}): Promise<SqlConnection> {
  const { address, tls } = readUrl(url);
  if (tls !== 'prefer') return open(address, tls, options);
  return open(address, { rejectUnauthorized: false }, options).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'sql.no_tls') return open(address, null, options);
    throw error;
  });
}

async function open(
  address: ConnectionOptions,
  tls: SslOptions | null,
  options: MariadbOptions,
): Promise<SqlConnection> {
  let connection: Connection | null = null;
  try {
    connection = await mysql.createConnection({
      ...address,
      ...(tls === null ? {} : { ssl: tls }),
      connectTimeout: options.connectTimeoutMs ?? 10_000,
      charset: 'UTF8MB4_BIN',
      dateStrings: true,
      supportBigNumbers: true,
      multipleStatements: false,
      enableKeepAlive: true,
      maxPreparedStatements: 100,
      // Rows that changed, not rows that matched.
      flags: ['-FOUND_ROWS'],
    });
    // A server that goes away between two queries must not end the process: the next query says it.
    connection.on('error', () => undefined);
    const server = await prepareSession(connection);
    return sessionOf(connection, { ...server, canReopen: server.canReopen && options.isWithCopies !== true });
  } catch (error) {
    connection?.destroy();
    throw whyNot(error);
  }
}

interface Server {
  readonly isMariadb: boolean;
  /** Whether one statement may read a temporary table twice. */
  readonly canReopen: boolean;
  /** Statements are replicated as texts: InnoDB then wants the stricter isolation. */
  readonly isStatementLogged: boolean;
}

/**
 * The session writes standard SQL: double quotes for identifiers, `||` for joining texts, backslashes that are only
 * characters; a value that doesn't fit is an error instead of a changed value. Triggers keep the mode they were made
 * with. No statement runs for more than two minutes unless its caller says so.
 *
 * MySQL reads the checks and generated columns of a table in the mode of whoever opens it first, and prints them with
 * escaped quotes: with backslashes that are only characters it could not open that table. There they are doubled instead.
 */
async function prepareSession(connection: Connection): Promise<Server> {
  const [rows] = await connection.query(
    "select version() as version, @@log_bin and @@binlog_format = 'STATEMENT' as is_statement_logged, database() as db",
  );
  const [found] = Array.isArray(rows) ? rows : [];
  const read = (name: string): unknown => (found === undefined ? undefined : Reflect.get(found, name));
  const version = String(read('version') ?? '');
  const isMariadb = /mariadb/i.test(version);
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^5\.5\.5-/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  // Invisible columns, and on MySQL checks that hold.
  if ((major * 100 + minor) * 100 + patch < (isMariadb ? 100303 : 80023)) throw tooOld();
  if (read('db') === null) throw badUrl();
  const settings = [
    `sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,${isMariadb ? 'NO_BACKSLASH_ESCAPES,' : ''}STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'`,
    'foreign_key_checks = 1',
    'unique_checks = 1',
    'sql_safe_updates = 0',
    'sql_big_selects = 1',
    'autocommit = 1',
    'default_tmp_storage_engine = InnoDB',
    'group_concat_max_len = 16000000',
    limitText(isMariadb, { statementMs: longestStatementMs }),
  ];
  await connection.query(`set ${settings.map((setting) => `session ${setting}`).join(', ')}`);
  return { isMariadb, canReopen: isMariadb, isStatementLogged: Number(read('is_statement_logged') ?? 0) === 1 };
}

/** MySQL bounds reads only; MariaDB bounds everything, in seconds. */
function limitText(isMariadb: boolean, { statementMs }: Limits): string {
  const ms = Math.max(Math.ceil(statementMs), 1);
  return isMariadb ? `max_statement_time = ${(ms / 1000).toFixed(3)}` : `max_execution_time = ${ms}`;
}

function sessionOf(connection: Connection, server: Server): SqlConnection {
  const send = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const { text: written, before } = server.canReopen ? { text, before: [] } : reopened(text);
    for (const copying of before) await connection.query(copying);
    const statement = positional(server.isMariadb ? written : doubled(written), values);
    const [answer] =
      statement.values.length === 0
        ? await connection.query(statement.text)
        : // Prepared: values travel apart from the text, and are never quoted into it.
          await connection.execute(statement.text, [...statement.values]);
    return answer;
  };
  const run = async (text: string, values: readonly unknown[] = []): Promise<number> =>
    affectedBy(await send(text, values));
  // Reading what others committed as it goes takes no lock on what is only read; `hold` then locks what was found.
  const isolation = server.isStatementLogged ? 'repeatable read' : 'read committed';
  return {
    engine: 'mariadb',
    dialect: mariadbDialect,
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      const answer = await send(text, values);
      return (Array.isArray(answer) ? answer : []) as readonly Row[];
    },
    run,
    runAll: async (texts) => {
      for (const text of texts) await run(text);
    },
    begin: async (mode) => {
      // An earlier attempt that was cut in the change of a key left the checks off.
      await run('set session foreign_key_checks = 1');
      await run(`set transaction isolation level ${isolation}`);
      // No table is made in a read-only transaction, not even a copy.
      await run(mode === 'read' && server.canReopen ? 'start transaction read only' : 'start transaction');
    },
    limit: async (limits) => {
      const seconds = limits.lockMs === undefined ? null : Math.max(Math.ceil(limits.lockMs / 1000), 1);
      const locks =
        seconds === null
          ? ''
          : `, session innodb_lock_wait_timeout = ${seconds}, session lock_wait_timeout = ${seconds}`;
      await run(`set session ${limitText(server.isMariadb, limits)}${locks}`);
    },
    fill: async (table, columns, rows) => {
      for (const part of parts(rows)) await run(fillStatement(table, columns, part.length), part.flat());
    },
    trouble: troubleOf,
    close: () => connection.end().catch(() => undefined),
  };
}

function affectedBy(answer: unknown): number {
  const isHeader = (value: unknown): value is ResultSetHeader =>
    typeof value === 'object' && value !== null && 'affectedRows' in value;
  return isHeader(answer) ? answer.affectedRows : 0;
}

/** A prepared statement takes 65,535 parameters at most. */
function parts(rows: readonly (readonly Value[])[]): readonly (readonly (readonly Value[])[])[] {
  const size = 2_000;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

function fillStatement(table: string, columns: readonly FilledColumn[], rows: number): string {
  const places = columns.map(({ type }, place) => (row: number) => {
    const parameter = `$${row * columns.length + place + 1}`;
    return typeof type === 'object' && isBinary(type.key) ? `unhex(${parameter})` : parameter;
  });
  const tuples = Array.from({ length: rows }, (_, row) => `(${places.map((at) => at(row)).join(', ')})`);
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values ${tuples.join(', ')}`;
}

function readUrl(url: string): { readonly address: ConnectionOptions; readonly tls: SslOptions | null | 'prefer' } {
  if (!URL.canParse(url)) throw badUrl();
  const parsed = new URL(url);
  if (parsed.protocol !== 'mysql:' && parsed.protocol !== 'mariadb:') throw badUrl();
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (database === '') throw badUrl();
  const socket = parsed.searchParams.get('socket');
  return {
    address: {
      ...(socket === null
        ? { host: decodeURIComponent(parsed.hostname) || 'localhost', port: Number(parsed.port || '3306') }
        : { socketPath: socket }),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      database,
    },
    tls: socket === null ? readTls(parsed.searchParams) : null,
  };
}

/** The words of MySQL's own `--ssl-mode`: `REQUIRED` encrypts without checking who answers; `VERIFY_*` check. */
function readTls(parameters: URLSearchParams): SslOptions | null | 'prefer' {
  const file = parameters.get('ssl-ca');
  switch ((parameters.get('ssl-mode') ?? 'PREFERRED').toUpperCase()) {
    case 'DISABLED':
      return null;
    case 'PREFERRED':
      return 'prefer';
    case 'REQUIRED':
      return { rejectUnauthorized: false };
    case 'VERIFY_CA':
      return { rejectUnauthorized: true, verifyIdentity: false, ...authority(file) };
    case 'VERIFY_IDENTITY':
      return { rejectUnauthorized: true, verifyIdentity: true, ...authority(file) };
    default:
      throw refusal('sql.url_invalid', 422, {
        fr: 'ssl-mode doit être DISABLED, PREFERRED, REQUIRED, VERIFY_CA ou VERIFY_IDENTITY.',
        en: 'ssl-mode must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY.',
      });
  }
}

function authority(file: string | null): { readonly ca?: string } {
  if (file === null) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch {
    throw refusal('sql.url_invalid', 422, {
      fr: 'Le fichier ssl-ca de l’adresse est illisible.',
      en: 'The ssl-ca file of the address can’t be read.',
    });
  }
}

function whyNot(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const trouble = troubleOf(error);
  const code = trouble?.code ?? '';
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return refusal('sql.no_tls', 422, {
      fr: 'Le serveur n’offre pas de connexion chiffrée. Activez TLS sur le serveur, ou mettez ssl-mode=DISABLED sur un réseau sûr.',
      en: 'The server offers no encrypted connection. Enable TLS on the server, or set ssl-mode=DISABLED on a safe network.',
    });
  }
  if (/CERT|SELF_SIGNED|ALTNAME|ISSUER|HANDSHAKE_SSL/.test(code)) {
    return refusal('sql.tls_untrusted', 422, {
      fr: 'Le certificat du serveur n’est pas reconnu. Donnez son autorité par ssl-ca.',
      en: 'The server’s certificate isn’t trusted. Give its authority with ssl-ca.',
    });
  }
  if (['1045', '1698', '1251', '1130', '1129'].includes(code)) {
    return refusal('sql.login_refused', 422, {
      fr: 'La base refuse ce compte : vérifiez l’utilisateur, le mot de passe et l’hôte d’où il peut se connecter.',
      en: 'The database refuses this account: check the user, the password and the host it may connect from.',
    });
  }
  if (code === '1049') {
    return refusal('sql.unknown_database', 422, {
      fr: 'Cette base n’existe pas sur le serveur : vérifiez le nom après la dernière barre de l’adresse.',
      en: 'There is no such database on the server: check the name after the last slash of the address.',
    });
  }
  if (code === '1044') {
    return refusal('sql.login_refused', 422, {
      fr: 'Ce compte n’a aucun droit sur cette base (GRANT).',
      en: 'This account has no right on this database (GRANT).',
    });
  }
  if (trouble?.kind === 'gone') return refusal('sql.unreachable', 503, unreachableServer);
  return refusal('sql.not_mysql', 422, {
    fr: 'Ce qui répond à cette adresse n’est pas un serveur MySQL ou MariaDB.',
    en: 'What answers at this address is not a MySQL or MariaDB server.',
  });
}

function tooOld(): Refusal {
  return refusal('sql.too_old', 422, {
    fr: 'La base de l’application est trop ancienne : MariaDB 10.3 ou MySQL 8.0.23, ou plus récent, est nécessaire.',
    en: 'The application’s database is too old: MariaDB 10.3 or MySQL 8.0.23, or later, is needed.',
  });
}

function badUrl(): Refusal {
  return refusal('sql.url_invalid', 422, {
    fr: 'L’adresse de la base doit avoir la forme mysql://compte:motdepasse@hôte:3306/base.',
    en: 'The database’s address must look like mysql://account:password@host:3306/database.',
  });
}

function refusal(code: string, status: RefusalStatus, text: Text): Refusal {
  return new Refusal(code, status, text);
}
