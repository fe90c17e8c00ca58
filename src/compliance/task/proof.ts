import { newId, open, Refusal, seal, sha256 } from '../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';
import { openPersons } from '../person/secret.ts';

export const proofLimitBytes = 2_000_000;
/** A whole form stays within what the server takes. */
export const mostProofs = 4;

/** A file that shows what was done: its kind is read from its bytes, never from its name. */
export interface Proof {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const kinds = [
  { mediaType: 'application/pdf', extension: 'pdf', begins: Buffer.from('%PDF-') },
  { mediaType: 'image/png', extension: 'png', begins: Buffer.from('89504e470d0a1a0a', 'hex') },
  { mediaType: 'image/jpeg', extension: 'jpg', begins: Buffer.from('ffd8ff', 'hex') },
] as const;

export const proofTypes = '.pdf,.png,.jpg,.jpeg';

/** Refuses a file that is too large, or that is neither a PDF nor a PNG or JPEG picture. */
export async function readProof(file: File): Promise<Proof> {
  if (file.size > proofLimitBytes) throw tooLarge();
  const bytes = Buffer.from(await file.arrayBuffer());
  const kind = kinds.find(({ begins }) => bytes.subarray(0, begins.length).equals(begins));
  if (kind === undefined) throw wrongKind();
  return { name: safeName(file.name, kind.extension), mediaType: kind.mediaType, bytes };
}

/** `../../etc/Reçu n°1.PDF` → `Reçu n_1.pdf`: no path, no control or direction character, the extension of what it is. */
export function safeName(given: string, extension: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N} _-]+/gu, '_')
    .replace(/^[\s_]+|[\s_]+$/g, '')
    .slice(0, 60);
  return `${stem === '' ? 'proof' : stem}.${extension}`;
}

/** How an answer, and so the evidence, names a proof. Its name stays out: it may hold a person's. */
export function proofFacts(proof: Proof) {
  return {
    digest: `sha256:${sha256(proof.bytes).toString('hex')}`,
    mediaType: proof.mediaType,
    sizeBytes: proof.bytes.length,
  };
}

/** Keeps proofs under the secrets of the persons they are about; of a person already forgotten, the digest alone. */
export async function keepProofs(
  writing: Writing,
  order: string,
  proofs: readonly { readonly person: string; readonly proof: Proof }[],
): Promise<void> {
  const { tx, scope, now } = writing;
  if (proofs.length === 0) return;
  const persons = await openPersons(
    tx,
    scope,
    proofs.map(({ person }) => person),
  );
  const rows = proofs.map(({ person, proof }) => {
    const id = newId();
    const keys = persons.get(person)?.keys;
    const content = Buffer.concat([Buffer.from(`${proof.name}\n`), proof.bytes]);
    return {
      id,
      order_id: order,
      person_id: person,
      digest: sha256(proof.bytes),
      media_type: proof.mediaType,
      size_bytes: proof.bytes.length,
      sealed: keys === undefined ? null : seal(keys.identities, content, context(id)),
      at: now,
    };
  });
  await tx.insertInto('compliance.task_proof').values(rows).execute();
}

/** What is told of a proof: its name, which may hold a person's, is only told to whoever opens it. */
export interface ProofView {
  readonly id: string;
  readonly order: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 of the file, in hexadecimal: what the answer, and so the evidence, holds of it. */
  readonly digest: string;
  readonly at: Date;
  /** False once the person is forgotten. */
  readonly isKept: boolean;
}

/** What was attached to the answers of a request's orders, in the order it came. */
export async function proofsOf(db: Pick<Tx, 'selectFrom'>, campaign: string): Promise<readonly ProofView[]> {
  const rows = await db
    .selectFrom('compliance.task_proof as proof')
    .innerJoin('compliance.application_order as o', 'o.id', 'proof.order_id')
    .select(['proof.id', 'proof.order_id', 'proof.media_type', 'proof.size_bytes', 'proof.digest', 'proof.at'])
    .select((select) => select('proof.sealed', 'is not', null).as('is_kept'))
    .where('o.campaign_id', '=', campaign)
    .orderBy('proof.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    order: row.order_id,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    digest: row.digest.toString('hex'),
    at: row.at,
    isKept: Boolean(row.is_kept),
  }));
}

/** A proof, for those who handle the request of its order; null when there is none, or when its person is forgotten. */
export async function openProof(scope: Scope, campaign: string, id: string): Promise<Proof | null> {
  const row = await scope.db
    .selectFrom('compliance.task_proof as proof')
    .innerJoin('compliance.application_order as o', 'o.id', 'proof.order_id')
    .select(['proof.sealed', 'proof.person_id', 'proof.media_type'])
    .where('proof.id', '=', id)
    .where('o.campaign_id', '=', campaign)
    .executeTakeFirst();
  if (row === undefined || row.sealed === null) return null;
  const keys = (await openPersons(scope.db, scope, [row.person_id])).get(row.person_id)?.keys;
  if (keys === undefined) return null;
  const content = open(keys.identities, row.sealed, context(id));
  const end = content.indexOf(0x0a);
  return {
    name: content.subarray(0, end).toString('utf8'),
    mediaType: row.media_type,
    bytes: content.subarray(end + 1),
  };
}

function context(id: string): string {
  return `compliance.task_proof ${id}`;
}

function tooLarge(): Refusal {
  return new Refusal('task.proof_too_large', 422, {
    fr: 'Ce fichier dépasse 2 Mo : joignez une capture plus petite.',
    en: 'This file is over 2 MB: attach a smaller one.',
  });
}

function wrongKind(): Refusal {
  return new Refusal('task.proof_kind', 422, {
    fr: 'Joignez un PDF, ou une image PNG ou JPEG : ce fichier n’en est pas un, quel que soit son nom.',
    en: 'Attach a PDF, or a PNG or JPEG picture: this file is none of them, whatever its name.',
  });
}
