import { expect, test } from 'vitest';
import { latestCheckpoint, readEntries, sequence, verifyJournal } from '../../journal/index.ts';
import { Refusal, systemCause } from '../../kernel/index.ts';
import { deleteObject } from '../../objects/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { setVerdict } from '../dictionary/verdict.ts';
import { harvest } from '../harvest/harvest.ts';
import { previewFor } from '../plan/plan.ts';
import { repositoryFixture, shopDatabase } from '../repository.fixture.ts';
import { addApplication } from './add.ts';
import { connectedApplications } from './applications.ts';
import { applicationRemoval } from './removal.ts';

const fixture = await repositoryFixture();
const { acting, model, asOwner } = fixture;
const cause = systemCause('test');

/** A shop that was harvested, judged and planned. */
async function shop(scope: Scope, name: string): Promise<string> {
  const url = await shopDatabase();
  const id = await addApplication(scope, cause, acting, { name, channel: 'sql', url, identities: [], map: null });
  await harvest(scope, cause, id);
  const field = await scope.db
    .selectFrom('repository.field')
    .select('id')
    .where('application_id', '=', id)
    .where('column_name', '=', 'note')
    .executeTakeFirstOrThrow();
  await write(scope, cause, (writing) => setVerdict(writing, field.id, { category: 'free_text', note: null }));
  await previewFor(scope, id, [{ kind: 'email', value: 'ada@example.org' }]);
  return id;
}

const remove = (scope: Scope, id: string, removals = [applicationRemoval]) =>
  write(scope, cause, (writing) => deleteObject(writing, acting, 'application', id, { version: null, removals }));

const tables = ['connection', 'catalogue', 'harvest', 'source_table', 'field', 'verdict'] as const;
const counts = async (scope: Scope): Promise<readonly number[]> => {
  const rows = await asOwner(
    `select ${tables.map((table) => `(select count(*)::int from repository.${table} where org = '${scope.org}')`).join(" || ' ' || ")} as counts`,
  );
  return String(rows[0]?.counts).split(' ').map(Number);
};

test('an application leaves with its connection and its dictionary, and no other does', async () => {
  const scope = await fixture.organisation();
  const id = await shop(scope, 'shop');
  const one = await counts(scope);
  await shop(scope, 'other');
  expect((await applicationRemoval.tell(scope, id)).map((text) => text.fr).join(' ')).toMatch(
    /adresse et le mot de passe scellés.*3 tables, 12 champs, 1 verdict\..*dossiers de preuve/,
  );

  await remove(scope, id);
  expect(await counts(scope)).toEqual(one);
  expect((await connectedApplications(scope, model)).map(({ name }) => name)).toEqual(['other']);

  await sequence(scope);
  const entries = await readEntries(scope, { limit: 100 });
  expect(entries.filter(({ body }) => body.kind === 'application.removed').map(({ body }) => body.data)).toEqual([
    { tables: 3, fields: 12, verdicts: 1 },
  ]);
  const note = (await latestCheckpoint(scope))?.note ?? '';
  expect(await verifyJournal(scope, { against: note })).toMatchObject({ isWhole: true });
});

test('a deletion that is refused takes nothing away', async () => {
  const scope = await fixture.organisation();
  const id = await shop(scope, 'shop');
  const before = await counts(scope);
  const refused = {
    ...applicationRemoval,
    remove: async () => {
      throw new Refusal('test.refused', 409, { fr: 'Non.', en: 'No.' });
    },
  };
  await expect(remove(scope, id, [applicationRemoval, refused])).rejects.toMatchObject({ code: 'test.refused' });
  expect(await counts(scope)).toEqual(before);
});

test('an application that was never connected has nothing more to say', async () => {
  const scope = await fixture.organisation();
  expect(await applicationRemoval.tell(scope, '01890000-0000-7000-8000-000000000001')).toEqual([]);
});
