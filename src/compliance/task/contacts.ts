import { readMailboxes } from '../../channels/index.ts';
import { type Id, Refusal, sameBytes } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { contactHash } from './link.ts';

/** The people of an application who carry its orders out. Refuses when it declares none. */
export async function contactsOf(
  engine: Pick<Engine, 'applications'>,
  scope: Scope,
  application: Id<'application'>,
): Promise<readonly string[]> {
  return readMailboxes(await engine.applications.address(scope, application));
}

/** The address that a link was sent to; null once it is no longer a contact of the application. */
export async function contactOf(
  engine: Pick<Engine, 'applications'>,
  scope: Scope,
  application: Id<'application'>,
  hash: Buffer,
): Promise<string | null> {
  try {
    const contacts = await contactsOf(engine, scope, application);
    return contacts.find((address) => sameBytes(contactHash(scope, address), hash)) ?? null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
