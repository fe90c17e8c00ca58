import {
  type Catalogue,
  connect,
  type ErasureMap,
  type ErasurePlan,
  emptyMap,
  type Identity,
  type Preview,
  parseMap,
  planDigest,
  planErasure,
  previewPlan,
  readCatalogue,
  type SchemaChange,
  type SqlConnection,
  schemaChanges,
  settlePlan,
  signInColumns,
  withRowCounts,
} from '../../channels/index.ts';
import { type Id, newId } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { type Connection, connectionOf, connectionUrl } from '../connection/connection.ts';
import { type Dictionary, dictionaryOf } from '../dictionary/dictionary.ts';

/** The erasure plan of one application, as its schema and its dictionary stand now. */
export interface ApplicationPlan {
  readonly application: Id<'application'>;
  readonly plan: ErasurePlan;
  /** Hexadecimal SHA-256: what a frozen request names it by. */
  readonly digest: string;
  /** How the schema differs from what was last harvested: fields that nobody judged yet may be in it. */
  readonly changes: readonly SchemaChange[];
  readonly harvestedAt: Date;
}

/** Makes the plan against the live schema. Nothing changes in the application. Refuses when it was never harvested. */
export async function planFor(scope: Scope, application: Id<'application'>): Promise<ApplicationPlan> {
  return withConnection(scope, application, (connection) => planThrough(scope, application, connection));
}

/** The plan, with the rows it would touch for one person, counted by table. Changes nothing. */
export async function previewFor(
  scope: Scope,
  application: Id<'application'>,
  identities: readonly Identity[],
): Promise<{ readonly planned: ApplicationPlan; readonly preview: Preview }> {
  return withConnection(scope, application, async (connection) => {
    const planned = await planThrough(scope, application, connection);
    return { planned, preview: await previewPlan(connection, planned.plan, identities) };
  });
}

async function planThrough(
  scope: Scope,
  application: Id<'application'>,
  connection: SqlConnection,
): Promise<ApplicationPlan> {
  const [known, dictionary, live] = await Promise.all([
    connectionOf(scope, application),
    dictionaryOf(scope, application),
    readCatalogue(connection).then((read) => withRowCounts(connection, read)),
  ]);
  const made = makePlan(known, dictionary, live, await signInColumns(connection, live));
  const plan = await settlePlan(connection, live, made);
  const digest = planDigest(plan);
  await recordPlan(scope, application, plan, digest);
  const changes = schemaChanges(makePlan({ identities: [], map: null }, dictionary, dictionary.catalogue), live);
  return { application, plan, digest, changes, harvestedAt: dictionary.harvestedAt };
}

/** Pure: what is declared first, then what the dictionary says of every field. */
export function makePlan(
  known: Pick<Connection, 'identities' | 'map'>,
  dictionary: Dictionary,
  catalogue: Catalogue,
  signIns: readonly { readonly kind: string; readonly column: string }[] = [],
): ErasurePlan {
  const map: ErasureMap = known.map === null ? emptyMap : parseMap(known.map, 'map.yaml', catalogue);
  const declared = new Set([
    ...known.identities.map((each) => each.column),
    ...map.identities.map((each) => `${each.column.schema}.${each.column.table}.${each.column.column}`),
  ]);
  const stillThere = new Set(
    catalogue.tables.flatMap(({ schema, table, columns }) => columns.map(({ name }) => `${schema}.${table}.${name}`)),
  );
  const proposed = [...dictionary.identities, ...signIns].filter(
    ({ column }) => stillThere.has(column) && !declared.has(column),
  );
  return planErasure({
    catalogue,
    categories: dictionary.categories,
    map,
    identities: known.identities,
    proposed,
  });
}

/** Keeps each distinct plan once, so that what a request froze can be read again. */
async function recordPlan(
  scope: Scope,
  application: Id<'application'>,
  plan: ErasurePlan,
  digest: string,
): Promise<void> {
  await scope.db
    .insertInto('repository.plan')
    .values({
      id: newId(),
      application_id: application,
      digest,
      schema_digest: plan.schemaDigest,
      plan: JSON.stringify(plan),
      made_at: scope.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['org', 'application_id', 'digest']).doNothing())
    .execute();
}

async function withConnection<T>(
  scope: Scope,
  application: Id<'application'>,
  run: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  const connection = await connect(await connectionUrl(scope, application));
  try {
    return await run(connection);
  } finally {
    await connection.close();
  }
}
