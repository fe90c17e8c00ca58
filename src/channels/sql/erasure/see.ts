import type { SqlConnection } from '../connection.ts';
import type { Identity, Seen } from '../outcome.ts';
import type { ErasurePlan } from '../plan.ts';
import { asRefusal, asRetryable } from '../trouble.ts';
import { lookThrough } from './look-through.ts';
import { askIdentities, type Sightings } from './proof.ts';
import { WorkingSet } from './working-set.ts';

/** Asks every identity column and looks through every text for one person; changes nothing. */
export async function seePerson(
  connection: SqlConnection,
  plan: ErasurePlan,
  identities: readonly Identity[],
): Promise<Seen> {
  const person = { ref: 'seen', identities };
  try {
    const set = await WorkingSet.open(connection, plan, new Set(), [person]);
    await connection.begin('read');
    const sightings: Sightings = new Map();
    await askIdentities(connection, plan, await set.kinds(), sightings);
    const looking = { persons: 1, sampled: [0], timeoutMs: 60_000 };
    const proof = await lookThrough(connection, plan, set, sightings, looking);
    const seen = sightings.get(0) ?? [];
    return { isSeen: seen.some((sighting) => !sighting.mayStay), sightings: seen, proof };
  } catch (error) {
    throw asRetryable(connection, error) ?? asRefusal(connection, error, '', []);
  } finally {
    await connection.run('rollback').catch(() => undefined);
  }
}
