-- Orders that applications carry out themselves: what was handed over, how each application fares, and the credentials by
-- which it and Socle recognise each other.

alter table compliance.application_order
  -- The channel handed it over: from here on the application is awaited, not sent to.
  add column delivered_at timestamptz,
  -- Pull: given to the application until then; past it, given again unless it has answered.
  add column given_until timestamptz,
  -- The moment that the application's rate keeps for this order.
  add column slot_at timestamptz,
  -- Who was told that the application does not answer: nobody, its owner, the DPO as well.
  add column escalation smallint not null default 0 check (escalation between 0 and 2);
create index application_order_to_pull on compliance.application_order (org, application_id, id)
  where channel = 'pull' and state in ('planned', 'sent', 'received');
create index application_order_to_deliver on compliance.application_order (org, application_id, next_at)
  where next_at is not null and delivered_at is null;

-- Persons in one order at most, frozen with the plan.
alter table compliance.campaign_application add column batch_size integer not null default 100 check (batch_size > 0);

-- Made by the application with its own key, over the canonical JSON of the answer (RFC 8785): provable to a third party.
alter table compliance.order_answer
  add column signature text,
  add column signing_key_id uuid;

-- Each attempt to hand an order over. `digest` is that of the very bytes; an answer names one of them.
create table compliance.delivery (
  org uuid not null default store.current_org(),
  id uuid not null,
  order_id uuid not null,
  application_id uuid not null,
  digest bytea not null,
  at timestamptz not null,
  latency_ms integer not null check (latency_ms >= 0),
  result text not null check (result in ('received', 'handed_over', 'unreached', 'rejected')),
  problem jsonb,
  primary key (org, id),
  foreign key (org, order_id) references compliance.application_order (org, id),
  check ((problem is not null) = (result in ('unreached', 'rejected')))
);
create index delivery_by_application on compliance.delivery (org, application_id, id desc);
create index delivery_by_order on compliance.delivery (org, order_id, id);
select store.protect('compliance.delivery', 'select, insert');

-- How one application fares: its circuit breaker (open while opened_at says so; probe_at is when one order may try), its
-- pace, and what its health page shows.
create table compliance.application_line (
  org uuid not null default store.current_org(),
  application_id uuid not null,
  -- Since the last success.
  failures integer not null default 0 check (failures >= 0),
  opened_at timestamptz,
  probe_at timestamptz,
  next_slot_at timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_problem jsonb,
  -- A moving average of its answers.
  latency_ms integer,
  primary key (org, application_id),
  check ((opened_at is null) = (probe_at is null))
);
select store.protect('compliance.application_line');

-- `key`: the application's, for the API; only its SHA-256 is kept. `hmac` and `ed25519`: what Socle signs with, sealed
-- under the organisation's key for applications. `answers`: the application's public key. At most two of a kind are
-- valid at once, the older until `ends_at`: rotating loses no order.
create table compliance.application_credential (
  org uuid not null default store.current_org(),
  id uuid not null,
  application_id uuid not null,
  kind text not null check (kind in ('key', 'hmac', 'ed25519', 'answers')),
  secret_hash bytea,
  sealed bytea,
  public_key bytea,
  -- The first characters, to recognise it by.
  hint text not null,
  created_at timestamptz not null,
  created_by text not null,
  ends_at timestamptz,
  revoked_at timestamptz,
  last_used_on date,
  primary key (org, id),
  check ((secret_hash is not null) = (kind = 'key')),
  check ((sealed is not null) = (kind in ('hmac', 'ed25519'))),
  check ((public_key is not null) = (kind in ('ed25519', 'answers')))
);
create unique index application_credential_by_secret on compliance.application_credential (secret_hash)
  where secret_hash is not null;
create index application_credential_by_application on compliance.application_credential (org, application_id, kind, id);
select store.protect('compliance.application_credential');

-- Whose key this is, before an organisation is known.
create function compliance.find_application_key(hash bytea, at timestamptz)
  returns table (found_org uuid, found_id uuid, found_application uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.org, k.id, k.application_id from compliance.application_credential k
   where k.secret_hash = hash and k.revoked_at is null and (k.ends_at is null or k.ends_at > at)
$$;
do $$
begin
  execute 'revoke execute on function compliance.find_application_key(bytea, timestamptz) from public';
  execute format('grant execute on function compliance.find_application_key(bytea, timestamptz) to %I',
    current_setting('socle.app_role'));
end
$$;
