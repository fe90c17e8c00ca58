// Made by `npm run schema` from the migrations; a test compares. Don’t edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Id, Json, Uuid } from '../kernel/index.ts';

/** jsonb: written as JSON text, read as a value. */
type Jsonb = ColumnType<Json, string, string>;
type Defaulted<T> = ColumnType<T extends ColumnType<infer S, infer _I, infer _U> ? S : T, (T extends ColumnType<infer _S, infer I, infer _U> ? I : T) | undefined, T extends ColumnType<infer _S, infer _I, infer U> ? U : T>;

export interface AccessApiKeyTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'api_key'>;
  name: string;
  role: 'admin' | 'dpo' | 'relay' | 'architect' | 'steward' | 'member' | 'auditor';
  secret_hash: Buffer;
  hint: string;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_on: string | null;
  revoked_at: Date | null;
}

export interface AccessAttemptTable {
  org: Generated<Id<'organisation'>>;
  bucket: Buffer;
  began_at: Date;
  attempts: number;
}

export interface AccessExampleLoadTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'example_load'>;
  example: string;
  step: string;
  done: Generated<number>;
  total: Generated<number>;
  last_error: string | null;
  asked_at: Date;
  finished_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
}

export interface AccessOrganisationTable {
  id: Id<'organisation'>;
  org: GeneratedAlways<Id<'organisation'> | null>;
  slug: string;
  name: string;
  created_at: Generated<Date>;
}

export interface AccessOutboxMessageTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'outbox_message'>;
  kind: string;
  subject: string;
  sealed_body: Buffer | null;
  status: 'waiting' | 'sent' | 'failed' | 'forgotten';
  last_error: string | null;
  created_at: Date;
  sent_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
}

export interface AccessPerimeterTable {
  org: Generated<Id<'organisation'>>;
  user_id: Id<'user'>;
  controller_id: Uuid;
}

export interface AccessSessionTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'session'>;
  user_id: Id<'user'>;
  token_hash: Buffer;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
}

export interface AccessUserTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'user'>;
  email: string;
  name: string;
  password_hash: string;
  roles: string[];
  language: 'fr' | 'en' | null;
  is_active: Generated<boolean>;
  created_at: Date;
  password_changed_at: Date;
  first_entered_at: Date | null;
}

export interface ComplianceAddressConfirmationTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'request'>;
  last_day: string;
  reminded_at: Date | null;
  ended_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceAnswerCopyTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'answer_copy'>;
  request_id: Id<'request'>;
  sealed: Buffer;
  wrapped: Buffer;
  address_check: Buffer;
  made_at: Date;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceAnswerFileTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'answer_file'>;
  application_id: Uuid;
  digest: Buffer;
  done: Generated<number>;
  rejections: Defaulted<Jsonb>;
  begun_at: Date;
  ended_at: Date | null;
}

export interface ComplianceApplicationCredentialTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'application_credential'>;
  application_id: Uuid;
  kind: 'key' | 'hmac' | 'ed25519' | 'answers';
  secret_hash: Buffer | null;
  sealed: Buffer | null;
  public_key: Buffer | null;
  hint: string;
  created_at: Date;
  created_by: string;
  ends_at: Date | null;
  revoked_at: Date | null;
  last_used_on: string | null;
}

export interface ComplianceApplicationLineTable {
  org: Generated<Id<'organisation'>>;
  application_id: Uuid;
  failures: Generated<number>;
  opened_at: Date | null;
  probe_at: Date | null;
  next_slot_at: Date | null;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  last_problem: ColumnType<Json | null, string | null | undefined, string | null>;
  latency_ms: number | null;
}

export interface ComplianceApplicationOrderTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'application_order'>;
  campaign_id: Id<'campaign'>;
  application_id: Uuid | null;
  application_name: string;
  channel: 'sql' | 'pull' | 'webhook' | 'file' | 'email' | 'socle';
  action: 'erase' | 'anonymise' | 'archive' | 'restrict' | 'suspend' | 'release' | 'export' | 'rectify';
  batch: number;
  generation: number;
  key: string;
  state: 'planned' | 'held' | 'sent' | 'received' | 'executed' | 'partly' | 'refused' | 'not_found' | 'failed' | 'verified' | 'contradicted';
  outcome: 'executed' | 'partly' | 'refused' | 'not_found' | 'failed' | null;
  reason: string | null;
  counts: Defaulted<Jsonb>;
  kept: Defaulted<Jsonb>;
  body_digest: Buffer | null;
  planned_at: Date;
  sent_at: Date | null;
  due_at: Date | null;
  received_at: Date | null;
  ended_at: Date | null;
  verified_at: Date | null;
  escalated_at: Date | null;
  tries: Generated<number>;
  problem: ColumnType<Json | null, string | null | undefined, string | null>;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
  delivered_at: Date | null;
  given_until: Date | null;
  slot_at: Date | null;
  escalation: Generated<number>;
  superseded_at: Date | null;
  failed_answers: Generated<number>;
  retry_at: Date | null;
  notices: Defaulted<Jsonb>;
}

export interface ComplianceCampaignTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'campaign'>;
  kind: 'request' | 'purge';
  action: 'erase' | 'anonymise' | 'archive' | 'restrict' | 'suspend' | 'release' | 'export' | 'rectify';
  created_at: Date;
  ended_at: Date | null;
}

export interface ComplianceCampaignApplicationTable {
  org: Generated<Id<'organisation'>>;
  campaign_id: Id<'campaign'>;
  application_id: Uuid;
  application_name: string;
  channel: 'sql' | 'pull' | 'webhook' | 'file' | 'email';
  plan: ColumnType<Json | null, string | null | undefined, string | null>;
  slug: string;
  problem: ColumnType<Json | null, string | null | undefined, string | null>;
  digest: Buffer | null;
  backup_horizon_days: number;
  answer_time_days: number;
  frozen_at: Date;
  batch_size: Generated<number>;
}

export interface ComplianceCampaignSubjectTable {
  org: Generated<Id<'organisation'>>;
  campaign_id: Id<'campaign'>;
  person_id: Uuid;
  batch: number;
}

export interface ComplianceConformanceOrderTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'conformance_order'>;
  run_id: Id<'conformance_run'>;
  case_id: string;
  place: number;
  body: Buffer;
  digest: Buffer;
  persons: Jsonb;
  hold: Generated<number>;
  sent: Defaulted<Jsonb>;
  receipts: Generated<number>;
  answers: Defaulted<Jsonb>;
  taken: Buffer | null;
  offered_at: Date | null;
  fetched: Generated<number>;
}

export interface ComplianceConformanceRunTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'conformance_run'>;
  application_id: Uuid;
  state: 'running' | 'passed' | 'failed';
  started_at: Date;
  started_by: string;
  ended_at: Date | null;
  case_at: Generated<number>;
  step_at: Generated<number>;
  step_since: Date;
  restart: Generated<'never' | 'down' | 'seen' | 'told'>;
  results: Defaulted<Jsonb>;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
  channel: Generated<'webhook' | 'pull'>;
}

export interface ComplianceDeliveryTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'delivery'>;
  order_id: Id<'application_order'>;
  application_id: Uuid;
  digest: Buffer;
  at: Date;
  latency_ms: number;
  result: 'received' | 'handed_over' | 'unreached' | 'rejected';
  problem: ColumnType<Json | null, string | null | undefined, string | null>;
}

export interface ComplianceDropWatchTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'drop_watch'>;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceFileRetentionTable {
  org: Generated<Id<'organisation'>>;
  months: number;
  source: string;
  set_at: Date;
  set_by: string;
}

