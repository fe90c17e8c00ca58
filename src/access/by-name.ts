import { type RawBuilder, sql } from 'kysely';
import { natural } from '../store/index.ts';

/** Where a list by name goes on: the last row shown. Names repeat, so that the id settles. */
export interface NamePlace {
  readonly name: string;
  readonly id: string;
}

export interface ByName {
  readonly limit: number;
  readonly after: NamePlace | null;
}

/** Rows after that place, for a table whose index is (org, name, id); all of them from the beginning. */
export function afterName(after: NamePlace | null): RawBuilder<boolean> {
  return after === null
    ? sql<boolean>`true`
    : sql<boolean>`(${natural('name')}, id) > (${after.name}, ${after.id}::uuid)`;
}
