-- Names in the order people expect: "Application 2" before "Application 10", accents and case as in French.
create collation store.natural (provider = icu, locale = 'fr-u-kn-true');

drop index access.user_by_name;
create index user_by_name on access.user (org, name collate store.natural, id);
drop index access.api_key_by_name;
create index api_key_by_name on access.api_key (org, name collate store.natural, id);

-- What an executed order leaves for people to know or to do: [{ fr, en }]. Nothing of a person is in it.
alter table compliance.application_order add column notices jsonb not null default '[]';
