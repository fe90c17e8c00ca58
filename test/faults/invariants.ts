import { ordersOf } from '../../src/compliance/order/latest.ts';
import { readRequestRow } from '../../src/compliance/request/row.ts';
import { sequence, verifyJournal } from '../../src/journal/index.ts';
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
    for (const text of application.kept) expectNobodyNamed(world, 'the SDK’s store', text);
  }
}

/** Each person × application has one end, and it is what the application’s own books say. */
async function expectTrueEnds(world: World, scope: Scope, { id, email }: Asked, shop: Shop | null): Promise<void> {
  const { broken } = world;
  const who = world.short(email);
  const request = await readRequestRow(scope.db, id);
  if (request.state !== 'closed') broken.push(`${who}: the request stays “${request.state}”`);
  const orders = (await ordersOf(scope.db, id)).filter(({ isLatest }) => isLatest);
  const expected = ['Socle', ...world.applications.keys(), ...(shop === null ? [] : ['shop'])];
  if (orders.length !== expected.length) broken.push(`${who}: ${orders.length} orders for ${expected.length} holders`);
  for (const order of orders) {
    const where = `${who}: ${order.application} ${order.generation}`;
    if (order.channel === 'socle') {
      if (order.state !== 'verified') broken.push(`${where} is “${order.state}”`);
    } else if (order.channel === 'sql') {
      const { times, isThere } = (await shop?.state(email)) ?? { times: 0, isThere: true };
      if (order.state !== 'verified') broken.push(`${where} is “${order.state}”`);
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
      if (persons.length !== 1) broken.push(`${where} names ${persons.length} persons`);
    }
  }
}

/** Nothing was carried out twice under one generation. */
function expectOnce(world: World, application: Application): void {
  const counts = new Map<string, number>();
  for (const { key, ref } of application.acts) counts.set(`${key} ${ref}`, (counts.get(`${key} ${ref}`) ?? 0) + 1);
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
