import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sharedDatabase } from '../../../../test/support/application.ts';
import { type EngineApplication, sqliteEngine } from '../../../../test/support/engines.ts';
import { Refusal } from '../../../kernel/index.ts';
import { connect, execute, type PersonOutcome, planProblems, previewPlan, seePerson } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };
const open = sqliteEngine.application;

async function eraseAlice(application: EngineApplication): Promise<PersonOutcome | undefined> {
  const plan = await application.plan();
  return (await execute(application.connection, plan, [alice], { persist })).persons[0];
}

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

const pathOf = (application: EngineApplication): string => new URL(application.url).pathname;

describe('tables as SQLite has them', () => {
  test('without row numbers, strict, or with a key that is empty somewhere', async () => {
    const application = await open(
      `
      create table customer (email text not null, shop int not null, last_name text, primary key (shop, email)) without rowid;
      create table account (id integer primary key, email text not null, age int not null, photo blob not null, is_vip boolean not null) strict;
      create table visit (code text primary key, email text, page text);
      insert into customer values ('alice@example.fr', 1, 'Martin'), ('bob@example.fr', 1, 'Durand');
      insert into visit values (null, 'alice@example.fr', '/a'), (null, 'bob@example.fr', '/b'), ('c', 'alice@example.fr', '/c');
    `.replace('is_vip boolean', 'is_vip int'),
    );
    await application.run("insert into account values (1, 'alice@example.fr', 45, x'01ff', 1)");
    const plan = await application.plan({ categories: { 'account.age': 'birth', 'account.photo': 'image' } });
    expect(planProblems(plan)).toEqual([]);
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', seen: [] }]);
    expect(await application.rows('select last_name from customer')).toEqual([{ last_name: 'Durand' }]);
    expect(await application.rows('select age, length(photo) as photo, is_vip from account')).toEqual([
      { age: 0, photo: 0, is_vip: 1 },
    ]);
    expect(await application.rows('select page from visit where page is not null')).toEqual([{ page: '/b' }]);
  });

  test('values of any type in any column, and collations that hold capitals for nothing', async () => {
    const application = await open(`
      create table customer (id integer primary key, email text collate nocase unique, phone, last_name varchar(40) collate nocase not null, score numeric);
      insert into customer values (1, 'Alice@Example.fr', 33612345678, 'ERASED', 'secret of alice'), (2, 'bob@example.fr', '06 98 76 54 32', 'Durand', 12.5);
    `);
    const plan = await application.plan({ map: 'fields: { customer.last_name: { value: erased } }' });
    const person = { ...alice, identities: [...alice.identities, { kind: 'phone', value: '06 12 34 56 78' }] };
    const { persons } = await execute(application.connection, plan, [person], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(await application.rows('select email, phone, last_name from customer')).toEqual([
      { email: null, phone: null, last_name: 'erased' },
      { email: 'bob@example.fr', phone: '06 98 76 54 32', last_name: 'Durand' },
    ]);
  });

  test('checks, generated columns and unique columns get a value of their own kind', async () => {
    const application = await open(`
      create table client (id integer primary key, email text not null unique check (email like '%@%.%'),
        nom varchar(8) not null unique, cp char(5) not null check (length(cp) = 5 and cp not glob '*[^0-9]*'),
        statut text not null check (statut in ('actif', 'ferme')), details json not null check (json_valid(details)),
        naissance date not null, prenom text check (prenom is not null and length(prenom) >= 3),
        nom_complet text generated always as (prenom || ' ' || nom) virtual,
        telephone text, check (telephone is not null or email is not null));
      insert into client (id, email, nom, cp, statut, details, naissance, prenom, telephone) values
        (1, 'alice@example.fr', 'Martin', '75011', 'actif', '{"a":1}', '1980-01-01', 'Alice', '0612345678'),
        (2, 'bob@example.fr', 'Durand', '75012', 'actif', '{"a":2}', '1981-01-01', 'Robert', '0612345679');
    `);
    const bob = await application.rows('select * from client where id = 2');
    expect(planProblems(await application.plan())).toEqual([]);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', seen: [] });
    const [row] = await application.rows('select * from client where id = 1');
    expect(row).toMatchObject({ cp: '00000', statut: 'actif', details: '{}', naissance: '1900-01-01' });
    expect(JSON.stringify(row)).not.toMatch(/alice|martin|75011|1980|061234/i);
    expect(await application.rows('select * from client where id = 2')).toEqual(bob);
  });

  test('a key that names the person changes with what refers to it, following or not', async () => {
    const application = await open(`
      create table app_user (email text not null primary key, full_name text);
      create table orders (id integer primary key, user_email text not null references app_user, total numeric);
      create table session_log (user_email text references app_user (email) on update cascade, ip text);
      insert into app_user values ('alice@example.fr', 'Alice Martin'), ('bob@example.fr', 'Bob');
      insert into orders values (1, 'alice@example.fr', 10), (2, 'bob@example.fr', 20);
      insert into session_log values ('alice@example.fr', '10.0.0.1'), ('bob@example.fr', '10.0.0.2');
    `);
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
    const joined = `select o.id, u.full_name, s.ip from orders o join app_user u on u.email = o.user_email
      join session_log s on s.user_email = u.email order by o.id`;
    expect(await application.rows(joined)).toEqual([
      { id: 1, full_name: null, ip: null },
      { id: 2, full_name: 'Bob', ip: '10.0.0.2' },
    ]);
    expect(await application.rows('pragma foreign_key_check')).toEqual([]);
  });

  test('a search table with its own texts is erased; one that follows a table follows it', async () => {
    const application = await open(`
      create table post (id integer primary key, author_email text, title text, body text);
      create virtual table post_search using fts5(title, body, content='post', content_rowid='id');
      create trigger post_changed after update on post begin
        insert into post_search (post_search, rowid, title, body) values ('delete', old.id, old.title, old.body);
        insert into post_search (rowid, title, body) values (new.id, new.title, new.body);
      end;
      create virtual table mail_archive using fts5(sender_email, message);
      insert into post values (1, 'alice@example.fr', 'Holidays', 'Alice in Nice'), (2, 'bob@example.fr', 'Work', 'Bob in Lyon');
      insert into post_search (rowid, title, body) select id, title, body from post;
      insert into mail_archive values ('alice@example.fr', 'hello from Alice'), ('bob@example.fr', 'hello from Bob');
    `);
    const plan = await application.plan();
    expect(plan.notices).toContainEqual(expect.objectContaining({ code: 'view', table: 'post_search' }));
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed', seen: [] });
    expect(await application.rows("select rowid from post_search where post_search match 'Nice'")).toEqual([]);
    expect(await application.rows("select rowid from post_search where post_search match 'Lyon'")).toHaveLength(1);
    expect(await application.rows("select rowid from mail_archive where mail_archive match 'alice'")).toEqual([]);
    expect(await application.rows('select message from mail_archive where message is not null')).toEqual([
      { message: 'hello from Bob' },
    ]);
  });

  const secret = 'Very-Particular-Name';
  const bytesOf = async (application: EngineApplication): Promise<readonly boolean[]> => {
    const files = ['', '-wal', '-journal'].map((end) => readFile(`${pathOf(application)}${end}`).catch(() => ''));
    return (await Promise.all(files)).map((bytes) => bytes.includes(secret));
  };
  // As most applications do: deleted and changed values stay where they lay.
  const lived = (table: string) => `
    pragma secure_delete = off;
    ${table}
    create table note (id integer primary key, customer_id integer references customer (id), body text);
    create index customer_by_name on customer (last_name);
    insert into customer (id, email, last_name) values (1, 'alice@example.fr', '${secret} once'), (2, 'bob@example.fr', 'Durand');
    insert into note values (1, 1, '${secret} ' || hex(zeroblob(20000))), (2, 1, 'later ${secret}'), (3, 2, 'of Bob');
    update customer set last_name = '${secret} now' where id = 1;
    delete from note where id = 1;
    pragma wal_checkpoint(truncate);`;

  test('what was overwritten, or had been changed or deleted before, is in no byte of the file nor of its log', async () => {
    const application = await open(
      lived('create table customer (id integer primary key, email text, last_name text);'),
    );
    expect(await bytesOf(application)).toEqual([true, false, false]);
    const connection = await connect(application.url);
    const done = await execute(connection, await application.plan(), [alice], { persist });
    expect(done).toMatchObject({ persons: [{ outcome: 'executed' }], notices: [] });
    expect(await bytesOf(application)).toEqual([false, false, false]);
    expect(await application.rows('select id, body from note order by id')).toEqual([
      { id: 2, body: null },
      { id: 3, body: 'of Bob' },
    ]);
    await connection.close();
  });

  test('a file whose rows would get other numbers is not rewritten: what may stay is told', async () => {
    const application = await open(
      lived('create table customer (id int not null unique, email text, last_name text);'),
    );
    const numbers = await application.rows('select rowid from customer');
    const { persons, notices } = await execute(application.connection, await application.plan(), [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(notices.map(({ en }) => en)).toEqual([expect.stringContaining('run VACUUM')]);
    expect(await application.rows('select rowid from customer')).toEqual(numbers);
  });

  test('while another process reads, its log keeps the old values, and that is told', async () => {
    const application = await open(
      lived('create table customer (id integer primary key, email text, last_name text);'),
    );
    const plan = await application.plan();
    const reader = new DatabaseSync(pathOf(application), { readOnly: true });
    reader.exec('begin; select * from customer');
    reader.prepare('select count(*) as n from customer').all();
    const { persons, notices } = await execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 200 });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(notices.map(({ en }) => en)).toContainEqual(expect.stringContaining('wal_checkpoint'));
    reader.exec('rollback');
    reader.close();
    await application.connection.close();
    await connect(application.url).then((connection) => connection.close());
    expect(await bytesOf(application)).toEqual([false, false, false]);
  });
});

describe('what a SQLite file refuses', () => {
  const shop = `
    create table customer (id integer primary key, email text, last_name text);
    create table orders (id integer primary key, customer_id int references customer, ship_name text);
    insert into customer values (1, 'alice@example.fr', 'Martin'), (2, 'bob@example.fr', 'Durand');
    insert into orders values (1, 1, 'Alice'), (2, 2, 'Bob');
  `;

  test('a trigger that refuses fails the order, names its table, and nothing is half done', async () => {
    const application = await open(`${shop}
      create trigger no_change before update on customer begin select raise(abort, 'frozen for Martin'); end;`);
    const outcome = await eraseAlice(application);
    expect(outcome).toMatchObject({ outcome: 'failed', reason: 'technical' });
    expect(outcome?.detail?.en).toContain('main.customer');
    expect(outcome?.detail?.en).toContain('no_change');
    expect(JSON.stringify(outcome)).not.toContain('Martin');
    expect(await application.rows('select ship_name from orders where id = 1')).toEqual([{ ship_name: 'Alice' }]);
  });

  test('a file that another process writes to: try again later, nothing changed', async () => {
    const application = await open(shop);
    const plan = await application.plan();
    await application.run('begin immediate');
    const work = execute(application.connection, plan, [alice], { persist, lockTimeoutMs: 100 });
    const error = await refusal(work);
    expect([error.code, error.status]).toEqual(['sql.busy', 503]);
    expect(await seePerson(application.connection, plan, alice.identities)).toMatchObject({ isSeen: true });
    await application.run('rollback');
    expect(await eraseAlice(application)).toMatchObject({ outcome: 'executed' });
  });

  test('a statement that runs too long is stopped, and the sweep says what it did not look through', async () => {
    const application = await open(`${shop}
      create table log (id integer primary key, line text unique);
      with recursive n(n) as (select 1 union all select n + 1 from n where n < 20000) insert into log select n, 'line @ ' || n from n;`);
    const plan = await application.plan();
    const done = await execute(application.connection, plan, [alice], { persist, sweepTimeoutMs: 1 });
    expect(done.persons).toMatchObject([{ outcome: 'executed' }]);
    expect(done.proof.sweep).toBe('partial');
    expect(done.proof.notSwept).toContain('main.log');
  });

  test('a connection stays in its file', async () => {
    const application = await open(shop);
    const attach = application.connection.run("attach '/tmp/elsewhere.db' as elsewhere");
    await expect(attach).rejects.toThrow(/not authorized/);
  });

  test('a file that may only be read can be planned upon and looked at, not erased', async () => {
    const application = await open(`pragma journal_mode = delete; ${shop}`);
    const folder = await mkdtemp(join(tmpdir(), 'socle-read-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'frozen.db');
    await copyFile(pathOf(application), path);
    await chmod(path, 0o444);
    const { SqliteThread } = await import('./thread.ts');
    const { connectionOf } = await import('./connect.ts');
    // Root may write to anything: the file is opened as it would be for anyone else.
    const connection = connectionOf(new SqliteThread({ path, isReadOnly: true }), path);
    onTestFinished(() => connection.close());
    const { readCatalogue, planErasure } = await import('../index.ts');
    const catalogue = await readCatalogue(connection);
    const plan = planErasure({ catalogue, categories: new Map() });
    expect(planProblems(plan).map((text) => text.en)).toContainEqual(
      expect.stringContaining('can’t write to main.customer'),
    );
    expect((await previewPlan(connection, plan, alice.identities)).isFound).toBe(true);
    const { persons } = await execute(connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'refused' }]);
  });

  test('each mistake in the address has its own words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'socle-address-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'letter.txt'), 'This is no database, whatever its name says.');
    new DatabaseSync(join(folder, 'empty.db')).close();
    const cases: readonly (readonly [string, string])[] = [
      ['sqlite:shop.db', 'sql.url_invalid'],
      ['sqlite://host/shop.db', 'sql.url_invalid'],
      [`sqlite://${folder}/nowhere.db`, 'sql.unknown_database'],
      [`sqlite://${folder}`, 'sql.unknown_database'],
      [`sqlite://${folder}/letter.txt`, 'sql.not_sqlite'],
    ];
    for (const [url, code] of cases) expect([url, (await refusal(connect(url))).code]).toEqual([url, code]);
  });
});

