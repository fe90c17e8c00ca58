-- Conformance: an application driven through every case with made-up persons. Apart from campaigns and their orders, which
-- never hold a test.

create table compliance.conformance_run (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  state text not null check (state in ('running', 'passed', 'failed')),
  started_at timestamptz not null,
  started_by text not null,
  ended_at timestamptz,
  -- Where it is: the case, the step within it, since when.
  case_at integer not null default 0,
  step_at integer not null default 0,
  step_since timestamptz not null,
  -- Of the application, as the last case wants it: not yet, seen down, seen down and up again, said by somebody.
  restart text not null default 'never' check (restart in ('never', 'down', 'seen', 'told')),
  results jsonb not null default '[]',
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  check ((state = 'running') = (ended_at is null))
);
create index conformance_run_due on compliance.conformance_run (org, next_at) where next_at is not null;
create index conformance_run_by_application on compliance.conformance_run (org, application_id, id desc);
-- One at a time: two would take each other's restart for their own.
create unique index conformance_run_running on compliance.conformance_run (org, application_id) where state = 'running';
select store.protect('compliance.conformance_run');

create table compliance.conformance_order (
  org uuid not null default store.current_org(),
  id uuid not null,
  run_id uuid not null,
  case_id text not null,
  place integer not null,
  body bytea not null,
  digest bytea not null,
  -- [{ ref, kind }], in the order of the body.
  persons jsonb not null,
  -- How many outcomes are still refused, feigning to be down.
  hold integer not null default 0,
  sent jsonb not null default '[]',
  receipts integer not null default 0,
  answers jsonb not null default '[]',
  -- Digest of the outcome taken.
  taken bytea,
  primary key (org, id),
  foreign key (org, run_id) references compliance.conformance_run (org, id) on delete cascade
);
create index conformance_order_by_run on compliance.conformance_order (org, run_id, case_id, place);
select store.protect('compliance.conformance_order');
