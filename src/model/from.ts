import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../kernel/index.ts';
import type { TypeModel } from './model.ts';

export interface FromOptions {
  /** Business time; null for today. */
  readonly at?: string | null;
  /** Name of a scenario; null for what is. */
  readonly scenario?: string | null;
}

/**
 * The one seam for reading: the relation that holds the objects of a type, with its physical columns. Lists, views,
 * rights and exports all read from it, so that business time and scenarios need to be known here only. Today it is the
 * table; another date or a scenario is refused rather than answered with today's rows.
 */
export function from(type: TypeModel, options: FromOptions = {}): RawBuilder<unknown> {
  if ((options.at ?? null) !== null || (options.scenario ?? null) !== null) {
    throw new Refusal('model.no_time_travel', 422, {
      fr: 'Lire à une autre date ou dans un scénario viendra avec une prochaine version : retirez « at » et « scenario ».',
      en: 'Reading at another date or in a scenario comes with a later version: remove “at” and “scenario”.',
    });
  }
  return sql`${sql.table(`model.${type.table}`)}`;
}
