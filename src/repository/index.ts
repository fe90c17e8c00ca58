/**
 * The repository: which applications there are, how each is reached, what its fields are and which hold personal data.
 *
 *   const id = await addApplication(scope, cause, acting, { name: 'shop', channel: 'sql', url, identities: [], map: null });
 *   const summary = await harvest(scope, cause, id);
 *   const { planned, preview } = await previewFor(scope, id, [{ kind: 'email', value: 'a@b.fr' }]);
 *   await write(scope, cause, (writing) => setVerdict(writing, field, { category: 'contact', note: null }));
 */
export { addApplication, type NewApplication, reconnectApplication } from './application/add.ts';
export {
  type ApplicationLine,
  type ApplicationsAsked,
  connectedApplications,
  listApplications,
  readApplication,
} from './application/applications.ts';
export { declareInMap, replaceMap } from './application/declare.ts';
export { applicationDirectory, type Directory, type DirectoryLine } from './application/directory.ts';
export { applicationRemoval } from './application/removal.ts';
export { checkConnection } from './connection/check.ts';
export { type Connection, connectionOf, connectionUrl } from './connection/connection.ts';
export { type Channel, type ConnectionInput, type IdentityDeclaration, readDeclaration } from './connection/input.ts';
export { type Hours, type Limits, limitsOf, limitsSchema, setLimits } from './connection/limits.ts';
export { type Dictionary, dictionaryOf, type Field, listFields, readField } from './dictionary/dictionary.ts';
export { setVerdict, type VerdictInput } from './dictionary/verdict.ts';
export { type HarvestSummary, harvest } from './harvest/harvest.ts';
export { repositoryFactWords, repositoryJournalWords } from './journal-words.ts';
export type { ApplicationPanel, RepositoryOptions, StoppedOrders } from './pages/context.ts';
export { applicationPage, pathsOf } from './pages/frame.tsx';
export { type ApplicationPlan, planFor, previewFor } from './plan/plan.ts';
export { repositorySlices } from './slices.ts';
