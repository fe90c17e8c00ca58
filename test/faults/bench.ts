import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import { complianceHandlers } from '../../src/compliance/index.ts';
import { complianceTest } from '../../src/compliance/test/compliance.ts';
import { systemAsker } from '../../src/objects/index.ts';
import { testCluster, testSecret } from '../support/store.ts';
import { bundlePrograms } from './bundle.ts';
import { Shop } from './shop.ts';
import { Installation } from './socle.ts';

/** Monday, ten in the morning in Paris. */
export const startedAt = new Date('2026-11-23T09:00:00Z');

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** What one run after the other uses: a database (an organisation each), a shop, processes that stand ready, a share of files. */
export async function openBench() {
  const compliance = await complianceTest(startedAt.toISOString());
  const { model, store, engine } = compliance;
  const programs = await bundlePrograms();
  const admin = new pg.Client({ connectionString: testCluster().adminUrl });
  await admin.connect();
  const folder = mkdtempSync(join(tmpdir(), 'socle-faults-share-'));
  const share = join(folder, 'share');
  mkdirSync(share);
  const given = { roles: store.roles, secret: testSecret(), dropFolders: [share] };
  const installation = new Installation(programs.socle, given, admin);
  afterAll(async () => {
    await installation.stop();
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    store,
    engine,
    shop: await Shop.open(),
    programs,
    installation,
    share,
    handlers: complianceHandlers(engine),
    acting: { model, asker: systemAsker },
  };
}
