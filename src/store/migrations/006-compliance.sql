-- Data compliance: persons and their identifiers, requests, and the orders that applications are sent.
--
-- What names a person is sealed under that person's own secret (compliance.person.secret): forgetting is deleting that
-- row. Ids of persons that remain elsewhere (orders, subjects, requests) then name nobody, so nothing but profiles and
-- identities refers to compliance.person.
create schema compliance;

-- The data subject: an id and one secret of 32 bytes, sealed under the organisation's key. A person found to be another
-- (joined_into) keeps its row for what was sealed under its secret; both are forgotten together.
create table compliance.person (
  org uuid not null default store.current_org(),
  id uuid not null,
  secret bytea not null,
  joined_into uuid,
  created_at timestamptz not null,
  primary key (org, id)
);
create index person_by_join on compliance.person (org, joined_into) where joined_into is not null;
select store.protect('compliance.person');

-- What one application (or a request: no application) knows of a person. A join changes only the profile's person.
create table compliance.profile (
  org uuid not null default store.current_org(),
  id uuid not null,
  person_id uuid not null,
  application_id uuid,
  request_id uuid,
  created_at timestamptz not null,
  primary key (org, id),
  foreign key (org, person_id) references compliance.person (org, id) on delete cascade
);
create index profile_by_person on compliance.profile (org, person_id);
create index profile_by_request on compliance.profile (org, request_id) where request_id is not null;
select store.protect('compliance.profile');

-- An identifier of a profile, normalised, sealed under the person's identity key.
create table compliance.identity (
  org uuid not null default store.current_org(),
  id uuid not null,
  profile_id uuid not null,
  kind text not null,
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (org, id),
  foreign key (org, profile_id) references compliance.profile (org, id) on delete cascade
);
create index identity_by_profile on compliance.identity (org, profile_id);
select store.protect('compliance.identity');

-- Finds persons by an identifier: keyed hash (HMAC) of kind and normalised value. By hash, not by person: nothing here
-- lists the identifiers of one person. Old key versions stay for look-up.
create table compliance.identity_lookup (
  org uuid not null default store.current_org(),
  hash bytea not null,
  key_version smallint not null,
  person_id uuid not null,
  primary key (org, hash, key_version, person_id)
);
select store.protect('compliance.identity_lookup');

-- Two persons that share an identifier and contradict each other: a human decides whether they are one.
create table compliance.identity_review (
  org uuid not null default store.current_org(),
  id uuid not null,
  person_id uuid not null,
  other_person_id uuid not null,
  kind text not null,
  contradiction text not null,
  state text not null check (state in ('open', 'same', 'different')),
  request_id uuid,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  primary key (org, id)
);
create index identity_review_by_person on compliance.identity_review (org, person_id, state);
create index identity_review_by_other on compliance.identity_review (org, other_person_id, state);
create index identity_review_by_request on compliance.identity_review (org, request_id) where request_id is not null;
select store.protect('compliance.identity_review');