export interface ComplianceHoldTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'hold'>;
  person_id: Uuid;
  ground: 'legal_claims' | 'legal_obligation' | 'accuracy_contested' | 'restriction_asked' | 'needed_by_person' | 'objection_examined';
  categories: string[] | null;
  words: Buffer | null;
  ends_on: string | null;
  placed_at: Date;
  placed_by: string;
  ended_at: Date | null;
  ended_how: 'released' | 'end_date' | null;
  ended_by: string | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceIdentityTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'identity'>;
  profile_id: Id<'profile'>;
  kind: string;
  sealed: Buffer;
  created_at: Date;
}

export interface ComplianceIdentityLookupTable {
  org: Generated<Id<'organisation'>>;
  hash: Buffer;
  key_version: number;
  person_id: Uuid;
}

export interface ComplianceIdentityRequestTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'identity_request'>;
  request_id: Id<'request'>;
  reason: string;
  requested_at: Date;
  received_at: Date | null;
}

export interface ComplianceIdentityReviewTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'identity_review'>;
  person_id: Uuid;
  other_person_id: Uuid;
  kind: string;
  contradiction: string;
  state: 'open' | 'same' | 'different';
  request_id: Uuid | null;
  created_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
}

export interface ComplianceLetterTemplateTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'letter_template'>;
  kind: 'acknowledgement' | 'identity_request' | 'extension' | 'complete_answer' | 'partial_answer' | 'not_found' | 'refusal';
  language: 'fr' | 'en';
  controller_id: Uuid | null;
  subject: string | null;
  body: string | null;
  made_at: Date;
  made_by: string;
}

export interface ComplianceOrderAnswerTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'order_answer'>;
  order_id: Id<'application_order'>;
  kind: 'order' | 'receipt' | 'outcome' | 'proof' | 'verification' | 'hand_check';
  body: Jsonb;
  digest: Buffer;
  at: Date;
  signature: string | null;
  signing_key_id: Uuid | null;
}

export interface ComplianceOrderCaptureTable {
  org: Generated<Id<'organisation'>>;
  order_id: Id<'application_order'>;
  sealed: Buffer;
  captured_at: Date;
}

export interface ComplianceOrderDropTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'application_order'>;
  application_id: Uuid;
  folder: string;
  file_name: string;
  meant_at: Date;
  deleted_at: Date | null;
}

export interface ComplianceOrderPersonTable {
  org: Generated<Id<'organisation'>>;
  order_id: Id<'application_order'>;
  person_id: Uuid;
  ref: string;
  outcome: 'executed' | 'partly' | 'refused' | 'not_found' | 'failed' | null;
  reason: string | null;
  until: string | null;
  counts: ColumnType<Json | null, string | null | undefined, string | null>;
}

export interface ComplianceOrderTaskTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'application_order'>;
  opened_at: Date;
  reminders: Generated<number>;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface CompliancePersonTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'person'>;
  secret: Buffer;
  joined_into: Uuid | null;
  created_at: Date;
}

export interface CompliancePersonJoinTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'person_join'>;
  kept_id: Uuid;
  other_id: Uuid;
  found_by: 'identifiers' | 'review';
  kinds: string[];
  profiles: Uuid[];
  followers: Uuid[];
  joined_at: Date;
  joined_by: string;
  undone_at: Date | null;
  undone_by: string | null;
}

export interface ComplianceProfileTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'profile'>;
  person_id: Id<'person'>;
  application_id: Uuid | null;
  request_id: Uuid | null;
  created_at: Date;
}

export interface ComplianceReissueLedgerTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'reissue_ledger'>;
  campaign_id: Id<'campaign'>;
  person_id: Uuid;
  sealed: Buffer;
  created_at: Date;
  ends_at: Date;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceRequestTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'request'>;
  number: string;
  state: 'received' | 'qualified' | 'identity_checked' | 'planned' | 'in_progress' | 'answered' | 'verified' | 'closed' | 'refused' | 'withdrawn';
  right_asked: string;
  controller_id: Uuid | null;
  intake: 'form' | 'email' | 'post' | 'phone' | 'store' | 'api' | 'cli';
  language: 'fr' | 'en';
  received_on: string;
  due_on: string;
  person_id: Uuid;
  contact: Buffer | null;
  opening_entry: Uuid | null;
  answer_mode: 'manual' | 'automatic';
  identity_by: 'operator' | 'contact_channel' | 'signed_in' | 'document' | null;
  identity_at: Date | null;
  plan_digest: Buffer | null;
  planned_at: Date | null;
  plan_changed_at: Date | null;
  extension_on: string | null;
  extension_reason: 'complexity' | 'number_of_requests' | null;
  answered_at: Date | null;
  answer_kind: 'complete' | 'partial' | 'not_found' | 'refusal' | null;
  answer_final_at: Date | null;
  letter: Buffer | null;
  letter_digest: Buffer | null;
  answer_message_id: Uuid | null;
  letter_posted_at: Date | null;
  refusal_ground: string | null;
  assignee_id: Uuid | null;
  verified_at: Date | null;
  closed_at: Date | null;
  version: Generated<number>;
  created_at: Date;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceRequestFileTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'request'>;
  over_on: string;
  ends_on: string;
  forgotten_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ComplianceRequestStepTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'request_step'>;
  request_id: Id<'request'>;
  at: Date;
  actor: string;
  kind: string;
  data: Jsonb;
  note: Buffer | null;
}

export interface ComplianceRestorationTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'restoration'>;
  application_id: Uuid;
  restored_to: Date;
  declared_at: Date;
  declared_by: string;
  orders: number;
  unsendable: number;
}

export interface ComplianceTaskMessageTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'task_message'>;
  order_id: Id<'application_order'>;
  contact: Buffer;
  kind: 'first' | 'reminder' | 'fresh';
  at: Date;
}

export interface ComplianceTaskProofTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'task_proof'>;
  order_id: Id<'application_order'>;
  person_id: Uuid;
  digest: Buffer;
  media_type: string;
  size_bytes: number;
  sealed: Buffer | null;
  at: Date;
}

export interface ComplianceTombstoneTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'tombstone'>;
  hash: Buffer;
  kind: string;
  key_version: number;
  laid_on: string;
  ends_on: string;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
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
  body: string;
}

export interface JournalSigningKeyTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'signing_key'>;
  sealed: Buffer;
  created_at: Date;
  retired_at: Date | null;
}

export interface JournalTileTable {
  org: Generated<Id<'organisation'>>;
  level: number;
  index: bigint;
  hashes: Buffer;
}

export interface ObjectsBulkTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'bulk'>;
  type: string;
  transition: string;
  actor: Jsonb;
  rights: Jsonb;
  total: number;
  asked_at: Date;
  finished_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsBulkItemTable {
  org: Generated<Id<'organisation'>>;
  bulk: Id<'bulk'>;
  position: number;
  reference: string;
  status: Generated<'waiting' | 'done' | 'refused'>;
  reasons: Defaulted<Jsonb>;
}

export interface ObjectsCommentTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'comment'>;
  type: string;
  object: Uuid;
  at: Date;
  author: string;
  sealed: Buffer | null;
  decided_on: string | null;
  edited_at: Date | null;
  removed_at: Date | null;
}

export interface ObjectsContentTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'content'>;
  digest: Buffer | null;
  size_bytes: Generated<bigint>;
  state: 'arriving' | 'checking' | 'kept' | 'quarantined';
  found: string | null;
  holders: Generated<number>;
  made_at: Date;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsContentPieceTable {
  org: Generated<Id<'organisation'>>;
  content: Id<'content'>;
  place: number;
  bytes: Buffer;
}

export interface ObjectsFileTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'file'>;
  content: Id<'content'>;
  name: string;
  media_type: string;
  size_bytes: bigint;
  width: number | null;
  height: number | null;
  type: string | null;
  object: Uuid | null;
  attribute: string | null;
  added_at: Date;
  added_by: string;
  released_at: Date | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsFollowerTable {
  org: Generated<Id<'organisation'>>;
  object: Uuid;
  type: string;
  user_id: Uuid;
  since: Date;
}

