import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import mysql from 'mysql2/promise';
import { afterAll, describe, inject } from 'vitest';
import {
  type Catalogue,
  connect,
  type ErasurePlan,
  readCatalogue,
  type SqlConnection,
  settlePlan,
} from '../../src/channels/index.ts';
import { newId } from '../../src/kernel/index.ts';
import { makePlan, type TestPlanQuestion, testApplication } from './application.ts';
import { requireOrSkip } from './require.ts';

/** An application's database of a test, on whichever engine. */
export interface EngineApplication {
  readonly url: string;
  readonly connection: SqlConnection;
  /** `main.customer`: the key of a table, as outcomes and plans name it. */
  key(table: string): string;
  /** Runs statements as the application's administrator. */
  run(statements: string): Promise<void>;
  /** Drops every table, for a test that makes many schemas. */
  empty(): Promise<void>;
  rows(query: string): Promise<readonly Record<string, unknown>[]>;
  catalogue(): Promise<Catalogue>;
  plan(question?: TestPlanQuestion): Promise<ErasurePlan>;
}

/** Registered when the file is read: a hook that a running test registers comes too late for its suite. */
const cleanings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const clean of cleanings) await clean();
});

export interface TestEngine {
  readonly name: string;
  /** False where this machine lacks the engine. */
  readonly isThere: boolean;
  /** A scratch database filled by `statements`, gone after the file. */
  application(statements: string): Promise<EngineApplication>;
}

export const postgresEngine: TestEngine = {
  name: 'PostgreSQL',
  isThere: true,
  application: async (statements) => {
    const { url, connection, admin, rows, catalogue, plan } = await testApplication(statements);
    const run = async (more: string): Promise<void> => void (await admin.query(more));
    const empty = (): Promise<void> => run('drop schema public cascade; create schema public');
    return { url, connection, key: (table) => `public.${table}`, run, empty, rows, catalogue, plan };
  },
};

export const mariadbEngine: TestEngine = {
  name: 'MariaDB',
  isThere: requireOrSkip(
    'MariaDB',
    inject('mariadb') !== null,
    'install mariadb-server, or set SOCLE_TEST_MARIADB to the address of an administrator',
  ),
  application: (statements) => mysqlApplication(inject('mariadb') ?? '', statements),
};

/** Debian has no MySQL server: tests run on it wherever `SOCLE_TEST_MYSQL_URL` names one (an administrator's address). */
const mysqlUrl = process.env.SOCLE_TEST_MYSQL_URL ?? '';

export const mysqlEngine: TestEngine = {
  name: 'MySQL',
  isThere: mysqlUrl !== '',
  application: (statements) => mysqlApplication(mysqlUrl, statements),
};

const mysqlsHere = [mariadbEngine, mysqlEngine].filter(({ isThere }) => isThere);

/** Suites on each of the two that is there; skipped by name where there is none. */
export const describeMysqls = describe
  .skipIf(mysqlsHere.length === 0)
  .each(mysqlsHere.length === 0 ? [mariadbEngine] : mysqlsHere);

export const sqliteEngine: TestEngine = { name: 'SQLite', isThere: true, application: sqliteApplication };

/** Suites that are true of every engine run on each that is there. */
export const testEngines: readonly TestEngine[] = [postgresEngine, mariadbEngine, mysqlEngine, sqliteEngine].filter(
  ({ isThere }) => isThere,
);

async function mysqlApplication(administrator: string, statements: string): Promise<EngineApplication> {
  const address = new URL(administrator);
  const name = `socle_test_${newId().replaceAll('-', '').slice(-16)}`;
  const socket = address.searchParams.get('socket');
  const admin = await mysql.createConnection({
    ...(socket === null ? { host: address.hostname, port: Number(address.port || '3306') } : { socketPath: socket }),
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    multipleStatements: true,
    dateStrings: true,
  });
  await admin.query(`create database ${name} character set utf8mb4 collate utf8mb4_general_ci; use ${name}`);
  address.pathname = `/${name}`;
  const url = address.toString();
  let connection: SqlConnection | null = null;
  cleanings.push(async () => {
    await connection?.close();
    await admin.query(`drop database if exists ${name}`).catch(() => undefined);
    await admin.end().catch(() => undefined);
  });
  const run = async (more: string): Promise<void> => void (await admin.query(more));
  await run(statements);
  connection = await connect(url);
  const rows: EngineApplication['rows'] = async (query) => {
    const [found] = await admin.query(query);
    return JSON.parse(JSON.stringify(found));
  };
  const empty = (): Promise<void> => run(`drop database ${name}; create database ${name}; use ${name}`);
  return open({ url, connection, run, rows, empty }, name);
}

async function sqliteApplication(statements: string): Promise<EngineApplication> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-sqlite-'));
  const path = join(folder, 'application.db');
  const admin = new DatabaseSync(path, { timeout: 5_000 });
  admin.exec(`pragma journal_mode = wal; ${statements}`);
  const url = `sqlite://${path}`;
  const connection = await connect(url);
  cleanings.push(async () => {
    await connection.close();
    if (admin.isOpen) admin.close();
    await rm(folder, { recursive: true, force: true });
  });
  const run = async (more: string): Promise<void> => admin.exec(more);
  const rows: EngineApplication['rows'] = async (query) => {
    const found: object[] = admin.prepare(query).all() as object[];
    return found.map((row) => ({ ...row }));
  };
  const empty = async (): Promise<void> => {
    const found = await rows("select name, type from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
    admin.exec('pragma foreign_keys = off');
    for (const { name } of found) admin.exec(`drop table "${String(name)}"`);
    admin.exec('pragma foreign_keys = on');
  };
  return open({ url, connection, run, rows, empty }, 'main');
}

function open(
  application: Pick<EngineApplication, 'url' | 'connection' | 'run' | 'rows' | 'empty'>,
  schema: string,
): EngineApplication {
  const { connection } = application;
  const catalogue = (): Promise<Catalogue> => readCatalogue(connection);
  return {
    ...application,
    catalogue,
    key: (table) => `${schema}.${table}`,
    plan: async (question = {}) => {
      const read = await catalogue();
      return settlePlan(connection, read, makePlan(read, question, schema));
    },
  };
}
