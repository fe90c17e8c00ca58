-- A version of the model compiles by itself: its physical names are kept with it, so that a process which learns of it is not
-- misled by the names of the next one, already on its way. Null for versions that an older product applied.
alter table public.socle_model_version add column names json;

-- What it came from, and in whose organisation: a change cut before its decision was recorded is recorded by whoever comes next.
alter table public.socle_model_version add column proposal uuid references public.socle_model_proposal (id);
alter table public.socle_model_proposal add column org uuid references access.organisation (id) on delete set null;

-- The number of the version to go back to; null: the packs given say all.
alter table public.socle_model_proposal add column version integer;

-- What the files of its packs say, comments included, by pack: what the studio edits and what is exported.
alter table public.socle_model_version add column texts json;

-- Whether this is the first to say that a proposal was applied: in the transaction that records it in the journal.
create function store.proposal_applied(proposal uuid, at timestamptz, by text) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with applied as (
    update public.socle_model_proposal set applied_at = at, applied_by = by
     where id = proposal and applied_at is null
       and exists (select from public.socle_model_version v where v.proposal = id and v.finished_at is not null)
    returning 1
  )
  select exists (select from applied)
$$;

do $$
begin
  execute format('grant execute on function store.proposal_applied(uuid, timestamptz, text) to %I', current_setting('socle.app_role'));
end
$$;
