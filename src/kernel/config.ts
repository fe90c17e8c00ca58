import { resolve } from 'node:path';
import { z } from 'zod';
import { freePort } from './free-port.ts';
import { type LogLevel, logLevels } from './log.ts';
import { Refusal } from './refusal.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** The owner's URL of a given PostgreSQL; null means the embedded one. */
  readonly databaseUrl: string | null;
  /** Name of the example to load, or null for none. */
  readonly example: string | null;
  readonly adminEmail: string;
  /** Whether the environment names the first administrator, by address or by password. */
  readonly isAdminNamed: boolean;
  /** Null: generated and printed once. */
  readonly adminPassword: string | null;
  /** 32 bytes; null: generated into the data folder (embedded mode only). */
  readonly secret: Buffer | null;
  /** Where people reach Socle, without a trailing slash. */
  readonly publicUrl: string;
  readonly logLevel: LogLevel;
  /** Where messages go: an SMTP server's URL, or null for a folder. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Networks where applications live and that Socle would otherwise not call, as CIDR. */
  readonly internalNetworks: readonly string[];
  /** Absolute folders below which files may be exchanged with applications. */
  readonly dropFolders: readonly string[];
  /** What scans files for malware: `clamd://host:3310`, `clamd:///socket`, `exec:command`; null: nothing does. */
  readonly fileScan: string | null;
  /** Of one file that people upload. */
  readonly fileLimitBytes: number;
}

const schema = z.object({
  PORT: z.coerce.number('must be a port number, such as 3000').int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  SOCLE_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  SOCLE_EXAMPLE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be the name of a folder of examples/, or none')
    .optional(),
  SOCLE_ADMIN_EMAIL: z.email('must be an e-mail address').default('admin@socle.example'),
  SOCLE_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  SOCLE_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional(),
  SOCLE_PUBLIC_URL: z.url('must be a URL, such as https://socle.example.org').optional(),
  SOCLE_LOG: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  SOCLE_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  SOCLE_MAIL_FROM: z.string().min(3).default('Socle <socle@localhost>'),
  SOCLE_INTERNAL_NETWORKS: z
    .string()
    .regex(
      /^\s*[0-9a-f.:]+\/\d{1,3}(\s*,\s*[0-9a-f.:]+\/\d{1,3})*\s*$/i,
      'must be networks, such as 10.2.0.0/16,fd00:2::/48',
    )
    .optional(),
  SOCLE_DROP_FOLDERS: z
    .string()
    .regex(/^\s*\/[^,]+(,\s*\/[^,]+)*$/, 'must be absolute folders, such as /srv/drops,/mnt/exchange')
    .optional(),
  SOCLE_FILE_SCAN: z
    .string()
    .regex(
      /^(clamd:\/\/([^\s/]+|\/\S+)|exec:\s*\/\S.*)$/,
      'must be clamd://host:3310, clamd:///path/of/clamd.sock, or exec:/path/of/command and its parameters',
    )
    .optional(),
  SOCLE_FILE_LIMIT_MB: z.coerce
    .number('must be a number of megabytes, such as 100')
    .int()
    .min(1)
    .max(2000)
    .default(100),
});

/**
 * Reads the environment once. A wrong value stops the start: the refusal has one line that names every wrong
 * variable and what it must be, and never repeats the value (it may be a secret).
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw badConfig(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const env = parsed.data;
  if (env.DATABASE_URL !== undefined && env.SOCLE_SECRET === undefined) {
    throw badConfig(
      'SOCLE_SECRET is required with DATABASE_URL: give 64 hexadecimal digits (openssl rand -hex 32) and keep them safe, no data can be read without them',
    );
  }
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: resolve(env.SOCLE_DATA),
    databaseUrl: env.DATABASE_URL ?? null,
    example: exampleOf(env.SOCLE_EXAMPLE, env.DATABASE_URL !== undefined),
    adminEmail: env.SOCLE_ADMIN_EMAIL,
    isAdminNamed: given.SOCLE_ADMIN_EMAIL !== undefined || given.SOCLE_ADMIN_PASSWORD !== undefined,
    adminPassword: env.SOCLE_ADMIN_PASSWORD ?? null,
    secret: env.SOCLE_SECRET === undefined ? null : Buffer.from(env.SOCLE_SECRET, 'hex'),
    publicUrl: (env.SOCLE_PUBLIC_URL ?? urlOn(env.HOST, env.PORT)).replace(/\/+$/, ''),
    logLevel: env.SOCLE_LOG,
    smtpUrl: env.SOCLE_SMTP_URL ?? null,
    mailFrom: env.SOCLE_MAIL_FROM,
    dropFolders: (env.SOCLE_DROP_FOLDERS ?? resolve(env.SOCLE_DATA, 'drops'))
      .split(',')
      .map((each) => resolve(each.trim())),
    fileScan: env.SOCLE_FILE_SCAN ?? null,
    fileLimitBytes: env.SOCLE_FILE_LIMIT_MB * 1_000_000,
    internalNetworks: (env.SOCLE_INTERNAL_NETWORKS ?? '').split(',').flatMap((each) => each.trim() || []),
  };
}

/** The retailer by default; nothing by default on a given database, which is somebody's own. */
function exampleOf(asked: string | undefined, isGivenDatabase: boolean): string | null {
  const name = asked ?? (isGivenDatabase ? 'none' : 'retailer');
  return name === 'none' ? null : name;
}

/** The same with port 0 replaced by a free one, so that the links of messages and pages made before listening are right. */
export async function onFreePort(config: Config): Promise<Config> {
  if (config.port !== 0) return config;
  const port = await freePort(0, config.host);
  return {
    ...config,
    port,
    publicUrl: config.publicUrl === urlOn(config.host, 0) ? urlOn(config.host, port) : config.publicUrl,
  };
}

const urlOn = (host: string, port: number): string => `http://${host}:${port}`;

function badConfig(what: string): Refusal {
  return new Refusal('config.invalid', 422, {
    fr: `Configuration refusée : ${what}.`,
    en: `Configuration refused: ${what}.`,
  });
}
