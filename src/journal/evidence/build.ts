import { type Cause, canonicalJson, type Id, parseId, publicId, sha256 } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Head } from '../head.ts';
import { journalOrigin } from '../key.ts';
import { keyChanged } from '../key-change.ts';
import { verifierKeyText } from '../note.ts';
import { inclusionProof, latestSigned, readEntries, type StoredEntry, tileReader } from '../proof.ts';
import { record } from '../record.ts';
import { sequence } from '../sequencer.ts';
import { type ArchiveFile, manifestJson, packArchive } from './archive.ts';
import { type EvidenceContents, evidenceJson, firstUnbound, proofFormat } from './contents.ts';

export interface Evidence {
  readonly bytes: Buffer;
  /** The journal entry that holds the digest of the manifest, and so of every file. */
  readonly seal: Id<'entry'>;
}

const evidenceSealed = 'evidence.sealed';

/**
 * Builds an evidence file (a ZIP) that a third party can verify offline. Every order and answer in it must have its
 * digest in a journal entry about the subject or its orders; the manifest's own digest becomes an entry, so that every
 * byte of the file hangs from one signed checkpoint. Throws when the contents would not verify: a bug of the caller.
 */
export async function buildEvidence(scope: Scope, cause: Cause, contents: EvidenceContents): Promise<Evidence> {
  await sequence(scope);
  const subjects = [contents.subject, ...contents.orders.map((order) => order.id)];
  const entries = await readEntries(scope, { subjects });
  const unbound = firstUnbound(
    contents,
    entries.map(({ body }) => body),
  );
  if (unbound !== null) throw new Error(`evidence of ${contents.subject}: ${unbound}`);
  const ids = entries.map(({ body }) => body.id);
  const files: ArchiveFile[] = [
    { name: 'evidence.json', bytes: Buffer.from(evidenceJson(contents, journalOrigin(scope), scope.clock.now(), ids)) },
    { name: 'report.pdf', bytes: contents.report },
  ];
  const manifest = Buffer.from(manifestJson(files));
  const seal = await write(scope, cause, (writing) =>
    record(writing, {
      kind: evidenceSealed,
      subject: contents.subject,
      data: { entries: entries.length, files: files.length },
      digests: { 'manifest.json': sha256(manifest).toString('hex') },
    }),
  );
  await sequence(scope);
  const proof = await proofJson(scope, [...ids, publicId('ent', seal)]);
  const bytes = packArchive([
    ...files,
    { name: 'manifest.json', bytes: manifest },
    { name: 'journal.json', bytes: Buffer.from(proof) },
  ]);
  return { bytes, seal };
}

/** `journal.json`: entries, each with its inclusion proof under one checkpoint, and the key that signed it. */
async function proofJson(scope: Scope, ids: readonly string[]): Promise<string> {
  const latest = await latestSigned(scope);
  if (latest === null) throw new Error('the journal is empty');
  const { head, key } = latest;
  const uuids = ids.map((id) => parseId('ent', id) ?? id);
  const entries = (await readEntries(scope, { ids: uuids })).filter(({ body }) => body.number <= head.size);
  if (entries.length !== new Set(ids).size) throw new Error('an entry has no number yet');
  const own = await readEntries(scope, { subjects: [publicId('org', scope.org)], kind: keyChanged });
  const changes = own.filter(({ body }) => body.number <= head.size);
  return canonicalJson({
    format: proofFormat,
    // A journal that kept its first key writes what verifiers of version 1 read.
    version: changes.length === 0 ? 1 : 2,
    key: verifierKeyText(key),
    checkpoint: head.note,
    entries: await proved(scope, head, entries),
    ...(changes.length === 0 ? {} : { keyChanges: await proved(scope, head, changes) }),
  });
}

async function proved(scope: Scope, head: Head, entries: readonly StoredEntry[]) {
  const read = tileReader(scope.db);
  const proofs: { body: string; proof: string[] }[] = [];
  for (const { body, bytes } of entries) {
    const path = await inclusionProof(read, body.number, head.size);
    proofs.push({ body: bytes.toString('utf8'), proof: path.map((hash) => hash.toString('base64')) });
  }
  return proofs;
}
