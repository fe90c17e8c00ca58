import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal, type RefusalStatus, type Text } from '../../../kernel/index.ts';
import type { FilledColumn, SqlConnection, Value } from '../connection.ts';
import { sqliteDialect } from './dialect.ts';
import type { Bindable } from './protocol.ts';
import { scrub } from './scrub.ts';
import { SqliteThread } from './thread.ts';
import { troubleOf } from './trouble.ts';

/** Opens a file. Throws a `Refusal` with what to do. */
export async function connect(url: string): Promise<SqlConnection> {
  const path = pathOf(url);
  await checkFile(path);
  const thread = new SqliteThread({ path, isReadOnly: !(await isWritable(path)) });
  const connection = connectionOf(thread, path);
  try {
    await connection.query('select 1 as one');
    return connection;
  } catch (error) {
    await connection.close();
    throw whyNot(error);
  }
}

const begins = {
  // The file is taken for writing at once: nobody's change comes between the finding and the last statement.
  write: 'begin immediate',
  read: 'begin',
  try: 'begin',
} as const;

export function connectionOf(thread: SqliteThread, path: string): SqlConnection {
  const ask = (kind: 'query' | 'run', text: string, values: readonly unknown[] = []) =>
    thread.ask({ kind, text, values: named(text, values) });
  const run = async (text: string, values?: readonly unknown[]): Promise<number> =>
    (await ask('run', text, values)).changes;
  const query = async <Row extends object>(text: string, values?: readonly unknown[]) =>
    (await ask('query', text, values)).rows as readonly Row[];
  return {
    engine: 'sqlite',
    dialect: sqliteDialect,
    query,
    scrub: () => scrub(thread, path, query),
    run,
    runAll: async (texts) => {
      for (const text of texts) await run(text);
    },
    begin: async (mode) => void (await run(begins[mode])),
    limit: async ({ statementMs, lockMs }) => {
      await thread.ask({ kind: 'limit', statementMs });
      if (lockMs !== undefined) await ask('query', `pragma busy_timeout = ${Math.max(Math.round(lockMs), 1)}`);
    },
    fill: async (table, columns, rows) => {
      for (const part of parts(rows)) await run(fillStatement(table, columns), [JSON.stringify(part)]);
    },
    trouble: troubleOf,
    close: () => thread.close(),
  };
}

/** `$1` is a name to SQLite; a name that the statement doesn't have is an error. */
function named(text: string, values: readonly unknown[]): Readonly<Record<string, Bindable>> {
  return Object.fromEntries(
    values.flatMap((value, index) => (text.includes(`$${index + 1}`) ? [[`$${index + 1}`, asBindable(value)]] : [])),
  );
}

function asBindable(value: unknown): Bindable {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('a parameter is a text, a number or null');
}

function parts(rows: readonly (readonly Value[])[]): readonly (readonly (readonly Value[])[])[] {
  const size = 20_000;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

function fillStatement(table: string, columns: readonly FilledColumn[]): string {
  const read = columns.map(({ type }, place) => {
    const value = `json_extract(v.value, '$[${place}]')`;
    return typeof type === 'object' ? `socle_key(${value})` : value;
  });
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) select ${read.join(', ')} from json_each($1) v`;
}

/** `sqlite:///var/lib/app/app.db`: an absolute path of the machine that Socle runs on. */
function pathOf(url: string): string {
  if (!/^sqlite:\/\/\/./i.test(url)) throw badUrl();
  try {
    return fileURLToPath(url.replace(/^sqlite:/i, 'file:').replace(/[?#].*$/, ''));
  } catch {
    throw badUrl();
  }
}

const header = 'SQLite format 3\u0000';

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw codeOf(error) === 'EACCES' ? notReadable() : noFile();
  });
  if (!found.isFile()) throw noFile();
  const file = await open(path, 'r').catch(() => {
    throw notReadable();
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (bytesRead > 0 && buffer.toString('latin1', 0, bytesRead) !== header) throw notSqlite();
  } finally {
    await file.close();
  }
}

/** The journal is written beside the file. */
async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    await access(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function whyNot(error: unknown): Refusal {
  const trouble = troubleOf(error);
  if (trouble === null) throw error;
  if (trouble.kind === 'busy') {
    return refusal('sql.busy', 503, {
      fr: 'Le fichier est tenu par un autre processus. Réessayez dans un moment.',
      en: 'The file is held by another process. Try again in a moment.',
    });
  }
  // A file in write-ahead mode can't be read from a folder where nothing may be written.
  return trouble.kind === 'gone' || trouble.kind === 'not_allowed' ? notReadable() : notSqlite();
}

function badUrl(): Refusal {
  return refusal('sql.url_invalid', 422, {
    fr: 'L’adresse d’un fichier SQLite doit avoir la forme sqlite:///chemin/complet/base.db, sur la machine de Socle.',
    en: 'The address of a SQLite file must look like sqlite:///full/path/base.db, on Socle’s own machine.',
  });
}

function noFile(): Refusal {
  return refusal('sql.unknown_database', 422, {
    fr: 'Il n’y a pas de fichier à cet endroit sur la machine de Socle : vérifiez le chemin.',
    en: 'There is no file there on Socle’s machine: check the path.',
  });
}

function notReadable(): Refusal {
  return refusal('sql.login_refused', 422, {
    fr: 'Le compte système de Socle ne peut pas lire ce fichier, ou pas son dossier. Donnez-lui ce droit.',
    en: 'Socle’s system account can’t read this file, or its folder. Give it that right.',
  });
}

function notSqlite(): Refusal {
  return refusal('sql.not_sqlite', 422, {
    fr: 'Ce fichier n’est pas une base SQLite, ou elle est chiffrée.',
    en: 'This file is not a SQLite database, or it is encrypted.',
  });
}

function refusal(code: string, status: RefusalStatus, text: Text): Refusal {
  return new Refusal(code, status, text);
}
