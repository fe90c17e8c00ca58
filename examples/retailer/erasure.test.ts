import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
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
import { ensureDatabase } from '../database.ts';
import type { SqlReached } from '../example.ts';
import { fillLoyalty } from './applications/loyalty/fill.ts';
import { loyaltyBySql, loyaltySource } from './applications/loyalty/loyalty.fixture.ts';
import { retailer } from './index.ts';
import { householdsOf } from './load.ts';

const prefix = `e${newId().slice(-8)}_`;
const cause = systemCause('test');
/** The shop, and the loyalty programme in its two engines: without a declared key, as in many an older system. */
const names = ['shop', 'loyalty', 'loyalty file'] as const;
type Name = (typeof names)[number];
const applications = new Map<Name, { readonly id: Id<'application'>; readonly url: string }>();
let folder: string;
let scope: Scope;

beforeAll(async () => {
  const { organisation, acting } = await repositoryFixture();
  scope = await organisation();
  const context = {
    adminUrl: testCluster().adminUrl,
    passwordFor: (role: string) => `password of ${role}`,
    prefix,
    persons: 800,
  };
  folder = await mkdtemp(join(tmpdir(), 'socle-loyalty-'));
  await fillLoyalty(join(folder, 'members'), householdsOf(context));
  const shop = retailer.applications.find((application) => application.channel === 'sql');
  if (shop === undefined) throw new Error('the shop is reached by SQL');
  const { databases } = await retailer.load(context);
  const { url: loyaltyUrl } = await ensureDatabase(context, loyaltySource(context));
  await add('shop', databases.shop?.url ?? '', shop);
  await add('loyalty', loyaltyUrl, loyaltyBySql);
  await add('loyalty file', `sqlite://${join(folder, 'members')}`, loyaltyBySql);

  async function add(name: Name, url: string, { mapFile, identities }: Pick<SqlReached, 'mapFile' | 'identities'>) {
    const map = mapFile === null ? null : await readFile(mapFile, 'utf8');
    const id = await addApplication(scope, cause, acting, { name, channel: 'sql', url, identities, map });
    await harvest(scope, cause, id);
    applications.set(name, { id, url });
  }
});

afterAll(async () => {
  for (const name of ['shop', 'loyalty']) {
    await asAdmin(`drop database if exists ${prefix}${name} with (force)`);
    await asAdmin(`drop role if exists ${prefix}${name}_socle`);
    await asAdmin(`drop role if exists ${prefix}${name}_owner`);
  }
  await rm(folder, { recursive: true, force: true });
});

/** Erases a person from one application through its frozen plan, and looks again. */
async function erased(name: Name, identities: readonly Identity[]): Promise<PersonOutcome & { isSeen: boolean }> {
  const application = applications.get(name);
  if (application === undefined) throw new Error(`${name} was not added`);
  const { plan } = await planFor(scope, application.id);
  expect(planProblems(plan)).toEqual([]);
  const connection = await connect(application.url);
  try {
    const { persons } = await execute(connection, plan, [{ ref: 'p', identities }], { persist: async () => undefined });
    const [person] = persons;
    if (person === undefined) throw new Error('no outcome');
    return { ...person, isSeen: (await seePerson(connection, plan, identities)).isSeen };
  } finally {
    await connection.close();
  }
}

async function rows(name: Name, query: string): Promise<readonly Record<string, unknown>[]> {
  if (name !== 'loyalty file') return asAdmin(query, [], `${prefix}${name}`);
  const database = new DatabaseSync(join(folder, 'members'));
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

const identitiesOf = (at: number): readonly Identity[] => retailer.requests[at]?.identities ?? [];

describe('the persons who wait', () => {
  test('Camille Rouvière is erased everywhere, and her seven invoices stay', async () => {
    for (const name of names) {
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
    for (const name of ['loyalty', 'loyalty file'] as const) {
      const [member] = await rows(name, 'select * from "ADHERENT" where "NO_ADH" = 100001');
      expect(member).toMatchObject({ NOM: '', PRENOM: '', EMAIL: null, ADR1: null, DT_NAISS: null });
      expect(member?.NO_CARTE).not.toBe('2900000000018');
    }
  });

  test('Gustave Ollivier is erased, and the address stays for Rosalie', async () => {
    const [before] = await rows('shop', 'select * from address where id = 2');
    expect(await erased('shop', identitiesOf(1))).toMatchObject({ outcome: 'executed', isSeen: false });
    for (const name of ['loyalty', 'loyalty file'] as const) {
      expect(await erased(name, identitiesOf(1))).toMatchObject({ outcome: 'not_found', isSeen: false });
    }
    expect(await rows('shop', 'select * from address where id = 2')).toEqual([before]);
    expect(
      await rows('shop', "select from customer where first_name = 'Rosalie' and last_name = 'Ollivier'"),
    ).toHaveLength(1);
  });

  test('Ulysse Beauvoir is found nowhere, and nothing changes', async () => {
    for (const name of names) {
      expect(await erased(name, identitiesOf(2))).toMatchObject({ outcome: 'not_found', tables: {}, isSeen: false });
    }
  });

  test('Inès Vasseur, born Garnier, is found by her card where her name and e-mail differ', async () => {
    const subscriptions = () => rows('shop', 'select email from newsletter_subscription where email is not null');
    const before = await subscriptions();
    for (const name of names) {
      expect(await erased(name, identitiesOf(3))).toMatchObject({ outcome: 'executed', seen: [], isSeen: false });
    }
    // She gave her card: the address that only her account holds led to the one subscription under it.
    expect((await subscriptions()).filter(({ email }) => !/@e\.invalid$/.test(String(email)))).toHaveLength(
      before.filter(({ email }) => !/@e\.invalid$/.test(String(email))).length - 1,
    );
    expect(await rows('shop', "select from customer where last_name = 'Vasseur' and first_name = 'Inès'")).toEqual([]);
    const known = `select "NO_ADH" from "ADHERENT" where "NOM" = 'GARNIER' and "PRENOM" = 'INES'`;
    for (const name of ['loyalty', 'loyalty file'] as const) expect(await rows(name, known)).toEqual([]);
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
