import { expect, test } from 'vitest';
import type { Id } from '../../kernel/index.ts';
import type { OrderStep } from '../engine.ts';
import { ordersOf } from '../order/latest.ts';
import { noContact } from '../request/contact.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, shopSchema } from '../test/compliance.ts';

const compliance = await complianceTest();
const { scope, engine, mails } = compliance;
await compliance.application('shop', shopSchema);

const ask = (email: string) =>
  compliance.open({ identities: [{ kind: 'email', value: email }], contact: { ...noContact, email } });

const stateOf = async (id: Id<'request'>) => (await readRequestRow(scope.db, id)).state;

/** Asks again when Socle’s own order of the first request is at this step. */
async function askAgainAt(step: OrderStep, email: string) {
  const first = await ask(email);
  const { atStep } = engine;
  let again: Id<'request'> | null = null;
  Object.assign(engine, {
    atStep: async (reached: string) => {
      const own = (await ordersOf(scope.db, first)).find(({ channel }) => channel === 'socle');
      const isOwn =
        own?.nextAt != null && (own.state === 'planned' || own.state === 'sent' || own.state === 'received');
      if (reached === step && isOwn && again === null) again = await ask(email);
    },
  });
  await compliance.settle(6);
  Object.assign(engine, { atStep });
  if (again === null) throw new Error('Socle’s own order never came to this step');
  return { first, again };
}

test.each([
  ['sending', 'claire.dupont@example.org'],
  ['sent', 'paul.martin@example.org'],
  ['captured', 'nobody@example.org'],
] as const)(
  'whoever asks again when Socle is about to forget them (“%s”) is answered twice, then forgotten',
  async (step, email) => {
    const { first, again } = await askAgainAt(step, email);
    expect([await stateOf(first), await stateOf(again)]).toEqual(['closed', 'closed']);
    expect(mails.filter(({ to }) => to === email)).toHaveLength(2);
    expect((await readRequestRow(scope.db, again)).contact).toBeNull();
  },
);
