/**
 * The SQL channel: Socle erases persons in an application's own database by itself, and proves their absence.
 *
 *   const connection = await connect(url);
 *   const catalogue = await readCatalogue(connection);
 *   const plan = await settlePlan(connection, catalogue, planErasure({ catalogue, categories, map, identities }));
 *   const preview = await previewPlan(connection, plan, [{ kind: 'email', value: 'a@b.fr' }]);
 *   const { persons } = await execute(connection, plan, batch, { persist });
 *   const seen = await seePerson(connection, plan, identities);
 *
 * It knows nothing of Socle's own tables: it gets a URL and values.
 */
export * from './catalogue.ts';
export { type Category, categories, categoryText, isCategory, isPersonal } from './category.ts';
export { connect, readCatalogue } from './channel.ts';
export type { ConnectOptions, SqlConnection } from './connection.ts';
export {
  type Declaration,
  declarationLines,
  declarationsFor,
  declarationText,
  sightingText,
  sightingView,
  withDeclaration,
} from './declare.ts';
export { isSameErasure, planDigest, type SchemaChange, schemaChanges } from './digest.ts';
export { execute } from './erasure/execute.ts';
export { previewPlan } from './erasure/preview.ts';
export { seePerson } from './erasure/see.ts';
export { settlePlan } from './erasure/settle.ts';
export { type Kept, keptByDecision } from './kept.ts';
export { type ErasureMap, emptyMap, type MapField, type MapJoin } from './map.ts';
export { parseMap } from './map-file.ts';
export type * from './outcome.ts';
export type * from './plan.ts';
export { type PlanQuestion, planErasure } from './plan-erasure.ts';
export { withRowCounts } from './row-counts.ts';
export { signInColumns } from './sign-ins.ts';
export { planNotices, planProblems, unlinkedText } from './words.ts';
