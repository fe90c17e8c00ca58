-- A change of the model that somebody proposed, as packs' files say it: shown with its consequences, then applied, once. For the
-- installation as a whole: only the owner reads and writes it.
create table public.socle_model_proposal (
  id uuid primary key,
  -- The files, as they were given: [{ "file": …, "text": … }]; and the packs to take away.
  files jsonb not null,
  without text[] not null,
  -- The version of the model it was shown against.
  base integer not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  applied_at timestamptz,
  applied_by text
);

-- The order of attributes is what pages show: jsonb would forget it.
alter table public.socle_model_version alter column packs type json using packs::json;

-- The number of the model in force: how each process learns that another one changed it.
create function store.model_version() returns integer
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select max(number) from public.socle_model_version where finished_at is not null
$$;

do $$
begin
  execute format('grant execute on function store.model_version() to %I', current_setting('socle.app_role'));
end
$$;
