import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { type Id, newId, publicId } from '../../kernel/index.ts';
import { limitsSchema, setLimits } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { createOrders, freezeCampaign, gatherPlan } from '../order/campaign.ts';
import { ordersOf } from '../order/latest.ts';
import { readOrderRow } from '../order/move.ts';
import { sendOrders } from '../order/send.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { placeHold, releaseHold } from './hold.ts';

/** Holds on some of the persons that one order is about. */
const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, store } = compliance;
const shop = await compliance.application(
  'shop',
  `create table customer (id bigint primary key, email varchar(120) not null unique, first_name varchar(60));
   insert into customer select n, 'c' || n || '@example.org', 'Claire' from generate_series(1, 40) n`,
);
let last = 0;

interface Somebody {
  readonly person: Id<'person'>;
  readonly email: string;
}

/** Somebody that the shop knows. */
async function somebody(): Promise<Somebody> {
  last += 1;
  const email = `c${last}@example.org`;
  const id = await compliance.open({ identities: [{ kind: 'email', value: email }], answer: 'manual' });
  const { person_id: person } = await readRequestRow(scope.db, id);
  return { person, email };
}

/** A campaign of these persons, in orders of as many as an application takes at once. */
async function purge(...some: readonly Somebody[]): Promise<Id<'campaign'>> {
  const campaign: Id<'campaign'> = newId();
  const lines = await gatherPlan(engine, scope, null);
  await write(scope, operator, async (writing) => {
    const persons = some.map(({ person }) => person);
    await freezeCampaign(writing, { id: campaign, kind: 'purge', persons }, lines);
    await createOrders(writing, campaign, publicId('cmp', campaign));
  });
  return campaign;
}

function place({ person }: Somebody): Promise<Id<'hold'>> {
  return placeHold(scope, operator, person, {
    ground: 'legal_claims',
    categories: null,
    words: 'litige',
    endsOn: null,
  });
}

async function isInShop({ email }: Somebody): Promise<boolean> {
  return (await asAdmin('select id from customer where email = $1', [email], shop.database)).length > 0;
}

/** The orders to the shop: as what they stand, and how many persons each is about. */
async function ordersToShop(campaign: Id<'campaign'>): Promise<readonly string[]> {
  const rows = await store.asOwner<{ told: string }>(
    `select o.state || ' ' || count(op.person_id) as told from compliance.application_order o
       left join compliance.order_person op on op.order_id = o.id
      where o.campaign_id = $1 and o.channel = 'sql' group by o.id, o.state, o.batch order by o.batch`,
    [campaign],
  );
  return rows.map(({ told }) => told);
}

test('a person on hold is taken out of a batch, which goes without them', async () => {
  const [held, other] = [await somebody(), await somebody()];
  await place(held);
  const campaign = await purge(held, other);
  await compliance.settle(1);
  expect([await isInShop(held), await isInShop(other)]).toEqual([true, false]);
  expect(await ordersToShop(campaign)).toEqual(['verified 1', 'held 1']);
});

test('all persons of a batch on hold: each waits in an order of their own, and no order is about nobody', async () => {
  const [one, other] = [await somebody(), await somebody()];
  await place(one);
  const hold = await place(other);
  const campaign = await purge(one, other);
  await compliance.settle(1);
  expect(await ordersToShop(campaign)).toEqual(['held 1', 'held 1']);
  await releaseHold(scope, operator, other.person, hold, false);
  await compliance.settle(1);
  expect([await isInShop(one), await isInShop(other)]).toEqual([true, false]);
  expect((await ordersToShop(campaign)).toSorted()).toEqual(['held 1', 'verified 1']);
});

test('nobody is taken out of an order that is just leaving, whose text names them: it waits as a whole', async () => {
  const [one, other] = [await somebody(), await somebody()];
  const campaign = await purge(one, other);
  const [order] = (await ordersOf(scope.db, campaign)).filter(({ channel }) => channel === 'sql');
  const placed = await write(scope, operator, async (writing) => {
    const row = await readOrderRow(writing.tx, order?.id ?? newId());
    const [text] = await sendOrders(engine, writing, [row]);
    expect(text?.recipients).toHaveLength(2);
    const placing = place(one);
    // Until it waits for this transaction.
    await wait(300);
    return { placing };
  });
  await placed.placing;
  expect(await ordersToShop(campaign)).toEqual(['held 2']);
});

test('holds on all persons of a campaign, placed at the same time, are all placed, and none waits for another’s', async () => {
  const persons: Somebody[] = [];
  for (let number = 0; number < 8; number += 1) persons.push(await somebody());
  await write(scope, operator, (writing) => setLimits(writing, shop.id, limitsSchema.parse({ batchSize: 2 })));
  const campaign = await purge(...persons);
  expect(await ordersToShop(campaign)).toEqual(['planned 2', 'planned 2', 'planned 2', 'planned 2']);
  const placed = await Promise.allSettled(persons.map(place));
  expect(placed.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(await ordersToShop(campaign)).toEqual(Array.from({ length: 8 }, () => 'held 1'));
});
