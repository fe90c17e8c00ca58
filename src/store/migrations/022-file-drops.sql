-- Orders left as files in a folder, and answers picked up from another.

-- An application that files are exchanged with, of the same id: when its folder is next looked at.
create table compliance.drop_watch (
  org uuid not null default store.current_org(),
  id uuid not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create index drop_watch_due on compliance.drop_watch (org, next_at) where next_at is not null;
select store.protect('compliance.drop_watch');

-- The file of an order, of the same id. It names persons: written here before it exists, deleted once the order is answered.
create table compliance.order_drop (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  folder text not null,
  file_name text not null,
  meant_at timestamptz not null,
  deleted_at timestamptz,
  primary key (org, id),
  foreign key (org, id) references compliance.application_order (org, id)
);
create index order_drop_kept on compliance.order_drop (org, application_id, id) where deleted_at is null;
select store.protect('compliance.order_drop');

-- A file of answers, by its digest: how far it was read, so that a crash neither loses nor repeats a line. No line is kept.
create table compliance.answer_file (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  digest bytea not null,
  -- Answers already taken or rejected, in the order of the file.
  done integer not null default 0 check (done >= 0),
  -- Line numbers, codes and texts of what was rejected.
  rejections jsonb not null default '[]',
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (org, id)
);
create unique index answer_file_by_digest on compliance.answer_file (org, application_id, digest);
select store.protect('compliance.answer_file');
