import type { Catalogue } from './catalogue.ts';
import type { SqlConnection } from './connection.ts';
import type { BatchOutcome, ExecuteOptions, Identity, PersonOrder, Preview, Seen } from './outcome.ts';
import type { ErasurePlan } from './plan.ts';

/** Reads the whole catalogue: one round trip per kind of thing, whatever the number of tables. */
export async function readCatalogue(_connection: SqlConnection): Promise<Catalogue> {
  throw new Error('being built');
}

/** Tries replacement values against the real constraints; a field that nothing fits becomes a problem. Writes nothing. */
export async function settlePlan(
  _connection: SqlConnection,
  _catalogue: Catalogue,
  _plan: ErasurePlan,
): Promise<ErasurePlan> {
  throw new Error('being built');
}

export async function previewPlan(
  _connection: SqlConnection,
  _plan: ErasurePlan,
  _identities: readonly Identity[],
): Promise<Preview> {
  throw new Error('being built');
}

/**
 * Erases a batch of 1 to N persons. Throws a `Refusal` with status 503 (`sql.busy`, `sql.unreachable`) when it can be
 * tried again as it is; any other end is an outcome per person.
 */
export async function execute(
  _connection: SqlConnection,
  _plan: ErasurePlan,
  _persons: readonly PersonOrder[],
  _options: ExecuteOptions,
): Promise<BatchOutcome> {
  throw new Error('being built');
}

/** Where the person can still be seen: for verification, and to contradict an application that says it is done. */
export async function seePerson(
  _connection: SqlConnection,
  _plan: ErasurePlan,
  _identities: readonly Identity[],
): Promise<Seen> {
  throw new Error('being built');
}
