-- Who may enter: organisations, users, sessions, keys; and the messages Socle sends.
create schema access;

-- Tenants of this installation. `org` repeats the id, so that the table is protected like every other.
create table access.organisation (
  id uuid primary key,
  org uuid generated always as (id) stored,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  created_at timestamptz not null default now()
);
select store.protect('access.organisation', 'select, update');

-- People who work with Socle. Deleting one takes their name and address away; history keeps only the id.
create table access.user (
  org uuid not null default store.current_org(),
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text not null,
  password_hash text not null,
  roles text[] not null
    check (cardinality(roles) > 0 and roles <@ array['admin', 'dpo', 'relay', 'architect', 'steward', 'member', 'auditor']),
  language text check (language in ('fr', 'en')),
  is_active boolean not null default true,
  created_at timestamptz not null,
  password_changed_at timestamptz not null,
  unique (org, id)
);
-- An address signs in to one organisation: it is unique in the whole installation.
create unique index user_by_email on access.user (email);
create index user_by_name on access.user (org, name, id);
select store.protect('access.user');

-- The controllers (brands, companies) that a user is limited to; none means no limit. No foreign key: controllers are
-- objects of the model, and a perimeter that names a missing one gives nothing.
create table access.perimeter (
  org uuid not null default store.current_org(),
  user_id uuid not null,
  controller_id uuid not null,
  primary key (org, user_id, controller_id),
  foreign key (org, user_id) references access.user (org, id) on delete cascade
);
select store.protect('access.perimeter', 'select, insert, delete');

-- Only the SHA-256 of a session's token is here: who reads the database can't take a session over.
create table access.session (
  org uuid not null default store.current_org(),
  id uuid primary key,
  user_id uuid not null,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (org, user_id) references access.user (org, id) on delete cascade
);
create index session_by_user on access.session (org, user_id);
create index session_by_expiry on access.session (expires_at);
select store.protect('access.session');

-- Keys of programs: 32 random bytes, shown once, kept as their SHA-256.
create table access.api_key (
  org uuid not null default store.current_org(),
  id uuid primary key,
  name text not null,
  role text not null check (role in ('admin', 'dpo', 'relay', 'architect', 'steward', 'member', 'auditor')),
  secret_hash bytea not null unique,
  hint text not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_on date,
  revoked_at timestamptz
);
create index api_key_by_name on access.api_key (org, name, id);
select store.protect('access.api_key', 'select, insert, update');

-- Attempts to sign in, counted by a keyed hash of the account or of the network address, never in clear. They belong to
-- no organisation (an unknown account has none), so no connection sees them; only the functions below touch them.
create table access.attempt (
  org uuid not null default '00000000-0000-0000-0000-000000000000',
  bucket bytea primary key,
  began_at timestamptz not null,
  attempts integer not null
);
create index attempt_by_age on access.attempt (began_at);
select store.protect('access.attempt', 'select');

-- Messages to people, drained by the pump. The sealed body is wiped when it was sent.
create table access.outbox_message (
  org uuid not null default store.current_org(),
  id uuid primary key,
  kind text not null,
  subject text not null,
  sealed_body bytea,
  status text not null check (status in ('waiting', 'sent', 'failed', 'forgotten')),
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0
);
create index outbox_message_due on access.outbox_message (org, next_at) where next_at is not null;
create index outbox_message_by_subject on access.outbox_message (org, subject);
create index outbox_message_by_age on access.outbox_message (org, id);
select store.protect('access.outbox_message');

-- What must be found before the organisation is known. Each returns the least, and only the application may call it.

create function access.find_session(hash bytea, at timestamptz, idle_since timestamptz)
  returns table (found_org uuid, found_id uuid, found_user uuid, found_seen_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.org, s.id, s.user_id, s.seen_at from access.session s
   where s.token_hash = hash and s.expires_at > at and s.seen_at > idle_since
$$;

create function access.find_api_key(hash bytea, at timestamptz)
  returns table (found_org uuid, found_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.org, k.id from access.api_key k
   where k.secret_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > at)
$$;

create function access.find_user(address text)
  returns table (found_org uuid, found_id uuid, found_password_hash text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.org, u.id, u.password_hash from access.user u where u.email = address and u.is_active
$$;

-- The organisations of this installation: for the command line on the same machine, and for the first run.
create function access.organisations()
  returns table (found_id uuid, found_slug text, found_name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.slug, o.name from access.organisation o order by o.created_at, o.id
$$;

create function access.create_organisation(new_id uuid, new_slug text, new_name text, at timestamptz) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into access.organisation (id, slug, name, created_at) values (new_id, new_slug, new_name, at)
$$;

create function access.has_users() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from access.user)
$$;

-- Counts one more attempt of a bucket and returns how many there were since its window began; a window that is over
-- begins anew. One statement, so that attempts sent at the same time are all counted.
create function access.count_attempt(of_bucket bytea, at timestamptz, window_began timestamptz) returns integer
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into access.attempt as a (bucket, began_at, attempts) values (of_bucket, at, 1)
  on conflict (bucket) do update set
    attempts = case when a.began_at <= window_began then 1 else a.attempts + 1 end,
    began_at = case when a.began_at <= window_began then at else a.began_at end
  returning attempts
$$;

create function access.forgive_attempts(of_bucket bytea) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from access.attempt where bucket = of_bucket
$$;

create function access.sweep(at timestamptz, attempts_before timestamptz) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from access.session where expires_at <= at;
  delete from access.attempt where began_at <= attempts_before
$$;

do $$
declare
  application text := current_setting('socle.app_role');
  signature text;
begin
  foreach signature in array array[
    'access.find_session(bytea, timestamptz, timestamptz)', 'access.find_api_key(bytea, timestamptz)',
    'access.find_user(text)', 'access.organisations()', 'access.create_organisation(uuid, text, text, timestamptz)',
    'access.has_users()', 'access.count_attempt(bytea, timestamptz, timestamptz)', 'access.forgive_attempts(bytea)',
    'access.sweep(timestamptz, timestamptz)']
  loop
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to %I', signature, application);
  end loop;
end
$$;
