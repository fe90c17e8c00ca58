import { sql } from 'kysely';
import { conditionSql, from, type QualityRule } from '../model/index.ts';
import type { Acting } from './acting.ts';
import { expectType } from './refusals.ts';
import { momentOf, visibleTo } from './rights.ts';
import { databaseOf, type Source } from './rows.ts';

/** The quality rules of its type that an object doesn't meet. One query; none when the type has no rule. */
export async function failingRules(
  source: Source,
  acting: Acting,
  typeName: string,
  id: string,
): Promise<readonly QualityRule[]> {
  const type = expectType(acting.model, typeName);
  if (type.quality.length === 0) return [];
  const moment = momentOf(source, acting.asker);
  const holds = type.quality.map(({ condition }) => conditionSql(condition, moment));
  const { rows } = await sql<{ holds: readonly boolean[] }>`
    select array[${sql.join(holds)}] as holds from ${from(type)} as o where o.id = ${id}`.execute(databaseOf(source));
  return type.quality.filter((_, at) => rows[0]?.holds[at] === false);
}

export interface RuleCount {
  readonly rule: QualityRule;
  /** Objects, among those that the asker may read, that don't meet it. */
  readonly failing: number;
}

/** How many objects of a type don't meet each of its rules. One pass over the type. */
export async function qualityOf(source: Source, acting: Acting, typeName: string): Promise<readonly RuleCount[]> {
  const type = expectType(acting.model, typeName);
  if (type.quality.length === 0) return [];
  const moment = momentOf(source, acting.asker);
  const counts = type.quality.map(
    ({ condition }) => sql`count(*) filter (where not ${conditionSql(condition, moment)})::int`,
  );
  const { rows } = await sql<{ counts: readonly number[] }>`
    select array[${sql.join(counts)}] as counts from ${from(type)} as o
     where ${visibleTo(source, acting.asker, type) ?? sql`true`}`.execute(databaseOf(source));
  return type.quality.map((rule, at) => ({ rule, failing: rows[0]?.counts[at] ?? 0 }));
}
