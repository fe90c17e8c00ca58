-- What people say of an object. Their words are sealed under the object's secret: forgetting its past forgets them.
create table objects.comment (
  org uuid not null default store.current_org(),
  id uuid not null,
  type text not null,
  object uuid not null,
  at timestamptz not null,
  author text not null,
  -- Null once its author removed it.
  sealed bytea,
  -- The day of what was decided; null: it isn't a decision.
  decided_on date,
  edited_at timestamptz,
  removed_at timestamptz,
  primary key (org, id)
);
create index comment_of_object on objects.comment (org, object, id);
select store.protect('objects.comment');

-- Whom a comment names.
create table objects.mention (
  org uuid not null default store.current_org(),
  comment uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (org, comment, user_id),
  foreign key (org, comment) references objects.comment (org, id) on delete cascade
);
create index mention_of_user on objects.mention (org, user_id, at);
select store.protect('objects.mention', 'select, insert, delete');

-- Who wants to be told of what becomes of an object.
create table objects.follower (
  org uuid not null default store.current_org(),
  object uuid not null,
  type text not null,
  user_id uuid not null,
  since timestamptz not null,
  primary key (org, object, user_id)
);
create index follower_by_user on objects.follower (org, user_id, object);
select store.protect('objects.follower', 'select, insert, delete');
