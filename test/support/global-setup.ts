import type { TestProject } from 'vitest/node';
import type { DatabaseRoles } from '../../src/store/index.ts';
import { startTestCluster } from './cluster.ts';
import { findMariadb } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's address of a MariaDB; null where this machine has none. */
    mariadb: string | null;
    cluster: { readonly adminUrl: string; readonly template: DatabaseRoles; readonly secretHex: string };
  }
}

/** One PostgreSQL (and a MariaDB, where there is one) for the whole run; each test file works in its own databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...cluster } = await startTestCluster();
  project.provide('cluster', cluster);
  const mariadb = await findMariadb();
  project.provide('mariadb', mariadb?.adminUrl ?? null);
  return async () => {
    await Promise.all([stop(), mariadb?.stop()]);
  };
}
