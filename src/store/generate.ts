import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog, projectRoot, randomSecret } from '../kernel/index.ts';
import { describeColumns, describeSchema, typesOf } from './describe.ts';
import { startCluster } from './embedded/cluster.ts';
import { migrate } from './migrate.ts';
import { prepareEmbedded } from './roles.ts';

/** `npm run schema`: writes the committed dump and the types of the database from the migrations. */
const folder = await mkdtemp(join(tmpdir(), 'socle-schema-'));
const password = randomSecret().toString('hex');
const cluster = await startCluster({ dataFolder: folder, password, log: createLog('silent'), isDurable: false });
try {
  const roles = await prepareEmbedded(cluster.adminUrl, randomSecret());
  await migrate(roles.ownerUrl, roles.appRole);
  const client = new pg.Client({ connectionString: roles.ownerUrl });
  await client.connect();
  await writeFile(join(projectRoot, 'src/store/schema.generated.ts'), typesOf(await describeColumns(client)));
  await writeFile(join(projectRoot, 'src/store/schema.sql'), await describeSchema(client));
  await client.end();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
