import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connect,
  execute,
  type Identity,
  type PersonOutcome,
  planProblems,
  seePerson,
} from '../../src/channels/index.ts';
import { type Id, newId, systemCause } from '../../src/kernel/index.ts';
import { addApplication, harvest, planFor } from '../../src/repository/index.ts';
import { repositoryFixture } from '../../src/repository/repository.fixture.ts';
import type { Scope } from '../../src/store/index.ts';
import { asAdmin, testCluster } from '../../test/support/store.ts';
import type { Loaded } from '../example.ts';
import { retailer } from './index.ts';

const prefix = `e${newId().slice(-8)}_`;
const cause = systemCause('test');
const applications = new Map<string, Id<'application'>>();
let loaded: Loaded;
let scope: Scope;

beforeAll(async () => {
  const { organisation, acting } = await repositoryFixture();
  scope = await organisation();
  loaded = await retailer.load({
    adminUrl: testCluster().adminUrl,
    passwordFor: (role) => `password of ${role}`,
    prefix,
    persons: 800,
  });
  for (const application of retailer.applications) {
    if (application.channel !== 'sql') continue;
    const { name, channel, database, mapFile, identities } = application;
    const url = loaded.databases[database]?.url ?? '';
    const map = mapFile === null ? null : await readFile(mapFile, 'utf8');
    const id = await addApplication(scope, cause, acting, { name, channel, url, identities, map });
    await harvest(scope, cause, id);
    applications.set(name, id);
  }
});

afterAll(async () => {
  for (const name of ['shop', 'loyalty']) {
    await asAdmin(`drop database if exists ${prefix}${name} with (force)`);
    await asAdmin(`drop role if exists ${prefix}${name}_socle`);
    await asAdmin(`drop role if exists ${prefix}${name}_owner`);
  }
});

/** Erases a person from one application through its frozen plan, and looks again. */
async function erased(name: string, identities: readonly Identity[]): Promise<PersonOutcome & { isSeen: boolean }> {
  const id = applications.get(name);
  if (id === undefined) throw new Error(`${name} was not added`);
  const { plan } = await planFor(scope, id);
  expect(planProblems(plan)).toEqual([]);
  const connection = await connect(loaded.databases[name]?.url ?? '');
  try {
    const { persons } = await execute(connection, plan, [{ ref: 'p', identities }], { persist: async () => undefined });
    const [person] = persons;
    if (person === undefined) throw new Error('no outcome');
    return { ...person, isSeen: (await seePerson(connection, plan, identities)).isSeen };
  } finally {
    await connection.close();
  }
}

const rows = (name: string, query: string): Promise<readonly Record<string, unknown>[]> =>
  asAdmin(query, [], `${prefix}${name}`);

const identitiesOf = (at: number): readonly Identity[] => retailer.requests[at]?.identities ?? [];

describe('the persons who wait', () => {
  test('Camille Rouvière is erased from both applications, and her seven invoices stay', async () => {
    for (const name of ['shop', 'loyalty']) {
      expect(await erased(name, identitiesOf(0))).toMatchObject({ outcome: 'executed', seen: [], isSeen: false });
    }
    const [customer] = await rows('shop', "select * from customer where customer_number = 'C-000001'");
    expect(customer).toMatchObject({ first_name: '', last_name: '', birth_date: null, mobile_phone: null });
    const kept = await rows('shop', "select total_cents from invoice where billed_name = 'Camille Rouvière'");
    expect(kept).toHaveLength(7);
    expect(
      await rows(
        'shop',
        "select from orders where gift_message ~ 'Camille' or contact_phone is not null and customer_id = 1",
      ),
    ).toEqual([]);
    const [member] = await rows('loyalty', 'select * from "ADHERENT" where "NO_ADH" = 100001');
    expect(member).toMatchObject({ NOM: '', PRENOM: '', EMAIL: null, ADR1: null, DT_NAISS: null });
    expect(member?.NO_CARTE).not.toBe('2900000000018');
  });

  test('Gustave Ollivier is erased, and the address stays for Rosalie', async () => {
    const [before] = await rows('shop', 'select * from address where id = 2');
    expect(await erased('shop', identitiesOf(1))).toMatchObject({ outcome: 'executed', isSeen: false });
    expect(await erased('loyalty', identitiesOf(1))).toMatchObject({ outcome: 'not_found', isSeen: false });
    expect(await rows('shop', 'select * from address where id = 2')).toEqual([before]);
    expect(
      await rows('shop', "select from customer where first_name = 'Rosalie' and last_name = 'Ollivier'"),
    ).toHaveLength(1);
  });

  test('Ulysse Beauvoir is found nowhere, and nothing changes', async () => {
    for (const name of ['shop', 'loyalty']) {
      expect(await erased(name, identitiesOf(2))).toMatchObject({ outcome: 'not_found', tables: {}, isSeen: false });
    }
  });

  test('Inès Vasseur, born Garnier, is found by her card where her name and e-mail differ', async () => {
    for (const name of ['shop', 'loyalty']) {
      expect(await erased(name, identitiesOf(3))).toMatchObject({ outcome: 'executed', seen: [], isSeen: false });
    }
    expect(await rows('shop', "select from customer where last_name = 'Vasseur' and first_name = 'Inès'")).toEqual([]);
    expect(
      await rows(
        'loyalty',
        `select from "ADHERENT" where "NOM" = 'GARNIER' and "PRENOM" = 'INES' and "EMAIL" is not null`,
      ),
    ).toEqual([]);
  });
});

describe('addresses that are hard to write', () => {
  test.each([
    ["aminata.n'diaye@example.org", 'an apostrophe'],
    ['theo_%promo@example.com', 'the wildcards of a pattern'],
  ])('%s: %s touches one customer', async (value) => {
    const [before] = await rows('shop', "select count(*)::int as count from customer where first_name <> ''");
    expect(await erased('shop', [{ kind: 'email', value }])).toMatchObject({ outcome: 'executed', isSeen: false });
    const [after] = await rows('shop', "select count(*)::int as count from customer where first_name <> ''");
    expect(after?.count).toBe(Number(before?.count) - 1);
  });
});
