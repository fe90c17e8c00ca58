import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';

export interface TestMariadb {
  /** The administrator's address, without a database. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const local = 'mysql://root@127.0.0.1:3306';

/**
 * A MariaDB to test on: the one of `SOCLE_TEST_MARIADB`, one that answers on this machine, or one of our own when the
 * server is installed. Null when there is none.
 */
export async function findMariadb(): Promise<TestMariadb | null> {
  const known = process.env.SOCLE_TEST_MARIADB ?? local;
  if (await answers({ uri: known })) return { adminUrl: known, stop: async () => undefined };
  const server = ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mariadbd'].find((path) => existsSync(path));
  return server === undefined ? null : startOwn(server);
}

async function answers(options: mysql.ConnectionOptions): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ ...options, connectTimeout: 2_000 });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

/** A throw-away server in a folder of its own, reached by its socket, gone with the run. */
async function startOwn(server: string): Promise<TestMariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-mariadb-'));
  await chmod(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  const account = isRoot ? ['--user=mysql'] : [];
  const data = `--datadir=${join(folder, 'data')}`;
  if (isRoot) spawnSync('chown', ['mysql', folder]);
  const made = spawnSync('mariadb-install-db', [
    ...['--no-defaults', data, '--auth-root-authentication-method=normal', '--skip-test-db', ...account],
  ]);
  if (made.status !== 0) throw new Error(`mariadb-install-db failed: ${made.stderr.toString()}`);
  const socket = join(folder, 'mariadb.sock');
  const child = spawn(
    server,
    [
      ...['--no-defaults', data, `--socket=${socket}`, '--skip-networking', '--innodb-flush-log-at-trx-commit=0'],
      ...[`--pid-file=${join(folder, 'mariadb.pid')}`, '--innodb-buffer-pool-size=64M', ...account],
    ],
    { stdio: 'ignore' },
  );
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await Promise.race([ended, pause(10_000)]);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers({ socketPath: socket, user: 'root' })) {
      return { adminUrl: `mysql://root@localhost?socket=${encodeURIComponent(socket)}`, stop };
    }
    await pause(200);
  }
  await stop();
  throw new Error('the throw-away MariaDB did not start');
}
