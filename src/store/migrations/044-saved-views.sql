create schema views;

-- Views that people saved. What one shows is checked against the model when it is saved, and again when it is looked at: rights
-- apply within, so that sharing a view gives nobody anything to see. It goes with its owner's account.
create table views.saved (
  org uuid not null default store.current_org(),
  id uuid not null,
  -- Who saved it, as `user:…`; a program's key saves too, and has no account.
  owner text not null,
  user_id uuid,
  name text not null check (length(name) between 1 and 80),
  -- The type it is of.
  type text not null,
  -- What it shows, as a pack would say it.
  says jsonb not null,
  -- Roles that see it besides its owner; `anyone` is everybody.
  shared_with text[] not null default '{}',
  -- Whether the menu leads to it, for all who see it.
  is_pinned boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org, id),
  foreign key (org, user_id) references access.user (org, id) on delete cascade
);
create index saved_by_owner on views.saved (org, owner);
create index saved_by_user on views.saved (org, user_id) where user_id is not null;
create index saved_shared on views.saved (org) where shared_with <> '{}';
select store.protect('views.saved');
