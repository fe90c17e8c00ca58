import { sql } from 'kysely';
import { newId, open, publicId, Refusal, seal, type Uuid } from '../kernel/index.ts';
import type { Scope, Tx } from '../store/index.ts';
import {
  exportPrivateKey,
  fingerprint,
  importSigner,
  newSigner,
  type Signer,
  type VerifierKey,
  verifierKeyText,
} from './note.ts';

/** The name of an organisation's journal, in checkpoints and signatures (C2SP: unique, without spaces or `+`). */
export function journalOrigin(scope: Scope): string {
  return `socle/journal/${publicId('org', scope.org)}`;
}

const sealContext = (id: Uuid): string => `journal.signing_key/${id}`;
/** Of a retired key only the public half is kept: it must not open as a private one. */
const retiredContext = (id: Uuid): string => `journal.signing_key/${id}/retired`;

/** One sequencer at a time for each organisation; released at the end of the transaction. */
export async function lockJournal(tx: Tx, scope: Scope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`journal ${scope.org}`}, 0))`.execute(tx);
}

/** The key in force; null before the first entry was sequenced. */
export async function readSigner(db: Tx | Scope['db'], scope: Scope): Promise<Signer | null> {
  const row = await db
    .selectFrom('journal.signing_key')
    .select(['id', 'sealed'])
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : openSigner(scope, row);
}

function openSigner(scope: Scope, row: { readonly id: Uuid; readonly sealed: Buffer }): Signer {
  try {
    return importSigner(journalOrigin(scope), open(scope.keys.journal, row.sealed, sealContext(row.id)));
  } catch {
    throw foreignKey();
  }
}

function foreignKey(): Refusal {
  return new Refusal('journal.foreign_key', 409, {
    fr: 'La clé du journal enregistrée dans cette base n’a pas été scellée par cette installation : elle a été remplacée, ou SOCLE_SECRET n’est pas le bon. Restaurez la base ou le secret d’origine.',
    en: 'The journal’s key in this database wasn’t sealed by this installation: it was replaced, or SOCLE_SECRET isn’t the right one. Restore the original database or secret.',
  });
}

/** The key that signed the journal's first checkpoints: the oldest retired one, or the one in force. */
export async function readFirstKey(tx: Tx, scope: Scope): Promise<VerifierKey | null> {
  const row = await tx
    .selectFrom('journal.signing_key')
    .select(['id', 'sealed'])
    .where('retired_at', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return readSigner(tx, scope);
  try {
    return { name: journalOrigin(scope), publicKey: open(scope.keys.journal, row.sealed, retiredContext(row.id)) };
  } catch {
    throw foreignKey();
  }
}

/** The old key is retired, its private half destroyed, and the new one in force. Called under the journal's lock. */
export async function replaceSigner(tx: Tx, scope: Scope, old: Signer, fresh: Signer): Promise<void> {
  const now = scope.clock.now();
  const { id } = await tx
    .selectFrom('journal.signing_key')
    .select('id')
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('journal.signing_key')
    .set({ sealed: seal(scope.keys.journal, old.publicKey, retiredContext(id)), retired_at: now })
    .where('id', '=', id)
    .execute();
  await insertSigner(tx, scope, fresh);
}

async function insertSigner(tx: Tx, scope: Scope, signer: Signer): Promise<void> {
  const now = scope.clock.now();
  const id = newId(now.getTime());
  const sealed = seal(scope.keys.journal, exportPrivateKey(signer), sealContext(id));
  await tx.insertInto('journal.signing_key').values({ id, sealed, created_at: now }).execute();
}

/** The key, made when there is none yet. Called under the journal's lock. */
export async function ensureSigner(tx: Tx, scope: Scope): Promise<Signer> {
  const known = await readSigner(tx, scope);
  if (known !== null) return known;
  const signer = newSigner(journalOrigin(scope));
  await insertSigner(tx, scope, signer);
  return signer;
}

export interface JournalKey {
  /** What a verifier is given: `origin+key id+base64`. */
  readonly text: string;
  /** What two people read to each other to compare keys. */
  readonly fingerprint: string;
}

/** The public key, to be published outside: whoever verifies takes it from there, never from the file it verifies. */
export async function journalKey(scope: Scope): Promise<JournalKey> {
  const signer =
    (await readSigner(scope.db, scope)) ??
    (await scope.db.transaction().execute(async (tx) => {
      await lockJournal(tx, scope);
      return ensureSigner(tx, scope);
    }));
  return { text: verifierKeyText(signer), fingerprint: fingerprint(signer.publicKey) };
}
