import { type Cause, publicId, Refusal } from '../kernel/index.ts';
import type { Scope } from '../store/index.ts';
import { type EntryBody, pendingBody } from './entry.ts';
import { type Head, readHead } from './head.ts';
import { journalOrigin, lockJournal, readSigner, replaceSigner } from './key.ts';
import {
  fingerprint,
  newSigner,
  openNote,
  parseVerifierKey,
  signNote,
  type VerifierKey,
  verifierKeyText,
} from './note.ts';
import { append } from './sequencer.ts';

export const keyChanged = 'journal.key_changed';

/** Why a key is changed: regularly, or because somebody may have read it. */
export const keyChangeReasons = ['routine', 'suspicion'] as const;
export type KeyChangeReason = (typeof keyChangeReasons)[number];

/**
 * Gives the journal a new key. The entry holds a statement signed by both: the old one names its successor at the head it
 * last signed, the new one shows that it exists. Its checkpoint is signed by both too, the next ones by the new key alone;
 * of the old one only the public half is kept. One transaction: a crash leaves the journal as it was.
 */
export async function rotateKey(scope: Scope, cause: Cause, reason: KeyChangeReason): Promise<Head> {
  return scope.db.transaction().execute(async (tx) => {
    await lockJournal(tx, scope);
    const old = await readSigner(tx, scope);
    if (old === null) throw nothingSigned();
    const head = await readHead(tx, old);
    if (head.size === 0) throw nothingSigned();
    const fresh = newSigner(journalOrigin(scope));
    const statement = signNote(statementText(head, old, fresh), old, fresh);
    const data = {
      reason,
      replaces: verifierKeyText(old),
      key: verifierKeyText(fresh),
      fingerprint: fingerprint(fresh.publicKey),
      statement,
    };
    const subject = publicId('org', scope.org);
    const { body } = pendingBody({ kind: keyChanged, subject, data }, cause, scope.clock.now());
    const next = await append(tx, scope, [old, fresh], head, [body], head.epoch);
    await replaceSigner(tx, scope, old, fresh);
    return next;
  });
}

/** What both keys sign. Its first line keeps it from being taken for a checkpoint. */
function statementText(head: Pick<Head, 'origin' | 'size' | 'root'>, old: VerifierKey, fresh: VerifierKey): string {
  const lines = ['socle/journal-key-change/v1', head.origin, head.size, head.root.toString('base64')];
  return `${[...lines, verifierKeyText(old), verifierKeyText(fresh)].join('\n')}\n`;
}

/**
 * The key that takes over from `key` by this entry; null when the entry doesn't say so, or isn't signed by both.
 * `before`: the root that the journal had just before the entry.
 */
export function successorOf(key: VerifierKey, entry: EntryBody, before: Buffer): VerifierKey | null {
  const { statement, key: text, replaces } = entry.data;
  if (typeof statement !== 'string' || typeof text !== 'string') return null;
  const next = parseVerifierKey(text);
  if (next === null || next.name !== key.name || replaces !== verifierKeyText(key)) return null;
  const wanted = statementText({ origin: key.name, size: entry.number - 1, root: before }, key, next);
  return openNote(statement, key) === wanted && openNote(statement, next) === wanted ? next : null;
}

function nothingSigned(): Refusal {
  return new Refusal('journal.empty', 409, {
    fr: 'Ce journal n’a encore rien signé : il n’y a pas de clé à remplacer.',
    en: 'This journal has signed nothing yet: there is no key to replace.',
  });
}
