import type { SqlConnection } from '../connection.ts';
import type { ProofExtent } from '../outcome.ts';
import type { ErasurePlan } from '../plan.ts';
import { isIdentifier, sharedEmail } from './learn.ts';
import { tellDoubtful } from './links.ts';
import { tellShared } from './own-emails.ts';
import { askLearnt, type Sightings } from './proof.ts';
import { sweep } from './sweep.ts';
import { seeUnlinked } from './unlinked.ts';
import type { WorkingSet } from './working-set.ts';

export interface Looking {
  /** Persons of the batch, and those looked for. */
  readonly persons: number;
  readonly sampled: readonly number[];
  readonly timeoutMs: number;
}

/**
 * Looks through the whole database for what was sought, for what the persons' own rows told of them, and for rows that
 * nothing links to anybody. Bounded in time: tables that were not looked through are named.
 */
export async function lookThrough(
  connection: SqlConnection,
  plan: ErasurePlan,
  set: WorkingSet,
  sightings: Sightings,
  { persons, sampled, timeoutMs }: Looking,
): Promise<ProofExtent> {
  const deadline = performance.now() + timeoutMs;
  const learnt = set.learnt.filter(({ person }) => sampled.includes(person));
  await set.fillLearnt();
  await askLearnt(connection, plan, sightings, set.steps);
  await tellDoubtful(connection, plan, set.steps, sightings);
  if (learnt.some(({ kind }) => kind === sharedEmail)) await tellShared(connection, plan, set.steps, sightings);
  const values = [...(await set.values()), ...learnt.filter(isIdentifier)];
  const swept = await sweep(connection, plan, persons, values, sightings, { timeoutMs, sampled });
  const walked = new Set(set.steps);
  const { links } = set;
  const notSeen = await seeUnlinked(connection, plan, { learnt, links, sampled, walked, deadline }, sightings);
  if (notSeen.length === 0) return swept;
  return { ...swept, sweep: 'partial', notSwept: [...new Set([...swept.notSwept, ...notSeen])] };
}
