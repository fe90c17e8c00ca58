import { beforeAll, expect, test } from 'vitest';
import { asAdmin } from '../../../test/support/store.ts';
import { orderSteps } from '../engine.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, shopSchema } from '../test/compliance.ts';
import { ordersOf } from './latest.ts';

const compliance = await complianceTest();
const { scope } = compliance;
const shop = await compliance.application('shop', shopSchema);

/** Every change of a customer's e-mail is written down by the shop itself: what is done twice shows. */
beforeAll(async () => {
  await asAdmin(
    `create table change (customer_id bigint, at timestamptz default clock_timestamp());
     create function note_change() returns trigger language plpgsql as $$
       begin insert into change (customer_id) values (old.id); return new; end $$;
     create trigger noted after update on customer for each row when (old.email is distinct from new.email) execute function note_change();
     insert into customer select 100 + n, 'person' || n || '@example.org', 'Camille', 'Moreau', null from generate_series(1, 20) n`,
    [],
    shop.database,
  );
});

test.each(orderSteps.map((step, place) => ({ step, email: `person${place + 1}@example.org`, customer: 101 + place })))(
  'a crash at “$step” ends in the one true state: erased once, said executed',
  async ({ step, email, customer }) => {
    compliance.crashAt(step);
    const id = await compliance.open({ identities: [{ kind: 'email', value: email }] });
    await compliance.settle(3);
    const [order] = await ordersOf(scope.db, id);
    expect(order).toMatchObject({ state: 'verified', outcome: 'executed', generation: 1 });
    expect((await readRequestRow(scope.db, id)).state).toBe('closed');
    const changes = await asAdmin('select customer_id from change where customer_id = $1', [customer], shop.database);
    expect(changes).toHaveLength(1);
    const [left] = await asAdmin('select email, last_name from customer where id = $1', [customer], shop.database);
    expect(JSON.stringify(left)).not.toMatch(/person\d|Moreau/);
  },
);
