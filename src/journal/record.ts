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
  const { id, body } = waiting(writing, entry);
  await writing.tx.insertInto('journal.pending').values({ body }).execute();
  return id;
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const rowsAtOnce = 10_000;

/** Several entries in one statement, in their order: one decision that is about several subjects, such as many orders. */
export async function recordAll(writing: Writing, entries: readonly JournalEntry[]): Promise<readonly Id<'entry'>[]> {
  const rows = entries.map((entry) => waiting(writing, entry));
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce).map(({ body }) => ({ body }));
    await writing.tx.insertInto('journal.pending').values(some).execute();
  }
  return rows.map(({ id }) => id);
}

function waiting(writing: Writing, entry: JournalEntry): { id: Id<'entry'>; body: string } {
  if (entry.kind.startsWith(ownKinds)) throw new Error(`${entry.kind} is a kind of the journal's own`);
  const { id, body } = pendingBody(entry, writing.cause, writing.now);
  return { id, body: canonicalJson({ ...body }) };
}
