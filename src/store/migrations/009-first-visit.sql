-- The first visit: who has entered, and an example asked for from the welcome page. The journal: a hint that something
-- waits for its number, and keys that follow one another.

-- When a user first signed in; until then a generated password may be printed again. Those already there have.
alter table access.user add column first_entered_at timestamptz;
update access.user set first_entered_at = created_at;

-- An example being put into the organisation: due work, carried on after a crash from what is already there. `step` is what
-- is being made, `done` of `total` steps are behind it.
create table access.example_load (
  org uuid not null default store.current_org(),
  id uuid not null,
  example text not null,
  step text not null,
  done integer not null default 0,
  total integer not null default 0,
  last_error text,
  asked_at timestamptz not null,
  finished_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  primary key (org, id),
  unique (org)
);
create index example_load_due on access.example_load (org, next_at) where next_at is not null;
select store.protect('access.example_load');

-- Which example was chosen on the welcome page, before anybody is known: a later start keeps its applications reachable.
create function access.chosen_example() returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select example from access.example_load order by asked_at limit 1
$$;
revoke execute on function access.chosen_example() from public;

-- A hint only: the sequencer's beat finds what waits anyway.
create function journal.hint_pending() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('socle_journal', '');
  return null;
end
$$;
create trigger hint_pending after insert on journal.pending for each statement execute function journal.hint_pending();

-- Keys follow one another: one is in force, and of those retired only the public half is kept, sealed like the other so
-- that nobody who holds the database alone can put another in its place.
alter table journal.signing_key drop constraint signing_key_pkey;
alter table journal.signing_key add primary key (org, id);
alter table journal.signing_key add column retired_at timestamptz;
create unique index signing_key_in_force on journal.signing_key (org) where retired_at is null;

do $$
begin
  execute format('grant execute on function access.chosen_example() to %I', current_setting('socle.app_role'));
  execute format('grant update (sealed, retired_at) on journal.signing_key to %I', current_setting('socle.app_role'));
end
$$;
