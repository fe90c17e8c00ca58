import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, randomSecret } from '../../src/kernel/index.ts';
import { type DatabaseRoles, migrate, prepareEmbedded, startCluster } from '../../src/store/index.ts';

export interface TestCluster {
  /** Superuser URL of the throw-away server. */
  readonly adminUrl: string;
  /** Roles of the migrated database that every test file clones. */
  readonly template: DatabaseRoles;
  readonly secretHex: string;
  stop(): Promise<void>;
}

/** A throw-away embedded PostgreSQL, not flushed to disk, with a migrated template database. */
export async function startTestCluster(): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-test-'));
  const secret = randomSecret();
  const log = createLog('silent');
  const password = randomSecret().toString('hex');
  const cluster = await startCluster({ dataFolder: folder, password, log, isDurable: false });
  const template = await prepareEmbedded(cluster.adminUrl, secret, 'socle_template');
  await migrate(template.ownerUrl, template.appRole);
  return {
    adminUrl: cluster.adminUrl,
    template,
    secretHex: secret.toString('hex'),
    stop: async () => {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
