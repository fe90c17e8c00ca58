-- A change of a pack that somebody prepares in the studio: the whole file as it would be, until it is applied or thrown away.
create table objects.model_draft (
  org uuid not null default store.current_org(),
  id uuid not null,
  -- The pack of the model in force that it changes, and the version of the model it began from.
  pack text not null,
  began_from integer not null,
  body text not null,
  -- Who looks must see whether somebody else changed it meanwhile.
  version integer not null default 1,
  -- Asked of whoever may change the model.
  submitted_at timestamptz,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (org, id)
);
select store.protect('objects.model_draft');
