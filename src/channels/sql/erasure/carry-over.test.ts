import { describe, expect, test } from 'vitest';
import type { TestPlanQuestion } from '../../../../test/support/application.ts';
import { type EngineApplication, testEngines } from '../../../../test/support/engines.ts';
import { type Capture, execute, type PersonOutcome, previewPlan, seePerson } from '../index.ts';

const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };

const customers = `
  create table customer (id int primary key, email varchar(80), name varchar(60), card_code varchar(20));
  create table visit (id int primary key, customer_id int references customer (id), note varchar(60));
  insert into customer values (1, 'alice@example.fr', 'Alice Martin', 'CH-77001'), (2, 'bob@example.fr', 'Bob Durand', 'CH-77002');
  insert into visit values (1, 1, 'rang twice'), (2, 1, 'left early'), (3, 2, 'nothing');
`;
const loyalty = `
  create table loyalty (id varchar(20) primary key, holder varchar(60), points int);
  insert into loyalty values ('x1', 'Alice Martin', 200), ('x2', 'Bob Durand', 100);
`;
const byName = 'joins: [{ from: loyalty.holder, to: customer.name }]';

interface Erased {
  readonly person: PersonOutcome | undefined;
  readonly capture: Capture | null;
}

async function erase(
  application: EngineApplication,
  question: TestPlanQuestion = {},
  earlier: Capture | null = null,
): Promise<Erased> {
  let capture = earlier;
  const keep = async (found: Capture): Promise<void> => {
    capture = structuredClone(found);
  };
  const plan = await application.plan(question);
  const { persons } = await execute(application.connection, plan, [alice], { persist: keep, earlier });
  return { person: persons[0], capture };
}

