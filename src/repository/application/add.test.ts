import { describe, expect, it } from 'vitest';
import { systemCause } from '../../kernel/index.ts';
import { readObject } from '../../objects/index.ts';
import { connectionOf, connectionUrl } from '../connection/connection.ts';
import { harvest } from '../harvest/harvest.ts';
import { repositoryFixture, shopDatabase } from '../repository.fixture.ts';
import { addApplication, type NewApplication, reconnectApplication } from './add.ts';
import { listApplications, readApplication } from './applications.ts';
import { applicationDirectory } from './directory.ts';

const fixture = await repositoryFixture();
const { acting, model } = fixture;
const cause = systemCause('test');
const url = await shopDatabase();
const shop: NewApplication = { name: 'Boutique', channel: 'sql', url, identities: [], map: null };

describe('adding an application', () => {
  it('registers it in service, with its connection, under its name or its number', async () => {
    const scope = await fixture.organisation();
    const id = await addApplication(scope, cause, acting, {
      ...shop,
      identities: [{ kind: 'customer_id', column: 'customer.id' }],
    });
    const object = await readObject(scope, acting, 'application', id);
    expect(object).toMatchObject({ state: 'in_service', values: { name: 'Boutique', channel: 'sql' } });
    const line = await readApplication(scope, model, 'boutique');
    expect(line).toMatchObject({ id, number: object.number, channel: 'sql', fields: 0, harvestedAt: null });
    expect((await readApplication(scope, model, object.number)).id).toBe(id);
    expect((await connectionOf(scope, id)).identities).toEqual([{ kind: 'customer_id', column: 'customer.id' }]);
  });

  it('lists them as people count and spell, page after page', async () => {
    const scope = await fixture.organisation();
    const names = ['Application 10', 'Élysée', 'Application 2', 'Zoo', 'application 1', 'Eden'];
    for (const name of names) await addApplication(scope, cause, acting, { ...shop, name });
    const found: string[] = [];
    let after: readonly [string, string] | null = null;
    for (let page = 0; page < 3; page += 1) {
      const lines = (await listApplications(scope, model, { limit: 2, after })).slice(0, 2);
      found.push(...lines.map(({ name }) => name));
      const last = lines.at(-1);
      after = last === undefined ? null : [last.name, last.id];
    }
    expect(found).toEqual(['application 1', 'Application 2', 'Application 10', 'Eden', 'Élysée', 'Zoo']);
  });

  it('answers a repeat with the same key as the first time, and refuses another application under that key', async () => {
    const scope = await fixture.organisation();
    const keyed = systemCause('test', 'add-1');
    const first = await addApplication(scope, keyed, acting, shop);
    expect(await addApplication(scope, keyed, acting, shop)).toBe(first);
    const other = addApplication(scope, keyed, acting, { ...shop, name: 'Autre' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency.reused_key' });
    expect(await listApplications(scope, model, { limit: 25, after: null })).toHaveLength(1);
  });

  it.each([
    ['an address that is no address', 'postgre:/shop', 'sql.url_invalid'],
    ['another kind of server', 'oracle://root@127.0.0.1/shop', 'sql.url_invalid'],
    ['a MariaDB that does not answer', 'mysql://root@127.0.0.1:1/shop', 'sql.unreachable'],
    ['a server that does not answer', 'postgres://a:b@127.0.0.1:1/shop', 'sql.unreachable'],
    ['no address at all', '', 'repository.url_missing'],
  ])('refuses %s, points to the address, and registers nothing', async (_name, wrong, code) => {
    const scope = await fixture.organisation();
    const added = addApplication(scope, cause, acting, { ...shop, url: wrong });
    await expect(added).rejects.toMatchObject({ code, problems: [{ pointer: '/url' }] });
    expect(await listApplications(scope, model, { limit: 25, after: null })).toEqual([]);
  });

  it('refuses a map and identities that do not fit the schema, all at once', async () => {
    const scope = await fixture.organisation();
    const added = addApplication(scope, cause, acting, {
      ...shop,
      map: 'joins:\n  - from: orders.buyer\n    to: customer.id\n',
      identities: [
        { kind: 'email', column: 'customer.email' },
        { kind: 'phone', column: 'customer.telephone' },
      ],
    });
    const problems = await added.then(
      () => [],
      (error: { problems: { pointer: string }[] }) => error.problems.map((problem) => problem.pointer),
    );
    expect(problems).toContain('/map');
    expect(problems).toContain('/identities/1');
    expect(problems).not.toContain('/identities/0');
  });

  it('refuses a name that is taken', async () => {
    const scope = await fixture.organisation();
    await addApplication(scope, cause, acting, shop);
    await expect(addApplication(scope, cause, acting, shop)).rejects.toMatchObject({
      status: 422,
      problems: [{ pointer: '/name' }],
    });
  });
});

describe('a known application', () => {
  it('keeps its address when only its identities change', async () => {
    const scope = await fixture.organisation();
    const id = await addApplication(scope, cause, acting, shop);
    const identities = [{ kind: 'email', column: 'customer.email' }];
    await reconnectApplication(scope, cause, id, { channel: 'sql', url: null, identities, map: null });
    expect(await connectionUrl(scope, id)).toBe(url);
    expect(await connectionOf(scope, id)).toMatchObject({ identities, version: 2 });
  });

  it('is listed with the share of personal data and the last harvest', async () => {
    const scope = await fixture.organisation();
    const id = await addApplication(scope, cause, acting, shop);
    await harvest(scope, cause, id);
    const [line] = await listApplications(scope, model, { limit: 25, after: null });
    expect(line).toMatchObject({ name: 'Boutique', fields: 12, personalFields: 5 });
    expect(line?.harvestedAt).toEqual(fixture.clock.now());
  });

  it('is offered to compliance with its plan, until it is retired', async () => {
    const scope = await fixture.organisation();
    const id = await addApplication(scope, cause, acting, shop);
    await harvest(scope, cause, id);
    const directory = applicationDirectory(() => model);
    expect(await directory.concerned(scope, null)).toMatchObject([{ id, name: 'Boutique', channel: 'sql' }]);
    expect((await directory.erasurePlan(scope, id)).steps.length).toBeGreaterThan(0);
    expect(await directory.connectionUrl(scope, id)).toBe(url);
  });

  it('of another organisation is nowhere', async () => {
    const [mine, theirs] = [await fixture.organisation(), await fixture.organisation()];
    const id = await addApplication(theirs, cause, acting, shop);
    await expect(readApplication(mine, model, id)).rejects.toMatchObject({ status: 404 });
    await expect(readApplication(mine, model, 'Boutique')).rejects.toMatchObject({ status: 404 });
    expect(await applicationDirectory(() => model).concerned(mine, null)).toEqual([]);
  });
});
