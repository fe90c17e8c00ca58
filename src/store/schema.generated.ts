// Made by `npm run schema` from the migrations; a test compares. Don’t edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Id, Json, Uuid } from '../kernel/index.ts';

/** jsonb: written as JSON text, read as a value. */
type Jsonb = ColumnType<Json, string, string>;
type Defaulted<T> = ColumnType<T extends ColumnType<infer S, infer _I, infer _U> ? S : T, (T extends ColumnType<infer _S, infer I, infer _U> ? I : T) | undefined, T extends ColumnType<infer _S, infer _I, infer U> ? U : T>;

export interface AccessOrganisationTable {
  id: Id<'organisation'>;
  org: GeneratedAlways<Id<'organisation'> | null>;
  slug: string;
  name: string;
  created_at: Generated<Date>;
}

export interface JournalCheckpointTable {
  org: Generated<Id<'organisation'>>;
  size: bigint;
  epoch: number;
  root: Buffer;
  note: string;
  at: Date;
}

export interface JournalEntryTable {
  org: Generated<Id<'organisation'>>;
  number: bigint;
  id: Id<'entry'>;
  at: Date;
  kind: string;
  subject: string;
  body: Buffer;
}

export interface JournalPendingTable {
  org: Generated<Id<'organisation'>>;
  position: Generated<bigint>;
  id: Id<'pending'>;
  body: string;
}

export interface JournalSigningKeyTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'signing_key'>;
  sealed: Buffer;
  created_at: Date;
}

export interface JournalTileTable {
  org: Generated<Id<'organisation'>>;
  level: number;
  index: bigint;
  hashes: Buffer;
}

export interface StoreIdempotencyTable {
  org: Generated<Id<'organisation'>>;
  actor: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  resource: string | null;
  created_at: Date;
}

export interface Database {
  'access.organisation': AccessOrganisationTable;
  'journal.checkpoint': JournalCheckpointTable;
  'journal.entry': JournalEntryTable;
  'journal.pending': JournalPendingTable;
  'journal.signing_key': JournalSigningKeyTable;
  'journal.tile': JournalTileTable;
  'store.idempotency': StoreIdempotencyTable;
}

export type { Generated, GeneratedAlways };
