import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort, type Log, Refusal } from '../../kernel/index.ts';
import { isReachable, postgresBinaries, type ServerAccount, serverAccount } from './binaries.ts';

/** A private PostgreSQL of this installation: loopback only, one generated password, files of its own. */
export interface Cluster {
  readonly port: number;
  /** URL of the superuser, to the `postgres` database. */
  readonly adminUrl: string;
  /** Whether a server left by a killed process was found and taken over. */
  readonly isAdopted: boolean;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Absolute path; the cluster lives in its `postgres` folder. */
  readonly dataFolder: string;
  /** Password of the superuser. */
  readonly password: string;
  readonly log: Log;
  /** For tests only: no flush to disk. */
  readonly isDurable?: boolean;
  /** For tests only: the folder of another PostgreSQL's `initdb` and `postgres`. */
  readonly binaries?: string;
}

const startTimeoutMs = 60_000;

/**
 * Starts (or adopts) the embedded PostgreSQL. Safe after `kill -9` of anything: a live server of this data folder is
 * adopted; a dead one's lock file is PostgreSQL's to judge, and orphans of a killed postmaster are waited for.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = await serverAccount();
  const home = await clusterHome(options.dataFolder, account);
  const folder = join(home, 'postgres');
  const running = await adopt(folder, options.password);
  if (running !== null) {
    options.log.info({ port: running.port }, 'postgres.adopted');
    return running;
  }
  const binaries = options.binaries ?? (await postgresBinaries(account, join(home, 'runtime')));
  await initialise(folder, binaries, account, options.password);
  return launch(folder, binaries, account, options);
}

/**
 * Where the cluster lives: the data folder, or, where the server's account can't enter it (a data folder below
 * root's home), a folder of /var/lib named after it.
 */
async function clusterHome(dataFolder: string, account: ServerAccount | null): Promise<string> {
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  if (account === null) return dataFolder;
  // Others may pass through, not list: the server's account needs to reach its own folder.
  await chmod(dataFolder, 0o711);
  if (await isReachable(dataFolder, account)) return dataFolder;
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const elsewhere = join('/var/lib/socle', name);
  await mkdir(elsewhere, { recursive: true, mode: 0o711 });
  await writeFile(join(dataFolder, 'postgres-is-elsewhere'), `${elsewhere}\n`, { mode: 0o600 });
  return elsewhere;
}

