import {
  actorText,
  type Cause,
  canonicalJson,
  type Id,
  isUuid,
  type Json,
  newId,
  publicId,
  sha256,
} from '../kernel/index.ts';
import { type Hash, leafHash } from './merkle.ts';

/**
 * One decision or batch, as the journal keeps it for ever. It never holds a personal value in clear: what must be
 * provable about a person is a commitment, whose nonce dies with the person's secret.
 */
export interface JournalEntry {
  /** What happened, in the past tense of the trade: `request.opened`, `order.executed`. */
  readonly kind: string;
  /** The public id of what it is about: `req_01J…`, `cmp_01J…`. */
  readonly subject: string;
  /** Facts that anyone may read: codes, counts, dates, public ids. No name, no address, no text that someone typed. */
  readonly data?: { readonly [name: string]: Json };
  /** Name → hexadecimal SHA-256(nonce ‖ value), made with `commit`. Opened by a receipt. */
  readonly commitments?: { readonly [name: string]: string };
  /**
   * Documents that this entry vouches for: name → hexadecimal SHA-256 of the document's canonical JSON (or bytes). An
   * order goes under its public id (`ord_01J…`), an answer under `ord_01J…/receipt`, `ord_01J…/outcome`,
   * `ord_01J…/proof`: the names by which evidence looks for them.
   */
  readonly digests?: { readonly [name: string]: string };
  /** When the caller needs the id first, to derive the nonce of a commitment (`PersonKeys.nonce(id)`). */
  readonly id?: Id<'entry'>;
}

/** Kinds under this prefix are the journal's own: its opening and its epochs. */
export const ownKinds = 'journal.';

/** The entry as written: its canonical JSON (RFC 8785) is what the tree hashes. */
export interface EntryBody {
  readonly version: 1;
  readonly number: number;
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly actor: string;
  readonly source: string;
  readonly data: { readonly [name: string]: Json };
  readonly commitments: { readonly [name: string]: string };
  readonly digests: { readonly [name: string]: string };
}

/** An entry that has no number yet. */
export type PendingBody = Omit<EntryBody, 'number'>;

/** C2SP tlog-tiles gives an entry's length on 16 bits. */
const maxEntrySizeBytes = 65_535;

/** `"number":9007199254740991,` */
const numberSizeBytes = 32;

const kindPattern = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;
const subjectPattern = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;
const namePattern = /^[A-Za-z0-9_.:/-]{1,120}$/;
const hashPattern = /^[0-9a-f]{64}$/;
const addressPattern = /[^\s@]@[^\s@]+\.[^\s@]/;

export function pendingBody(entry: JournalEntry, cause: Cause, at: Date): { id: string; body: PendingBody } {
  const id = entry.id ?? newId(at.getTime());
  const body: PendingBody = {
    version: 1,
    id: publicId('ent', id),
    at: at.toISOString(),
    kind: entry.kind,
    subject: entry.subject,
    actor: actorText(cause.actor),
    source: cause.source,
    data: entry.data ?? {},
    commitments: entry.commitments ?? {},
    digests: entry.digests ?? {},
  };
  refuseMistakes(id, body);
  return { id, body };
}

/** Mistakes of a caller, found before they are kept for ever. */
function refuseMistakes(id: string, body: PendingBody): void {
  if (!isUuid(id)) throw new Error('the id of a journal entry is a UUID');
  if (!kindPattern.test(body.kind)) throw new Error(`not a kind of journal entry: ${body.kind}`);
  if (!subjectPattern.test(body.subject)) throw new Error('the subject of a journal entry is a public id');
  for (const [name, hash] of [...Object.entries(body.commitments), ...Object.entries(body.digests)]) {
    if (!namePattern.test(name) || !hashPattern.test(hash)) {
      throw new Error(`a commitment or digest of ${body.kind} is not a name and 64 hexadecimal digits`);
    }
  }
  // A net below the types, not a proof: an e-mail address is the personal value most easily let through.
  if (addressPattern.test(canonicalJson(body.data)))
    throw new Error(`the data of ${body.kind} holds an e-mail address`);
  // Refused now: an entry that the sequencer could not write would keep all later ones waiting.
  const sizeBytes = Buffer.byteLength(canonicalJson({ ...body })) + numberSizeBytes;
  if (sizeBytes > maxEntrySizeBytes) throw new Error(`a journal entry ${body.kind} is too large`);
}

export function bodyBytes(body: EntryBody): Buffer {
  const bytes = Buffer.from(canonicalJson({ ...body }));
  if (bytes.length > maxEntrySizeBytes) throw new Error(`the journal entry ${body.id} is too large`);
  return bytes;
}

export function entryHash(bytes: Uint8Array): Hash {
  return leafHash(bytes);
}

/** Reads back a stored body; null when it is not one. */
export function readBody(bytes: Uint8Array): EntryBody | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isBody(value) ? value : null;
  } catch {
    return null;
  }
}

function isBody(value: unknown): value is EntryBody {
  if (typeof value !== 'object' || value === null || !('number' in value) || !Number.isSafeInteger(value.number)) {
    return false;
  }
  const texts = ['id', 'at', 'kind', 'subject', 'actor', 'source'] as const;
  const maps = ['data', 'commitments', 'digests'] as const;
  const members: Readonly<Record<string, unknown>> = { ...value };
  return (
    members.version === 1 &&
    texts.every((name) => typeof members[name] === 'string') &&
    maps.every((name) => typeof members[name] === 'object' && members[name] !== null)
  );
}

/** The digest of a document as entries carry it: SHA-256 of its canonical JSON, in hexadecimal. */
export function documentDigest(document: Json): string {
  return sha256(canonicalJson(document)).toString('hex');
}
