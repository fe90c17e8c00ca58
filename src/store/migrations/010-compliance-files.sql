-- The hub's own duties: how long the file of a request is kept once it is over, and letters in the organisation's own words.

-- How long, in months, and why. No row: the shipped value.
create table compliance.file_retention (
  org uuid not null default store.current_org(),
  months integer not null check (months between 1 and 600),
  source text not null check (source <> ''),
  set_at timestamptz not null,
  set_by text not null,
  primary key (org)
);
select store.protect('compliance.file_retention');

-- The file of a request that is over, of the same id: when its personal values are forgotten.
create table compliance.request_file (
  org uuid not null default store.current_org(),
  id uuid not null,
  over_on date not null,
  ends_on date not null,
  forgotten_at timestamptz,
  next_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (org, id),
  foreign key (org, id) references compliance.request (org, id)
);
create index request_file_due on compliance.request_file (org, next_at) where next_at is not null;
select store.protect('compliance.request_file');

-- Each version of a letter as somebody wrote it, for one controller or for all; no text: back to the shipped letter.
create table compliance.letter_template (
  org uuid not null default store.current_org(),
  id uuid not null,
  kind text not null check (kind in ('acknowledgement', 'identity_request', 'extension', 'complete_answer', 'partial_answer',
    'not_found', 'refusal')),
  language text not null check (language in ('fr', 'en')),
  controller_id uuid,
  subject text,
  body text,
  made_at timestamptz not null,
  made_by text not null,
  primary key (org, id),
  check ((subject is null) = (body is null))
);
create index letter_template_by_kind on compliance.letter_template (org, kind, language, id);
select store.protect('compliance.letter_template', 'select, insert');
