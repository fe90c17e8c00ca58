import { z } from 'zod';
import { open, type PersonKeys, seal } from '../../kernel/index.ts';

/** How the person is answered. */
export interface Contact {
  readonly name: string | null;
  readonly email: string | null;
  readonly postalAddress: string | null;
}

const schema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  postalAddress: z.string().nullable(),
});

export const noContact: Contact = { name: null, email: null, postalAddress: null };

const context = (request: string): string => `contact ${request}`;

/** Sealed under the person's own secret: it dies with them. */
export function sealContact(keys: PersonKeys, request: string, contact: Contact): Buffer {
  return seal(keys.identities, JSON.stringify(contact), context(request));
}

/** Null once the person is forgotten. */
export function openContact(keys: PersonKeys | null, request: { id: string; contact: Buffer | null }): Contact | null {
  if (keys === null || request.contact === null) return null;
  return schema.parse(JSON.parse(open(keys.identities, request.contact, context(request.id)).toString('utf8')));
}

/**
 * The address that a letter can be mailed to. Null when there is none, or when mail can't be sent to it (an identifier may
 * be an address that no mail server takes): the letter is then posted.
 */
export function mailAddress(contact: Contact): string | null {
  return z.email().safeParse(contact.email).success ? contact.email : null;
}
