import { z } from 'zod';
import type { Id } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import { type MailWish, mailTime, toWish, usualWish } from './mail-plan.ts';

const hour = z.coerce.number().int().min(0).max(23);

/** What a person says of their messages; without both hours there is no quiet time. */
export const wishInput = z.object({
  rhythm: z.enum(['soon', 'daily', 'never']),
  daily_hour: hour.default(8),
  quiet_from: hour.nullish(),
  quiet_to: hour.nullish(),
});

export async function readWish(scope: Scope, user: Id<'user'>): Promise<MailWish> {
  const row = await scope.db
    .selectFrom('objects.notice_mail')
    .select(['rhythm', 'daily_hour', 'quiet_from', 'quiet_to'])
    .where('id', '=', user)
    .executeTakeFirst();
  return row === undefined ? usualWish : toWish(row);
}

/** Keeps a wish; what waits already leaves by it. */
export async function saveWish(writing: Writing, user: Id<'user'>, given: z.output<typeof wishInput>): Promise<void> {
  const isQuiet = given.quiet_from !== undefined && given.quiet_to !== undefined;
  const columns = {
    rhythm: given.rhythm,
    daily_hour: given.daily_hour,
    quiet_from: isQuiet ? (given.quiet_from ?? null) : null,
    quiet_to: isQuiet ? (given.quiet_to ?? null) : null,
  };
  const waiting = await writing.tx
    .selectFrom('objects.notification')
    .select('id')
    .where('user_id', '=', user)
    .where('read_at', 'is', null)
    .where('mailed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  const next = waiting === undefined ? null : mailTime(writing.now, toWish(columns));
  await writing.tx
    .insertInto('objects.notice_mail')
    .values({ id: user, ...columns, next_at: next })
    .onConflict((conflict) => conflict.columns(['org', 'id']).doUpdateSet({ ...columns, next_at: next }))
    .execute();
}