export interface ObjectsHistoryTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'history'>;
  type: string;
  object: Uuid;
  version: number;
  at: Date;
  actor: string;
  source: string;
  action: string;
  transition: string | null;
  changes: Jsonb;
  sealed: Buffer | null;
}

export interface ObjectsImportTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'import'>;
  type: string;
  file_name: string;
  size_bytes: bigint;
  format: 'csv' | 'json' | 'xlsx';
  encoding: string;
  delimiter: string | null;
  columns: Jsonb;
  options: ColumnType<Json | null, string | null | undefined, string | null>;
  state: 'uploaded' | 'checking' | 'checked' | 'applying' | 'done' | 'undoing' | 'undone' | 'cancelled' | 'failed';
  is_paused: Generated<boolean>;
  is_all: Generated<boolean>;
  asker: Jsonb;
  fingerprint: string | null;
  lines_done: Generated<bigint>;
  lines_total: bigint | null;
  step_started_at: Date | null;
  created_count: Generated<bigint>;
  updated_count: Generated<bigint>;
  same_count: Generated<bigint>;
  skipped_count: Generated<bigint>;
  refused_count: Generated<bigint>;
  kept_count: Generated<bigint>;
  failure: ColumnType<Json | null, string | null | undefined, string | null>;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsImportEffectTable {
  org: Generated<Id<'organisation'>>;
  import: Uuid;
  object: Uuid;
  line: bigint;
  version: number;
  is_created: boolean;
  kept: 'changed' | 'referred' | null;
}

export interface ObjectsImportFileTable {
  org: Generated<Id<'organisation'>>;
  import: Uuid;
  part: number;
  bytes: Buffer;
}

export interface ObjectsImportLineTable {
  org: Generated<Id<'organisation'>>;
  import: Uuid;
  line: bigint;
  verdict: 'create' | 'update' | 'same' | 'skip' | 'refuse';
  object: Uuid | null;
  key: string | null;
  values: Jsonb;
}

export interface ObjectsImportProblemTable {
  org: Generated<Id<'organisation'>>;
  import: Uuid;
  line: bigint;
  place: number;
  column_name: string | null;
  code: string;
  text: Jsonb;
}

export interface ObjectsLinkTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'link'>;
  relation: string;
  from_id: Uuid;
  to_id: Uuid;
  said: Jsonb;
  created_at: Date;
  created_by: string;
}

export interface ObjectsMentionTable {
  org: Generated<Id<'organisation'>>;
  comment: Id<'comment'>;
  user_id: Uuid;
  at: Date;
}

export interface ObjectsModelDraftTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'model_draft'>;
  pack: string;
  began_from: number;
  body: string;
  version: Generated<number>;
  submitted_at: Date | null;
  changed_at: Date;
  changed_by: string;
}

export interface ObjectsNoticeMailTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'user'>;
  rhythm: Generated<'soon' | 'daily' | 'never'>;
  daily_hour: Generated<number>;
  quiet_from: number | null;
  quiet_to: number | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsNotificationTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'notification'>;
  user_id: Id<'user'>;
  type: string;
  object: Uuid;
  title: Jsonb;
  body: ColumnType<Json | null, string | null | undefined, string | null>;
  at: Date;
  read_at: Date | null;
  mailed_at: Date | null;
}

export interface ObjectsScheduleDoneTable {
  org: Generated<Id<'organisation'>>;
  type: string;
  rule: string;
  object: Uuid;
  occurrence: string;
  at: Date;
  refusal: ColumnType<Json | null, string | null | undefined, string | null>;
}

export interface ObjectsScheduleWatchTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'schedule_watch'>;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsSecretTable {
  org: Generated<Id<'organisation'>>;
  object: Uuid;
  secret: Buffer;
}

export interface ObjectsSequenceTable {
  org: Generated<Id<'organisation'>>;
  type: string;
  frame: string;
  last: bigint;
  last_at: Date | null;
}