-- Orders for one person (a request) or for many (a purge): the same tables, the same code.
create table compliance.campaign (
  org uuid not null default store.current_org(),
  id uuid not null,
  kind text not null check (kind in ('request', 'purge')),
  action text not null check (action in ('erase', 'anonymise', 'archive', 'restrict', 'suspend', 'release', 'export', 'rectify')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (org, id)
);
select store.protect('compliance.campaign');

-- Whom a campaign is about, and in which batch. The person's id names nobody once the person is forgotten.
create table compliance.campaign_subject (
  org uuid not null default store.current_org(),
  campaign_id uuid not null,
  person_id uuid not null,
  batch integer not null,
  primary key (org, campaign_id, batch, person_id),
  foreign key (org, campaign_id) references compliance.campaign (org, id)
);
create index campaign_subject_by_person on compliance.campaign_subject (org, person_id);
select store.protect('compliance.campaign_subject');

-- The plan of a campaign, frozen when it starts: one line an application, with the plan of its channel and its digest.
create table compliance.campaign_application (
  org uuid not null default store.current_org(),
  campaign_id uuid not null,
  application_id uuid not null,
  application_name text not null,
  channel text not null check (channel in ('sql', 'pull', 'webhook', 'file', 'email')),
  plan jsonb,
  slug text not null,
  problem jsonb,
  digest bytea,
  backup_horizon_days integer not null,
  answer_time_days integer not null,
  frozen_at timestamptz not null,
  primary key (org, campaign_id, application_id),
  foreign key (org, campaign_id) references compliance.campaign (org, id)
);
select store.protect('compliance.campaign_application');

-- A person exercises a right. The object of the model (type request) holds what people read and filter; this row, of
-- the same id, holds what the code needs to lead it. `contact` and `letter` are sealed under the person's secret.
create table compliance.request (
  org uuid not null default store.current_org(),
  id uuid not null,
  number text not null,
  state text not null check (state in ('received', 'qualified', 'identity_checked', 'planned', 'in_progress', 'answered',
    'verified', 'closed', 'refused', 'withdrawn')),
  right_asked text not null check (right_asked in ('erasure')),
  controller_id uuid,
  intake text not null check (intake in ('form', 'email', 'post', 'phone', 'store', 'api', 'cli')),
  language text not null check (language in ('fr', 'en')),
  received_on date not null,
  due_on date not null,
  person_id uuid not null,
  contact bytea,
  opening_entry uuid,
  answer_mode text not null check (answer_mode in ('manual', 'automatic')),
  identity_by text check (identity_by in ('operator', 'contact_channel', 'signed_in', 'document')),
  identity_at timestamptz,
  plan_digest bytea,
  planned_at timestamptz,
  plan_changed_at timestamptz,
  extension_on date,
  extension_reason text check (extension_reason in ('complexity', 'number_of_requests')),
  answered_at timestamptz,
  answer_kind text check (answer_kind in ('complete', 'partial', 'not_found', 'refusal')),
  answer_final_at timestamptz,
  letter bytea,
  letter_digest bytea,
  answer_message_id uuid,
  letter_posted_at timestamptz,
  refusal_ground text,
  assignee_id uuid,
  verified_at timestamptz,
  closed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create unique index request_by_number on compliance.request (org, number);
create index request_due on compliance.request (org, next_at) where next_at is not null;
create index request_by_person on compliance.request (org, person_id);
create index request_open on compliance.request (org, due_on, id) where state not in ('closed', 'refused', 'withdrawn');
create index request_by_state on compliance.request (org, state, due_on, id);
create index request_by_deadline on compliance.request (org, due_on, id);
create index request_by_controller on compliance.request (org, controller_id, due_on, id);
select store.protect('compliance.request');

-- Who did what, when, and what was checked. `note` is free text, sealed under the person's secret.
create table compliance.request_step (
  org uuid not null default store.current_org(),
  id uuid not null,
  request_id uuid not null,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  data jsonb not null,
  note bytea,
  primary key (org, id),
  foreign key (org, request_id) references compliance.request (org, id)
);
create index request_step_by_request on compliance.request_step (org, request_id, id);
select store.protect('compliance.request_step');

-- Identity information asked on reasonable doubt (GDPR art. 12(6)): the clock stands still until it arrives.
create table compliance.identity_request (
  org uuid not null default store.current_org(),
  id uuid not null,
  request_id uuid not null,
  reason text not null,
  requested_at timestamptz not null,
  received_at timestamptz,
  primary key (org, id),
  foreign key (org, request_id) references compliance.request (org, id)
);
create index identity_request_by_request on compliance.identity_request (org, request_id);
select store.protect('compliance.identity_request');

-- What one application must do for one batch of persons. `key` is cause/application/action/generation.
-- No application: Socle itself.
create table compliance.application_order (
  org uuid not null default store.current_org(),
  id uuid not null,
  campaign_id uuid not null,
  application_id uuid,
  application_name text not null,
  channel text not null check (channel in ('sql', 'pull', 'webhook', 'file', 'email', 'socle')),
  action text not null check (action in ('erase', 'anonymise', 'archive', 'restrict', 'suspend', 'release', 'export', 'rectify')),
  batch integer not null,
  generation integer not null check (generation > 0),
  key text not null,
  state text not null check (state in ('planned', 'held', 'sent', 'received', 'executed', 'partly', 'refused', 'not_found',
    'failed', 'verified', 'contradicted')),
  outcome text check (outcome in ('executed', 'partly', 'refused', 'not_found', 'failed')),
  reason text,
  counts jsonb not null default '{}',
  -- What stays because the map decided so: table, columns, reason, number of rows.
  kept jsonb not null default '[]',
  body_digest bytea,
  planned_at timestamptz not null,
  sent_at timestamptz,
  due_at timestamptz,
  received_at timestamptz,
  ended_at timestamptz,
  verified_at timestamptz,
  escalated_at timestamptz,
  tries integer not null default 0,
  problem jsonb,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, campaign_id) references compliance.campaign (org, id)
);
create unique index application_order_by_key on compliance.application_order (org, key);
create index application_order_due on compliance.application_order (org, next_at) where next_at is not null;
create index application_order_by_campaign on compliance.application_order (org, campaign_id);
create index application_order_by_application on compliance.application_order (org, application_id, state, id);
create index application_order_open on compliance.application_order (org, state, due_at)
  where state in ('planned', 'held', 'sent', 'received', 'failed', 'partly', 'contradicted');
select store.protect('compliance.application_order');

-- The persons of an order, each under the opaque reference that this application knows them by.
create table compliance.order_person (
  org uuid not null default store.current_org(),
  order_id uuid not null,
  person_id uuid not null,
  ref text not null,
  outcome text check (outcome in ('executed', 'partly', 'refused', 'not_found', 'failed')),
  reason text,
  until date,
  counts jsonb,
  primary key (org, order_id, person_id),
  foreign key (org, order_id) references compliance.application_order (org, id)
);
create index order_person_by_person on compliance.order_person (org, person_id);
select store.protect('compliance.order_person');

-- What an application answered, and what Socle itself saw: the documents whose digests the journal holds. No personal
-- value: references, counts, codes.
create table compliance.order_answer (
  org uuid not null default store.current_org(),
  id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('order', 'receipt', 'outcome', 'proof', 'verification')),
  body jsonb not null,
  digest bytea not null,
  at timestamptz not null,
  primary key (org, id),
  foreign key (org, order_id) references compliance.application_order (org, id)
);
create index order_answer_by_order on compliance.order_answer (org, order_id, id);
select store.protect('compliance.order_answer');

