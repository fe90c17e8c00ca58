import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { testApplication } from '../../../../test/support/application.ts';
import { Refusal } from '../../../kernel/index.ts';
import { connect, execute, planErasure, readCatalogue } from '../index.ts';

const persist = async (): Promise<void> => undefined;
const alice = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };

describe('what is out of sight', () => {
  test('a number met in the person’s row leads to tables that hold nothing else', async () => {
    const application = await testApplication(`
      create table adherent (id int primary key, courriel text, nom text, no_carte_fidelite text);
      create table passage (id int primary key, no_carte_fidelite text, magasin text, commentaire text);
      insert into adherent values (1, 'alice@example.fr', 'Martin', '29001234'), (2, 'bob@example.fr', 'Durand', '29005678'), (3, 'carol@example.fr', 'Petit', '00000'), (4, 'dan@example.fr', 'Roux', '00000');
      insert into passage values (1, '29001234', 'Lyon', 'Mme Martin'), (2, '29005678', 'Lyon', 'M. Durand'), (3, '00000', 'Lyon', 'sans carte');
    `);
    const categories = { 'adherent.no_carte_fidelite': 'identity', 'passage.no_carte_fidelite': 'identity' } as const;
    const plan = await application.plan({ categories });
    const carol = { ref: 'p_3', identities: [{ kind: 'email', value: 'carol@example.fr' }] };
    const { persons } = await execute(application.connection, plan, [alice, carol], { persist });
    expect(persons.map((person) => person.outcome)).toEqual(['executed', 'executed']);
    expect(await application.rows('select id, no_carte_fidelite, commentaire from passage order by id')).toEqual([
      { id: 1, no_carte_fidelite: null, commentaire: null },
      { id: 2, no_carte_fidelite: '29005678', commentaire: 'M. Durand' },
      { id: 3, no_carte_fidelite: '00000', commentaire: 'sans carte' },
    ]);
  });

  test('the counter of a table never leads to the same counter elsewhere', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, last_name text);
      create schema backup;
      create table backup.customer (id int primary key, email text, last_name text);
      insert into customer values (102938, 'alice@example.fr', 'Martin');
      insert into backup.customer values (102938, 'bob@example.fr', 'Durand');
    `);
    const identities = ['public', 'backup'].map((schema) => ({ kind: 'customer_id', column: `${schema}.customer.id` }));
    const plan = await application.plan({ identities });
    const { persons } = await execute(application.connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { 'public.customer': 1 } }]);
    expect(await application.rows('select last_name from backup.customer')).toEqual([{ last_name: 'Durand' }]);
  });

  test('rows that a policy hides are never claimed erased', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text, tenant text);
      insert into customer values (1, 'alice@example.fr', 'a');
      alter table customer enable row level security;
      create policy own on customer using (tenant = current_user);
      do $$ begin create role tenant_b login password 'tenant_b'; exception when duplicate_object then null; end $$;
      grant select, update, delete on customer to tenant_b;
    `);
    const url = new URL(application.url);
    url.username = 'tenant_b';
    url.password = 'tenant_b';
    const connection = await connect(url.toString());
    const plan = planErasure({ catalogue: await readCatalogue(connection), categories: new Map() });
    const { persons } = await execute(connection, plan, [alice], { persist });
    expect(persons).toMatchObject([
      { outcome: 'refused', detail: { en: expect.stringContaining('Row-level security') } },
    ]);
    await connection.close();
  });

  test('a table that can’t be read is named: the proof is partial', async () => {
    const application = await testApplication(`
      create table customer (id int primary key, email text);
      create table secret_notes (id int primary key, note text);
      insert into customer values (1, 'alice@example.fr');
      do $$ begin create role eraser login password 'eraser'; exception when duplicate_object then null; end $$;
      grant select, update, delete on customer to eraser;
    `);
    const url = new URL(application.url);
    url.username = 'eraser';
    url.password = 'eraser';
    const connection = await connect(url.toString());
    const plan = planErasure({ catalogue: await readCatalogue(connection), categories: new Map() });
    const { persons, proof } = await execute(connection, plan, [alice], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed' }]);
    expect(proof).toEqual({ sweep: 'partial', notSwept: ['public.secret_notes'], personsSwept: 1 });
    await connection.close();
  });

  test('a server that isn’t PostgreSQL is said so', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `postgres://a:hunter2@127.0.0.1:${port}/x`;
    await expect(connect(url, { connectTimeoutMs: 2_000 })).rejects.toBeInstanceOf(Refusal);
    await expect(connect(url, { connectTimeoutMs: 2_000 })).rejects.toMatchObject({ code: 'sql.not_postgres' });
    server.close();
  });
});