export interface ObjectsTaskTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'task'>;
  type: string;
  object: Uuid;
  title: string;
  assignee: Id<'user'> | null;
  role: string | null;
  due_on: string | null;
  created_at: Date;
  created_by: string;
  done_at: Date | null;
  done_by: string | null;
  next_at: Date | null;
  leased_by: Uuid | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface ObjectsTickTable {
  org: Generated<Id<'organisation'>>;
  object: Uuid;
  transition: string;
  item: string;
  at: Date;
  actor: string;
}

export interface RepositoryCatalogueTable {
  org: Generated<Id<'organisation'>>;
  application_id: Uuid;
  digest: string;
  catalogue: Jsonb;
  read_at: Date;
}

export interface RepositoryConnectionTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'connection'>;
  application_id: Uuid;
  channel: 'sql' | 'webhook' | 'pull' | 'file' | 'email';
  sealed_url: Buffer | null;
  place: string | null;
  identities: Defaulted<Jsonb>;
  map: string | null;
  limits: Defaulted<Jsonb>;
  version: Generated<number>;
  created_at: Date;
  updated_at: Date;
}

export interface RepositoryFieldTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'field'>;
  application_id: Uuid;
  table_id: Id<'source_table'>;
  schema_name: string;
  table_name: string;
  column_name: string;
  position: number;
  type: string;
  is_nullable: boolean;
  is_primary_key: boolean;
  is_unique: boolean;
  references_to: string | null;
  comment: string | null;
  proposed_category: string;
  confidence: number;
  reasons: Jsonb;
  identity_kind: string | null;
  verdict: string | null;
  verdict_note: string | null;
  verdict_by: string | null;
  verdict_at: Date | null;
  category: GeneratedAlways<string>;
  is_undecided: GeneratedAlways<boolean>;
  first_seen: Date;
  harvested_at: Date;
  gone_at: Date | null;
}

export interface RepositoryHarvestTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'harvest'>;
  application_id: Uuid;
  started_at: Date;
  finished_at: Date;
  actor: string;
  schema_digest: string;
  created: number;
  changed: number;
  unchanged: number;
  withdrawn: number;
}

export interface RepositoryPlanTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'plan'>;
  application_id: Uuid;
  digest: string;
  schema_digest: string;
  plan: Jsonb;
  made_at: Date;
}

export interface RepositorySourceTableTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'source_table'>;
  application_id: Uuid;
  schema_name: string;
  table_name: string;
  kind: string;
  comment: string | null;
  row_estimate: bigint | null;
  role: 'persons' | 'belongings' | 'activity' | 'reference';
  role_confidence: number;
  first_seen: Date;
  harvested_at: Date;
  gone_at: Date | null;
}

export interface RepositoryVerdictTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'verdict'>;
  field_id: Id<'field'>;
  category: string | null;
  note: string | null;
  actor: string;
  at: Date;
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

export interface ViewsSavedTable {
  org: Generated<Id<'organisation'>>;
  id: Id<'saved'>;
  owner: string;
  user_id: Id<'user'> | null;
  name: string;
  type: string;
  says: Jsonb;
  shared_with: Generated<string[]>;
  is_pinned: Generated<boolean>;
  created_at: Date;
  updated_at: Date;
}

