import { type Hash, hashSizeBytes, type TreeHead } from './merkle.ts';
import { openNote, type Signer, signNote, strictBase64, type VerifierKey } from './note.ts';

/**
 * A signed statement "the journal `origin` had `size` entries and this root" (C2SP tlog-checkpoint): the first three
 * lines of a signed note, then the epoch as an extension line. Two checkpoints of one epoch are always consistent; a
 * restore opens the next epoch, because a restored journal may have lost entries that an earlier checkpoint signed.
 */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly epoch: number;
}

function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root, epoch } = checkpoint;
  return `${origin}\n${size}\n${root.toString('base64')}\nepoch ${epoch}\n`;
}

export function signCheckpoint(checkpoint: Checkpoint, ...signers: readonly Signer[]): string {
  return signNote(checkpointText(checkpoint), ...signers);
}

/** What a note says, whoever signed it: to be believed only after `openCheckpoint`. Null when it is no checkpoint. */
export function readCheckpoint(text: string): Checkpoint | null {
  const parts = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/=]{44})\nepoch ([1-9]\d{0,8})\n(?:\n|$)/.exec(text);
  if (parts === null) return null;
  const [, origin = '', size = '', encoded = '', epoch = ''] = parts;
  const root: Hash | null = strictBase64(encoded);
  if (root === null || root.length !== hashSizeBytes || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root, epoch: Number(epoch) };
}

/** The checkpoint of a note that this key signed under its own name; null otherwise. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint | null {
  const text = openNote(note, key);
  const checkpoint = text === null ? null : readCheckpoint(text);
  return checkpoint !== null && checkpoint.origin === key.name ? checkpoint : null;
}