const chinook = sharedDatabase('chinook.mysql.sql');

/** The same data without its foreign keys, which SQLite can't add afterwards: joins are read from the names. */
function asSqlite(script: string): string {
  return script
    .replaceAll(/ALTER TABLE[^;]*;/g, '')
    .replaceAll(/\bN'/g, "'")
    .replaceAll("\\'", "''");
}

describe.skipIf(chinook === null)('Chinook as a SQLite file (skipped where ../shared/data is absent)', () => {
  test('no field of the customer names the person, and every invoice and total stays', async () => {
    const application = await open(asSqlite(chinook ?? ''));
    const identities = [{ kind: 'email', value: 'luisg@embraer.com.br' }];
    const untouched = async () => [
      await application.rows('select * from Employee'),
      await application.rows('select * from Customer where CustomerId <> 1'),
      await application.rows('select * from Invoice where CustomerId <> 1'),
      await application.rows('select InvoiceId, CustomerId, InvoiceDate, Total from Invoice'),
    ];
    const before = await untouched();
    const plan = await application.plan();
    const { persons, proof } = await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist });
    const tables = { 'main.Customer': 1, 'main.Invoice': 7 };
    expect(persons).toMatchObject([{ outcome: 'executed', tables, seen: [] }]);
    expect(proof.sweep).toBe('complete');
    const [row] = await application.rows('select * from Customer where CustomerId = 1');
    expect(row).toMatchObject({ CustomerId: 1, FirstName: '', LastName: '', Email: '', Phone: null, SupportRepId: 3 });
    expect(await untouched()).toEqual(before);
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: false });
  });
});
