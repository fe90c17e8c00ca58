import { systemCause, type Text } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { AccessOptions } from '../context.ts';
import type { Role } from '../permissions.ts';
import { awaitsFirstEntry } from '../sessions/sessions.ts';
import { createUser } from '../users/users.ts';
import type { FirstRun } from './first-run.ts';
import { createOrganisation, organisations } from './organisations.ts';

/** The first accounts of an installation, as its start makes them. */
export interface FirstAccounts {
  readonly email: string;
  readonly password: string;
  /** Nobody chose the password: it is told until somebody has entered with it. */
  readonly isPasswordMade: boolean;
}

interface Account {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** The administrator that the environment names, or the usual one. */
export function administrator(email: string): { name: string; email: string; roles: ('admin' | 'dpo')[] } {
  return { name: 'Administration', email, roles: ['admin', 'dpo'] };
}

/**
 * Without an example: an organisation without a name, and its administrator when the environment names one; else the
 * welcome page, of which `welcomeUrl` is the address, makes the first account. Answers with what to print.
 */
export async function prepareEmpty(
  options: AccessOptions,
  firstRun: FirstRun,
  { accounts, welcomeUrl }: { accounts: FirstAccounts | null; welcomeUrl: string },
): Promise<readonly Text[]> {
  const scope = await firstScope(options);
  const isFirst = await firstRun.isOpen();
  if (accounts === null) return [isFirst ? welcomeWords(`${welcomeUrl}?token=${firstRun.token}`) : ownAccount];
  if (isFirst) {
    await write(scope, systemCause('first-start'), (writing) =>
      createUser(options, writing, { ...administrator(accounts.email), password: accounts.password }),
    );
  }
  return signInLines(options, accounts, []);
}

/**
 * How to sign in. A password that was made is told again at each start until somebody has entered with it: a start may be cut
 * between making the accounts and printing, and nobody would ever know it.
 */
export async function signInLines(
  options: AccessOptions,
  accounts: FirstAccounts,
  others: readonly Account[],
): Promise<readonly Text[]> {
  if (!(await awaitsFirstEntry(options, accounts.email, accounts.password))) return [signInWords(accounts.email, null)];
  const told = accounts.isPasswordMade ? accounts.password : null;
  return [signInWords(accounts.email, told), ...others.map(alsoWords)];
}

async function firstScope(options: AccessOptions): Promise<Scope> {
  const [first] = await organisations(options);
  if (first !== undefined) return options.store.scope(first.id);
  return createOrganisation(options, { slug: 'organisation', name: 'Organisation' });
}

const ownAccount: Text = { fr: 'Connectez-vous avec votre compte', en: 'Sign in with your account' };

function signInWords(email: string, password: string | null): Text {
  if (password === null) return { fr: `Connectez-vous avec ${email}`, en: `Sign in as ${email}` };
  return {
    fr: `Connectez-vous avec ${email}, mot de passe ${password} (affiché jusqu’à votre première connexion)`,
    en: `Sign in as ${email}, password ${password} (shown until you first sign in)`,
  };
}

function alsoWords({ name, email, roles }: Account): Text {
  return {
    fr: `  ou ${name} (${roles.join(', ')}) : ${email}, même mot de passe`,
    en: `  or ${name} (${roles.join(', ')}): ${email}, same password`,
  };
}

function welcomeWords(address: string): Text {
  return {
    fr: `Premier démarrage : créez votre compte sur ${address}`,
    en: `First start: create your account at ${address}`,
  };
}
