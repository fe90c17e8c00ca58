import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OrderView, ordersOf } from '../../src/compliance/order/latest.ts';
import { readRequestRow } from '../../src/compliance/request/row.ts';
import { sequence, verifyJournal } from '../../src/journal/index.ts';
import { parseId } from '../../src/kernel/index.ts';
import type { Scope } from '../../src/store/index.ts';
import type { Application } from './application.ts';
import type { Asked } from './run.ts';
import type { Shop } from './shop.ts';
import type { World } from './world.ts';

/** What must hold however a run went; what doesn't is added to the world's list. */
export async function expectInvariants(
  world: World,
  scope: Scope,
  { asked, shop }: { readonly asked: readonly Asked[]; readonly shop: Shop | null },
): Promise<void> {
  for (const one of asked) await expectTrueEnds(world, scope, one, shop);
  for (const application of world.applications.values()) expectOnce(world, application);
  await expectJournal(world, scope);
  for (const line of world.lines) expectNobodyNamed(world, 'a log line', line);
  for (const application of world.applications.values()) {
    for (const file of readdirSync(application.keptIn)) {
      expectNobodyNamed(world, 'the SDK’s store', readFileSync(join(application.keptIn, file), 'utf8'));
    }
  }
}

/** Each person × application has one end, and it is what the application’s own books say. */
async function expectTrueEnds(
  world: World,
  scope: Scope,
  { request: name, email }: Asked,
  shop: Shop | null,
): Promise<void> {
  const { broken } = world;
  const id = parseId('req', name) ?? name;
  const who = world.short(email);
  const request = await readRequestRow(scope.db, id);
  if (request.state !== 'closed') broken.push(`${who}: the request stays “${request.state}”`);
  const all = await ordersOf(scope.db, id);
  const orders = all.filter(({ isLatest }) => isLatest);
  const expected = ['Socle', ...world.applications.keys(), ...(shop === null ? [] : ['shop'])];
  if (orders.length !== expected.length) broken.push(`${who}: ${orders.length} orders for ${expected.length} holders`);
  for (const order of orders) {
    const where = `${who}: ${order.application} ${order.generation}`;
    if (order.channel === 'socle') {
      if (!socleMayBe(order.state, orders, all)) broken.push(`${where} is “${order.state}”`);
    } else if (order.channel === 'sql') {
      const { times, isThere } = (await shop?.state(email)) ?? { times: 0, isThere: true };
      // Sent anew after a restoration that undid nothing, it finds nobody.
      const isTrue = order.state === 'verified' || (order.state === 'not_found' && order.generation > 1);
      if (!isTrue) broken.push(`${where} is “${order.state}”`);
      if (times !== 1 || isThere) broken.push(`${where}: blanked ${times} times, ${isThere ? 'still there' : 'gone'}`);
    } else {
      const application = world.applications.get(order.application);
      const persons = await scope.db
        .selectFrom('compliance.order_person')
        .select(['ref', 'outcome'])
        .where('order_id', '=', order.id)
        .execute();
      for (const { ref, outcome } of persons) {
        const truth = application?.truth(order.key, ref, email);
        if (order.state !== truth || outcome !== truth) {
          broken.push(`${where} is “${order.state}” (${outcome}), and the application did: ${truth}`);
        }
      }
      const isHeld = application?.people[email] !== undefined;
      if (isHeld !== (order.state === 'refused')) {
        broken.push(`${where} is “${order.state}”, and the person is ${isHeld ? 'still' : 'no longer'} in its storage`);
      }
      if (persons.length !== 1) broken.push(`${where} names ${persons.length} persons`);
    }
  }
}

/** Whom no application knew is “not found” in Socle too. An application that was restored may have known them only before. */
function socleMayBe(state: string, latest: readonly OrderView[], all: readonly OrderView[]): boolean {
  const isKnown = (orders: readonly OrderView[]) =>
    orders.some((order) => order.channel !== 'socle' && order.state !== 'not_found');
  return (state === 'verified' && isKnown(all)) || (state === 'not_found' && !isKnown(latest));
}

/** Nothing was carried out twice under one generation: what a restoration undid was not carried out. */
function expectOnce(world: World, application: Application): void {
  const counts = new Map<string, number>();
  for (const { life, key, ref, was } of application.acts) {
    const name = `${key} ${ref} in life ${life}`;
    if (was === 'erased') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [key, count] of counts) {
    if (count > 1) world.broken.push(`${application.given.name} carried out ${key} ${count} times`);
  }
}

async function expectJournal(world: World, scope: Scope): Promise<void> {
  await sequence(scope);
  const report = await verifyJournal(scope);
  if (!report.isWhole) world.broken.push(`the journal: ${report.text.en}`);
  for (const row of await scope.db.selectFrom('journal.entry').select('body').execute()) {
    expectNobodyNamed(world, 'the journal', row.body.toString('utf8'));
  }
}

function expectNobodyNamed(world: World, where: string, text: string): void {
  if (text.includes('planted')) world.broken.push(`${where} names a person: ${text}`);
}
