import type { Cause, Json } from '../kernel/index.ts';
import type { Scope } from '../store/index.ts';
import { pendingBody } from './entry.ts';
import { type Head, readHead } from './head.ts';
import { ensureSigner, journalOrigin, lockJournal } from './key.ts';
import { append } from './sequencer.ts';

export const epochOpened = 'journal.epoch_opened';

/**
 * Opens the next epoch, before anything else is added to a restored journal. Its first entry names the head that the
 * backup held: entries that were signed after the backup are lost, and from now on checkpoints say so by their epoch
 * instead of contradicting those that were published. `reason` is a code, such as `restore`.
 */
export async function openEpoch(scope: Scope, cause: Cause, reason: string): Promise<Head> {
  return scope.db.transaction().execute(async (tx) => {
    await lockJournal(tx, scope);
    const signer = await ensureSigner(tx, scope);
    const head = await readHead(tx, signer);
    const epoch = head.epoch + 1;
    const previous: Json = {
      epoch: head.epoch,
      size: head.size,
      root: head.root.toString('base64'),
      checkpoint: head.note,
    };
    const origin = journalOrigin(scope);
    const { body } = pendingBody(
      { kind: epochOpened, subject: origin.slice(origin.lastIndexOf('/') + 1), data: { epoch, reason, previous } },
      cause,
      scope.clock.now(),
    );
    return append(tx, scope, [signer], head, [body], epoch);
  });
}
