import type { BatchOutcome, PersonOutcome, Seen, Sighting } from '../../channels/index.ts';
import { documentDigest } from '../../journal/index.ts';
import { type Json, newId, publicId } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { Execution } from './executor.ts';
import type { HandCheck } from './hand-check-document.ts';
import type { OrderRow } from './move.ts';
import type { Signed } from './signed.ts';
import type { OrderOutcome } from './states.ts';

type Document = { readonly [name: string]: Json };
export type DocumentKind = 'receipt' | 'outcome' | 'proof' | 'verification' | 'hand_check';

/** The name under which the journal vouches for a document of an order. */
export function documentName(order: { readonly id: string }, kind: DocumentKind): string {
  return `${publicId('ord', order.id)}/${kind}`;
}

function head(order: OrderRow, at: Date): Document {
  return {
    order: publicId('ord', order.id),
    digest: `sha256:${order.body_digest?.toString('hex') ?? ''}`,
    at: at.toISOString(),
  };
}

/** What was done, by person: the shape an application answers in (connect.md). */
export function outcomeDocument(order: OrderRow, at: Date, outcome: OrderOutcome, batch: Execution): Document {
  return {
    ...head(order, at),
    outcome,
    by: order.channel === 'socle' ? 'socle' : 'socle sql',
    persons: batch.persons.map((person) => ({
      ref: person.ref,
      outcome: person.outcome,
      counts: defined(person.counts),
      ...(person.reason === null ? {} : { reason: person.reason }),
    })),
    kept: batch.kept.map(({ table, columns, reason, rows }) => ({ table, columns: [...columns], reason, rows })),
  };
}

/** What was looked through, and what was seen: the catalogue of the proof. Places and numbers of rows, never a value. */
export function proofDocument(order: OrderRow, at: Date, batch: BatchOutcome): Document {
  return {
    ...head(order, at),
    sweep: batch.proof.sweep,
    notSwept: [...batch.proof.notSwept],
    personsSwept: batch.proof.personsSwept,
    persons: batch.persons.map((person) => ({
      ref: person.ref,
      tables: defined(person.tables),
      seen: person.seen.map(sightingJson),
    })),
  };
}

/** What Socle saw when it looked again. */
export function verificationDocument(order: OrderRow, at: Date, seen: readonly Seen[]): Document {
  return {
    ...head(order, at),
    seen: seen.some((one) => one.isSeen),
    persons: seen.length,
    sightings: seen.flatMap((one) => one.sightings.map(sightingJson)),
    sweep: seen.map((one) => one.proof.sweep),
  };
}

/** What somebody says of rows that they looked at: codes and places, never who, nor what the rows hold. */
export function handCheckDocument(order: OrderRow, at: Date, said: Omit<HandCheck, 'at'>): Document {
  return { ...head(order, at), ...said };
}

/** What the application said itself, asked about identifiers that it still held. */
export function reportedDocument(order: OrderRow, at: Date, persons: number): Document {
  return { ...head(order, at), seen: true, persons, by: 'application' };
}

function sightingJson(sighting: Sighting): Json {
  const { where, rows, by, mayStay, about } = sighting;
  return { where, rows, by, mayStay, ...(about === undefined ? {} : { about: asJson(about) }) };
}

function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

export interface KeptDocument {
  readonly order: { readonly id: string };
  readonly kind: DocumentKind;
  readonly body: Document;
  readonly signed?: Signed | null;
}

/** Keeps a document as it was vouched for. Answers with its digest, for the journal entry of the same transaction. */
export async function keepDocument(
  writing: Writing,
  order: { readonly id: string },
  kind: DocumentKind,
  body: Document,
  signed: Signed | null = null,
): Promise<{ readonly [name: string]: string }> {
  return (await keepDocuments(writing, [{ order, kind, body, signed }]))[0] ?? {};
}

/** Several, in one statement; answers with the digest of each. */
export async function keepDocuments(
  writing: Writing,
  documents: readonly KeptDocument[],
): Promise<readonly { readonly [name: string]: string }[]> {
  if (documents.length === 0) return [];
  const digests = documents.map(({ body }) => documentDigest(body));
  await writing.tx
    .insertInto('compliance.order_answer')
    .values(
      documents.map(({ order, kind, body, signed = null }, place) => ({
        id: newId(),
        order_id: order.id,
        kind,
        body: JSON.stringify(body),
        digest: Buffer.from(digests[place] ?? '', 'hex'),
        at: writing.now,
        signature: signed?.signature ?? null,
        signing_key_id: signed?.key ?? null,
      })),
    )
    .execute();
  return documents.map(({ order, kind }, place) => ({ [documentName(order, kind)]: digests[place] ?? '' }));
}

/** One word for a batch: mixed ends are `partly`. One person who failed is to be tried again, and the order with them: `failed`. */
export function overall(persons: readonly Pick<PersonOutcome, 'outcome'>[]): OrderOutcome {
  const kinds = new Set(persons.map((person) => person.outcome));
  const [only] = [...kinds];
  if (kinds.size === 1 && only !== undefined) return only;
  if (kinds.size === 0) return 'not_found';
  if (kinds.has('failed')) return 'failed';
  const isDone = [...kinds].every((kind) => kind === 'executed' || kind === 'not_found');
  return isDone ? 'executed' : 'partly';
}

/** Counts by category, added over the persons. */
export function totalCounts(persons: readonly Pick<PersonOutcome, 'counts'>[]): {
  readonly [category: string]: number;
} {
  const total = new Map<string, number>();
  for (const person of persons) {
    for (const [category, count] of Object.entries(person.counts)) {
      total.set(category, (total.get(category) ?? 0) + (count ?? 0));
    }
  }
  return Object.fromEntries(total);
}

function defined(counts: Readonly<Record<string, number | undefined>>): { readonly [name: string]: number } {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) => (count === undefined ? [] : [[name, count]])),
  );
}
