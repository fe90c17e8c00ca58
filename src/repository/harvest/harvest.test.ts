import { describe, expect, it } from 'vitest';
import { asAdmin, scratchDatabase, testStore } from '../../../test/support/store.ts';
import { type Id, newId, publicId, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { connectionOf, connectionUrl, keepConnection } from '../connection/connection.ts';
import { dictionaryOf, type Field, listFields } from '../dictionary/dictionary.ts';
import { setVerdict } from '../dictionary/verdict.ts';
import { harvest } from './harvest.ts';

const store = await testStore();
const cause = systemCause('test');
const shop = `
  create table customer (
    id bigint primary key, email varchar(120) not null unique, first_name varchar(60), last_name varchar(60),
    birth_date date, loyalty_points integer not null default 0, created_at timestamptz not null default now());
  create table product (id bigint primary key, name varchar(120) not null, price numeric(10,2));
  create table orders (id bigint primary key, customer_id bigint not null references customer (id), note text);
  comment on column orders.note is 'what the customer asked for'`;

async function application(scope: Scope, statements = shop): Promise<{ id: Id<'application'>; database: string }> {
  const url = await scratchDatabase('shop');
  const database = new URL(url).pathname.slice(1);
  await asAdmin(statements, [], database);
  const id: Id<'application'> = newId();
  await write(scope, cause, (writing) =>
    keepConnection(writing, id, { channel: 'sql', url, identities: [], map: null }),
  );
  return { id, database };
}

async function fieldsOf(scope: Scope, id: Id<'application'>): Promise<ReadonlyMap<string, Field>> {
  const fields = await listFields(scope, { application: id, filter: {}, limit: 500, after: null });
  return new Map(fields.map((field) => [`${field.table}.${field.column}`, field]));
}

describe('harvesting an application', () => {
  it('reads its schema into the dictionary, with a category proposed for each field and the reason in words', async () => {
    const scope = await store.organisation();
    const { id } = await application(scope);
    const summary = await harvest(scope, cause, id);
    expect(summary).toMatchObject({ tables: 3, fields: 13, created: 13, changed: 0, unchanged: 0, withdrawn: 0 });
    const fields = await fieldsOf(scope, id);
    expect(fields.get('customer.first_name')).toMatchObject({ category: 'identity', type: 'character varying(60)' });
    expect(fields.get('customer.email')).toMatchObject({
      category: 'contact',
      identityKind: 'email',
      isNullable: false,
    });
    expect(fields.get('customer.birth_date')?.category).toBe('birth');
    expect(fields.get('product.name')?.category).toBe('none');
    expect(fields.get('orders.customer_id')).toMatchObject({
      category: 'technical',
      referencesTo: 'public.customer.id',
    });
    expect(fields.get('orders.note')?.comment).toBe('what the customer asked for');
    for (const field of fields.values()) {
      expect(field.reasons[0]?.fr).not.toBe('');
      expect(field.reasons[0]?.en).not.toBe('');
    }
  });

  it('writes nothing when the schema has not changed, and says so', async () => {
    const scope = await store.organisation();
    const { id } = await application(scope);
    await harvest(scope, cause, id);
    const stamp = async () =>
      store.asOwner(
        'select xmin::text, id from repository.field union all select xmin::text, id from repository.source_table order by id',
      );
    const before = await stamp();
    const again = await harvest(scope, cause, id);
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 13, withdrawn: 0 });
    expect(await stamp()).toEqual(before);
    const entries = await store.asOwner<{ body: string }>(
      "select body from journal.pending where body like '%application.harvested%'",
    );
    expect(entries.filter(({ body }) => body.includes(publicId('app', id)))).toHaveLength(1);
  });

  it('tells what was created, changed and withdrawn when the schema moved', async () => {
    const scope = await store.organisation();
    const { id, database } = await application(scope);
    await harvest(scope, cause, id);
    await asAdmin(
      `alter table customer add column phone varchar(20); alter table customer drop column birth_date;
       alter table product alter column name type varchar(200)`,
      [],
      database,
    );
    expect(await harvest(scope, cause, id)).toMatchObject({ created: 1, changed: 1, unchanged: 11, withdrawn: 1 });
    const fields = await fieldsOf(scope, id);
    expect(fields.get('customer.phone')?.category).toBe('contact');
    expect(fields.has('customer.birth_date')).toBe(false);
  });

  it('keeps a human verdict through harvests, even when the field goes and comes back', async () => {
    const scope = await store.organisation();
    const { id, database } = await application(scope);
    await harvest(scope, cause, id);
    const points = (await fieldsOf(scope, id)).get('customer.loyalty_points');
    if (points === undefined) throw new Error('no such field');
    expect(points.category).toBe('technical');
    await write(scope, cause, (writing) =>
      setVerdict(writing, points.id, { category: 'preference', note: 'they say what one buys' }),
    );
    expect((await fieldsOf(scope, id)).get('customer.loyalty_points')).toMatchObject({
      category: 'preference',
      proposed: 'technical',
      isUndecided: false,
      verdict: { category: 'preference', note: 'they say what one buys', by: 'system:test' },
    });
    await asAdmin('alter table customer drop column loyalty_points', [], database);
    await harvest(scope, cause, id);
    expect((await fieldsOf(scope, id)).has('customer.loyalty_points')).toBe(false);
    await asAdmin('alter table customer add column loyalty_points integer not null default 0', [], database);
    await harvest(scope, cause, id);
    expect((await fieldsOf(scope, id)).get('customer.loyalty_points')?.category).toBe('preference');
    const dictionary = await dictionaryOf(scope, id);
    expect(dictionary.categories.get('public.customer.loyalty_points')).toBe('preference');
  });

  it('takes a verdict back, and keeps the list of all verdicts', async () => {
    const scope = await store.organisation();
    const { id } = await application(scope);
    await harvest(scope, cause, id);
    const name = (await fieldsOf(scope, id)).get('product.name');
    if (name === undefined) throw new Error('no such field');
    const judge = (category: 'identity' | null) =>
      write(scope, cause, (writing) => setVerdict(writing, name.id, { category, note: null }));
    await judge('identity');
    await judge('identity');
    await judge(null);
    expect((await fieldsOf(scope, id)).get('product.name')).toMatchObject({ category: 'none', verdict: null });
    const kept = await store.asOwner<{ category: string | null }>(
      'select category from repository.verdict where field_id = $1 order by id',
      [name.id],
    );
    expect(kept.map((row) => row.category)).toEqual(['identity', null]);
  });

  it('is refused with what to do when the database does not answer', async () => {
    const scope = await store.organisation();
    const id: Id<'application'> = newId();
    const url = 'postgres://someone:secret@127.0.0.1:1/nothing';
    await write(scope, cause, (writing) =>
      keepConnection(writing, id, { channel: 'sql', url, identities: [], map: null }),
    );
    await expect(harvest(scope, cause, id)).rejects.toMatchObject({ code: 'sql.unreachable', status: 503 });
    await expect(dictionaryOf(scope, id)).rejects.toMatchObject({ code: 'repository.never_harvested', status: 409 });
  });
});

