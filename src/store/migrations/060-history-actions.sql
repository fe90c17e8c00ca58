-- What history tells of an object grows with what can be done to it (files, words, versions): the code has the list.
alter table objects.history drop constraint history_action_check;
alter table objects.history add constraint history_action_check check (action ~ '^[a-z]{2,20}$');
