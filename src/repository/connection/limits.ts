import { z } from 'zod';
import { record } from '../../journal/index.ts';
import { type Id, publicId, Refusal } from '../../kernel/index.ts';
import type { Tx, Writing } from '../../store/index.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** When orders may leave, in Paris time. `to` before `from` is the next morning; a day is the one on which the window opens. */
const hours = z.strictObject({
  from: clockTime,
  to: clockTime,
  /** ISO: 1 is Monday. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
});
export type Hours = z.output<typeof hours>;

/** What an application's team asks of whoever sends it orders. */
export const limitsSchema = z.strictObject({
  /** Persons in one order, at most. */
  batchSize: z.number().int().min(1).max(10_000).default(100),
  /** Orders a minute, at most; null: as they come. */
  ordersPerMinute: z.number().int().min(1).max(60_000).nullable().default(null),
  /** Null: at any time. */
  hours: hours.nullable().default(null),
  /** The kinds of identifiers it understands; empty: all those that name one person alone. */
  identityKinds: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/))
    .max(40)
    .default([]),
});
export type Limits = z.output<typeof limitsSchema>;

/** What else the same column holds: whether harvests may check a sample. */
const kept = z.looseObject({ sample: z.boolean().default(false) });

/** The limits of an application; those of one without a connection are the usual ones. Within the caller's transaction. */
export async function limitsOf(db: Pick<Tx, 'selectFrom'>, application: Id<'application'>): Promise<Limits> {
  const row = await db
    .selectFrom('repository.connection')
    .select('limits')
    .where('application_id', '=', application)
    .executeTakeFirst();
  return readLimits(row?.limits);
}

export function readLimits(column: unknown): Limits {
  const { sample: _sample, ...limits } = kept.parse(column ?? {});
  return limitsSchema.parse(limits);
}

/** Changes the limits: orders that leave from now on follow them. */
export async function setLimits(writing: Writing, application: Id<'application'>, limits: Limits): Promise<void> {
  const { tx, now } = writing;
  const row = await tx
    .selectFrom('repository.connection')
    .select(['id', 'limits', 'version'])
    .where('application_id', '=', application)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notConnected();
  const { sample } = kept.parse(row.limits);
  await tx
    .updateTable('repository.connection')
    .set({ limits: JSON.stringify({ ...limits, sample }), version: row.version + 1, updated_at: now })
    .where('id', '=', row.id)
    .execute();
  await record(writing, {
    kind: 'application.limits_changed',
    subject: publicId('app', application),
    data: { batchSize: limits.batchSize, ordersPerMinute: limits.ordersPerMinute, hasHours: limits.hours !== null },
  });
}

function notConnected(): Refusal {
  return new Refusal('repository.not_connected', 404, {
    fr: 'Cette application n’a pas de connexion. Ajoutez-la sur sa page, ou par « socle app add ».',
    en: 'This application has no connection. Add one on its page, or with “socle app add”.',
  });
}
