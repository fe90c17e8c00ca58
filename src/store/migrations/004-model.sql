-- The model's own tables are made by the governed path (src/model/schema-change), one for each type, in schema `model`.
create schema model;

-- What the governed path remembers, for the installation as a whole: only the owner reads and writes it.

-- Each model that was applied, as its packs said it: a migration is frozen as data.
create table public.socle_model_version (
  number integer primary key,
  fingerprint text not null,
  packs jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz
);

-- Physical names of tables (column_name '') and columns, given once and never reused: a rename changes `type` or
-- `attribute` only, and what is removed from the model keeps its data under `retired_at`.
create table public.socle_model_name (
  table_name text not null,
  column_name text not null default '',
  type text not null,
  attribute text not null default '',
  -- What the column holds (`decimal:2`, `reference:device`): a change of it is a change of type.
  meaning text not null default '',
  retired_at timestamptz,
  primary key (table_name, column_name)
);
create unique index socle_model_name_in_use on public.socle_model_name (type, attribute) where retired_at is null;

-- Every statement the path has run.
create table public.socle_model_step (
  id bigint generated always as identity primary key,
  version integer not null references public.socle_model_version (number),
  statement text not null,
  done_at timestamptz not null
);

-- Objects of the model: what all types share.
create schema objects;

-- Words in the order people expect, whatever their case and accents. Comparisons under it are leakproof, so that sorting
-- and searching by a beginning use their index under row-level security, which lower() or LIKE would not.
create collation objects.folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false);

-- Counters of human numbers: one for each text around the counter (`BC-2026-`).
create table objects.sequence (
  org uuid not null default store.current_org(),
  type text not null,
  frame text not null,
  last bigint not null,
  primary key (org, type, frame)
);
select store.protect('objects.sequence');

-- Who changed what, from what to what. Values of personal attributes are in `sealed`, under the object's secret.
create table objects.history (
  org uuid not null default store.current_org(),
  id uuid not null,
  type text not null,
  object uuid not null,
  version integer not null,
  at timestamptz not null,
  actor text not null,
  source text not null,
  action text not null check (action in ('create', 'update', 'transition', 'delete')),
  transition text,
  changes jsonb not null,
  sealed bytea,
  primary key (org, id)
);
create index history_of_object on objects.history (org, object, id);
select store.protect('objects.history', 'select, insert');

-- One secret per object that has personal values, sealed under the organisation's key. Forgetting an object's past is
-- deleting its row: what history sealed can't be opened any more.
create table objects.secret (
  org uuid not null default store.current_org(),
  object uuid not null,
  secret bytea not null,
  primary key (org, object)
);
select store.protect('objects.secret', 'select, insert, delete');
