import { sql } from 'kysely';
import { openDropFolder, removeFile } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { type Id, publicId, systemCause } from '../../kernel/index.ts';
import { type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';

/** How often the folder of an application that has orders is looked at. */
export const lookEveryMs = 15_000;

/** Notes that the file of an order is about to be: from here on it is deleted once the order has ended, wherever a crash falls. */
export async function meanDrop(
  writing: Writing,
  drop: {
    readonly order: Id<'application_order'>;
    readonly application: Id<'application'>;
    readonly folder: string;
    readonly name: string;
  },
): Promise<void> {
  const row = {
    application_id: drop.application,
    folder: drop.folder,
    file_name: drop.name,
    meant_at: writing.now,
    deleted_at: null,
  };
  await writing.tx
    .insertInto('compliance.order_drop')
    .values({ id: drop.order, ...row })
    .onConflict((conflict) => conflict.columns(['org', 'id']).doUpdateSet(row))
    .execute();
  await watchDrops(writing, drop.application);
}

export async function watchDrops(writing: Writing, application: Id<'application'>): Promise<void> {
  const next = new Date(writing.now.getTime() + lookEveryMs);
  await sql`insert into compliance.drop_watch (id, next_at) values (${application}, ${next})
    on conflict (org, id) do update set next_at = least(coalesce(drop_watch.next_at, ${next}), ${next})`.execute(
    writing.tx,
  );
}

/**
 * Deletes the files of orders that have ended: they name persons. The journal says so, once: the file goes first, so that a
 * crash in between deletes what is no longer there, and says it then. Answers with whether files remain.
 */
export async function deleteAnswered(engine: Engine, scope: Scope, application: Id<'application'>): Promise<boolean> {
  const drops = await scope.db
    .selectFrom('compliance.order_drop as d')
    .innerJoin('compliance.application_order as o', 'o.id', 'd.id')
    .innerJoin('compliance.campaign as campaign', 'campaign.id', 'o.campaign_id')
    .select(['d.id', 'd.folder', 'd.file_name', 'o.state', 'o.campaign_id', 'campaign.kind'])
    .where('d.application_id', '=', application)
    .where('d.deleted_at', 'is', null)
    .orderBy('d.id')
    .limit(500)
    .execute();
  const over = drops.filter(({ state }) => !['planned', 'held', 'sent', 'received', 'failed'].includes(state));
  for (const drop of over) {
    const { orders } = await openDropFolder(engine.dropFolders, drop.folder);
    await removeFile(orders, drop.file_name);
    await removeFile(orders, `${drop.file_name}.sig`);
    await engine.atStep?.('recorded');
    await write(scope, systemCause('drops', drop.id), async (writing) => {
      const deleted = await writing.tx
        .updateTable('compliance.order_drop')
        .set({ deleted_at: writing.now })
        .where('id', '=', drop.id)
        .where('deleted_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (deleted === undefined) return;
      await record(writing, {
        kind: 'order.drop_deleted',
        subject: publicId(drop.kind === 'request' ? 'req' : 'cmp', drop.campaign_id),
        data: { order: publicId('ord', drop.id) },
      });
    });
  }
  return drops.length > over.length;
}
