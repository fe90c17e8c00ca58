import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../test/support/require.ts';
import { createLog, newId, randomSecret, systemCause, systemClock } from '../kernel/index.ts';
import { type Cluster, checkAppRole, migrate, prepareGiven, Store, startCluster, write } from './index.ts';

/** Debian's own PostgreSQL, whatever its version from 15: another build and another age than the embedded one. */
function installedPostgres(): string | null {
  try {
    const versions = readdirSync('/usr/lib/postgresql').filter((version) => Number(version) >= 15);
    return versions[0] === undefined ? null : `/usr/lib/postgresql/${versions[0]}/bin`;
  } catch {
    return null;
  }
}

const binaries = installedPostgres();
const isHere = requireOrSkip('another PostgreSQL', binaries !== null, 'install Debian’s postgresql');

describe.runIf(isHere)('on a given PostgreSQL', () => {
  const secret = randomSecret();
  let cluster: Cluster;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socle-given-'));
    const log = createLog('silent');
    cluster = await startCluster({
      dataFolder: folder,
      password: 'given',
      log,
      isDurable: false,
      ...(binaries === null ? {} : { binaries }),
    });
    await asSuperuser("create role keeper login createrole password 'keeper'");
    await asSuperuser('create database socle owner keeper');
    const changed = new URL(cluster.adminUrl);
    [changed.username, changed.password, changed.pathname] = ['keeper', 'keeper', '/socle'];
    url = changed.toString();
  });

  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function asSuperuser(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: cluster.adminUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  test('the same migrations apply, the application role is made, and it is bound by row-level security', async () => {
    const roles = await prepareGiven(url, secret);
    await migrate(roles.ownerUrl, roles.appRole);
    await checkAppRole(roles);
    const store = new Store({ roles, secret, clock: systemClock, log: createLog('silent') });
    const [ours, theirs] = [newId(), newId()];
    await store.asOwner((client) =>
      client.query(
        "insert into access.organisation (id, slug, name) values ($1, 'ours', 'Ours'), ($2, 'theirs', 'Theirs')",
        [ours, theirs],
      ),
    );
    const seen = await write(store.scope(ours), systemCause('test'), ({ tx }) =>
      tx.selectFrom('access.organisation').select('slug').execute(),
    );
    expect(seen).toEqual([{ slug: 'ours' }]);
    await store.close();
  });

  test('a second start finds the role it made', async () => {
    const roles = await prepareGiven(url, secret);
    expect(roles.appRole).toBe('socle_app_socle');
    await expect(checkAppRole(roles)).resolves.toBeUndefined();
  });

  test('an application role that row-level security does not bind is refused', async () => {
    await asSuperuser('alter role socle_app_socle bypassrls');
    const roles = await prepareGiven(url, secret);
    await expect(checkAppRole(roles)).rejects.toMatchObject({ code: 'store.privileged_role' });
    await asSuperuser('alter role socle_app_socle nobypassrls');
  });

  test('an owner who may not make roles is told the statement that an administrator runs', async () => {
    await asSuperuser("create role plain login password 'plain'");
    await asSuperuser('create database other owner plain');
    const changed = new URL(url);
    [changed.username, changed.password, changed.pathname] = ['plain', 'plain', '/other'];
    let handedOver = '';
    const keep = async (password: string): Promise<void> => {
      handedOver = password;
    };
    await expect(prepareGiven(changed.toString(), secret, keep)).rejects.toMatchObject({
      code: 'store.app_role',
      text: { en: expect.stringContaining('CREATE ROLE "socle_app_other" LOGIN PASSWORD') },
    });
    expect(handedOver).toHaveLength(43);
  });
});
