import type { Id } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { relatedPersons } from '../socle/holdings.ts';

/**
 * Whether another request of these persons, or of those found to be the same, waits for its answer: forgetting them would leave
 * nobody to answer there. `besides`: the request, or its campaign, that asks.
 */
export async function hasOtherUnanswered(
  db: Tx | Scope['db'],
  persons: readonly Id<'person'>[],
  besides: string,
): Promise<boolean> {
  const related = await relatedPersons(db, persons);
  if (related.length === 0) return false;
  const other = await db
    .selectFrom('compliance.request')
    .select('id')
    .where('person_id', 'in', related)
    .where('id', '!=', besides)
    .where('answer_final_at', 'is', null)
    .where('state', 'not in', ['closed', 'refused', 'withdrawn'])
    .executeTakeFirst();
  return other !== undefined;
}
