-- The answer to a request, readable through an expiring link by the person it was mailed to. `sealed` is the letter, under a
-- key that the link carries and Socle doesn't keep. `wrapped` is that key, under one derived from the address: whoever gives
-- that address again (recognised by `address_check`) can be mailed a fresh link there, once Socle has forgotten the address.
create table compliance.answer_copy (
  org uuid not null default store.current_org(),
  id uuid not null,
  request_id uuid not null,
  sealed bytea not null,
  wrapped bytea not null,
  address_check bytea not null,
  made_at timestamptz not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, request_id) references compliance.request (org, id)
);
create index answer_copy_by_request on compliance.answer_copy (org, request_id, id);
create index answer_copy_due on compliance.answer_copy (org, next_at) where next_at is not null;
select store.protect('compliance.answer_copy');
