import { expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { createLog, publicId } from '../../kernel/index.ts';
import { systemAsker, updateObject } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { healthOf } from '../application/health.ts';
import { replayDead } from '../application/replay.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { ordersOf } from './latest.ts';

/** A shop whose database can be made to refuse, its owner and a DPO. */
async function organisation() {
  const compliance = await complianceTest();
  const { scope, store, model } = compliance;
  const shop = await compliance.application('shop', shopSchema);
  await write(scope, operator, (writing) =>
    updateObject(writing, { model, asker: systemAsker }, 'application', shop.id, {
      version: null,
      values: { owner_email: 'owner@enseigne.example' },
    }),
  );
  await store.asOwner(
    `insert into access.user (org, id, email, name, password_hash, roles, created_at, password_changed_at)
     values ($1, gen_random_uuid(), 'dpo@enseigne.example', 'DPO', 'x', '{dpo}', now(), now())`,
    [scope.org],
  );
  const told = () => compliance.mails.filter(({ to }) => to.endsWith('@enseigne.example'));
  const orderOf = async (request: string) =>
    (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'sql');
  const inShop = (statement: string) => asAdmin(statement, [], shop.database);
  return { ...compliance, shop, told, orderOf, inShop };
}

const frozen = `
  create function refuse() returns trigger language plpgsql as $$ begin raise exception 'frozen'; end $$;
  create trigger frozen before update on customer for each row execute function refuse()`;

test('a database that refuses the erasure: its owner is told at once, two days later the DPO, and no one twice', async () => {
  const { open, settle, store, told, orderOf, inShop, scope, shop } = await organisation();
  await inShop(frozen);
  const request = await open();
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'failed', reason: 'technical' });
  expect(told()).toMatchObject([{ to: 'owner@enseigne.example', title: 'Un ordre de purge a échoué dans shop' }]);
  expect(told()[0]?.text).not.toMatch(/claire|dupont/i);
  expect(await healthOf(scope, shop.id)).toMatchObject({ dead: 1, waiting: 0 });
  store.clock.advance({ days: 1 });
  await settle(0);
  expect(told()).toHaveLength(1);
  store.clock.advance({ days: 1, hours: 7 });
  await settle(0);
  expect(told().map(({ to }) => to)).toEqual(['owner@enseigne.example', 'dpo@enseigne.example']);
  store.clock.advance({ days: 30 });
  await settle(0);
  expect(told()).toHaveLength(2);
});

test('one that lets nobody in: its owner is told; mended and replayed from its page, the same order is done', async () => {
  const compliance = await organisation();
  const { open, settle, told, orderOf, scope, shop } = compliance;
  const isOpen = (is: boolean) => asAdmin(`alter database "${shop.database}" with allow_connections ${is}`);
  await isOpen(false);
  const request = await open();
  await settle(0);
  const dead = await orderOf(request);
  expect(dead).toMatchObject({ state: 'failed', generation: 1 });
  expect(told()).toHaveLength(1);
  const site = new Site(compliance, createLog('silent'));
  const page = `/applications/${publicId('app', shop.id)}/channel`;
  const { html } = await site.get(page);
  expect(html).toContain('id="dead-orders"');
  expect(html).toContain(`${page}/replay`);
  await isOpen(true);
  expect(await replayDead(scope, operator, shop.id)).toBe(1);
  await settle(0);
  expect(await orderOf(request)).toMatchObject({ state: 'verified', generation: 1, key: dead?.key });
  expect(await healthOf(scope, shop.id)).toMatchObject({ dead: 0 });
  expect(told()).toHaveLength(1);
});
