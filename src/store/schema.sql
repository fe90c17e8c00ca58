-- Columns
access.organisation.id uuid not null
access.organisation.org uuid generated id
access.organisation.slug text not null
access.organisation.name text not null
access.organisation.created_at timestamp with time zone not null default now()
journal.checkpoint.org uuid not null default store.current_org()
journal.checkpoint.size bigint not null
journal.checkpoint.epoch integer not null
journal.checkpoint.root bytea not null
journal.checkpoint.note text not null
journal.checkpoint.at timestamp with time zone not null
journal.entry.org uuid not null default store.current_org()
journal.entry.number bigint not null
journal.entry.id uuid not null
journal.entry.at timestamp with time zone not null
journal.entry.kind text not null
journal.entry.subject text not null
journal.entry.body bytea not null
journal.pending.org uuid not null default store.current_org()
journal.pending.position bigint not null
journal.pending.id uuid not null
journal.pending.body text not null
journal.signing_key.org uuid not null default store.current_org()
journal.signing_key.id uuid not null
journal.signing_key.sealed bytea not null
journal.signing_key.created_at timestamp with time zone not null
journal.tile.org uuid not null default store.current_org()
journal.tile.level smallint not null
journal.tile.index bigint not null
journal.tile.hashes bytea not null
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
journal.checkpoint: PRIMARY KEY (org, size)
journal.entry: PRIMARY KEY (org, number)
journal.pending: PRIMARY KEY (org, "position")
journal.signing_key: PRIMARY KEY (org)
journal.tile: CHECK (((level >= 0) AND (index >= 0) AND ((length(hashes) % 32) = 0) AND ((length(hashes) >= 32) AND (length(hashes) <= 8192))))
journal.tile: PRIMARY KEY (org, level, index)
store.idempotency: PRIMARY KEY (org, actor, key)

-- Indexes
CREATE INDEX entry_by_subject ON journal.entry USING btree (org, subject, number)
CREATE INDEX idempotency_by_age ON store.idempotency USING btree (org, created_at)
CREATE UNIQUE INDEX checkpoint_pkey ON journal.checkpoint USING btree (org, size)
CREATE UNIQUE INDEX entry_by_id ON journal.entry USING btree (org, id)
CREATE UNIQUE INDEX entry_pkey ON journal.entry USING btree (org, number)
CREATE UNIQUE INDEX idempotency_pkey ON store.idempotency USING btree (org, actor, key)
CREATE UNIQUE INDEX organisation_pkey ON access.organisation USING btree (id)
CREATE UNIQUE INDEX organisation_slug_key ON access.organisation USING btree (slug)
CREATE UNIQUE INDEX pending_pkey ON journal.pending USING btree (org, "position")
CREATE UNIQUE INDEX signing_key_pkey ON journal.signing_key USING btree (org)
CREATE UNIQUE INDEX tile_pkey ON journal.tile USING btree (org, level, index)

-- Policies
access.organisation: organisation (org = store.current_org())
access.organisation: owner true
journal.checkpoint: organisation (org = store.current_org())
journal.checkpoint: owner true
journal.entry: organisation (org = store.current_org())
journal.entry: owner true
journal.pending: organisation (org = store.current_org())
journal.pending: owner true
journal.signing_key: organisation (org = store.current_org())
journal.signing_key: owner true
journal.tile: organisation (org = store.current_org())
journal.tile: owner true
store.idempotency: organisation (org = store.current_org())
store.idempotency: owner true

-- Grants to the application role
access.organisation: select, update
journal.checkpoint: insert, select
journal.entry: insert, select
journal.pending: delete, insert, select
journal.signing_key: insert, select
journal.tile: insert, select, update
store.idempotency: delete, insert, select, update

-- Functions
CREATE OR REPLACE FUNCTION journal.keep_tile()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.org <> old.org or new.level <> old.level or new.index <> old.index
     or substring(new.hashes for length(old.hashes)) <> old.hashes then
    raise exception 'a tile of the journal only grows' using errcode = 'restrict_violation';
  end if;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION journal.organisations_pending()
 RETURNS TABLE(org uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive waiting as (
    (select p.org from journal.pending p order by p.org limit 1)
    union all
    select (select p.org from journal.pending p where p.org > w.org order by p.org limit 1)
      from waiting w where w.org is not null
  )
  select w.org from waiting w where w.org is not null
$function$

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

