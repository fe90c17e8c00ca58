import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SocleServer } from '../../src/http/index.ts';
import { readConfig } from '../../src/kernel/index.ts';
import { compose } from '../../src/main.ts';

/** The whole product in this process, on a data folder of its own: what it mounts can be asked. */
export interface Product {
  readonly origin: string;
  /** Its data folder. */
  readonly folder: string;
  readonly routes: SocleServer['routes'];
  /** What it printed at its start, in English. */
  readonly welcome: readonly string[];
  readonly email: string;
  readonly password: string;
  /** The text of the e-mails it sent: without an SMTP server they go to a folder. */
  mail(): Promise<string>;
  /** One call of its API as the operator. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

const email = 'camille@lavoine.example';
const password = 'correct cheval batterie agrafe';

/** Starts with an example (its people, applications and requests) or with `none`: then nobody has an account yet. */
export async function openProduct(example: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-pages-'));
  const account = example === 'none' ? {} : { SOCLE_ADMIN_EMAIL: email, SOCLE_ADMIN_PASSWORD: password };
  const environment = { SOCLE_DATA: folder, SOCLE_EXAMPLE: example, PORT: '0', SOCLE_LOG: 'silent', ...account };
  const application = await compose(readConfig(environment));
  const { url } = await application.listen();
  return {
    origin: url,
    folder,
    routes: application.server.routes,
    welcome: application.welcome.map((line) => line.en),
    email,
    password,
    mail: () => mailIn(join(folder, 'outbox')),
    call: (method, path, body) =>
      fetch(new URL(path, url), {
        method,
        headers: {
          authorization: `Bearer ${application.operatorKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close: async () => {
      await application.stop();
      await stopDatabase(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}

/** Soft line breaks and `=3D` are how mail writes long lines (quoted-printable, RFC 2045). */
async function mailIn(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const messages = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return messages
    .join('\n')
    .replace(/=\r?\n/g, '')
    .replaceAll('=3D', '=');
}

/** The embedded PostgreSQL outlives a stop when its launcher lets it: a test leaves nothing behind. */
async function stopDatabase(folder: string): Promise<void> {
  const lock = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(lock.split('\n')[0]);
  if (!(pid > 0)) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It had already gone.
  }
}
