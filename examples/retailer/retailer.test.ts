import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, daysBetween, monthAfter, newId } from '../../src/kernel/index.ts';
import { asAdmin, testCluster } from '../../test/support/store.ts';
import { ensureDatabase } from '../database.ts';
import type { LoadedDatabase } from '../example.ts';
import { loyaltySource } from './applications/loyalty/loyalty.fixture.ts';
import { loyaltyTables } from './applications/loyalty/rows.ts';
import { retailer, stranger } from './index.ts';
import { cardNumber, type Household, inventHouseholds, lastDay } from './people/people.ts';
import { shopTables } from './shop/rows.ts';

const prefix = `r${newId().slice(-8)}_`;
const context = { adminUrl: testCluster().adminUrl, passwordFor: (role: string) => `password of ${role}`, prefix };
let databases: Readonly<Record<string, LoadedDatabase>>;
const clients: pg.Client[] = [];

async function rowsOf(
  database: 'shop' | 'loyalty',
  query: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databases[database]?.url });
  clients.push(client);
  await client.connect();
  return (await client.query<Record<string, unknown>>(query, [...values])).rows;
}

async function count(database: 'shop' | 'loyalty', fromWhere: string): Promise<number> {
  const rows = await rowsOf(database, `select count(*)::int as count from ${fromWhere}`);
  return Number(rows[0]?.count);
}

beforeAll(async () => {
  const loaded = await retailer.load(context);
  const rows = Object.values(loaded.databases).flatMap((database) => Object.values(database.rows));
  const total = rows.reduce((sum, size) => sum + size, 0);
  console.info(`retailer: ${total} rows in ${Math.round(loaded.durationMs)} ms`);
  // The programme's own file has these very rows; its language here is PostgreSQL's.
  databases = { ...loaded.databases, loyalty: await ensureDatabase(context, loyaltySource(context)) };
});

afterAll(async () => {
  for (const client of clients) await client.end().catch(() => undefined);
  for (const name of ['shop', 'loyalty']) {
    await asAdmin(`drop database if exists ${prefix}${name} with (force)`);
    await asAdmin(`drop role if exists ${prefix}${name}_socle`);
    await asAdmin(`drop role if exists ${prefix}${name}_owner`);
  }
});

function digestOf(households: readonly Household[], seed: string): string {
  const hash = createHash('sha256');
  for (const table of [...shopTables(households, seed), ...loyaltyTables(households, seed)]) {
    hash.update(table.name);
    for (const chunk of table.chunks()) hash.update(chunk);
  }
  return hash.digest('hex');
}

describe('the invented persons', () => {
  const households = inventHouseholds(6_000);
  const persons = households.flatMap((household) => household.persons);

  test('are the same for one seed and others for another', () => {
    expect(digestOf(inventHouseholds(500, 'a'), 'a')).toBe(digestOf(inventHouseholds(500, 'a'), 'a'));
    expect(digestOf(inventHouseholds(500, 'a'), 'a')).not.toBe(digestOf(inventHouseholds(500, 'b'), 'b'));
  });

  test('are as many as asked, adults, and one bears the most frequent name more often than a rare one', () => {
    expect(persons).toHaveLength(6_000);
    expect(persons.every((person) => daysBetween(person.birthDate, lastDay) >= 18 * 365)).toBe(true);
    const bearers = (name: string): number => persons.filter((person) => person.lastName === name).length;
    expect(bearers('Martin')).toBeGreaterThan(bearers('Tessier') * 3);
  });

  test('have telephone numbers reserved for fiction and addresses at example domains', () => {
    for (const { mobile, landline, email, loyaltyEmail } of persons) {
      if (mobile !== null) expect(mobile).toMatch(/^063998\d{4}$/);
      if (landline !== null) expect(landline).toMatch(/^(019900|026191|035301|046571|053649)\d{4}$/);
      for (const address of [email, loyaltyEmail]) {
        if (address !== null) expect(address.toLowerCase()).toMatch(/@(example\.(org|com|net)|[a-z]+\.example)$/);
      }
    }
  });

  test('share addresses in households, an e-mail in some couples, and bear another name since a marriage', () => {
    expect(households.filter((household) => household.persons.length > 1).length).toBeGreaterThan(1_000);
    const couples = households.filter(({ persons: [one, other] }) => one?.email != null && one.email === other?.email);
    expect(couples.length).toBeGreaterThan(30);
    expect(persons.filter((person) => person.birthName !== null).length).toBeGreaterThan(300);
    expect(persons.filter((person) => person.isUnderBirthNameInLoyalty).length).toBeGreaterThan(100);
  });

  test('do not include the stranger', () => {
    expect(persons.some((person) => person.lastName === stranger.lastName || person.email === stranger.email)).toBe(
      false,
    );
  });

  test('hold cards with a right check digit', () => {
    expect(cardNumber(1)).toBe('2900000000018');
    expect(persons.filter((person) => person.card !== null).length).toBeGreaterThan(3_000);
  });
});

