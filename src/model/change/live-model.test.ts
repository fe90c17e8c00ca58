import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { type Cause, newId, projectRoot, Refusal } from '../../kernel/index.ts';
import { LiveModel } from './live-model.ts';

const cause: Cause = { actor: { kind: 'user', id: newId() }, source: 'api', key: null };
const system = ['src/repository', 'src/compliance'].map((room) => join(projectRoot, room));

const first = `pack: lending
version: 1.0.0
label: { fr: Prêt, en: Lending }
types:
  device:
    label: { fr: Appareil, en: Device }
    attributes:
      name: { type: text, required: true, label: { fr: Nom, en: Name } }
      serial: { type: text, label: { fr: Série, en: Serial } }
    lifecycle:
      initial: stored
      states: { stored: { label: { fr: Rangé, en: Stored } }, lent: { label: { fr: Prêté, en: Lent }, final: true } }
      transitions: { lend: { from: stored, to: lent, roles: [admin] } }
    rights: { read: [anyone], create: [admin] }
`;

async function fresh() {
  const { store, organisation } = await testStore();
  const live = await LiveModel.open(store, system);
  const change = (text: string, file = 'lending/pack.yaml') => ({ files: [{ file, text }], without: [] });
  const apply = async (text: string) => live.apply((await live.propose(change(text), cause)).id, cause);
  const scope = await organisation();
  const plant = (state: string, serial: string | null) =>
    sql`insert into model.device (id, number, state, name, serial, created_at, created_by, updated_at, updated_by)
      values (${newId()}, ${newId()}, ${state}, 'Drill', ${serial}, now(), 'x', now(), 'x')`.execute(scope.db);
  return { store, live, change, apply, scope, plant };
}

async function refused(run: Promise<unknown>): Promise<Refusal> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw error ?? new Error('nothing was refused');
}

test('a pack is shown with what it brings, and is there once applied, in every process and after a restart', async () => {
  const { store, live, change } = await fresh();
  const other = await LiveModel.open(store, system);
  const proposal = await live.propose(change(first), cause);
  expect(proposal.consequences.map(({ kind, place, text }) => `${kind} ${place} ${text.en}`)).toEqual([
    'added lending New pack: Lending',
    'added lending.device New type: Device (2 attributes)',
  ]);
  expect(live.current().types.has('device')).toBe(false);
  const pinned = live.current();
  await live.apply(proposal.id, cause);
  expect(pinned.types.has('device')).toBe(false);
  expect(live.current().types.has('device')).toBe(true);
  await other.refresh();
  expect(other.current().types.get('device')?.table).toBe('device');
  expect((await LiveModel.open(store, system)).current().types.has('device')).toBe(true);
});

test('applied twice, a proposal is applied once; shown against another model, it is refused', async () => {
  const { live, change } = await fresh();
  const [one, two] = [await live.propose(change(first), cause), await live.propose(change(first), cause)];
  await live.apply(one.id, cause);
  const { fingerprint } = live.current();
  expect((await live.apply(one.id, cause)).fingerprint).toBe(fingerprint);
  expect((await refused(live.apply(two.id, cause))).code).toBe('model.stale_proposal');
});

test('what is renamed, added and taken away is told, with how many objects lose something', async () => {
  const { live, change, apply, plant } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  await plant('stored', null);
  const second = first
    .replace('name: { type: text', 'title_of_it: { was: name, type: text')
    .replace(/ {6}serial:.*\n/, '      price: { type: money, label: { fr: Prix, en: Price } }\n')
    .replace('1.0.0', '1.1.0');
  const { consequences } = await live.propose(change(second), cause);
  expect(consequences.map(({ kind, text }) => `${kind} ${text.en}`)).toEqual([
    'changed Lending: from version 1.0.0 to 1.1.0',
    'renamed Attribute renamed: name becomes title_of_it',
    'added New attribute: Price',
    'removed Attribute removed: Serial. Its values are archived, no longer shown (1 objects)',
  ]);
  await apply(second);
  expect([...(live.current().types.get('device')?.attributes.keys() ?? [])]).toEqual(['title_of_it', 'price']);
});

test('a state that objects are in can’t be taken away, and nothing of the change is applied', async () => {
  const { live, change, apply, plant } = await fresh();
  await apply(first);
  await plant('stored', null);
  const without = first.replaceAll('stored', 'shelved').replace('1.0.0', '2.0.0');
  const proposal = await live.propose(change(without), cause);
  expect(proposal.consequences.filter((one) => one.isInTheWay).map(({ text }) => text.en)).toEqual([
    'State removed: Stored. 1 object(s) are in it: move them on first',
  ]);
  const refusal = await refused(live.apply(proposal.id, cause));
  expect([refusal.status, refusal.code]).toEqual([409, 'model.rows_in_the_way']);
  expect(live.current().types.get('device')?.lifecycle?.initial).toBe('stored');
});

test('a required attribute that objects don’t have is told beforehand', async () => {
  const { live, change, apply, plant } = await fresh();
  await apply(first);
  await plant('stored', null);
  const { consequences } = await live.propose(change(first.replace('serial: {', 'serial: { required: true,')), cause);
  expect(consequences.map(({ kind, text }) => `${kind} ${text.en}`)).toEqual([
    'changed Serial: required',
    'refused device.serial can’t become required: 1 object(s) have none. Fill them first.',
  ]);
});

test('a pack is taken away, and its name comes back with its own tables apart', async () => {
  const { live, apply, plant, scope } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  const gone = await live.propose({ files: [], without: ['lending'] }, cause);
  expect(gone.consequences.map(({ text }) => text.en)).toEqual([
    'Pack removed: Lending',
    'Type removed: Device. Its objects are archived, no longer shown (1 objects)',
  ]);
  await live.apply(gone.id, cause);
  expect(live.current().types.has('device')).toBe(false);
  expect((await refused(live.propose({ files: [], without: ['compliance'] }, cause))).code).toBe('model.not_removable');
  await apply(first);
  const table = live.current().types.get('device')?.table ?? '';
  expect(
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`model.${table}`)}`.execute(scope.db)).rows[0]
      ?.n,
  ).toBe(0);
});

test('what is wrong in a file is told with its line, and nothing is proposed', async () => {
  const { live, change } = await fresh();
  const refusal = await refused(live.propose(change(first.replace('to: lent', 'to: lost')), cause));
  expect(refusal.status).toBe(422);
  expect(refusal.problems[0]?.pointer).toBe('lending/pack.yaml:12:63');
});