describe('the connection of an application', () => {
  it('keeps the address sealed: no column and no journal entry shows the account or the password', async () => {
    const scope = await store.organisation();
    const id: Id<'application'> = newId();
    const url = 'postgres://purge-account:hunter-two@db.example.org:6432/shop?sslmode=require';
    await write(scope, cause, (writing) =>
      keepConnection(writing, id, { channel: 'sql', url, identities: [], map: null }),
    );
    expect((await connectionOf(scope, id)).place).toBe('db.example.org:6432/shop');
    expect(await connectionUrl(scope, id)).toBe(url);
    const rows = await store.asOwner('select c::text as line from repository.connection c where application_id = $1', [
      id,
    ]);
    const entries = await store.asOwner('select body from journal.pending');
    for (const secret of ['hunter-two', 'purge-account']) {
      expect(JSON.stringify([rows, entries])).not.toContain(secret);
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('of another organisation is not seen, nor its fields, nor can they be judged', async () => {
    const [mine, theirs] = [await store.organisation(), await store.organisation()];
    const { id } = await application(theirs);
    await harvest(theirs, cause, id);
    const [field] = (await fieldsOf(theirs, id)).values();
    if (field === undefined) throw new Error('no field');
    await expect(connectionOf(mine, id)).rejects.toMatchObject({ status: 404 });
    await expect(connectionUrl(mine, id)).rejects.toMatchObject({ status: 404 });
    expect(await fieldsOf(mine, id)).toEqual(new Map());
    const judged = write(mine, cause, (writing) => setVerdict(writing, field.id, { category: 'none', note: null }));
    await expect(judged).rejects.toMatchObject({ code: 'repository.field_unknown', status: 404 });
  });
});
