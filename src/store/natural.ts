import { type RawBuilder, sql } from 'kysely';

/** A column of names, sorted as people expect: "Application 2" before "Application 10", accents and case as in French. */
export function natural(column: string): RawBuilder<string> {
  return sql<string>`${sql.ref(column)} collate store.natural`;
}
