export { type Acting, type Asker, askerOf, systemAsker } from './acting.ts';
export { objectJson } from './api/json.ts';
export { type Checklist, checklistsOf, type Tick, type TicksAsked, tickItems } from './checklist.ts';
export { type CreateOptions, createObject } from './create.ts';
export { type DeleteAsked, deleteObject } from './delete.ts';
export { fileHandlers } from './files/due.ts';
export { scannerOf } from './files/scanner.ts';
export { type HistoryAsked, type HistoryEvent, objectHistory, type RecordedChange } from './history.ts';
export { importHandler } from './import/handler.ts';
export { objectsFactWords, objectsJournalWords } from './journal-words.ts';
export {
  type Count,
  countObjects,
  type KeyPart,
  type ListAsked,
  listObjects,
  type ObjectList,
  selection,
} from './list.ts';
export type { ModelSource } from './model-source.ts';
export {
  type AboveList,
  type AboveLists,
  Addresses,
  type AnyVisit,
  type Home,
  type ListShown,
  type ObjectPagesOptions,
  type Panel,
} from './pages/context.ts';
export { columnsOf, type ListPreset, listPage } from './pages/list-page.tsx';
export { type Names, referencesOf, StateBadge, stateTone, valueText } from './pages/shown.tsx';
export { words as objectWords } from './pages/words.ts';
export { failingRules, qualityOf, type RuleCount } from './quality.ts';
export { type Named, namesOf, readObject } from './read.ts';
export { objectId, publicObjectId } from './reference.ts';
export { calculated, expectType } from './refusals.ts';
export type { Removal } from './removal.ts';
export { expectRight, hasRole, may, momentOf, whyNot } from './rights.ts';
export { columnsOf as columnsRead, databaseOf, type Row, type Source, toObject } from './rows.ts';
export { scheduleBeat } from './schedule/watch.ts';
export { forgetObjectPast } from './secrets.ts';
export { type ObjectsWork, objectsHandlers, objectsSlices } from './slices.ts';
export type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';
export { modelChangeApi } from './studio/model-change.api.ts';
export { studioSlice } from './studio/studio.pages.tsx';
export {
  type PossibleTransition,
  possibleTransitions,
  type TransitionAsked,
  transitionObject,
} from './transition.ts';
export { type UpdateAsked, updateObject } from './update.ts';
