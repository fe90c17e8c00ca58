import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/kernel/index.ts';

/** A whole Socle of its own, started as a user starts it, in a data folder of its own. */
export class Installation {
  #child: ChildProcess | null = null;

  private constructor(
    readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async create(environment: Readonly<Record<string, string>> = {}): Promise<Installation> {
    return new Installation(await mkdtemp(join(tmpdir(), 'socle-whole-')), {
      SOCLE_EXAMPLE: 'none',
      SOCLE_LOG: 'info',
      PORT: '0',
      ...environment,
    });
  }

  get #env(): NodeJS.ProcessEnv {
    const { DATABASE_URL: _, SOCLE_SECRET: __, ...inherited } = process.env;
    return { ...inherited, SOCLE_DATA: this.folder, ...this.environment };
  }

  /** Starts it and waits until it is ready; what it printed until then. */
  async start(): Promise<string> {
    const child = spawn(process.execPath, [join(projectRoot, 'bin/socle.mjs'), 'up'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let printed = '';
    return new Promise((done, failed) => {
      const read = (chunk: Buffer): void => {
        printed += chunk.toString();
        this.output += chunk.toString();
        if (printed.includes('Socle is ready at')) done(printed);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', (code) => failed(new Error(`the start ended with ${code}: ${printed.slice(-2_000)}`)));
    });
  }

  /** Everything that it has printed, logs included. */
  output = '';

  /** Where it answers, and the operator's key. */
  async running(): Promise<{ readonly url: string; readonly key: string }> {
    const { url } = JSON.parse(await readFile(join(this.folder, 'socle.json'), 'utf8'));
    return { url, key: (await readFile(join(this.folder, 'operator-token'), 'utf8')).trim() };
  }

  /** One call of its API as the operator. */
  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const { url, key } = await this.running();
    return fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** One command line beside it. */
  async command(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((done) => {
      const options = { env: this.#env, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, [join(projectRoot, 'bin/socle.mjs'), ...words], options, (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err });
      });
    });
  }

  /** kill -9 of Socle. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  /** kill -9 of its PostgreSQL. */
  async killDatabase(): Promise<void> {
    const lock = await readFile(join(this.folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(lock.split('\n')[0]);
    if (pid > 0) process.kill(pid, 'SIGKILL');
  }

  /** Stops everything and removes its folder. */
  async remove(): Promise<void> {
    await this.stop();
    const lock = await readFile(join(this.folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(lock.split('\n')[0]);
    if (pid > 0) {
      try {
        process.kill(pid, 'SIGQUIT');
      } catch {
        // It had already gone.
      }
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}
