import type { SqlConnection } from '../connection.ts';
import type { Identity, Seen, Sighting } from '../outcome.ts';
import type { ErasurePlan } from '../plan.ts';
import { asRefusal, asRetryable } from '../trouble.ts';
import { withCategories } from './about.ts';
import { lookThrough } from './look-through.ts';
import { askIdentities, type Sightings } from './proof.ts';
import { WorkingSet } from './working-set.ts';

/**
 * Asks every identity column and looks through every text for one person, by what they gave and by what their own rows had
 * told before they were blanked; changes nothing.
 */
export async function seePerson(
  connection: SqlConnection,
  plan: ErasurePlan,
  identities: readonly Identity[],
  learnt: readonly Identity[] = [],
): Promise<Seen> {
  const person = { ref: 'seen', identities };
  try {
    const set = await WorkingSet.open(connection, plan, new Set(), [person]);
    set.remember(learnt.map(({ kind, value }) => ({ person: 0, kind, value })));
    await connection.begin('read');
    const sightings: Sightings = new Map();
    await askIdentities(connection, plan, await set.kinds(), sightings);
    const looking = { persons: 1, sampled: [0], timeoutMs: 60_000 };
    const proof = await lookThrough(connection, plan, set, sightings, looking);
    const seen = (sightings.get(0) ?? []).map((sighting) => withCategories(plan, sighting));
    const left = seen.filter(({ mayStay }) => !mayStay);
    const isNamed = ({ by }: Sighting): boolean => by === 'name' || by === 'key';
    const isSeen = left.some((sighting) => !isNamed(sighting));
    return { isSeen, mayBeSeen: !isSeen && left.length > 0, sightings: seen, proof };
  } catch (error) {
    throw asRetryable(connection, error) ?? asRefusal(connection, error, '', []);
  } finally {
    await connection.run('rollback').catch(() => undefined);
  }
}
