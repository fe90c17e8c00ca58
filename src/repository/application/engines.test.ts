import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../test/support/engines.ts';
import { connect, execute } from '../../channels/index.ts';
import { systemCause } from '../../kernel/index.ts';
import { connectionOf, connectionUrl } from '../connection/connection.ts';
import { listFields } from '../dictionary/dictionary.ts';
import { harvest } from '../harvest/harvest.ts';
import { planFor } from '../plan/plan.ts';
import { repositoryFixture } from '../repository.fixture.ts';
import { addApplication } from './add.ts';

const fixture = await repositoryFixture();
const cause = systemCause('test');

describe.each(testEngines)('an application on $name', (engine) => {
  test('is added, harvested, planned upon and erased from like any other', async () => {
    const application = await engine.application(`
      create table client (id integer primary key, courriel varchar(120), nom varchar(80), telephone varchar(20));
      create table commande (id integer primary key, client_id integer references client (id), montant decimal(10,2), note text);
      insert into client values (1, 'alice@example.fr', 'Martin', '0612345678'), (2, 'bob@example.fr', 'Durand', '0698765432');
      insert into commande values (1, 1, 10, 'sonner chez Martin'), (2, 2, 20, 'sonner chez Durand');
    `);
    const scope = await fixture.organisation();
    const added = { name: 'Boutique', channel: 'sql', url: application.url, identities: [], map: null } as const;
    const id = await addApplication(scope, cause, fixture.acting, added);
    const { place } = await connectionOf(scope, id);
    expect(place).not.toBeNull();
    expect(place).not.toContain('root');
    const summary = await harvest(scope, cause, id);
    expect(summary).toMatchObject({ tables: 2, fields: 8, created: 8 });
    const fields = await listFields(scope, { application: id, filter: { table: 'client' }, limit: 100, after: null });
    const proposed = Object.fromEntries(fields.map(({ column, category }) => [column, category]));
    expect(proposed).toMatchObject({ courriel: 'contact', nom: 'identity', telephone: 'contact' });
    expect((await harvest(scope, cause, id)).unchanged).toBe(8);
    const { plan } = await planFor(scope, id);
    const connection = await connect(await connectionUrl(scope, id));
    const person = { ref: 'p_1', identities: [{ kind: 'email', value: 'alice@example.fr' }] };
    const done = await execute(connection, plan, [person], { persist: async () => undefined });
    await connection.close();
    expect(done.persons).toMatchObject([{ outcome: 'executed', seen: [] }]);
    expect(await application.rows('select nom from client order by id')).toEqual([{ nom: null }, { nom: 'Durand' }]);
  });
});
