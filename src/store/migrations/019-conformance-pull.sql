-- Conformance of applications that come for their orders.

alter table compliance.conformance_run
  add column channel text not null default 'webhook' check (channel in ('webhook', 'pull'));

alter table compliance.conformance_order
  -- Pull: the application is given it from then on; null: not now.
  add column offered_at timestamptz,
  -- How often it was given.
  add column fetched integer not null default 0;
create index conformance_order_offered on compliance.conformance_order (org, run_id, offered_at) where offered_at is not null;
