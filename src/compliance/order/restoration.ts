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

/**
 * An application was restored from a backup of `restoredTo`: every order that ended since is sent again, under its next
 * generation, to the persons that the ledger still names.
 */
export async function declareRestoration(
  writing: Writing,
  application: Id<'application'>,
  restoredTo: Date,
): Promise<Restored> {
  if (restoredTo > writing.now) throw inFuture();
  const { tx, scope, now } = writing;
  const ended = await tx
    .selectFrom('compliance.application_order as o')
    .select('o.id')
    .where('o.application_id', '=', application)
    .where('o.state', 'in', ['executed', 'partly', 'verified', 'not_found'])
    .where('o.ended_at', '>=', restoredTo)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('compliance.application_order as later')
            .select('later.id')
            .whereRef('later.campaign_id', '=', 'o.campaign_id')
            .whereRef('later.application_id', '=', 'o.application_id')
            .whereRef('later.batch', '=', 'o.batch')
            .whereRef('later.generation', '>', 'o.generation'),
        ),
      ),
    )
    .orderBy('o.id')
    .execute();
  let orders = 0;
  for (const { id } of ended) {
    const order = await readOrderRow(tx, id);
    const isSendable = (await recipientsOf(tx, scope, order)).some((recipient) => recipient.identities.length > 0);
    if (isSendable && (await reissue(writing, order, 'restoration')) !== null) orders += 1;
  }
  const unsendable = ended.length - orders;
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
