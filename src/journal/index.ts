export type { FactWords } from './desk/facts.tsx';
export { journalSlice } from './desk/journal-slice.tsx';
export { documentDigest, type JournalEntry } from './entry.ts';
export {
  /** @public The restore command, of a later issue, calls it before anything else is added. */
  openEpoch,
} from './epoch.ts';
export { buildEvidence } from './evidence/build.ts';
export type { EvidenceContents, EvidenceOrder } from './evidence/contents.ts';
export { buildReceipt } from './evidence/receipt.ts';
export { journalKey } from './key.ts';
export { keyChangeReasons, rotateKey } from './key-change.ts';
export { latestCheckpoint, readEntries } from './proof.ts';
export { record, recordAll } from './record.ts';
export { journalBeat, sequence } from './sequencer.ts';
export { verifyJournal } from './verify/verify.ts';
