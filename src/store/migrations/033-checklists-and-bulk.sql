-- What was ticked on an object before a transition: one row an item. They fall when the object leaves its state.
create table objects.tick (
  org uuid not null default store.current_org(),
  object uuid not null,
  transition text not null,
  item text not null,
  at timestamptz not null,
  actor text not null,
  primary key (org, object, transition, item)
);
select store.protect('objects.tick', 'select, insert, delete');

-- History tells each tick, and each one taken back.
alter table objects.history drop constraint history_action_check;
alter table objects.history add constraint history_action_check
  check (action in ('create', 'update', 'transition', 'delete', 'tick', 'untick'));

-- One transition asked of many objects at once. Due work: whoever asked may close the page.
create table objects.bulk (
  org uuid not null default store.current_org(),
  id uuid not null,
  type text not null,
  transition text not null,
  actor jsonb not null,
  -- The rights of whoever asked, as they were: { "roles": […], "perimeters": […] or null }.
  rights jsonb not null,
  total integer not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create index bulk_due on objects.bulk (org, next_at) where next_at is not null;
select store.protect('objects.bulk', 'select, insert, update');

-- Each object of it, and what became of it. Reasons are words of the model: no value of an object is in them.
create table objects.bulk_item (
  org uuid not null default store.current_org(),
  bulk uuid not null,
  position integer not null,
  -- As it was chosen: an id or a number.
  reference text not null,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'refused')),
  reasons jsonb not null default '[]',
  primary key (org, bulk, position),
  foreign key (org, bulk) references objects.bulk (org, id)
);
select store.protect('objects.bulk_item', 'select, insert, update');
