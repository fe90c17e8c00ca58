-- Who may enter: organisations, users, sessions, keys.
create schema access;

-- Tenants of this installation. `org` repeats the id, so that the table is protected like every other.
create table access.organisation (
  id uuid primary key,
  org uuid generated always as (id) stored,
  slug text not null unique,
  name text not null,
  created_at timestamptz not null default now()
);
select store.protect('access.organisation', 'select, update');