async function initialise(
  folder: string,
  binaries: string,
  account: ServerAccount | null,
  password: string,
): Promise<void> {
  // `initialised` is written last: a crash halfway through initdb leaves a folder that is simply made anew.
  const marker = join(folder, 'socle-initialised');
  if ((await stat(marker).catch(() => null)) !== null) return;
  if ((await stat(join(folder, 'postmaster.pid')).catch(() => null)) !== null) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) {
    await chown(folder, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const locale = process.platform === 'win32' ? ['--no-locale'] : ['--locale=C'];
  const code = await new Promise<number | null>((done, failed) => {
    const arguments_ = ['-D', folder, '-U', 'postgres', '-E', 'UTF8', ...locale, '-A', 'scram-sha-256'];
    const child = spawn(join(binaries, 'initdb'), [...arguments_, `--pwfile=${passwordFile}`], {
      ...account,
      cwd: folder,
      stdio: 'ignore',
      env: { PATH: process.env.PATH, TZ: 'UTC' },
    });
    child.once('error', failed);
    child.once('exit', done);
  });
  await rm(passwordFile, { force: true });
  if (code !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Refusal('postgres.initdb', 503, {
      fr: `La création de la base embarquée a échoué (initdb, code ${code}) : vérifiez l’espace disque et les droits du dossier de données.`,
      en: `Creating the embedded database failed (initdb, code ${code}): check the disk space and the rights of the data folder.`,
    });
  }
  await writeFile(marker, '', { mode: 0o600 });
}

/**
 * What the server never does: listen elsewhere than on loopback, or write a statement or a row's values into its log
 * (errors reach the client, which decides what may be said of them).
 */
function settings(port: number, isDurable: boolean): readonly string[] {
  const values: Readonly<Record<string, string>> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function launch(
  folder: string,
  binaries: string,
  account: ServerAccount | null,
  options: ClusterOptions,
): Promise<Cluster> {
  const deadline = Date.now() + startTimeoutMs;
  const logPath = join(options.dataFolder, 'postgres.log');
  for (;;) {
    const port = await choosePort(options.dataFolder);
    const logFile = await open(logPath, 'a', 0o600);
    const child = spawn(
      join(binaries, 'postgres'),
      ['-D', folder, ...settings(port, options.isDurable ?? true)],
      // Apart from our process group: Ctrl-C reaches us, and we stop the server after our last transaction.
      { ...account, cwd: folder, detached: true, stdio: ['ignore', logFile.fd, logFile.fd], env: { TZ: 'UTC' } },
    );
    const exited = exitOf(child);
    await logFile.close();
    const adminUrl = urlOf(port, options.password);
    const isReady = await Promise.race([answers(adminUrl, deadline), exited.then(() => false)]);
    if (isReady) {
      child.unref();
      return { port, adminUrl, isAdopted: false, stop: () => stopUnlessUsed(adminUrl, folder, child.pid ?? 0) };
    }
    if (Date.now() > deadline) {
      throw new Refusal('postgres.start', 503, {
        fr: `La base embarquée n’a pas démarré en ${startTimeoutMs / 1000} s ; la cause est dans ${logPath}.`,
        en: `The embedded database did not start within ${startTimeoutMs / 1000} s; the cause is in ${logPath}.`,
      });
    }
    // Children of a killed postmaster still hold its shared memory, or the port was taken meanwhile.
    await wait(200);
  }
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
}

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** The live server of this folder, found by its lock file and proved by the password; null when there is none. */
async function adopt(folder: string, password: string): Promise<Cluster | null> {
  const lock = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null);
  const [pidLine, , , portLine] = (lock ?? '').split('\n');
  const pid = Number(pidLine);
  const port = Number(portLine);
  if (!(pid > 0 && port > 0) || !isAlive(pid)) return null;
  const adminUrl = urlOf(port, password);
  if (!(await answers(adminUrl, Date.now() + 5_000, () => isAlive(pid)))) return null;
  return { port, adminUrl, isAdopted: true, stop: () => stopUnlessUsed(adminUrl, folder, pid) };
}

async function answers(url: string, deadline: number, isWorthTrying = () => true): Promise<boolean> {
  while (Date.now() < deadline && isWorthTrying()) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    // A server killed between two packets must not become an uncaught error.
    client.on('error', () => undefined);
    const isConnected = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isConnected) return true;
    await wait(25);
  }
  return false;
}

/**
 * The last one out stops the server: a command composed in its own process and a server that starts meanwhile may share it.
 * Our own connections have just been closed; PostgreSQL needs a moment to notice.
 */
async function stopUnlessUsed(adminUrl: string, folder: string, pid: number): Promise<void> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'stop',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  const count = async (): Promise<number> => {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where application_name like 'socle%'",
    );
    return rows[0]?.n ?? 0;
  };
  try {
    await client.connect();
    for (let tries = 0; tries < 20; tries += 1) {
      if ((await count()) === 0) break;
      if (tries === 19) return;
      await wait(50);
    }
  } catch {
    // A server that doesn't answer is stopped all the same.
  } finally {
    await client.end().catch(() => undefined);
  }
  await stopServer(folder, pid);
}

/** A fast shutdown: sessions are ended, transactions rolled back, everything written (PostgreSQL's SIGINT). */
async function stopServer(folder: string, pid: number): Promise<void> {
  if (pid > 0 && isAlive(pid)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 20_000 && isAlive(pid); waited += 20) await wait(20);
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
  }
  for (let waited = 0; waited < 5_000; waited += 20) {
    if ((await stat(join(folder, 'postmaster.pid')).catch(() => null)) === null) return;
    await wait(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * The port of the last start while it is free, so that addresses kept elsewhere (an example's applications live in the
 * same server) stay true; another one otherwise.
 */
async function choosePort(dataFolder: string): Promise<number> {
  const path = join(dataFolder, 'postgres-port');
  const last = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (last > 0 && (await freePort(last).catch(() => 0)) === last) return last;
  const port = await freePort();
  await writeFile(path, `${port}\n`, { mode: 0o600 });
  return port;
}
