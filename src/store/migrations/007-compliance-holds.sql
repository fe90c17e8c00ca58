-- Requests by whom they are assigned to, and those of nobody; holds; the joins of persons, so that each can be undone.
create index request_by_assignee on compliance.request (org, assignee_id, due_on, id) where assignee_id is not null;
create index request_of_nobody on compliance.request (org, due_on, id) where assignee_id is null;

-- A reason to keep given categories of a person for a time (GDPR art. 17(3), art. 18). No category: all of them.
-- `words` is free text, sealed under the person's secret. In force until it is released, or until the end of `ends_on`.
create table compliance.hold (
  org uuid not null default store.current_org(),
  id uuid not null,
  person_id uuid not null,
  ground text not null check (ground in ('legal_claims', 'legal_obligation', 'accuracy_contested', 'restriction_asked',
    'needed_by_person', 'objection_examined')),
  categories text[] check (cardinality(categories) > 0),
  words bytea,
  ends_on date,
  placed_at timestamptz not null,
  placed_by text not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('released', 'end_date')),
  ended_by text,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  check ((ended_at is null) = (ended_how is null))
);
create index hold_by_person on compliance.hold (org, person_id, id);
create index hold_in_force on compliance.hold (org, placed_at, id) where ended_at is null;
create index hold_due on compliance.hold (org, next_at) where next_at is not null;
select store.protect('compliance.hold');

-- Two persons found to be one: who found it, by what (kinds of identifiers, never their values), and what moved, so that
-- it can be undone. `profiles` are those that `other_id` had; `followers`, the persons that had been joined into it.
create table compliance.person_join (
  org uuid not null default store.current_org(),
  id uuid not null,
  kept_id uuid not null,
  other_id uuid not null,
  found_by text not null check (found_by in ('identifiers', 'review')),
  kinds text[] not null,
  profiles uuid[] not null,
  followers uuid[] not null,
  joined_at timestamptz not null,
  joined_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (org, id)
);
create index person_join_by_kept on compliance.person_join (org, kept_id, id);
create index person_join_by_other on compliance.person_join (org, other_id, id);
select store.protect('compliance.person_join');
