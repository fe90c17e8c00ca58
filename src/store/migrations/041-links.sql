-- Relations between objects of the model, all of them in one table: which relation (the type that declares it, and its name), from which
-- object to which, and what is said of the pair. Both objects are held while a link is made, and links leave with either.
create table objects.link (
  org uuid not null default store.current_org(),
  id uuid not null,
  relation text not null,
  from_id uuid not null,
  to_id uuid not null,
  said jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (org, id),
  constraint link_once unique (org, from_id, relation, to_id)
);
create index link_to on objects.link (org, to_id, relation, from_id);
select store.protect('objects.link');
