import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { projectRoot } from '../kernel/index.ts';
import { describeColumns, describeSchema, migrate, typesOf } from './index.ts';

const { store, roles } = await testStore();

test('the committed dump is what the migrations make (npm run schema writes it)', async () => {
  const [dump, types] = await store.asOwner(async (client) => [
    await describeSchema(client),
    typesOf(await describeColumns(client)),
  ]);
  expect(dump).toBe(await readFile(join(projectRoot, 'src/store/schema.sql'), 'utf8'));
  expect(types).toBe(await readFile(join(projectRoot, 'src/store/schema.generated.ts'), 'utf8'));
});

test('migrating again changes nothing, even from several processes at once', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => migrate(roles.ownerUrl, roles.appRole)));
  expect(runs).toEqual([[], [], []]);
});

test('a database that a later version has touched is refused', async () => {
  await store.asOwner((client) =>
    client.query("insert into public.socle_migration (number, name, digest) values (999, 'later', 'x')"),
  );
  await expect(migrate(roles.ownerUrl, roles.appRole)).rejects.toMatchObject({ code: 'store.newer_database' });
});

test('a migration that was changed after it was applied is refused', async () => {
  await store.asOwner((client) => client.query('delete from public.socle_migration where number = 999'));
  await store.asOwner((client) => client.query("update public.socle_migration set digest = 'other' where number = 1"));
  await expect(migrate(roles.ownerUrl, roles.appRole)).rejects.toMatchObject({ code: 'store.changed_migration' });
});