describe('the shop', () => {
  test('has its fifteen tables filled', () => {
    const rows = databases.shop?.rows ?? {};
    expect(Object.keys(rows)).toHaveLength(15);
    expect(Object.values(rows).every((size) => size > 0)).toBe(true);
    expect(rows.customer).toBeGreaterThan(4_000);
    expect(rows.orders).toBeGreaterThan(9_000);
  });

  test('spreads its orders over ten years, and every invoice adds up', async () => {
    const [span] = await rowsOf(
      'shop',
      'select min(placed_at)::date::text as first, max(placed_at)::date::text as last from orders',
    );
    expect(daysBetween(day(String(span?.first)), day(String(span?.last)))).toBeGreaterThan(9 * 365);
    expect(
      await count('shop', `invoice i join orders o on o.id = i.order_id where i.total_cents <> o.total_cents`),
    ).toBe(0);
    const wrong = `(select o.id from orders o join order_line l on l.order_id = o.id group by o.id having sum(l.amount_cents) <> o.total_cents) t`;
    expect(await count('shop', wrong)).toBe(0);
  });

  test('has addresses that several customers share', async () => {
    expect(
      await count(
        'shop',
        '(select address_id from customer_address group by 1 having count(distinct customer_id) > 1) t',
      ),
    ).toBeGreaterThan(500);
  });

  test('refuses what its constraints refuse', async () => {
    await expect(rowsOf('shop', "update customer set email = 'nobody' where id = 1")).rejects.toThrow(/check/);
    await expect(rowsOf('shop', "update address set postcode = '' where id = 1")).rejects.toThrow(/check|postcode/);
    await expect(rowsOf('shop', "update payment set card_mask = '' where method = 'card'")).rejects.toThrow(/check/);
  });
});

describe('the loyalty programme', () => {
  test('declares no reference, and writes names in capitals without accents', async () => {
    expect(await count('loyalty', "pg_constraint where contype = 'f'")).toBe(0);
    expect(await count('loyalty', `"ADHERENT" where "NOM" <> upper("NOM") or "NOM" ~ '[^-A-Z '' ]'`)).toBe(0);
    expect(await count('loyalty', '"ADHERENT"')).toBeGreaterThan(3_000);
  });

  test('lacks some e-mails and has most of the others in another case than the shop', async () => {
    expect(await count('loyalty', '"ADHERENT" where "EMAIL" is null')).toBeGreaterThan(800);
    expect(await count('loyalty', '"ADHERENT" where "EMAIL" <> lower("EMAIL")')).toBeGreaterThan(1_000);
  });

  test('has no orphan under the joins that its map declares', async () => {
    for (const [table, column] of [
      ['PASSAGE_CAISSE', 'NO_CARTE'],
      ['MVT_POINTS', 'NO_ADH'],
      ['COUPON', 'NO_ADH'],
      ['ENFANT', 'NO_ADH'],
      ['ANC_CARTE', 'NO_ADH'],
    ]) {
      expect(
        await count(
          'loyalty',
          `"${table}" x where not exists (select from "ADHERENT" a where a."${column}" = x."${column}")`,
        ),
      ).toBe(0);
    }
  });
});

