import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { outOfTime, registerFunctions } from './functions.ts';
import type { Answer, Failure, Opening, Request } from './protocol.ts';

/*
 * The thread in which one SQLite file is open. SQLite works in its caller's thread: a scan of a large file there would
 * hold up every page and every other application.
 */

let limitMs = 120_000;
let until = Number.POSITIVE_INFINITY;

const opened = attempt(open);

function open(): DatabaseSyncInstance {
  const { path, isReadOnly }: Opening = workerData;
  const database = new DatabaseSync(path, { readOnly: isReadOnly, timeout: 5_000, allowExtension: false });
  registerFunctions(database, () => performance.now() > until);
  const settings = ['foreign_keys = on', 'secure_delete = on', 'temp_store = memory', 'trusted_schema = off'];
  for (const setting of settings) database.exec(`pragma ${setting}`);
  // The first read tells whether the file is what it says, and whether it can be read.
  database.prepare('select count(*) as n from sqlite_schema').all();
  confine(database);
  return database;
}

/** SQLITE_ATTACH and SQLITE_DETACH (sqlite3.h): a connection stays in its file. */
const refused = new Set([24, 25]);

function confine(database: DatabaseSyncInstance): void {
  database.setAuthorizer((action) => (refused.has(action) ? 1 : 0));
}

function answer(request: Request): Answer {
  if ('failure' in opened) return opened;
  const database = opened.value;
  const result = attempt(() => {
    switch (request.kind) {
      case 'limit':
        limitMs = request.statementMs;
        return { rows: [], changes: 0 };
      case 'query':
        return { rows: database.prepare(request.text).all(request.values) as object[], changes: 0 };
      case 'run':
        return { rows: [], changes: Number(database.prepare(request.text).run(request.values).changes) };
      case 'vacuum':
        return vacuum(database);
      case 'checkpoint':
        return { rows: [], changes: isHeldUp(database) ? 1 : 0 };
      case 'close':
        return close(database);
    }
  });
  return 'failure' in result ? result : result.value;
}

/** Rewritten beside, by way of a file that SQLite attaches for it. */
function vacuum(database: DatabaseSyncInstance): Answer {
  database.setAuthorizer(null);
  try {
    database.exec('pragma busy_timeout = 2000; vacuum');
    return { rows: [], changes: 0 };
  } finally {
    confine(database);
  }
}

function isHeldUp(database: DatabaseSyncInstance): boolean {
  const [result] = database.prepare('pragma wal_checkpoint(truncate)').all() as { readonly busy: number }[];
  return result?.busy === 1;
}

/** What was overwritten still lies in the write-ahead log until it is copied back: asked for, not waited for. */
function close(database: DatabaseSyncInstance): Answer {
  attempt(() => {
    if (database.isTransaction) database.exec('rollback');
    database.exec('pragma busy_timeout = 0; pragma wal_checkpoint(truncate)');
  });
  database.close();
  return { rows: [], changes: 0 };
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly failure: Failure } {
  until = performance.now() + limitMs;
  try {
    return { value: work() };
  } catch (error) {
    const number: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : null;
    const message = error instanceof Error ? error.message : String(error);
    // SQLITE_INTERRUPT
    if (message.includes(outOfTime)) return { failure: { message: outOfTime, number: 9 } };
    return { failure: { message, number: typeof number === 'number' ? number : null } };
  } finally {
    until = Number.POSITIVE_INFINITY;
  }
}

parentPort?.on('message', (request: Request) => {
  parentPort?.postMessage(answer(request));
  if (request.kind === 'close') parentPort?.close();
});
