-- Until when a sequence has been given out: numbers follow the order of days. Null for the human numbers of objects, which only count.
alter table objects.sequence add column last_at timestamptz;
