import { canonicalJson, type Id } from '../kernel/index.ts';
import type { Writing } from '../store/index.ts';
import { type JournalEntry, ownKinds, pendingBody } from './entry.ts';

/**
 * Puts an entry into the journal, inside the transaction that decides: both are kept, or neither. One insert; the
 * sequencer gives the entry its number and its place in the tree later. Answers with the entry's id.
 *
 *   await record(writing, { kind: 'request.opened', subject: publicId('req', request), data: { right: 'erasure' } });
 */
export async function record(writing: Writing, entry: JournalEntry): Promise<Id<'entry'>> {
  if (entry.kind.startsWith(ownKinds)) throw new Error(`${entry.kind} is a kind of the journal's own`);
  const { id, body } = pendingBody(entry, writing.cause, writing.now);
  await writing.tx
    .insertInto('journal.pending')
    .values({ id, body: canonicalJson({ ...body }) })
    .execute();
  return id;
}
