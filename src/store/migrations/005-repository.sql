-- The repository: how each application is reached, and the dictionary of its fields. An application itself is an object of
-- the model (pack architecture); application_id is its id. No table here holds a value of an application's rows.
create schema repository;

-- One per application. The address holds a password: sealed under the organisation's key for applications, its place
-- (host, port, database) apart so that pages can show where without opening it.
create table repository.connection (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  channel text not null check (channel in ('sql', 'webhook', 'pull', 'file', 'email')),
  sealed_url bytea,
  place text,
  -- [{ "kind": "email", "column": "schema.table.column" }], as declared; what detection deduces is in the dictionary.
  identities jsonb not null default '[]',
  map text,
  limits jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org, id),
  unique (org, application_id),
  check (channel <> 'sql' or (sealed_url is not null and place is not null))
);
select store.protect('repository.connection');

-- The last schema read, as the channel understands it: what plans are made of when the application can't be reached.
-- Written only when it differs.
create table repository.catalogue (
  org uuid not null default store.current_org(),
  application_id uuid not null,
  digest text not null,
  catalogue jsonb not null,
  read_at timestamptz not null,
  primary key (org, application_id)
);
select store.protect('repository.catalogue');

-- Each reading of an application's schema, and what it changed in the dictionary.
create table repository.harvest (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  actor text not null,
  schema_digest text not null,
  created integer not null,
  changed integer not null,
  unchanged integer not null,
  withdrawn integer not null,
  primary key (org, id)
);
create index harvest_latest on repository.harvest (org, application_id, finished_at desc);
select store.protect('repository.harvest');

-- Tables of applications. The row estimate moves all the time: it is written only when it has doubled or halved.
create table repository.source_table (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  schema_name text not null,
  table_name text not null,
  kind text not null,
  comment text,
  row_estimate bigint,
  -- What its rows are to persons: persons, belongings, activity or reference.
  role text not null check (role in ('persons', 'belongings', 'activity', 'reference')),
  role_confidence smallint not null check (role_confidence between 0 and 100),
  first_seen timestamptz not null,
  harvested_at timestamptz not null,
  gone_at timestamptz,
  primary key (org, id),
  unique (org, application_id, schema_name, table_name)
);
select store.protect('repository.source_table');

-- The data dictionary. A human verdict is kept for ever and overrides the proposal, which each harvest may renew.
create table repository.field (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  table_id uuid not null,
  schema_name text not null,
  table_name text not null,
  column_name text not null,
  position integer not null,
  type text not null,
  is_nullable boolean not null,
  is_primary_key boolean not null,
  is_unique boolean not null,
  -- `schema.table.column` that a foreign key of this column alone points to.
  references_to text,
  comment text,
  proposed_category text not null,
  confidence smallint not null check (confidence between 0 and 100),
  -- [{ "fr": …, "en": … }]: why the category is proposed.
  reasons jsonb not null,
  -- The kind of identifier that finds a person by this column, when detection saw one.
  identity_kind text,
  verdict text,
  verdict_note text,
  verdict_by text,
  verdict_at timestamptz,
  category text not null generated always as (coalesce(verdict, proposed_category)) stored,
  is_undecided boolean not null generated always as (verdict is null and confidence < 50) stored,
  first_seen timestamptz not null,
  harvested_at timestamptz not null,
  gone_at timestamptz,
  primary key (org, id),
  unique (org, application_id, schema_name, table_name, column_name),
  foreign key (org, table_id) references repository.source_table (org, id) on delete cascade
);
create index field_by_place on repository.field (org, application_id, schema_name, table_name, position, id) where gone_at is null;
create index field_by_category on repository.field (org, application_id, category, schema_name, table_name, position, id) where gone_at is null;
create index field_undecided on repository.field (org, application_id, schema_name, table_name, position, id) where gone_at is null and is_undecided;
create index field_by_table on repository.field (org, table_id);
select store.protect('repository.field');

-- Every verdict ever given, so that who decided what, and why, stays readable.
create table repository.verdict (
  org uuid not null default store.current_org(),
  id uuid not null,
  field_id uuid not null,
  category text,
  note text,
  actor text not null,
  at timestamptz not null,
  primary key (org, id),
  foreign key (org, field_id) references repository.field (org, id) on delete cascade
);
create index verdict_by_field on repository.verdict (org, field_id, at desc);
select store.protect('repository.verdict', 'select, insert');

-- Erasure plans as they were made: a frozen request names one by its digest.
create table repository.plan (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  digest text not null,
  schema_digest text not null,
  plan jsonb not null,
  made_at timestamptz not null,
  primary key (org, id),
  unique (org, application_id, digest)
);
select store.protect('repository.plan', 'select, insert');
