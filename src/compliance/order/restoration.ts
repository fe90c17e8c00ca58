import { record } from '../../journal/index.ts';
import { actorText, type Id, newId, publicId, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { readOrderRow } from './move.ts';
import { recipientsOf } from './recipients.ts';
import { reissue } from './reissue.ts';

export interface Restored {
  readonly id: string;
  /** Orders sent again. */
  readonly orders: number;
  /** Orders whose persons are no longer in the ledger: its time is over, so should that backup's be. */
  readonly unsendable: number;
}

/** Clocks of two machines differ, and what ended just before the backup was perhaps not in it: sending it again does no harm. */
const marginMs = 86_400_000;

/**
 * An application was restored from a backup of `restoredTo`: every order that ended since is sent again, under its next
 * generation, to the persons that the ledger still names. So is every order in its hands: it may have carried it out before
 * it was restored, and its answer, still under way, would speak of what is undone.
 */
export async function declareRestoration(
  writing: Writing,
  application: Id<'application'>,
  restoredTo: Date,
): Promise<Restored> {
  if (restoredTo > writing.now) throw inFuture();
  const { tx, scope, now } = writing;
  const undone = await tx
    .selectFrom('compliance.application_order as o')
    .select('o.id')
    .where('o.application_id', '=', application)
    .where('o.superseded_at', 'is', null)
    .where((where) =>
      where.or([
        where.and([
          where('o.state', 'in', ['executed', 'partly', 'verified', 'not_found']),
          where('o.ended_at', '>=', new Date(restoredTo.getTime() - marginMs)),
        ]),
        where.and([
          where('o.state', 'in', ['planned', 'sent', 'received', 'failed']),
          where('o.sent_at', 'is not', null),
        ]),
      ]),
    )
    .orderBy('o.id')
    .forUpdate()
    .execute();
  let orders = 0;
  for (const { id } of undone) {
    const order = await readOrderRow(tx, id);
    const isSendable = (await recipientsOf(tx, scope, order)).some((recipient) => recipient.identities.length > 0);
    if (isSendable && (await reissue(writing, order, 'restoration')) !== null) orders += 1;
  }
  const unsendable = undone.length - orders;
  const id = newId();
  await tx
    .insertInto('compliance.restoration')
    .values({
      id,
      application_id: application,
      restored_to: restoredTo,
      declared_at: now,
      declared_by: actorText(writing.cause.actor),
      orders,
      unsendable,
    })
    .execute();
  await record(writing, {
    kind: 'restoration.declared',
    subject: publicId('app', application),
    data: { restoredTo: restoredTo.toISOString(), orders, unsendable },
  });
  return { id, orders, unsendable };
}

function inFuture(): Refusal {
  return new Refusal('restoration.in_future', 422, {
    fr: 'La date de la sauvegarde est dans le futur.',
    en: 'The date of the backup is in the future.',
  });
}
