import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Config, derive, hmacSha256, type Log, Refusal, randomSecret } from '../kernel/index.ts';
import { Store } from './database.ts';
import { startCluster } from './embedded/cluster.ts';
import { migrate } from './migrate.ts';
import { checkAppRole, prepareEmbedded, prepareGiven } from './roles.ts';

export interface OpenedStore {
  readonly store: Store;
  /** The installation's root key: 32 bytes. */
  readonly secret: Buffer;
  /** Superuser's URL of the embedded cluster, where an example makes its applications' databases; null otherwise. */
  readonly adminUrl: string | null;
  /** Migrations applied by this start. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the database of this installation, embedded or given, through the same code: roles, migrations, checks. What was
 * started is stopped again when a later step fails.
 */
export async function openStore(config: Config, clock: Clock, log: Log): Promise<OpenedStore> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o711 });
  const secret = config.secret ?? (await secretOf(config.dataFolder));
  if (config.databaseUrl !== null) {
    const databaseUrl = config.databaseUrl;
    return openWith(
      secret,
      null,
      () =>
        prepareGiven(databaseUrl, secret, (password) =>
          writeFile(join(config.dataFolder, 'app-role-password'), `${password}\n`, { mode: 0o600 }),
        ),
      async () => undefined,
      clock,
      log,
    );
  }
  const password = hmacSha256(derive(secret, 'embedded cluster'), 'superuser').toString('base64url');
  const cluster = await startCluster({ dataFolder: config.dataFolder, password, log });
  const prepare = () => prepareEmbedded(cluster.adminUrl, secret);
  return openWith(secret, cluster.adminUrl, prepare, () => cluster.stop(), clock, log).catch(async (error) => {
    await cluster.stop();
    throw error;
  });
}

async function openWith(
  secret: Buffer,
  adminUrl: string | null,
  prepare: () => ReturnType<typeof prepareGiven>,
  stop: () => Promise<void>,
  clock: Clock,
  log: Log,
): Promise<OpenedStore> {
  const roles = await prepare().catch((error) => {
    throw error instanceof Refusal ? error : unreachableDatabase(error);
  });
  const migrated = await migrate(roles.ownerUrl, roles.appRole);
  await checkAppRole(roles);
  const store = new Store({ roles, secret, clock, log });
  return {
    store,
    secret,
    adminUrl,
    migrated,
    close: async () => {
      await store.close();
      await stop();
    },
  };
}

/** What PostgreSQL or the network said, by its code: messages may hold what the URL holds. */
function unreachableDatabase(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new Refusal('store.unreachable', 503, {
    fr: `La base de DATABASE_URL ne répond pas (${code}) : vérifiez l’adresse, le port, le compte et son mot de passe.`,
    en: `The database of DATABASE_URL doesn’t answer (${code}): check the address, the port, the account and its password.`,
  });
}

/** The root key kept in the data folder, made at the first start. Losing it is losing every sealed value. */
async function secretOf(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'secret');
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null && /^[0-9a-f]{64}\s*$/.test(known)) return Buffer.from(known.trim(), 'hex');
  if (known !== null && known.trim() !== '') {
    throw new Refusal('store.secret', 503, {
      fr: `Le fichier ${path} n’est plus une clé (64 chiffres hexadécimaux) : restaurez-le d’une sauvegarde, sans lui les données scellées sont perdues.`,
      en: `The file ${path} is no longer a key (64 hexadecimal digits): restore it from a backup, without it the sealed data is lost.`,
    });
  }
  const secret = randomSecret();
  const file = await open(path, 'w', 0o600);
  await file.writeFile(`${secret.toString('hex')}\n`);
  await file.sync();
  await file.close();
  return secret;
}
