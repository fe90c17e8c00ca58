import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createLog } from '../../kernel/index.ts';
import { type Cluster, startCluster } from './cluster.ts';

const folder = await mkdtemp(join(tmpdir(), 'socle-cluster-'));
const options = { dataFolder: folder, password: 'a-password-of-the-test', log: createLog('silent') };
let cluster: Cluster;

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask<T>(query: string, url = cluster.adminUrl): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(query);
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function postmaster(): Promise<number> {
  const lock = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(lock.split('\n')[0]);
}

test('a first start makes a private PostgreSQL 18 that listens on loopback only', async () => {
  cluster = await startCluster(options);
  expect(cluster.isAdopted).toBe(false);
  const [server] = await ask<{ version: string; addresses: string; sockets: string }>(
    "select current_setting('server_version') as version, current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets",
  );
  expect(server).toEqual({ version: expect.stringMatching(/^18\./), addresses: '127.0.0.1', sockets: '' });
});

test('nobody enters without the password, and the cluster’s folder is its server’s alone', async () => {
  const wrong = cluster.adminUrl.replace('a-password-of-the-test', 'another');
  await expect(ask('select 1', wrong)).rejects.toThrow(/password authentication failed/);
  const { mode } = await stat(join(folder, 'postgres'));
  expect(mode & 0o077).toBe(0);
});

test('its log names no statement and no value', async () => {
  await ask("select 'secret-value'::int").catch(() => undefined);
  const log = await readFile(join(folder, 'postgres.log'), 'utf8');
  expect(log).not.toContain('secret-value');
});

test('a server that its killed parent left is adopted', async () => {
  // Another start of the same folder meets what a killed process leaves: a live server and its lock file.
  const again = await startCluster(options);
  expect(again).toMatchObject({ isAdopted: true, port: cluster.port });
});

test('after kill -9 of the server, the next start recovers what was committed', async () => {
  await ask('create table kept (n int)');
  await ask('insert into kept values (42)');
  process.kill(await postmaster(), 'SIGKILL');
  cluster = await startCluster(options);
  expect(await ask('select n from kept')).toEqual([{ n: 42 }]);
});

test('a clean stop leaves nothing running, and the data', async () => {
  const pid = await postmaster();
  await cluster.stop();
  expect(() => process.kill(pid, 0)).toThrow();
  cluster = await startCluster(options);
  expect(await ask('select n from kept')).toEqual([{ n: 42 }]);
});

test.runIf(process.getuid?.() === 0)(
  'started by root below a folder that only root enters, it runs elsewhere under an ordinary account',
  async () => {
    const hidden = await mkdtemp(join(tmpdir(), 'socle-hidden-'));
    await chmod(hidden, 0o700);
    const within = join(hidden, 'data');
    const other = await startCluster({ ...options, dataFolder: within });
    try {
      const [row] = await ask<{ data: string }>("select current_setting('data_directory') as data", other.adminUrl);
      expect(row?.data).toMatch(/^\/var\/lib\/socle\//);
      expect((await stat(row?.data ?? '')).uid).not.toBe(0);
      await other.stop();
      await rm(join(row?.data ?? '', '..'), { recursive: true, force: true });
    } finally {
      await other.stop();
      await rm(hidden, { recursive: true, force: true });
    }
  },
);
