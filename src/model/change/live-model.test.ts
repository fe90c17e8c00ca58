import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { actorText, type Cause, newId, projectRoot, Refusal } from '../../kernel/index.ts';
import { LiveModel } from './live-model.ts';
import type { ChangeAsked } from './proposals.ts';

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

const second = first
  .replace('name: { type: text', 'title_of_it: { was: name, type: text')
  .replace(/ {6}serial:.*\n/, '      price: { type: money, label: { fr: Prix, en: Price } }\n')
  .replace('1.0.0', '1.1.0');

async function fresh() {
  const { store, organisation } = await testStore();
  const live = await LiveModel.open(store, system);
  const change = (text: string, file = 'lending/pack.yaml') => ({
    files: [{ file, text }],
    without: [],
    version: null,
  });
  const scope = await organisation();
  const propose = (asked: ChangeAsked) => live.propose(scope, asked, cause);
  const applied = async (asked: ChangeAsked) => live.apply(scope, (await propose(asked)).id, cause);
  const apply = (text: string) => applied(change(text));
  const plant = (state: string, serial: string | null) =>
    sql`insert into model.device (id, number, state, name, serial, created_at, created_by, updated_at, updated_by)
      values (${newId()}, ${newId()}, ${state}, 'Drill', ${serial}, now(), 'x', now(), 'x')`.execute(scope.db);
  return { store, live, change, propose, applied, apply, scope, plant };
}

const without = (pack: string): ChangeAsked => ({ files: [], without: [pack], version: null });

async function refused(run: Promise<unknown>): Promise<Refusal> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw error ?? new Error('nothing was refused');
}

test('a pack is shown with what it brings, and is there once applied, in every process and after a restart', async () => {
  const { propose, scope, live, change, store } = await fresh();
  const other = await LiveModel.open(store, system);
  const proposal = await propose(change(first));
  expect(proposal.consequences.map(({ kind, place, text }) => `${kind} ${place} ${text.en}`)).toEqual([
    'added lending New pack: Lending',
    'added lending.device New type: Device (2 attributes)',
  ]);
  expect(live.current().types.has('device')).toBe(false);
  const pinned = live.current();
  await live.apply(scope, proposal.id, cause);
  expect(pinned.types.has('device')).toBe(false);
  expect(live.current().types.has('device')).toBe(true);
  await other.refresh();
  expect(other.current().types.get('device')?.table).toBe('device');
  expect((await LiveModel.open(store, system)).current().types.has('device')).toBe(true);
});

test('applied twice, a proposal is applied once; shown against another model, it is refused', async () => {
  const { propose, scope, live, change } = await fresh();
  const [one, two] = [await propose(change(first)), await propose(change(first))];
  await live.apply(scope, one.id, cause);
  const { fingerprint } = live.current();
  expect((await live.apply(scope, one.id, cause)).fingerprint).toBe(fingerprint);
  expect((await refused(live.apply(scope, two.id, cause))).code).toBe('model.stale_proposal');
});

test('what is renamed, added and taken away is told, with how many objects lose something', async () => {
  const { propose, apply, live, change, plant } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  await plant('stored', null);
  const { consequences } = await propose(change(second));
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
  const { propose, apply, scope, live, change, plant } = await fresh();
  await apply(first);
  await plant('stored', null);
  const without = first.replaceAll('stored', 'shelved').replace('1.0.0', '2.0.0');
  const proposal = await propose(change(without));
  expect(proposal.consequences.filter((one) => one.isInTheWay).map(({ text }) => text.en)).toEqual([
    'State removed: Stored. 1 object(s) are in it: move them on first',
  ]);
  const refusal = await refused(live.apply(scope, proposal.id, cause));
  expect([refusal.status, refusal.code]).toEqual([409, 'model.rows_in_the_way']);
  expect(live.current().types.get('device')?.lifecycle?.initial).toBe('stored');
});

test('a required attribute that objects don’t have is told beforehand', async () => {
  const { propose, apply, change, plant } = await fresh();
  await apply(first);
  await plant('stored', null);
  const { consequences } = await propose(change(first.replace('serial: {', 'serial: { required: true,')));
  expect(consequences.map(({ kind, text }) => `${kind} ${text.en}`)).toEqual([
    'changed Serial: required',
    'refused device.serial can’t become required: 1 object(s) have none. Fill them first.',
  ]);
});

