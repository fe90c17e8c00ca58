-- What a person is told. The words are the pack's, with their names in braces: values of the object are filled in when they are
-- read, with the rights of whoever reads, and are in no row of this table.
create table objects.notification (
  org uuid not null default store.current_org(),
  id uuid not null,
  user_id uuid not null,
  type text not null,
  object uuid not null,
  title jsonb not null,
  body jsonb,
  at timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz,
  primary key (org, id),
  foreign key (org, user_id) references access."user" (org, id) on delete cascade
);
create index notification_of_user on objects.notification (org, user_id, id);
create index notification_unread on objects.notification (org, user_id) where read_at is null;
create index notification_of_object on objects.notification (org, object);
select store.protect('objects.notification');

-- When and how a person's notifications are sent by e-mail. Due work: `next_at` is when what waits leaves, together.
create table objects.notice_mail (
  org uuid not null default store.current_org(),
  -- The user's.
  id uuid not null,
  rhythm text not null default 'daily' check (rhythm in ('soon', 'daily', 'never')),
  -- Hours of the day (0 to 23) in France: when the daily one leaves, and between which none does.
  daily_hour integer not null default 8 check (daily_hour between 0 and 23),
  quiet_from integer check (quiet_from between 0 and 23),
  quiet_to integer check (quiet_to between 0 and 23),
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, id) references access."user" (org, id) on delete cascade
);
create index notice_mail_due on objects.notice_mail (org, next_at) where next_at is not null;
select store.protect('objects.notice_mail');

-- Something somebody is to do about an object, by a day: a person, or whoever has a role.
create table objects.task (
  org uuid not null default store.current_org(),
  id uuid not null,
  type text not null,
  object uuid not null,
  title text not null,
  assignee uuid,
  role text,
  due_on date,
  created_at timestamptz not null,
  created_by text not null,
  done_at timestamptz,
  done_by text,
  -- When its assignee is reminded; null: never, or done.
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  check ((assignee is null) <> (role is null)),
  foreign key (org, assignee) references access."user" (org, id) on delete cascade
);
create index task_of_object on objects.task (org, object);
create index task_of_user on objects.task (org, assignee, due_on, id) where done_at is null;
create index task_of_role on objects.task (org, role, due_on, id) where done_at is null;
create index task_due on objects.task (org, next_at) where next_at is not null;
select store.protect('objects.task');

-- Reminders and scheduled transitions: one row an organisation, looked at by the pump.
create table objects.schedule_watch (
  org uuid not null default store.current_org(),
  id uuid not null,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id)
);
create index schedule_watch_due on objects.schedule_watch (org, next_at) where next_at is not null;
select store.protect('objects.schedule_watch');

-- What was done of them, once for each object and occurrence (the day of the attribute, or when it entered the state).
create table objects.schedule_done (
  org uuid not null default store.current_org(),
  type text not null,
  rule text not null,
  object uuid not null,
  occurrence text not null,
  at timestamptz not null,
  -- Why a transition could not be done; null when it was. Words of the model: no value of an object is in them.
  refusal jsonb,
  primary key (org, object, type, rule, occurrence)
);
select store.protect('objects.schedule_done', 'select, insert, delete');
