/** The e-mail channel: people carry the order out. What leaves is a message of the outbox, with a link and no personal value. */
export { readMailboxes } from './mailboxes.ts';
