import type { Catalogue } from './catalogue.ts';
import type { ConnectOptions, SqlConnection } from './connection.ts';
import type { BatchOutcome, ExecuteOptions, Identity, PersonOrder, Preview, Seen } from './outcome.ts';
import type { ErasurePlan } from './plan.ts';
import { readCatalogue as readPostgresCatalogue } from './postgres/catalogue.ts';
import { connect as connectPostgres } from './postgres/connect.ts';
import { execute as executePostgres } from './postgres/execute.ts';
import { previewPlan as previewPostgres } from './postgres/preview.ts';
import { seePerson as seePostgres } from './postgres/see.ts';
import { settlePlan as settlePostgres } from './postgres/settle.ts';

/*
 * The seam between what is asked and the engine that does it. PostgreSQL is the only dialect of this version: each
 * function will choose by `connection.engine` when there are more.
 */

/** Opens a connection. Throws a `Refusal` with what to do; neither the URL nor the password is in it. */
export function connect(url: string, options: ConnectOptions = {}): Promise<SqlConnection> {
  return connectPostgres(url, options);
}

/** Reads the whole catalogue: one round trip per kind of thing, whatever the number of tables. */
export function readCatalogue(connection: SqlConnection): Promise<Catalogue> {
  return readPostgresCatalogue(connection);
}

/**
 * Tries the plan's replacement values against the real constraints, and finds others where they are refused; a field
 * that nothing fits becomes a problem. Writes nothing.
 */
export function settlePlan(connection: SqlConnection, catalogue: Catalogue, plan: ErasurePlan): Promise<ErasurePlan> {
  return settlePostgres(connection, catalogue, plan);
}

/** What an erasure of these identities would do, counted, in words and in SQL. Changes nothing. */
export function previewPlan(
  connection: SqlConnection,
  plan: ErasurePlan,
  identities: readonly Identity[],
): Promise<Preview> {
  return previewPostgres(connection, plan, identities);
}

/**
 * Erases a batch of 1 to N persons. Throws a `Refusal` with status 503 (`sql.busy`, `sql.unreachable`) when it can be
 * tried again as it is; any other end is an outcome per person.
 */
export function execute(
  connection: SqlConnection,
  plan: ErasurePlan,
  persons: readonly PersonOrder[],
  options: ExecuteOptions,
): Promise<BatchOutcome> {
  return executePostgres(connection, plan, persons, options);
}

/** Where the person can still be seen: for verification, and to contradict an application that says it is done. */
export function seePerson(
  connection: SqlConnection,
  plan: ErasurePlan,
  identities: readonly Identity[],
): Promise<Seen> {
  return seePostgres(connection, plan, identities);
}
