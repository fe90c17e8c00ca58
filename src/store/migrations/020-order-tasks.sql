-- Orders that people carry out: a task, answered on a page without an account, behind a link sent by e-mail.

-- The task of an order, of the same id: when somebody is next reminded of it, or its messages looked at.
create table compliance.order_task (
  org uuid not null default store.current_org(),
  id uuid not null,
  opened_at timestamptz not null,
  -- How many reminders were sent.
  reminders smallint not null default 0 check (reminders >= 0),
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, id) references compliance.application_order (org, id)
);
create index order_task_due on compliance.order_task (org, next_at) where next_at is not null;
select store.protect('compliance.order_task');

-- Each message that carries a link to a task: the outbox message of the same id. `contact` is a keyed hash of its address.
create table compliance.task_message (
  org uuid not null default store.current_org(),
  id uuid not null,
  order_id uuid not null,
  contact bytea not null,
  kind text not null check (kind in ('first', 'reminder', 'fresh')),
  at timestamptz not null,
  primary key (org, id),
  foreign key (org, order_id) references compliance.application_order (org, id)
);
create index task_message_by_order on compliance.task_message (org, order_id, id);
select store.protect('compliance.task_message', 'select, insert');

-- What a contact attached to an answer: its digest is in the answer, and so in the evidence. The file, with its name, is sealed
-- under the person's own secret, and wiped when the person is forgotten.
create table compliance.task_proof (
  org uuid not null default store.current_org(),
  id uuid not null,
  order_id uuid not null,
  person_id uuid not null,
  digest bytea not null,
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  sealed bytea,
  at timestamptz not null,
  primary key (org, id),
  foreign key (org, order_id) references compliance.application_order (org, id)
);
create index task_proof_by_order on compliance.task_proof (org, order_id, id);
create index task_proof_by_person on compliance.task_proof (org, person_id) where sealed is not null;
select store.protect('compliance.task_proof');
