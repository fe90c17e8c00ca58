-- Stored files: their bytes once for each organisation, however many objects hold the same ones.

-- Bytes, in pieces. `arriving` until all have come; `checking` until the malware scan answers; `kept` may be read; `quarantined` was
-- refused by the scan and is never given out.
create table objects.content (
  org uuid not null default store.current_org(),
  id uuid not null,
  -- SHA-256 of the whole; null while it arrives.
  digest bytea,
  size_bytes bigint not null default 0,
  state text not null check (state in ('arriving', 'checking', 'kept', 'quarantined')),
  -- What the scan called what it found.
  found text,
  -- Files that hold it. At zero it goes, in the same transaction.
  holders integer not null default 0 check (holders >= 0),
  made_at timestamptz not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create unique index content_by_digest on objects.content (org, digest) where digest is not null;
create index content_due on objects.content (org, next_at) where next_at is not null;
select store.protect('objects.content');

-- Pieces of at most 512 KiB. Not compressed: most files are already.
create table objects.content_piece (
  org uuid not null default store.current_org(),
  content uuid not null,
  place integer not null,
  bytes bytea not null,
  primary key (org, content, place),
  foreign key (org, content) references objects.content (org, id) on delete cascade
);
alter table objects.content_piece alter column bytes set storage external;
select store.protect('objects.content_piece');

-- A file under its name: an upload while `object` is null, then held by an attribute of an object, or attached to it
-- (`attribute` null). When `next_at` comes it goes: an upload that nobody used, a file that was replaced or taken away.
create table objects.file (
  org uuid not null default store.current_org(),
  id uuid not null,
  content uuid not null,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  -- Of an image, in pixels, when its header says so.
  width integer,
  height integer,
  type text,
  object uuid,
  attribute text,
  added_at timestamptz not null,
  added_by text not null,
  -- Taken away, by whom it is told in the history.
  released_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, content) references objects.content (org, id)
);
create index file_of_object on objects.file (org, object, id) where object is not null;
create index file_of_content on objects.file (org, content);
create index file_waiting on objects.file (org, added_by) where object is null;
create index file_due on objects.file (org, next_at) where next_at is not null;
select store.protect('objects.file');
