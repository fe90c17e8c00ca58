import { expect, test } from 'vitest';
import { accessFixture } from '../access.fixture.ts';
import { type FirstAccounts, prepareEmpty } from './first-start.ts';

const accounts: FirstAccounts = {
  email: 'admin@enseigne.test',
  password: 'Zq3vT9xLm2Wc7RbK5dHs',
  isPasswordMade: true,
};
const welcomeUrl = 'http://socle.test/welcome';

test('a made password is told again until somebody has entered with it, and then no more', async () => {
  const { browser, firstRun, options, logged, decisions, asOwner } = await accessFixture();
  const start = async (): Promise<string> => {
    const lines = await prepareEmpty(options, firstRun, { accounts, welcomeUrl });
    return lines.map((line) => `${line.fr}\n${line.en}`).join('\n');
  };
  // The first start was cut after it made the account: nobody read what it would have printed.
  await start();
  expect(await start()).toContain(accounts.password);
  expect(await asOwner('select email, first_entered_at from access.user')).toEqual([
    { email: accounts.email, first_entered_at: null },
  ]);

  expect((await browser().signIn(accounts.email, accounts.password)).status).toBe(303);
  expect(await start()).toContain('Connectez-vous avec admin@enseigne.test');
  expect(await start()).not.toContain(accounts.password);
  expect(JSON.stringify([logged, decisions])).not.toContain(accounts.password);
});

test('a password that isn’t the account’s any more is not told', async () => {
  const { firstRun, options } = await accessFixture();
  await prepareEmpty(options, firstRun, { accounts, welcomeUrl });
  const changed = { ...accounts, password: 'Another9xLm2Wc7RbK5d' };
  const lines = await prepareEmpty(options, firstRun, { accounts: changed, welcomeUrl });
  expect(lines.map((line) => line.en)).toEqual(['Sign in as admin@enseigne.test']);
});

test('without a named administrator, the address of the welcome page is told as long as nobody has an account', async () => {
  const { firstRun, options, organisation, user } = await accessFixture();
  const start = () => prepareEmpty(options, firstRun, { accounts: null, welcomeUrl });
  expect((await start())[0]?.en).toBe(`First start: create your account at ${welcomeUrl}?token=${firstRun.token}`);
  await user(await organisation(), 'ada@enseigne.test', ['admin']);
  expect(await start()).toEqual([{ fr: 'Connectez-vous avec votre compte', en: 'Sign in with your account' }]);
});