export interface Database {
  'access.api_key': AccessApiKeyTable;
  'access.attempt': AccessAttemptTable;
  'access.example_load': AccessExampleLoadTable;
  'access.organisation': AccessOrganisationTable;
  'access.outbox_message': AccessOutboxMessageTable;
  'access.perimeter': AccessPerimeterTable;
  'access.session': AccessSessionTable;
  'access.user': AccessUserTable;
  'compliance.address_confirmation': ComplianceAddressConfirmationTable;
  'compliance.answer_copy': ComplianceAnswerCopyTable;
  'compliance.answer_file': ComplianceAnswerFileTable;
  'compliance.application_credential': ComplianceApplicationCredentialTable;
  'compliance.application_line': ComplianceApplicationLineTable;
  'compliance.application_order': ComplianceApplicationOrderTable;
  'compliance.campaign': ComplianceCampaignTable;
  'compliance.campaign_application': ComplianceCampaignApplicationTable;
  'compliance.campaign_subject': ComplianceCampaignSubjectTable;
  'compliance.conformance_order': ComplianceConformanceOrderTable;
  'compliance.conformance_run': ComplianceConformanceRunTable;
  'compliance.delivery': ComplianceDeliveryTable;
  'compliance.drop_watch': ComplianceDropWatchTable;
  'compliance.file_retention': ComplianceFileRetentionTable;
  'compliance.hold': ComplianceHoldTable;
  'compliance.identity': ComplianceIdentityTable;
  'compliance.identity_lookup': ComplianceIdentityLookupTable;
  'compliance.identity_request': ComplianceIdentityRequestTable;
  'compliance.identity_review': ComplianceIdentityReviewTable;
  'compliance.letter_template': ComplianceLetterTemplateTable;
  'compliance.order_answer': ComplianceOrderAnswerTable;
  'compliance.order_capture': ComplianceOrderCaptureTable;
  'compliance.order_drop': ComplianceOrderDropTable;
  'compliance.order_person': ComplianceOrderPersonTable;
  'compliance.order_task': ComplianceOrderTaskTable;
  'compliance.person': CompliancePersonTable;
  'compliance.person_join': CompliancePersonJoinTable;
  'compliance.profile': ComplianceProfileTable;
  'compliance.reissue_ledger': ComplianceReissueLedgerTable;
  'compliance.request': ComplianceRequestTable;
  'compliance.request_file': ComplianceRequestFileTable;
  'compliance.request_step': ComplianceRequestStepTable;
  'compliance.restoration': ComplianceRestorationTable;
  'compliance.task_message': ComplianceTaskMessageTable;
  'compliance.task_proof': ComplianceTaskProofTable;
  'compliance.tombstone': ComplianceTombstoneTable;
  'journal.checkpoint': JournalCheckpointTable;
  'journal.entry': JournalEntryTable;
  'journal.pending': JournalPendingTable;
  'journal.signing_key': JournalSigningKeyTable;
  'journal.tile': JournalTileTable;
  'objects.bulk': ObjectsBulkTable;
  'objects.bulk_item': ObjectsBulkItemTable;
  'objects.comment': ObjectsCommentTable;
  'objects.content': ObjectsContentTable;
  'objects.content_piece': ObjectsContentPieceTable;
  'objects.file': ObjectsFileTable;
  'objects.follower': ObjectsFollowerTable;
  'objects.history': ObjectsHistoryTable;
  'objects.import': ObjectsImportTable;
  'objects.import_effect': ObjectsImportEffectTable;
  'objects.import_file': ObjectsImportFileTable;
  'objects.import_line': ObjectsImportLineTable;
  'objects.import_problem': ObjectsImportProblemTable;
  'objects.link': ObjectsLinkTable;
  'objects.mention': ObjectsMentionTable;
  'objects.model_draft': ObjectsModelDraftTable;
  'objects.notice_mail': ObjectsNoticeMailTable;
  'objects.notification': ObjectsNotificationTable;
  'objects.schedule_done': ObjectsScheduleDoneTable;
  'objects.schedule_watch': ObjectsScheduleWatchTable;
  'objects.secret': ObjectsSecretTable;
  'objects.sequence': ObjectsSequenceTable;
  'objects.task': ObjectsTaskTable;
  'objects.tick': ObjectsTickTable;
  'repository.catalogue': RepositoryCatalogueTable;
  'repository.connection': RepositoryConnectionTable;
  'repository.field': RepositoryFieldTable;
  'repository.harvest': RepositoryHarvestTable;
  'repository.plan': RepositoryPlanTable;
  'repository.source_table': RepositorySourceTableTable;
  'repository.verdict': RepositoryVerdictTable;
  'store.idempotency': StoreIdempotencyTable;
  'views.saved': ViewsSavedTable;
}

export type { Generated, GeneratedAlways };
