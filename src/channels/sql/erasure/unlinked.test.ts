import { describe, expect, test } from 'vitest';
import type { TestPlanQuestion } from '../../../../test/support/application.ts';
import { type EngineApplication, testEngines } from '../../../../test/support/engines.ts';
import { type Capture, execute, type PersonOutcome, seePerson } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };

const customers = `
  create table customer (id int primary key, email varchar(80), prenom varchar(40), nom varchar(40), date_naissance date, telephone varchar(30));
  insert into customer values (1, 'alice@example.fr', 'Éléonore', 'Lefèvre', '1980-05-17', '06 12 34 56 78'), (2, 'bob@example.fr', 'Bob', 'Durand', '1981-01-01', '06 98 76 54 32');
`;

async function erase(
  application: EngineApplication,
  question: TestPlanQuestion = {},
): Promise<Pick<PersonOutcome, 'outcome' | 'seen' | 'detail'> | undefined> {
  const plan = await application.plan(question);
  return (await execute(application.connection, plan, [alice], { persist })).persons[0];
}

describe.each(testEngines)('tables that nothing links, on $name', ({ application: open }) => {
  test('one that bears the person’s name makes the order partly done, and says what to do', async () => {
    const application = await open(`${customers}
      create table card_file (card varchar(10) primary key, holder_name varchar(80), points int);
      insert into card_file values ('a', 'LEFEVRE Eleonore', 10), ('b', 'Durand Bob', 20), ('c', 'Lefèvre', 30), ('d', 'Éléonore Lefèvremont', 5);
    `);
    const where = application.key('card_file');
    const left = { where, rows: 1, by: 'name', mayStay: false };
    const outcome = await erase(application);
    expect(outcome).toMatchObject({ outcome: 'partly', seen: [left] });
    expect(outcome?.detail?.en).toContain(`(${where})`);
    expect(outcome?.detail?.fr).toContain('le fichier --map');
    expect(JSON.stringify(outcome)).not.toMatch(/lef|l.onore/i);
  });

  test('one that the map says to ignore, and one where nobody has that name, leave nothing to say', async () => {
    const schema = `${customers}
      create table card_file (card varchar(10) primary key, holder_name varchar(80), points int);
    `;
    const ignored = await open(`${schema} insert into card_file values ('a', 'Eleonore Lefevre', 10);`);
    expect(await erase(ignored, { map: 'tables: { card_file: ignore }' })).toMatchObject({ outcome: 'executed' });
    const others = await open(
      `${schema} insert into card_file values ('a', 'Éléonore et Bob Lefèvre', 10), ('b', 'Durand', 3);`,
    );
    expect(await erase(others)).toMatchObject({ outcome: 'executed', seen: [], detail: null });
  });

  test('somebody of that name who was born another day is somebody else', async () => {
    const application = await open(`${customers}
      create table old_file (code varchar(10) primary key, nom varchar(40), ville varchar(40), prenom varchar(40), date_naissance date);
      insert into old_file values ('a', 'LEFEVRE', 'Lyon', 'Eléonore', '1999-01-01');
    `);
    expect(await erase(application)).toMatchObject({ outcome: 'executed', seen: [] });
    await application.run("insert into old_file values ('b', 'LEFEVRE', 'Lyon', 'Eléonore', '1980-05-17')");
    await application.run(
      "update customer set email = 'alice@example.fr', prenom = 'Éléonore', nom = 'Lefèvre', date_naissance = '1980-05-17' where id = 1",
    );
    expect(await erase(application)).toMatchObject({ outcome: 'partly', seen: [{ by: 'name', rows: 1 }] });
  });

  test('a namesake in a table of persons, and the rows of others, are known to be others’', async () => {
    const application = await open(`${customers}
      create table employee (id int primary key, email varchar(80), prenom varchar(40), nom varchar(40));
      create table orders (id int primary key, customer_id int references customer (id), ship_name varchar(80), total int);
      insert into employee values (1, 'e.lefevre@boutique.example', 'Éléonore', 'Lefèvre');
      insert into orders values (1, 1, 'Éléonore Lefèvre', 10), (2, 2, 'Éléonore Lefèvre', 20);
    `);
    expect(await erase(application)).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows('select id, ship_name from orders order by id')).toEqual([
      { id: 1, ship_name: null },
      { id: 2, ship_name: 'Éléonore Lefèvre' },
    ]);
  });

  test('a row that says of nobody whose it is, in a table that is linked, is seen', async () => {
    const application = await open(`${customers}
      create table orders (id int primary key, customer_id int references customer (id), ship_name varchar(80), total int);
      insert into orders values (1, 1, 'Éléonore Lefèvre', 10), (2, null, 'eleonore LEFEVRE', 20), (3, null, 'Bob Durand', 20);
    `);
    const where = application.key('orders');
    expect(await erase(application)).toMatchObject({ outcome: 'partly', seen: [{ where, rows: 1, by: 'name' }] });
  });

  test('a document that nothing links and that names the person field by field is seen', async () => {
    const application = await open(`${customers}
      create table channel_message (id int primary key, payload text);
      insert into channel_message values (1, '{"first_name": "Eleonore", "last_name": "LEFÈVRE"}'), (2, '{"first_name": "Bob", "last_name": "Lefèvre"}');
    `);
    expect(await erase(application)).toMatchObject({ outcome: 'partly', seen: [{ by: 'name', rows: 1 }] });
  });

  test('a column that looks like the key of the person’s rows and that nothing declares makes the order partly done', async () => {
    const schema = (keys: string): string => `${customers}
      create table assignment_submission (id int primary key, customer_id int references customer (id), statut varchar(10));
      create table answer_sheet (no int primary key, submission int, answer text);
      insert into assignment_submission values (71, 1, 'rendu'), (72, 2, 'rendu'), (73, 1, 'rendu');
      insert into answer_sheet values ${keys};
    `;
    const hers = await open(schema(`(1, 71, 'du texte'), (2, 72, 'autre texte'), (3, 73, null), (4, 0, 'rien')`));
    const where = `${hers.key('answer_sheet')}.submission`;
    const outcome = await erase(hers);
    expect(outcome).toMatchObject({ outcome: 'partly', seen: [{ where, rows: 1, by: 'key', mayStay: false }] });
    expect(outcome?.detail?.en).toContain(where);
    // Numbers that are mostly no keys there agree by chance.
    const chance = await open(schema(`(1, 71, 'du texte'), (2, 172, 'autre texte'), (3, 173, 'x'), (4, 174, 'y')`));
    expect(await erase(chance)).toMatchObject({ outcome: 'executed', seen: [] });
  });

  test('a telephone that only the person’s row has is sought elsewhere; one that a household shares is not', async () => {
    const schema = `
      create table table_booking (no int primary key, guest varchar(40), phone varchar(30), seats int);
      insert into table_booking values (1, 'Lefèvre', '+33612345678', 2), (2, 'Durand', '0698765432', 2);
    `;
    const own = await open(`${customers} ${schema}`);
    const where = `${own.key('table_booking')}.phone`;
    expect(await erase(own)).toMatchObject({ outcome: 'partly', seen: [{ where, rows: 1, by: 'identity' }] });
    const household = await open(`${customers} ${schema} update customer set telephone = '0612345678' where id = 2;`);
    expect(await erase(household)).toMatchObject({ outcome: 'executed', seen: [] });
  });

  test('a number that the person’s row holds is taken out of the texts of others', async () => {
    const application = await open(`${customers}
      create table message (id int primary key, customer_id int references customer (id), body varchar(200));
      insert into message values (1, 2, 'call Éléonore LEFEVRE or LEFÈVRE, Eleonore on 06.12.34.56.78'), (2, 2, 'Eléonore Martin on 06 98 76 54 32');
    `);
    expect(await erase(application)).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows('select id, body from message order by id')).toEqual([
      { id: 1, body: 'call *** or *** on ***' },
      { id: 2, body: 'Eléonore Martin on 06 98 76 54 32' },
    ]);
  });

  test('what the rows told is remembered after a crash, when they are blank', async () => {
    const application = await open(`${customers}
      create table card_file (card varchar(10) primary key, holder_name varchar(80), points int);
      insert into card_file values ('a', 'LEFEVRE Eleonore', 10);
    `);
    const plan = await application.plan();
    const captures: Capture[] = [];
    const keep = async (capture: Capture): Promise<void> => void captures.push(capture);
    await execute(application.connection, plan, [alice], { persist: keep });
    const earlier = captures[0] ?? null;
    const { persons } = await execute(application.connection, plan, [alice], { persist, earlier });
    expect(persons).toMatchObject([{ outcome: 'partly', seen: [{ by: 'name', rows: 1 }] }]);
    const bare = await execute(application.connection, plan, [alice], { persist });
    expect(bare.persons).toMatchObject([{ outcome: 'not_found' }]);
  });

  test('persons outside the sample are not looked for by name, and the proof says so', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
    const application = await open(`
      create table customer (id int primary key, email varchar(80), prenom varchar(40), nom varchar(40));
      create table card_file (card varchar(10) primary key, holder_name varchar(80), points int);
      insert into customer values ${numbers.map((n) => `(${n}, 'p${n}@example.fr', 'Prenom', 'Nommé${'abcdefghijkl'[n - 1] ?? ''}')`).join(', ')};
      insert into card_file select id, concat(nom, ' ', prenom), 1 from customer;
    `);
    const batch = numbers.map((n) => ({ ref: `p_${n}`, identities: [{ kind: 'email', value: `p${n}@example.fr` }] }));
    const done = await execute(application.connection, await application.plan(), batch, { persist, sweepSample: 3 });
    expect(done.proof).toMatchObject({ sweep: 'sampled', personsSwept: 3 });
    const partly = done.persons.filter(({ outcome }) => outcome === 'partly').map(({ ref }) => ref);
    expect(partly).toEqual(['p_1', 'p_5', 'p_9']);
  });

  test('a person who was left alone is seen by their identifiers as before', async () => {
    const application = await open(customers);
    const plan = await application.plan();
    expect(await seePerson(application.connection, plan, alice.identities)).toMatchObject({ isSeen: true });
    await erase(application);
    expect(await seePerson(application.connection, plan, alice.identities)).toMatchObject({ isSeen: false });
  });
});
