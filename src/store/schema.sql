-- Columns
access.organisation.id uuid not null
access.organisation.org uuid generated id
access.organisation.slug text not null
access.organisation.name text not null
access.organisation.created_at timestamp with time zone not null default now()
store.idempotency.org uuid not null default store.current_org()
store.idempotency.actor text not null
store.idempotency.key text not null
store.idempotency.request_hash bytea not null
store.idempotency.status integer
store.idempotency.resource text
store.idempotency.created_at timestamp with time zone not null

-- Constraints
access.organisation: PRIMARY KEY (id)
access.organisation: UNIQUE (slug)
store.idempotency: PRIMARY KEY (org, actor, key)

-- Indexes
CREATE INDEX idempotency_by_age ON store.idempotency USING btree (org, created_at)
CREATE UNIQUE INDEX idempotency_pkey ON store.idempotency USING btree (org, actor, key)
CREATE UNIQUE INDEX organisation_pkey ON access.organisation USING btree (id)
CREATE UNIQUE INDEX organisation_slug_key ON access.organisation USING btree (slug)

-- Policies
access.organisation: organisation (org = store.current_org())
access.organisation: owner true
store.idempotency: organisation (org = store.current_org())
store.idempotency: owner true

-- Grants to the application role
access.organisation: select, update
store.idempotency: delete, insert, select, update

-- Functions
CREATE OR REPLACE FUNCTION store.current_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('socle.org'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION store.due(tables text[], at timestamp with time zone)
 RETURNS TABLE(due_table text, due_org uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  name text;
begin
  foreach name in array tables loop
    return query execute format(
      'select %L::text, o.id from access.organisation o where exists (select 1 from %s t where t.org = o.id
         and t.next_at <= $1 and (t.leased_until is null or t.leased_until <= $1))', name, name::regclass) using at;
  end loop;
end
$function$

CREATE OR REPLACE FUNCTION store.protect(target text, verbs text DEFAULT 'select, insert, update, delete'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$

