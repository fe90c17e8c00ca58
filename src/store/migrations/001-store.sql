-- What every room's tables stand on: the organisation a connection is bound to, and the one way to protect a table.
create schema store;

-- The organisation this connection was opened for (options=-c socle.org=…); null when it was opened for none, and then
-- every protected table is empty.
create function store.current_org() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('socle.org', true), '')::uuid;

-- Protects a table: rows of other organisations don't exist for the application role, whatever a query says. The owner
-- (migrations, and the few security definer functions) sees all rows by a policy of its own, since FORCE binds it too.
create function store.protect(target text, verbs text default 'select, insert, update, delete') returns void
  language plpgsql as $$
declare
  application text := current_setting('socle.app_role');
begin
  execute format('alter table %s enable row level security', target::regclass);
  execute format('alter table %s force row level security', target::regclass);
  execute format('create policy organisation on %s to %I using (org = store.current_org()) with check (org = store.current_org())',
    target::regclass, application);
  execute format('create policy owner on %s to %I using (true) with check (true)', target::regclass, current_user);
  execute format('grant usage on schema %I to %I', split_part(target, '.', 1), application);
  execute format('grant %s on %s to %I', verbs, target::regclass, application);
end
$$;

-- Which organisations have due rows in these tables: what the pump asks before it opens anything. Each table has an
-- index (org, next_at) where next_at is not null.
create function store.due(tables text[], at timestamptz) returns table (due_table text, due_org uuid)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  name text;
begin
  foreach name in array tables loop
    return query execute format(
      'select %L::text, o.id from access.organisation o where exists (select 1 from %s t where t.org = o.id
         and t.next_at <= $1 and (t.leased_until is null or t.leased_until <= $1))', name, name::regclass) using at;
  end loop;
end
$$;

-- What was answered to a write, so that the same key answers the same and writes once. Bodies are never stored.
create table store.idempotency (
  org uuid not null default store.current_org(),
  actor text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  resource text,
  created_at timestamptz not null,
  primary key (org, actor, key)
);
create index idempotency_by_age on store.idempotency (created_at);
select store.protect('store.idempotency');

-- Forgets answers to writes older than `before`, in every organisation: a key is for retries, not for ever.
create function store.forget_keys(before timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from store.idempotency where created_at < before returning 1) select count(*) from gone
$$;

do $$
begin
  execute format('grant usage on schema store to %I', current_setting('socle.app_role'));
  execute format('grant execute on function store.current_org(), store.due(text[], timestamptz), store.forget_keys(timestamptz) to %I', current_setting('socle.app_role'));
end
$$;
revoke execute on function store.due(text[], timestamptz), store.forget_keys(timestamptz), store.protect(text, text) from public;