describe('one person in two applications', () => {
  test('Camille Rouvière is in both under one e-mail written in two ways', async () => {
    const [shop] = await rowsOf('shop', "select * from customer where email = 'camille.rouviere@example.org'");
    const [loyalty] = await rowsOf(
      'loyalty',
      `select * from "ADHERENT" where lower("EMAIL") = 'camille.rouviere@example.org'`,
    );
    expect(shop).toMatchObject({ first_name: 'Camille', loyalty_card: '2900000000018' });
    expect(loyalty).toMatchObject({
      NOM: 'ROUVIERE',
      NO_CARTE: '2900000000018',
      EMAIL: 'Camille.ROUVIERE@Example.ORG',
    });
  });

  test('Inès Vasseur is joined by her card alone', async () => {
    const [shop] = await rowsOf('shop', "select * from customer where loyalty_card = '2900000000063'");
    const [loyalty] = await rowsOf('loyalty', `select * from "ADHERENT" where "NO_CARTE" = '2900000000063'`);
    expect(shop).toMatchObject({ last_name: 'Vasseur', birth_name: 'Garnier', email: 'ines.vasseur@example.com' });
    expect(loyalty).toMatchObject({ NOM: 'GARNIER', EMAIL: 'ines.garnier@example.com' });
  });

  test('the Lemarchands share one e-mail in the loyalty programme', async () => {
    expect(await count('loyalty', `"ADHERENT" where lower("EMAIL") = 'famille.lemarchand@example.net'`)).toBe(2);
  });

  test('more than a thousand others are in both by e-mail', async () => {
    const emails = await rowsOf('shop', 'select lower(email) as email from customer');
    const members = new Set(
      (await rowsOf('loyalty', 'select lower("EMAIL") as email from "ADHERENT"')).map((row) => row.email),
    );
    expect(emails.filter(({ email }) => members.has(email)).length).toBeGreaterThan(1_000);
  });

  test('the stranger is nowhere', async () => {
    expect(await count('shop', `customer where email ilike '${stranger.email}'`)).toBe(0);
    expect(await count('shop', `newsletter_subscription where email ilike '${stranger.email}'`)).toBe(0);
    expect(await count('loyalty', `"ADHERENT" where "EMAIL" ilike '${stranger.email}'`)).toBe(0);
  });
});

describe('loading', () => {
  test('finds on a second call what the first one made', async () => {
    const again = await retailer.load(context);
    expect(again.databases.shop).toMatchObject({ isNew: false, url: databases.shop?.url });
  });

  test('gives Socle a role that reads and changes rows, and owns nothing', async () => {
    for (const database of ['shop', 'loyalty'] as const) {
      const [role] = await rowsOf(
        database,
        'select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user',
      );
      expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false });
      expect(
        await count(database, 'pg_class where relowner = (select oid from pg_roles where rolname = current_user)'),
      ).toBe(0);
    }
    await expect(rowsOf('shop', 'delete from invoice')).rejects.toThrow(/permission denied/);
    await expect(rowsOf('shop', 'create table mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(rowsOf('shop', 'create temp table mine (id int)')).resolves.toEqual([]);
  });
});

describe('the organisation', () => {
  test('names only what exists in it', () => {
    const controllers = retailer.controllers.map((controller) => controller.key);
    const activities = retailer.activities.map((activity) => activity.key);
    for (const activity of retailer.activities) expect(controllers).toContain(activity.controller);
    for (const purpose of retailer.purposes) expect(activities).toContain(purpose.activity);
    for (const user of retailer.users)
      for (const perimeter of user.perimeters) expect(controllers).toContain(perimeter);
    for (const application of retailer.applications) {
      for (const controller of application.controllers) expect(controllers).toContain(controller);
      if (application.channel === 'sql') {
        expect(application.mapFile === null || existsSync(application.mapFile)).toBe(true);
        expect(Object.keys(databases)).toContain(application.database);
      } else expect(existsSync(application.program)).toBe(true);
    }
    for (const request of retailer.requests) expect(controllers).toContain(request.controller);
  });

  test('has a request whose legal month is nearly over, on any day of any year', () => {
    const urgent = retailer.requests[1];
    for (const today of ['2026-11-22', '2027-02-27', '2027-03-01', '2028-02-29', '2027-05-06', '2027-12-24']) {
      const deadline = monthAfter(urgent?.receivedOn(day(today)) ?? day(today));
      const left = daysBetween(day(today), deadline);
      expect(left).toBeGreaterThanOrEqual(2);
      expect(left).toBeLessThanOrEqual(7);
    }
  });
});
