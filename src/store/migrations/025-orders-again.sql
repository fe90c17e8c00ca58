-- Orders that are tried again by themselves, or that a later generation took the place of.

alter table compliance.application_order
  -- A later generation took its place: what its application still says of it is kept, and nothing more is sent.
  add column superseded_at timestamptz,
  -- How often its application answered `failed` since a person last replayed it.
  add column failed_answers smallint not null default 0 check (failed_answers >= 0),
  -- When an order answered `failed` is tried again by itself; null: a person is awaited.
  add column retry_at timestamptz;
update compliance.application_order o set superseded_at = now()
 where exists (select from compliance.application_order later
                where later.org = o.org and later.campaign_id = o.campaign_id
                  and later.application_id is not distinct from o.application_id
                  and later.batch = o.batch and later.generation > o.generation);
drop index compliance.application_order_to_pull;
create index application_order_to_pull on compliance.application_order (org, application_id, id)
  where channel = 'pull' and state in ('planned', 'sent', 'received') and superseded_at is null;
-- What is due of one application, whatever is due of the others.
create index application_order_due_of on compliance.application_order (org, application_id, next_at)
  where next_at is not null;

-- Attempts are read for a day (an application's health) and recognised while answers may come: forgotten after `before`,
-- in batches, once nothing is awaited of their order any more.
create index delivery_by_age on compliance.delivery (at);
create function compliance.forget_deliveries(before timestamptz, most integer) returns bigint
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  with old as materialized (
    select d.org, d.id from compliance.delivery d
      join compliance.application_order o on o.org = d.org and o.id = d.order_id
     where d.at < before and (o.superseded_at is not null or o.state not in ('planned', 'held', 'sent', 'received', 'failed', 'partly'))
     order by d.at limit most),
  gone as (delete from compliance.delivery d using old where d.org = old.org and d.id = old.id returning 1)
  select count(*) from gone
$$;
do $$
begin
  execute 'revoke execute on function compliance.forget_deliveries(timestamptz, integer) from public';
  execute format('grant execute on function compliance.forget_deliveries(timestamptz, integer) to %I',
    current_setting('socle.app_role'));
end
$$;