describe.each(testEngines)('an order that goes on under another plan, on $name', ({ application: open }) => {
  test('says which join the map could declare, before it runs and after, and never a value', async () => {
    const application = await open(customers + loyalty);
    const where = application.key('loyalty');
    const about = {
      categories: ['identity'],
      columns: ['holder'],
      joins: [{ from: [`${where}.holder`], to: [`${application.key('customer')}.name`] }],
    };
    const preview = await previewPlan(application.connection, await application.plan(), alice.identities);
    expect(preview.met).toEqual([{ where, rows: 1, by: 'name', mayStay: false, about }]);
    const { person } = await erase(application);
    expect(person).toMatchObject({ outcome: 'partly', seen: [{ where, about }] });
    expect(JSON.stringify([preview.met, person])).not.toMatch(/alice martin|CH-77001/i);
  });

  test('finds, by a join declared since, the rows that only what is blank named', async () => {
    const application = await open(customers + loyalty);
    const first = await erase(application);
    expect(first.person?.outcome).toBe('partly');
    const second = await erase(application, { map: byName }, first.capture);
    expect(second.person).toMatchObject({
      outcome: 'executed',
      seen: [],
      tables: { [application.key('customer')]: 1, [application.key('visit')]: 2, [application.key('loyalty')]: 1 },
    });
    expect(await application.rows('select * from loyalty order by id')).toEqual([
      { id: 'x1', holder: null, points: 200 },
      { id: 'x2', holder: 'Bob Durand', points: 100 },
    ]);
    expect(await application.rows('select name, card_code from customer where id = 2')).toEqual([
      { name: 'Bob Durand', card_code: 'CH-77002' },
    ]);
  });

  test('a name by which the map joins goes as it does in the row that it names', async () => {
    const application = await open(customers + loyalty);
    const { person } = await erase(application, { map: byName });
    expect(person).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows('select holder from loyalty order by id')).toEqual([
      { holder: null },
      { holder: 'Bob Durand' },
    ]);
  });

  test('prefers a number that ties the rows to a name that they bear', async () => {
    const application = await open(`${customers}
      create table card_file (no varchar(20) primary key, holder varchar(60), points int);
      insert into card_file values ('CH-77001', 'MARTIN Alice', 10), ('CH-77002', 'DURAND Bob', 20);
    `);
    const { met } = await previewPlan(application.connection, await application.plan(), alice.identities);
    const [from, to] = [`${application.key('card_file')}.no`, `${application.key('customer')}.card_code`];
    expect(met).toMatchObject([{ by: 'name', about: { joins: [{ from: [from], to: [to] }] } }]);
    const first = await erase(application);
    const map = 'joins: [{ from: card_file.no, to: customer.card_code }]';
    const second = await erase(application, { map }, first.capture);
    expect(second.person?.outcome).toBe('executed');
    expect(await application.rows('select holder from card_file order by no')).toEqual([
      { holder: null },
      { holder: 'DURAND Bob' },
    ]);
  });

  test('a map that ignores the table ends it, with all that was erased before', async () => {
    const application = await open(customers + loyalty);
    const first = await erase(application);
    const second = await erase(application, { map: 'tables: { loyalty: ignore }' }, first.capture);
    expect(second.person).toMatchObject({ outcome: 'executed', seen: [], counts: first.person?.counts });
    expect(await application.rows("select holder from loyalty where id = 'x1'")).toEqual([{ holder: 'Alice Martin' }]);
  });

  test('rows that bear the name of two customers are nobody’s: they stay, and are told', async () => {
    const application = await open(`${customers}${loyalty}
      insert into customer values (3, 'other@example.fr', 'Alice Martin', 'CH-77003');`);
    const direct = await open(`${customers}${loyalty}
      insert into customer values (3, 'other@example.fr', 'Alice Martin', 'CH-77003');`);
    const first = await erase(application);
    const second = await erase(application, { map: byName }, first.capture);
    const atOnce = await erase(direct, { map: byName });
    for (const { person } of [second, atOnce]) {
      expect(person).toMatchObject({ outcome: 'partly', seen: [{ by: 'key', rows: 1, mayStay: false }] });
      expect(person?.seen[0]?.where).toMatch(/loyalty\.holder$/);
    }
    for (const each of [application, direct]) {
      expect(await each.rows("select holder from loyalty where id = 'x1'")).toEqual([{ holder: 'Alice Martin' }]);
    }
  });

  test('a row that was filled anew since is not taken up: it may be somebody else’s', async () => {
    const application = await open(customers + loyalty);
    const first = await erase(application);
    await application.run("update customer set name = 'Carol Petit', email = 'carol@example.fr' where id = 1");
    const second = await erase(application, { map: byName }, first.capture);
    expect(second.person?.outcome).toBe('partly');
    expect(await application.rows('select name, email from customer where id = 1')).toEqual([
      { name: 'Carol Petit', email: 'carol@example.fr' },
    ]);
  });

  test('cut between what it found and its commit, or after, it ends in the same truth', async () => {
    const application = await open(customers + loyalty);
    const first = await erase(application);
    const plan = await application.plan({ map: byName });
    let cut: Capture | null = null;
    const crash = execute(application.connection, plan, [alice], {
      earlier: first.capture,
      persist: async (found) => {
        cut = structuredClone(found);
        throw new Error('the process ends here');
      },
    });
    await expect(crash).rejects.toThrow('the process ends here');
    const again = await erase(application, { map: byName }, cut);
    expect(again.person?.outcome).toBe('executed');
    const once = { [application.key('customer')]: 1, [application.key('visit')]: 2, [application.key('loyalty')]: 1 };
    expect(again.person?.tables).toEqual(once);
    // After the commit: from what was kept before it, and from what the first order had left.
    for (const earlier of [again.capture, first.capture]) {
      const after = await erase(application, { map: byName }, earlier);
      expect(after.person).toMatchObject({ outcome: 'executed', seen: [] });
    }
    expect((await erase(application, { map: byName }, again.capture)).person?.tables).toEqual(once);
  });

  test('a look taken later sees what the rows had told, and a name alone only says perhaps', async () => {
    const application = await open(`${customers}
      create table customer_email (id int primary key, customer_id int references customer (id), email varchar(80));
      insert into customer_email values (1, 1, 'alice.old@example.fr');
      create table newsletter (id int primary key, address varchar(80));
      create table old_file (id int primary key, holder varchar(60));
    `);
    const { capture, person } = await erase(application);
    expect(person?.outcome).toBe('executed');
    const plan = await application.plan();
    const learnt = (capture?.learnt ?? []).map(([, kind, value]) => ({ kind, value }));
    const look = () => seePerson(application.connection, plan, alice.identities, learnt);
    expect(await look()).toMatchObject({ isSeen: false, mayBeSeen: false });
    await application.run("insert into old_file values (1, 'MARTIN Alice')");
    expect(await look()).toMatchObject({ isSeen: false, mayBeSeen: true, sightings: [{ by: 'name' }] });
    await application.run("insert into newsletter values (1, 'alice.old@example.fr')");
    expect(await look()).toMatchObject({ isSeen: true, mayBeSeen: false });
    expect(await seePerson(application.connection, plan, alice.identities)).toMatchObject({ isSeen: false });
  });
});
