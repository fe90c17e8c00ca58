import { describe, expect, test } from 'vitest';
import type { TestPlanQuestion } from '../../../../test/support/application.ts';
import { type EngineApplication, testEngines } from '../../../../test/support/engines.ts';
import { type Capture, execute, type PersonOutcome, previewPlan, seePerson } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const identities = [{ kind: 'email', value: 'alice@example.fr' }];

async function eraseAlice(
  application: EngineApplication,
  question: TestPlanQuestion = {},
): Promise<PersonOutcome | undefined> {
  const plan = await application.plan(question);
  return (await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist })).persons[0];
}

describe.each(testEngines)('shapes of schemas, on $name', ({ application: open }) => {
  test('the person’s rows are blanked through references, others’ stay, amounts stay, and nothing is seen', async () => {
    const application = await open(`
      create table address (id int primary key, street varchar(80) not null, city varchar(80));
      create table customer (id int primary key, email varchar(120) not null unique, last_name varchar(80) not null, phone varchar(20), birth_date date, address_id int references address (id));
      create table orders (id int primary key, customer_id int not null references customer (id), ship_to_id int references address (id), total decimal(10,2) not null, note text);
      create table order_line (order_id int not null references orders (id), line int not null, engraving varchar(80), quantity int not null, primary key (order_id, line));
      insert into address values (1, '1 rue A', 'Lyon'), (2, '2 rue B', 'Lyon'), (3, '3 rue C', 'Lyon');
      insert into customer values (1, 'alice@example.fr', 'Martin', '0612345678', '1980-01-01', 1), (2, 'bob@example.fr', 'Durand', '0698765432', '1981-01-01', 2);
      insert into orders values (1, 1, 3, 12.50, 'ring at Martin'), (2, 2, 2, 20, 'ring at Durand'), (3, 1, 2, 7, null);
      insert into order_line values (1, 1, 'To Alice', 2), (2, 1, 'To Bob', 1);
    `);
    const plan = await application.plan();
    const preview = await previewPlan(application.connection, plan, identities);
    const counted = Object.fromEntries(preview.tables.map((table) => [table.table, [table.rows, table.shared]]));
    expect(counted).toEqual({
      [application.key('customer')]: [1, 0],
      [application.key('orders')]: [2, 0],
      [application.key('order_line')]: [1, 0],
      [application.key('address')]: [2, 1],
    });
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: true });
    const captures: unknown[] = [];
    const outcome = await execute(application.connection, plan, [{ ref: 'p_1', identities }], {
      persist: async (capture) => void captures.push(capture),
    });
    expect(outcome.persons).toMatchObject([{ outcome: 'executed', seen: [] }]);
    expect(outcome.proof).toMatchObject({ sweep: 'complete', notSwept: [] });
    expect(captures).toHaveLength(1);
    const [alice] = await application.rows('select * from customer where id = 1');
    expect(alice).toMatchObject({ id: 1, last_name: '', phone: null, birth_date: null, address_id: 1 });
    expect(alice?.email).toMatch(/^erased-[0-9a-f]{12}@e\.invalid$/);
    const others = 'select last_name, phone, address_id from customer where id = 2';
    expect(await application.rows(others)).toEqual([{ last_name: 'Durand', phone: '0698765432', address_id: 2 }]);
    expect(await application.rows('select id, street, city from address order by id')).toEqual([
      { id: 1, street: '', city: null },
      { id: 2, street: '2 rue B', city: 'Lyon' },
      { id: 3, street: '', city: null },
    ]);
    const orders = await application.rows('select id, customer_id, ship_to_id, total, note from orders order by id');
    expect(orders.map(({ total, ...order }) => ({ ...order, total: Number(total) }))).toEqual([
      { id: 1, customer_id: 1, ship_to_id: 3, total: 12.5, note: null },
      { id: 2, customer_id: 2, ship_to_id: 2, total: 20, note: 'ring at Durand' },
      { id: 3, customer_id: 1, ship_to_id: 2, total: 7, note: null },
    ]);
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: false, sightings: [] });
  });

  test('tables without a primary key are erased by what they refer to', async () => {
    const application = await open(`
      create table client (id int primary key, email varchar(80), nom varchar(80));
      create table journal (client_id int, message varchar(80), fait date);
      create table newsletter (email varchar(80), prenom varchar(80));
      insert into client values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
      insert into journal values (1, 'bonjour', '2024-01-01'), (1, 'bonjour', '2024-01-01'), (2, 'bonjour', '2024-01-01'), (1, 'au revoir', null);
      insert into newsletter values ('alice@example.fr', 'Alice'), ('alice@example.fr', 'Alice'), ('bob@example.fr', 'Bob');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(
      await application.rows('select client_id, count(message) as n from journal group by client_id order by 1'),
    ).toMatchObject([{ client_id: 1 }, { client_id: 2 }]);
    expect(await application.rows('select client_id from journal where message is not null')).toEqual([
      { client_id: 2 },
    ]);
    expect(await application.rows('select email, prenom from newsletter where email is not null')).toEqual([
      { email: 'bob@example.fr', prenom: 'Bob' },
    ]);
  });

  test('composite keys and references are followed whole', async () => {
    const application = await open(`
      create table customer (shop int, no int, email varchar(80), primary key (shop, no));
      create table orders (shop int, order_no int, customer_no int, ship_name varchar(80), primary key (shop, order_no),
        foreign key (shop, customer_no) references customer (shop, no));
      create table line (shop int, order_no int, line int, engraving varchar(80), qty int, primary key (shop, order_no, line),
        foreign key (shop, order_no) references orders (shop, order_no));
      insert into customer values (1, 1, 'alice@example.fr'), (2, 1, 'bob@example.fr');
      insert into orders values (1, 10, 1, 'Alice'), (2, 10, 1, 'Bob');
      insert into line values (1, 10, 1, 'To Alice', 2), (2, 10, 1, 'To Bob', 3);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(
      await application.rows(
        'select orders.shop, ship_name, engraving, qty from orders join line on line.shop = orders.shop order by 1',
      ),
    ).toEqual([
      { shop: 1, ship_name: null, engraving: null, qty: 2 },
      { shop: 2, ship_name: 'Bob', engraving: 'To Bob', qty: 3 },
    ]);
  });

  test('a key called name may number an invoice: it stays with its amount, and that of a person goes', async () => {
    const application = await open(`
      create table customer (name varchar(140) primary key, customer_name varchar(140), email varchar(140));
      create table sales_invoice (name varchar(140) primary key, customer varchar(140), customer_name varchar(140), contact_email varchar(140), grand_total decimal(10,2));
      insert into customer values ('Alice Martin', 'Alice Martin', 'alice@example.fr'), ('Bob Durand', 'Bob Durand', 'bob@example.fr');
      insert into sales_invoice values ('SINV-0001', 'Alice Martin', 'Alice Martin', 'alice@example.fr', 100), ('SINV-0002', 'Bob Durand', 'Bob Durand', 'bob@example.fr', 50);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    const invoices = await application.rows('select * from sales_invoice order by name');
    expect(invoices.map(({ name, grand_total }) => [name, Number(grand_total)])).toEqual([
      ['SINV-0001', 100],
      ['SINV-0002', 50],
    ]);
    expect(invoices[1]).toMatchObject({ customer: 'Bob Durand', contact_email: 'bob@example.fr' });
    const customers = await application.rows('select * from customer order by email');
    expect(customers).toHaveLength(2);
    const everything = JSON.stringify([invoices, customers]);
    expect(everything).not.toMatch(/Alice|alice@/);
  });

  test('a cycle of references ends', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), default_address_id int);
      create table address (id int primary key, customer_id int references customer (id), street varchar(80), replaces_id int references address (id));
      insert into customer values (1, 'alice@example.fr', 2), (2, 'bob@example.fr', 3);
      insert into address values (1, 1, 'rue A', null), (2, 1, 'rue B', 1), (3, 2, 'rue C', 1);
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select street from address order by id')).toEqual([
      { street: null },
      { street: null },
      { street: 'rue C' },
    ]);
  });

  test('answers of others to the person’s comments are others’', async () => {
    const application = await open(`
      create table users (id int primary key, email varchar(80));
      create table comments (id int primary key, author_id int references users (id), parent_id int references comments (id), body text);
      insert into users values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into comments values (1, 1, null, 'alice 1'), (2, 2, 1, 'bob 1'), (3, 1, 2, 'alice 2'), (4, null, 3, 'guest under alice');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id, body from comments order by id')).toEqual([
      { id: 1, body: null },
      { id: 2, body: 'bob 1' },
      { id: 3, body: null },
      { id: 4, body: null },
    ]);
  });

  test('quotes, percent signs and capitals of an e-mail are only characters', async () => {
    const application = await open(`
      create table client (id int primary key, email varchar(120), nom varchar(80));
      insert into client values (1, 'O''Neil+%_@Example.fr', 'O''Neil'), (2, 'oaneil+xx@example.fr', 'Other'), (3, ' o''neil+%_@example.FR ', 'O''NEIL');
    `);
    const plan = await application.plan();
    const person = { ref: 'p_1', identities: [{ kind: 'email', value: "o'neil+%_@example.fr" }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { [application.key('client')]: 2 } }]);
    expect(await application.rows('select id, nom from client where nom is not null')).toEqual([
      { id: 2, nom: 'Other' },
    ]);
  });

  test('an accent is a letter of its own: jerome is not jérôme', async () => {
    const application = await open(`
      create table client (id int primary key, email varchar(120), login varchar(40), nom varchar(80));
      insert into client values (1, 'jérôme@example.fr', 'jérôme', 'Un'), (2, 'jerome@example.fr', 'jerome', 'Deux'), (3, null, 'JEROME', 'Trois');
    `);
    const plan = await application.plan({ categories: { 'client.login': 'online' } });
    const person = {
      ref: 'p_1',
      identities: [
        { kind: 'email', value: 'jerome@example.fr' },
        { kind: 'login', value: 'jerome' },
      ],
    };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(await application.rows('select id from client where nom is null order by id')).toEqual([{ id: 2 }]);
  });

  test('a telephone is compared by its digits, and a household’s shared line doesn’t take the other one along', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), phone varchar(30), last_name varchar(40));
      insert into customer values (1, 'alice@example.fr', '06 12 34 56 78', 'Alice'), (2, 'bob@example.fr', '+33612345678', 'Bob'), (3, null, '0033 6.12.34.56.78', 'ALICE'), (4, null, '0612345679', 'Other');
    `);
    const plan = await application.plan();
    const person = {
      ref: 'p_1',
      identities: [
        { kind: 'email', value: 'alice@example.fr' },
        { kind: 'phone', value: '+33 (0)6 12 34 56 78' },
      ],
    };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { [application.key('customer')]: 2 } }]);
    expect(await application.rows('select id from customer where last_name is null order by id')).toEqual([
      { id: 1 },
      { id: 3 },
    ]);
  });

  test('an e-mail written with its bearer’s name is that e-mail', async () => {
    const application = await open(`
      create table message (id int primary key, email_from varchar(120), body varchar(200));
      insert into message values (1, '"Alice Martin" <Alice@example.fr>', 'hers'), (2, 'Bob <bob@example.fr>', 'his');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id, email_from, body from message order by id')).toEqual([
      { id: 1, email_from: null, body: null },
      { id: 2, email_from: 'Bob <bob@example.fr>', body: 'his' },
    ]);
  });

  test('one e-mail that finds persons of different names erases nobody, and asks for a second identifier', async () => {
    const application = await open(`
      create table adherent (id int primary key, courriel varchar(80), nom varchar(40), prenom varchar(40), no_licence varchar(20));
      insert into adherent values (1, 'famille@example.fr', 'Martin', 'Alice', 'L-1001'), (2, 'famille@example.fr', 'Martin', 'Léa', 'L-1002'),
        (3, 'bob@example.fr', 'Durand', 'Bob', null), (4, 'Bob@example.fr', 'DURAND', 'Bob', null);
    `);
    const plan = await application.plan({ identities: [{ kind: 'licence', column: 'adherent.no_licence' }] });
    const family = { ref: 'p_1', identities: [{ kind: 'email', value: 'famille@example.fr' }] };
    const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };
    const { persons } = await execute(application.connection, plan, [family, bob], { persist });
    expect(persons).toMatchObject([
      { ref: 'p_1', outcome: 'refused', reason: 'identity_ambiguous', tables: {} },
      { ref: 'p_2', outcome: 'executed', tables: { [application.key('adherent')]: 2 } },
    ]);
    const alice = { ref: 'p_1', identities: [...family.identities, { kind: 'licence', value: 'L-1001' }] };
    expect((await execute(application.connection, plan, [alice], { persist })).persons).toMatchObject([
      { outcome: 'executed', tables: { [application.key('adherent')]: 1 } },
    ]);
    expect(await application.rows('select id, prenom from adherent where prenom is not null')).toEqual([
      { id: 2, prenom: 'Léa' },
    ]);
  });

  test('who is left out for want of a second identifier is left out again after a crash', async () => {
    const application = await open(`
      create table adherent (id int primary key, courriel varchar(80), nom varchar(40), prenom varchar(40), telephone varchar(20));
      insert into adherent values (1, 'famille@example.fr', 'Martin', 'Alice', null), (2, 'famille@example.fr', 'Martin', 'Léa', null),
        (3, 'bob@example.fr', 'Durand', 'Bob', null), (4, null, 'Petit', 'Carole', '0612345678');
    `);
    const plan = await application.plan();
    const family = { ref: 'p_1', identities: [{ kind: 'email', value: 'famille@example.fr' }] };
    const bob = {
      ref: 'p_2',
      identities: [
        { kind: 'email', value: 'bob@example.fr' },
        { kind: 'phone', value: '0612345678' },
      ],
    };
    const captures: Capture[] = [];
    const crash = execute(application.connection, plan, [family, bob], {
      persist: async (capture) => {
        captures.push(capture);
        throw new Error('crash');
      },
    });
    await expect(crash).rejects.toThrow('crash');
    const [earlier] = captures;
    if (earlier === undefined) throw new Error('nothing was captured');
    for (const attempt of ['before anything was erased', 'after all was erased']) {
      const { persons } = await execute(application.connection, plan, [family, bob], { persist, earlier });
      expect([attempt, ...persons.map(({ outcome }) => outcome)]).toEqual([attempt, 'refused', 'executed']);
      expect(await application.rows('select id, prenom from adherent where prenom is not null order by id')).toEqual([
        { id: 1, prenom: 'Alice' },
        { id: 2, prenom: 'Léa' },
        { id: 4, prenom: 'Carole' },
      ]);
    }
  });

  test('half of those who shared an identifier being erased by then doesn’t give the other half away after a crash', async () => {
    const application = await open(`
      create table adherent (id int primary key, courriel varchar(80), nom varchar(40), prenom varchar(40), no_licence varchar(20));
      insert into adherent values (1, 'famille@example.fr', 'Martin', 'Alice', 'L-1001'), (2, 'famille@example.fr', 'Martin', 'Léa', 'L-1002');
    `);
    const plan = await application.plan({ identities: [{ kind: 'licence', column: 'adherent.no_licence' }] });
    const family = { ref: 'p_1', identities: [{ kind: 'email', value: 'famille@example.fr' }] };
    const alice = { ref: 'p_2', identities: [...family.identities, { kind: 'licence', value: 'L-1001' }] };
    const captures: Capture[] = [];
    const keep = async (capture: Capture): Promise<void> => void captures.push(capture);
    await execute(application.connection, plan, [family, alice], { persist: keep });
    const earlier = captures[0] ?? null;
    const again = await execute(application.connection, plan, [family, alice], { persist, earlier });
    expect(again.persons.map(({ outcome }) => outcome)).toEqual(['refused', 'executed']);
    expect(await application.rows('select prenom from adherent where prenom is not null')).toEqual([{ prenom: 'Léa' }]);
  });

  test('the preview says beforehand that an identifier finds persons of different names', async () => {
    const application = await open(`
      create table adherent (id int primary key, courriel varchar(80), nom varchar(40), prenom varchar(40));
      insert into adherent values (1, 'famille@example.fr', 'Martin', 'Alice'), (2, 'famille@example.fr', 'Martin', 'Léa'), (3, 'bob@example.fr', 'Durand', 'Bob');
    `);
    const plan = await application.plan();
    const of = (value: string) => previewPlan(application.connection, plan, [{ kind: 'email', value }]);
    expect(await of('famille@example.fr')).toMatchObject({ isFound: true, tables: [{ rows: 2 }] });
    expect((await of('famille@example.fr')).refusal?.en).toContain('several persons of different names');
    expect(await of('bob@example.fr')).toMatchObject({ isFound: true, refusal: null });
  });

  test('a telephone that leads to another name is not used where a stronger identifier finds the person', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), phone varchar(30), last_name varchar(40));
      insert into customer values (1, 'alice@example.fr', '0612345678', 'Alice'), (2, null, '0612345678', 'Bob');
    `);
    const plan = await application.plan();
    const identities = [
      { kind: 'email', value: 'alice@example.fr' },
      { kind: 'phone', value: '0612345678' },
    ];
    await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist });
    expect(await application.rows('select id, last_name from customer where last_name is not null')).toEqual([
      { id: 2, last_name: 'Bob' },
    ]);
  });

  test('what the sweep sees in a text nobody linked makes the order partly done', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80));
      create table label (code varchar(10) primary key, wording varchar(200) unique);
      insert into customer values (1, 'alice@example.fr');
      insert into label values ('a', 'written by Alice@Example.fr, thanks'), ('b', 'malice@example.fr');
    `);
    const [where, rows] = [`${application.key('label')}.wording`, 1];
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'partly', seen: [{ where, rows, by: 'sweep' }] });
  });

  test('an address that stands alone where nothing says whose row it is loses nobody: nothing is changed, and it is told', async () => {
    const application = await open(`
      create table party (id int primary key, frst_nm varchar(40), last_nm varchar(40), elec_addr varchar(120), cre_by varchar(12));
      create table officer (id int primary key, login varchar(40) unique, email varchar(120) unique);
      insert into party values (1, 'Alice', 'Martin', 'Alice@example.fr', 'bob'), (2, 'Bob', 'Durand', 'bob@example.fr', 'bob');
      insert into officer values (1, 'bob', 'officer@example.fr');
    `);
    const before = await application.rows('select * from party order by id');
    const plan = await application.plan();
    expect((await previewPlan(application.connection, plan, identities)).refusal?.en).toContain('party');
    const outcome = await eraseAlice(application);
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'technical' });
    expect(outcome?.detail?.en).toContain('party');
    expect(await application.rows('select * from party order by id')).toEqual(before);
    const declared = { identities: [{ kind: 'email', column: 'party.elec_addr' }] };
    expect(await eraseAlice(application, declared)).toMatchObject({ outcome: 'executed' });
  });

  test('documents and free texts that nothing links are searched for the person', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), customer_number varchar(20));
      create table audit_log (id int primary key, message text, made_at date);
      insert into customer values (1, 'alice@example.fr', 'CUST-000123'), (2, 'bob@example.fr', 'CUST-000456');
      insert into audit_log values (1, 'bob@example.fr wrote to <Alice@Example.fr>.', '2024-01-01'), (2, 'to alice@example.fr.uk', '2024-01-01'),
        (3, 'seen CUST-000123 in shop', '2024-01-01'), (4, 'nothing', '2024-01-01'), (5, null, '2024-01-01');
    `);
    const plan = await application.plan();
    const persons = [
      { ref: 'p_1', identities: [...identities, { kind: 'customer_id', value: 'CUST-000123' }] },
      { ref: 'p_2', identities: [{ kind: 'email', value: 'nobody@example.fr' }] },
    ];
    const done = await execute(application.connection, plan, persons, { persist });
    expect(done.persons.map(({ outcome }) => outcome)).toEqual(['executed', 'not_found']);
    expect(await application.rows('select id, message from audit_log order by id')).toEqual([
      { id: 1, message: 'bob@example.fr wrote to <***>.' },
      { id: 2, message: 'to alice@example.fr.uk' },
      { id: 3, message: null },
      { id: 4, message: 'nothing' },
      { id: 5, message: null },
    ]);
  });

  test('an address shared by two persons goes with the second one, or with both of a batch', async () => {
    const schema = `
      create table address (id int primary key, street varchar(80));
      create table customer (id int primary key, email varchar(80), address_id int references address (id));
      insert into address values (1, 'rue A');
      insert into customer values (1, 'alice@example.fr', 1), (2, 'bob@example.fr', 1);
    `;
    const bob = { ref: 'p_2', identities: [{ kind: 'email', value: 'bob@example.fr' }] };
    const street = 'select street from address';
    const one = await open(schema);
    const plan = await one.plan();
    await execute(one.connection, plan, [{ ref: 'p_1', identities }], { persist });
    expect(await one.rows(street)).toEqual([{ street: 'rue A' }]);
    await execute(one.connection, plan, [bob], { persist });
    expect(await one.rows(street)).toEqual([{ street: null }]);
    const both = await open(schema);
    await execute(both.connection, await both.plan(), [{ ref: 'p_1', identities }, bob], { persist });
    expect(await both.rows(street)).toEqual([{ street: null }]);
  });

  test('a number met in the person’s row leads to tables that hold nothing else', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80), loyalty_number varchar(20));
      create table loyalty_movement (id int primary key, loyalty_number varchar(20), shop_name varchar(40));
      insert into customer values (1, 'alice@example.fr', 'L-12345'), (2, 'bob@example.fr', 'L-67890');
      insert into loyalty_movement values (1, 'L-12345', 'near Alice'), (2, 'L-67890', 'near Bob');
    `);
    const question: TestPlanQuestion = {
      categories: { 'customer.loyalty_number': 'identity', 'loyalty_movement.loyalty_number': 'identity' },
    };
    expect(await eraseAlice(application, question)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select id from loyalty_movement where loyalty_number is not null')).toEqual([
      { id: 2 },
    ]);
  });

  test('a view follows its table, and the plan says so', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80));
      create view mailing as select email from customer;
      insert into customer values (1, 'alice@example.fr');
    `);
    const plan = await application.plan();
    const said = plan.notices.filter(({ code }) => code === 'view').map(({ table, about }) => [table, about]);
    expect(said.map(([table]) => table)).toEqual(['mailing']);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    expect(await application.rows('select email from mailing')).toEqual([{ email: null }]);
  });

  test('rows of which only keys stay are told, with the line that deletes them, where nothing refers to them', async () => {
    const application = await open(`
      create table customer (id int primary key, email varchar(80));
      create table newsletter (id int primary key, customer_id int references customer (id), email varchar(80));
      create table visit (id int primary key, customer_id int references customer (id), note varchar(80), made date);
      insert into customer values (1, 'alice@example.fr'), (2, 'bob@example.fr');
      insert into newsletter values (1, 1, 'alice@example.fr'), (2, 2, 'bob@example.fr');
    `);
    const plan = await application.plan();
    expect(plan.notices.filter(({ code }) => code === 'left_empty').map(({ table }) => table)).toEqual(['newsletter']);
    expect(await eraseAlice(application, { map: 'tables: { newsletter: delete }' })).toMatchObject({
      outcome: 'executed',
    });
    expect(await application.rows('select id from newsletter')).toEqual([{ id: 2 }]);
  });

  test('a person who is nowhere is not found, which is not done', async () => {
    const application = await open('create table customer (id int primary key, email varchar(80));');
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'not_found', counts: {}, tables: {}, seen: [] });
  });
});
