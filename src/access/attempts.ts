import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import { hmacSha256, Refusal } from '../kernel/index.ts';
import type { AccessOptions } from './context.ts';

const windowMs = 15 * 60_000;
/** Enough for someone who tries their old passwords; far too few to guess one. */
const attemptsPerAccount = 10;
/** An office shares one address. */
const attemptsPerAddress = 100;

/**
 * Counts one attempt to sign in, before the password is looked at, and refuses (429) when there were too many for this
 * account or from this network address. Both are kept only as keyed hashes.
 */
export async function countAttempt(
  options: AccessOptions,
  who: { readonly email: string; readonly address: string },
): Promise<void> {
  const ofAccount = await count(options, `account\n${who.email}`);
  const ofAddress = await count(options, `address\n${networkOf(who.address)}`);
  if (ofAccount <= attemptsPerAccount && ofAddress <= attemptsPerAddress) return;
  options.log.warn({ by: ofAccount > attemptsPerAccount ? 'account' : 'address' }, 'access.too_many_attempts');
  throw new Refusal('access.too_many_attempts', 429, {
    fr: 'Trop de tentatives de connexion. Attendez un quart d’heure, ou demandez un nouveau mot de passe à un administrateur.',
    en: 'Too many attempts to sign in. Wait a quarter of an hour, or ask an administrator for a new password.',
  });
}

/** After the right password, the account's count begins anew. */
export async function forgiveAttempts(options: AccessOptions, email: string): Promise<void> {
  await sql`select access.forgive_attempts(${bucket(options, `account\n${email}`)})`.execute(options.store.unbound);
}

/** One household or office has a whole /64 of IPv6 addresses: they count as one. An IPv4 address stays itself. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

async function count(options: AccessOptions, name: string): Promise<number> {
  const now = options.store.clock.now();
  const began = new Date(now.getTime() - windowMs);
  const { rows } = await sql<{ count: number }>`
    select access.count_attempt(${bucket(options, name)}, ${now}, ${began}) as count`.execute(options.store.unbound);
  return rows[0]?.count ?? 0;
}

function bucket(options: AccessOptions, name: string): Buffer {
  return hmacSha256(options.key, `attempts\n${name}`);
}
