-- A request of the public form whose sender has not shown yet that the address is theirs. Of the same id as the request: when
-- they are reminded, once, and when the request ends for want of it.
create table compliance.address_confirmation (
  org uuid not null default store.current_org(),
  id uuid not null,
  -- The last day to confirm, as the person was told it.
  last_day date not null,
  reminded_at timestamptz,
  -- Ended for want of a confirmation: what the person wrote is forgotten the next day.
  ended_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, id) references compliance.request (org, id)
);
create index address_confirmation_due on compliance.address_confirmation (org, next_at) where next_at is not null;
select store.protect('compliance.address_confirmation');
