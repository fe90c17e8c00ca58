-- The evidence log: one transparency log an organisation. A deciding transaction inserts into `pending`; one sequencer
-- at a time numbers what is visible, and keeps entries, the hashes of the tree and signed checkpoints apart, so that a
-- bad entry can be told from a bad hash. Entries and checkpoints are never changed nor deleted.
create schema journal;

-- Entries without a number yet: canonical JSON of all but the number.
create table journal.pending (
  org uuid not null default store.current_org(),
  position bigint not null generated always as identity,
  body text not null,
  primary key (org, position)
);
select store.protect('journal.pending', 'select, insert, delete');

-- `body` is what the tree hashes; the other columns repeat it for look-up, and verification compares them.
create table journal.entry (
  org uuid not null default store.current_org(),
  number bigint not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  body bytea not null,
  primary key (org, number)
);
create unique index entry_by_id on journal.entry (org, id);
create index entry_by_subject on journal.entry (org, subject, number);
select store.protect('journal.entry', 'select, insert');

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes. A tile only grows.
create table journal.tile (
  org uuid not null default store.current_org(),
  level smallint not null,
  index bigint not null,
  hashes bytea not null,
  primary key (org, level, index),
  check (level >= 0 and index >= 0 and length(hashes) % 32 = 0 and length(hashes) between 32 and 8192)
);
select store.protect('journal.tile', 'select, insert, update');

create function journal.keep_tile() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.org <> old.org or new.level <> old.level or new.index <> old.index
     or substring(new.hashes for length(old.hashes)) <> old.hashes then
    raise exception 'a tile of the journal only grows' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger keep_tile before update on journal.tile for each row execute function journal.keep_tile();

-- C2SP tlog-checkpoint: `note` is the signed text; size, root and epoch repeat it.
create table journal.checkpoint (
  org uuid not null default store.current_org(),
  size bigint not null,
  epoch integer not null,
  root bytea not null,
  note text not null,
  at timestamptz not null,
  primary key (org, size)
);
select store.protect('journal.checkpoint', 'select, insert');

-- The Ed25519 key that signs checkpoints, sealed under the organisation's keys.
create table journal.signing_key (
  org uuid not null default store.current_org(),
  id uuid not null,
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (org)
);
select store.protect('journal.signing_key', 'select, insert');

-- Which organisations have entries without a number: one index probe for each that has any.
create function journal.organisations_pending() returns table (org uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive waiting as (
    (select p.org from journal.pending p order by p.org limit 1)
    union all
    select (select p.org from journal.pending p where p.org > w.org order by p.org limit 1)
      from waiting w where w.org is not null
  )
  select w.org from waiting w where w.org is not null
$$;
revoke execute on function journal.organisations_pending() from public;

do $$
begin
  execute format('grant execute on function journal.organisations_pending() to %I', current_setting('socle.app_role'));
end
$$;
