import type { TestProject } from 'vitest/node';
import type { DatabaseRoles } from '../../src/store/index.ts';
import { startTestCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { readonly adminUrl: string; readonly template: DatabaseRoles; readonly secretHex: string };
  }
}

/** One PostgreSQL for the whole run; each test file works in its own clone of the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...cluster } = await startTestCluster();
  project.provide('cluster', cluster);
  return stop;
}
