-- Imports: files of objects, checked line by line, then written. Each is due work, and the record of what it did.
create table objects.import (
  org uuid not null default store.current_org(),
  id uuid not null,
  type text not null,
  file_name text not null,
  size_bytes bigint not null,
  format text not null check (format in ('csv', 'json', 'xlsx')),
  encoding text not null,
  delimiter text,
  -- The file's columns with a few of their values, until the import ends.
  columns jsonb not null,
  -- How columns are read, what a line is recognised by, and what is done then; null before somebody said.
  options jsonb,
  state text not null check (state in ('uploaded', 'checking', 'checked', 'applying', 'done', 'undoing', 'undone', 'cancelled', 'failed')),
  is_paused boolean not null default false,
  -- All lines or none; false: the good ones.
  is_all boolean not null default true,
  -- Whose rights apply: those of whoever asked for the last step.
  asker jsonb not null,
  -- The model it was checked against.
  fingerprint text,
  -- Of the present step: lines done, of how many (null: not known yet), since when.
  lines_done bigint not null default 0,
  lines_total bigint,
  step_started_at timestamptz,
  created_count bigint not null default 0,
  updated_count bigint not null default 0,
  same_count bigint not null default 0,
  skipped_count bigint not null default 0,
  refused_count bigint not null default 0,
  -- Of an undo: objects changed or referred to since, which stayed.
  kept_count bigint not null default 0,
  failure jsonb,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create index import_due on objects.import (org, next_at) where next_at is not null;
create index import_by_age on objects.import (org, created_at, id);
select store.protect('objects.import');

-- The file as it was sent, in pieces: any process can go on with it. Deleted when the import ends.
create table objects.import_file (
  org uuid not null default store.current_org(),
  import uuid not null,
  part integer not null,
  bytes bytea not null,
  primary key (org, import, part)
);
select store.protect('objects.import_file');

-- Each line of the file once it was read: what is to be done with it. Deleted when the import ends.
create table objects.import_line (
  org uuid not null default store.current_org(),
  import uuid not null,
  line bigint not null,
  verdict text not null check (verdict in ('create', 'update', 'same', 'skip', 'refuse')),
  object uuid,
  -- Values of what a line is recognised by; null without.
  key text,
  -- By attribute, as the API says them; references are ids.
  values jsonb not null,
  primary key (org, import, line)
);
select store.protect('objects.import_line');

-- What is wrong in a line, in words; never the value itself.
create table objects.import_problem (
  org uuid not null default store.current_org(),
  import uuid not null,
  line bigint not null,
  place integer not null,
  column_name text,
  code text not null,
  text jsonb not null,
  primary key (org, import, line, place)
);
select store.protect('objects.import_problem');

-- What an import did, for as long as it can be undone: the object, and its version once written.
create table objects.import_effect (
  org uuid not null default store.current_org(),
  import uuid not null,
  object uuid not null,
  line bigint not null,
  version integer not null,
  is_created boolean not null,
  -- Why it stayed when the import was undone; null while it is undone or wasn't asked to.
  kept text check (kept in ('changed', 'referred')),
  primary key (org, import, object)
);
create index import_effect_by_line on objects.import_effect (org, import, line);
select store.protect('objects.import_effect');
