import { type Language, Refusal, type Text } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { type Checkpoint, openCheckpoint, readCheckpoint } from '../checkpoint.ts';
import { readFirstKey, readSigner } from '../key.ts';
import { emptyRoot } from '../merkle.ts';
import { fingerprint, type Signer, type VerifierKey, verifierKeyText } from '../note.ts';
import { tileWidth } from '../tiles.ts';
import { type Finding, findings } from './findings.ts';
import { hashesByLevel } from './stored.ts';
import { Walk, type Walked } from './walk.ts';

export interface JournalReport {
  readonly isWhole: boolean;
  /** Entries found good, from the first. */
  readonly size: number;
  readonly checkpoints: number;
  readonly epoch: number;
  /** Base64 of the root of those entries. */
  readonly root: string;
  /** Of the key that signs; null for a journal that never began. */
  readonly fingerprint: string | null;
  /** Of every key that signed, the first one first: each was named by the one before. */
  readonly keys: readonly string[];
  /** The first thing that does not hold; null when all does. */
  readonly finding: Finding | null;
  readonly text: Text;
}

export interface VerifyOptions {
  /** A checkpoint kept outside (the signed note): the journal must still contain what it signed. */
  readonly against?: string;
  /** A key obtained outside (`name+id+base64`, or its fingerprint): it must be one of those that signed, first to last. */
  readonly key?: string;
  readonly onProgress?: (entries: number) => void;
}

/**
 * Checks a whole journal against what was signed, in one snapshot, reading each entry once. It proves that nothing was
 * altered by whoever lacks the signing key; whoever holds both the database and the key is found only with `against`.
 */
export async function verifyJournal(scope: Scope, options: VerifyOptions = {}): Promise<JournalReport> {
  return scope.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const keys = await keysOrNull(tx, scope);
      if (keys === null) return withoutKey(tx);
      const note = options.against === undefined ? null : asNote(options.against);
      // Its size says where to look; that it is believed, the keys of the journal say once it was walked.
      const asked = note === null ? null : readCheckpoint(note);
      const walked = await new Walk(tx, keys.first).run(asked?.size ?? null, options.onProgress ?? (() => undefined));
      const finding =
        walked.finding ??
        (await findExtraTiles(tx, walked.size)) ??
        (isInForce(walked, keys.signer) ? null : findings.key()) ??
        (options.key === undefined || isOneOf(walked, options.key) ? null : findings.unknownKey()) ??
        (note === null ? null : compare(walked, openByTime(walked, note)));
      return report(walked, finding, keys.signer);
    });
}

/** A note has Unix line ends and one newline at its end; what went through an editor or an e-mail may not. */
function asNote(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trim()}\n`;
}

interface Keys {
  readonly first: VerifierKey;
  readonly signer: Signer;
}

async function keysOrNull(tx: Tx, scope: Scope): Promise<Keys | null> {
  try {
    const [first, signer] = [await readFirstKey(tx, scope), await readSigner(tx, scope)];
    return first === null || signer === null ? null : { first, signer };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The last key of the journal is the one that would sign next. A journal without an entry has named none yet. */
function isInForce(walked: Walked, signer: Signer): boolean {
  return walked.keys.at(-1)?.key.publicKey.equals(signer.publicKey) === true;
}

function isOneOf(walked: Walked, given: string): boolean {
  const text = given.trim();
  return walked.keys.some(({ key }) => text === verifierKeyText(key) || text === fingerprint(key.publicKey));
}

/** A checkpoint by the key of its time: one that a retired key signed for a later size is of nobody's. */
function openByTime(walked: Walked, note: string): Checkpoint | null {
  for (const [place, { key, from }] of walked.keys.entries()) {
    const checkpoint = openCheckpoint(note, key);
    const through = walked.keys[place + 1]?.from ?? Number.POSITIVE_INFINITY;
    if (checkpoint !== null && checkpoint.size >= from && checkpoint.size <= through) return checkpoint;
  }
  return null;
}

/** Without a key, only a journal that never began is whole. */
async function withoutKey(tx: Tx): Promise<JournalReport> {
  const key = await tx.selectFrom('journal.signing_key').select('id').executeTakeFirst();
  const entry = await tx.selectFrom('journal.entry').select('number').limit(1).executeTakeFirst();
  const checkpoint = await tx.selectFrom('journal.checkpoint').select('size').limit(1).executeTakeFirst();
  const finding = key === undefined && entry === undefined && checkpoint === undefined ? null : findings.key();
  const walked = { finding, size: 0, checkpoints: 0, epoch: 1, root: emptyRoot, rootAsked: null, epochs: [], keys: [] };
  return report(walked, finding, null);
}

async function findExtraTiles(tx: Tx, size: number): Promise<Finding | null> {
  const kept = await hashesByLevel(tx);
  const expected: number[] = [];
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) expected.push(hashes);
  const isSame = kept.length === expected.length && expected.every((count, level) => count === kept[level]);
  return isSame ? null : findings.extraTiles();
}

/** The journal against a checkpoint from outside. */
function compare(walked: Walked, target: Checkpoint | null): Finding | null {
  if (target === null) return findings.foreignCheckpoint();
  // What was signed in an earlier epoch beyond the entry that opened the next one was lost in that restore.
  const restore = walked.epochs.find(({ epoch, number }) => epoch > target.epoch && number <= target.size);
  if (restore !== undefined) return findings.lostInRestore(restore.number, target.size, restore.epoch);
  if (target.size > walked.size) return findings.truncated(walked.size + 1, target.size);
  return walked.rootAsked?.equals(target.root) === true ? null : findings.contradicted(target.size);
}

function report(walked: Walked, finding: Finding | null, signer: Signer | null): JournalReport {
  const { size, checkpoints, epoch } = walked;
  return {
    isWhole: finding === null,
    size,
    checkpoints,
    epoch,
    root: walked.root.toString('base64'),
    fingerprint: signer === null ? null : fingerprint(signer.publicKey),
    keys: walked.keys.map(({ key }) => fingerprint(key.publicKey)),
    finding,
    text: finding?.text ?? {
      fr: `Le journal est intact : ${size} écritures, ${checkpoints} points de contrôle signés, époque ${epoch}${several('fr', walked)}.`,
      en: `The journal is whole: ${size} entries, ${checkpoints} signed checkpoints, epoch ${epoch}${several('en', walked)}.`,
    },
  };
}

function several(language: Language, { keys }: Walked): string {
  if (keys.length < 2) return '';
  return { fr: `, ${keys.length} clés successives`, en: `, ${keys.length} keys in turn` }[language];
}