-- The keys of the rows to erase and their counts, persisted before anything is executed, sealed under the ledger key:
-- after a crash they tell "already done" from "was never there". Destroyed when the order is verified.
create table compliance.order_capture (
  org uuid not null default store.current_org(),
  order_id uuid not null,
  sealed bytea not null,
  captured_at timestamptz not null,
  primary key (org, order_id),
  foreign key (org, order_id) references compliance.application_order (org, id)
);
select store.protect('compliance.order_capture');

-- Keyed hashes of a forgotten person's identifiers, to recognise a reappearance. Still personal data: each ends.
create table compliance.tombstone (
  org uuid not null default store.current_org(),
  id uuid not null,
  hash bytea not null,
  kind text not null,
  key_version smallint not null,
  laid_on date not null,
  ends_on date not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create index tombstone_by_hash on compliance.tombstone (org, hash);
create index tombstone_due on compliance.tombstone (org, next_at) where next_at is not null;
select store.protect('compliance.tombstone');

-- Sealed identifiers of an erased person, kept for the longest backup horizon of the applications concerned, so that an
-- order can be sent again after a restoration; then destroyed.
create table compliance.reissue_ledger (
  org uuid not null default store.current_org(),
  id uuid not null,
  campaign_id uuid not null,
  person_id uuid not null,
  sealed bytea not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, campaign_id) references compliance.campaign (org, id)
);
create unique index reissue_ledger_by_subject on compliance.reissue_ledger (org, campaign_id, person_id);
create index reissue_ledger_due on compliance.reissue_ledger (org, next_at) where next_at is not null;
select store.protect('compliance.reissue_ledger');

-- An application told that it was restored from a backup: every order executed since is sent again.
create table compliance.restoration (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  restored_to timestamptz not null,
  declared_at timestamptz not null,
  declared_by text not null,
  orders integer not null,
  unsendable integer not null,
  primary key (org, id)
);
create index restoration_by_application on compliance.restoration (org, application_id, declared_at);
select store.protect('compliance.restoration', 'select, insert');