test('a pack is taken away, and its name comes back with its own tables apart', async () => {
  const { propose, apply, scope, live, plant } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  const gone = await propose(without('lending'));
  expect(gone.consequences.map(({ text }) => text.en)).toEqual([
    'Pack removed: Lending',
    'Type removed: Device. Its objects are archived, no longer shown (1 objects)',
  ]);
  await live.apply(scope, gone.id, cause);
  expect(live.current().types.has('device')).toBe(false);
  expect((await refused(propose(without('compliance')))).code).toBe('model.not_removable');
  await apply(first);
  const table = live.current().types.get('device')?.table ?? '';
  expect(
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`model.${table}`)}`.execute(scope.db)).rows[0]
      ?.n,
  ).toBe(0);
});

test('what is wrong in a file is told with its line, and nothing is proposed', async () => {
  const { propose, change } = await fresh();
  const refusal = await refused(propose(change(first.replace('to: lent', 'to: lost'))));
  expect(refusal.status).toBe(422);
  expect(refusal.problems[0]?.pointer).toBe('lending/pack.yaml:12:63');
});

test('a former version is taken back with what was renamed and archived since', async () => {
  const { live, propose, applied, apply, plant, scope } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  const { number } = live.version();
  await apply(second);
  const back: ChangeAsked = { files: [], without: [], version: number };
  const { consequences } = await propose(back);
  expect(consequences.map(({ kind, text }) => `${kind} ${text.en}`)).toEqual([
    'changed Lending: from version 1.1.0 to 1.0.0',
    'renamed Attribute renamed: title_of_it becomes name',
    'added New attribute: Serial',
    'removed Attribute removed: Price. Its values are archived, no longer shown (0 objects)',
  ]);
  await applied(back);
  const type = live.current().types.get('device');
  const [name, serial] = [type?.attributes.get('name')?.columns[0], type?.attributes.get('serial')?.columns[0]];
  const { rows } = await sql<{ name: string; serial: string }>`
    select ${sql.ref(name ?? '')} as name, ${sql.ref(serial ?? '')} as serial from model.device`.execute(scope.db);
  expect(rows).toEqual([{ name: 'Drill', serial: 'A1' }]);
});

test('a type taken away comes back with its objects', async () => {
  const { live, applied, apply, plant, scope } = await fresh();
  await apply(first);
  await plant('stored', 'A1');
  const { number } = live.version();
  await applied(without('lending'));
  await applied({ files: [], without: [], version: number });
  expect(live.current().types.get('device')?.table).toBe('device');
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from model.device`.execute(scope.db);
  expect(rows[0]?.n).toBe(1);
});

test('what files say is kept as it was written, comments included, and comes back with its version', async () => {
  const { live, applied, apply } = await fresh();
  const text = first.replace('types:', '# What is lent\ntypes:');
  await apply(text);
  const { number } = live.version();
  await apply(second);
  expect(live.version().texts.lending).toBe(second);
  await applied({ files: [], without: [], version: number });
  expect(live.version().texts.lending).toBe(text);
  await applied(without('lending'));
  expect(live.version().texts).toEqual({});
});

test('two changes at once: one is applied, the other is told that the model has changed', async () => {
  const { store, live, propose, change, scope } = await fresh();
  const other = await LiveModel.open(store, system);
  const [one, two] = [await propose(change(first)), await propose(change(first.replace('Nom', 'Nom usuel')))];
  const both = await Promise.allSettled([live.apply(scope, one.id, cause), other.apply(scope, two.id, cause)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const lost = both.find(({ status }) => status === 'rejected');
  expect(lost?.status === 'rejected' && lost.reason instanceof Refusal && lost.reason.code).toBe(
    'model.stale_proposal',
  );
});

test('a process that starts or looks while the model changes takes nothing back', async () => {
  const { store, live, propose, change, scope } = await fresh();
  const looking = await LiveModel.open(store, system);
  const proposal = await propose(change(first));
  const [, started] = await Promise.all([
    live.apply(scope, proposal.id, cause),
    LiveModel.open(store, system),
    looking.refresh(),
  ]);
  await Promise.all([started.refresh(), looking.refresh()]);
  for (const one of [live, started, looking]) expect(one.current().types.get('device')?.table).toBe('device');
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from model.device`.execute(scope.db);
  expect(rows[0]?.n).toBe(0);
});

test('the journal has one entry for a change, also when whoever applied it died before writing it', async () => {
  const { store, live, propose, change, scope } = await fresh();
  const entries = async () => {
    const { rows } = await sql<{ body: string }>`select body from journal.pending`.execute(scope.db);
    return rows.filter(({ body }) => body.includes('model.changed')).length;
  };
  const { id } = await propose(change(first));
  await live.apply(scope, id, cause);
  await live.apply(scope, id, cause);
  expect(await entries()).toBe(1);
  const { id: next } = await propose(change(second));
  const powerCut = {
    ...scope,
    get db(): never {
      throw new Error('power cut');
    },
  };
  await expect(live.apply(powerCut, next, cause)).rejects.toThrow('power cut');
  expect(await entries()).toBe(1);
  await LiveModel.open(store, system);
  expect(await entries()).toBe(2);
  await LiveModel.open(store, system);
  expect(await entries()).toBe(2);
});

test('a pack that this version of the product refuses stops the start, and is mended or taken away while it is stopped', async () => {
  const { store, apply, scope } = await fresh();
  await apply(first);
  await store.asOwner((client) =>
    client.query(`update public.socle_model_version set packs = replace(packs::text, '"text"', '"prose"')::json`),
  );
  expect((await refused(LiveModel.open(store, system))).code).toBe('model.invalid_pack');
  const mended = await LiveModel.open(store, system, {
    files: [{ file: 'lending', text: first }],
    without: [],
    version: null,
  });
  expect(mended.current().types.has('device')).toBe(true);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from model.device`.execute(scope.db);
  expect(rows[0]?.n).toBe(0);
});

test('versions are listed with who applied them, and any two are compared in words', async () => {
  const { live, applied, apply } = await fresh();
  const { number: empty } = live.version();
  await apply(first);
  const { number } = live.version();
  await apply(second);
  await applied(without('lending'));
  const known = await live.versions();
  expect(known.map(({ proposedBy }) => proposedBy)).toEqual([
    actorText(cause.actor),
    actorText(cause.actor),
    actorText(cause.actor),
    null,
  ]);
  expect(known[0]?.number).toBe(live.version().number);
  const words = async (from: number, to: number) => (await live.compare(from, to)).map(({ text }) => text.en);
  expect(await words(empty, number)).toEqual(['New pack: Lending', 'New type: Device (2 attributes)']);
  expect(await words(number, live.version().number)).toEqual([
    'Pack removed: Lending',
    'Type removed: Device. Its objects are archived, no longer shown',
  ]);
  expect((await refused(live.compare(number, 999))).code).toBe('model.no_version');
});
