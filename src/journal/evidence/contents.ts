import { canonicalJson, type Json } from '../../kernel/index.ts';
import { documentDigest, type EntryBody } from '../entry.ts';

/**
 * What an evidence file says, before it is packed. Nothing in it may be a personal value of the person concerned:
 * ids, codes, dates, counts, digests and commitments only. `docs/journal.md` describes the file as a reader meets it.
 */
export interface EvidenceContents {
  /** Public id of the request or campaign. */
  readonly subject: string;
  readonly kind: 'request' | 'campaign';
  /** Machine-readable facts: right, dates, clock, decision. */
  readonly facts: { readonly [name: string]: Json };
  readonly orders: readonly EvidenceOrder[];
  /** The report for people, a PDF. */
  readonly report: Uint8Array;
}

export interface EvidenceOrder {
  /** Public id: `ord_01J…`. An entry vouches for `digest` under this name. */
  readonly id: string;
  readonly key: string;
  readonly application: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly generation: number;
  /** How many persons it is about. */
  readonly persons: number;
  /**
   * Hexadecimal SHA-256 of the order's canonical JSON. The order itself stays out: it names the person. It must hold a
   * random member, else a guessed identifier could be confirmed by the digest.
   */
  readonly digest: string;
  readonly answers: readonly EvidenceAnswer[];
}

interface EvidenceAnswer {
  /** `ord_01J…/receipt`, `…/outcome`, `…/proof`: an entry vouches for the document's digest under this name. */
  readonly name: string;
  readonly at: string;
  /** As received, without its signature; it names the order and its digest (`order`, `digest: "sha256:…"`). */
  readonly document: { readonly [name: string]: Json };
  readonly signature: AnswerSignature;
  /** Leaves the document out, and keeps its digest: set when the application wrote a personal value into it. */
  readonly isWithheld?: boolean;
}

/** Who can be held to an answer. Only Ed25519 proves anything to a third party. */
type AnswerSignature =
  /** The application signed the canonical JSON of the document; both in standard base64. */
  | { readonly scheme: 'ed25519'; readonly publicKey: string; readonly signature: string }
  /** Authenticated by a secret that Socle shares: it proves nothing to a third party. */
  | { readonly scheme: 'hmac' }
  /** Socle's own account of what it did and looked up again. */
  | { readonly scheme: 'socle' }
  | { readonly scheme: 'none' };

const evidenceFormat = 'socle-evidence';
export const proofFormat = 'socle-journal-proof';
export const receiptFormat = 'socle-receipt';

/** `evidence.json`: canonical, so that one content has one digest. Answers that hold an address are withheld. */
export function evidenceJson(
  contents: EvidenceContents,
  origin: string,
  madeAt: Date,
  entries: readonly string[],
): string {
  return canonicalJson({
    format: evidenceFormat,
    version: 1,
    origin,
    subject: contents.subject,
    kind: contents.kind,
    madeAt: madeAt.toISOString(),
    facts: contents.facts,
    orders: contents.orders.map(({ answers, ...order }) => ({ ...order, answers: answers.map(answerJson) })),
    entries,
  });
}

const idPattern = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;
const isInstant = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text);
const addressPattern = /[^\s@]@[^\s@]+\.[^\s@]/;

/**
 * An application may write anything in its answer. A signed document can't be redacted, so one that seems to hold an
 * e-mail address is left out, and only its digest stays.
 */
function answerJson(answer: EvidenceAnswer): Json {
  const { name, at, document, signature } = answer;
  const digest = documentDigest(document);
  const isWithheld = answer.isWithheld === true || addressPattern.test(canonicalJson(document));
  return {
    name,
    at,
    digest,
    document: isWithheld ? null : document,
    signature: isWithheld ? { scheme: 'none' } : { ...signature },
  };
}

/**
 * The first thing that a verifier would refuse, in words for whoever calls the builder; null when all is bound: every
 * order and answer has its digest in an entry, every answer names its order.
 */
export function firstUnbound(contents: EvidenceContents, entries: readonly EntryBody[]): string | null {
  if (!idPattern.test(contents.subject)) return 'the subject is not a public id';
  const vouches = (name: string, digest: string): boolean => entries.some((entry) => entry.digests[name] === digest);
  for (const order of contents.orders) {
    if (!idPattern.test(order.id)) return `${order.id} is not a public id`;
    if (!vouches(order.id, order.digest)) return `no journal entry vouches for the order ${order.id}`;
    for (const answer of order.answers) {
      if (!answer.name.startsWith(`${order.id}/`)) return `${answer.name} is not the name of an answer to ${order.id}`;
      if (!isInstant(answer.at)) return `the answer ${answer.name} has no instant (RFC 3339)`;
      if (answer.document.order !== order.id) return `the answer ${answer.name} does not name its order`;
      if (answer.document.digest !== `sha256:${order.digest}`) return `the answer ${answer.name} is to another order`;
      if (!vouches(answer.name, documentDigest(answer.document))) {
        return `no journal entry vouches for the answer ${answer.name}`;
      }
    }
  }
  if (addressPattern.test(canonicalJson(contents.facts))) return 'the facts hold an e-mail address';
  return null;
}
