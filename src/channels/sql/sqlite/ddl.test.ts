import { expect, test } from 'vitest';
import { namesIn, readDdl, readModule } from './ddl.ts';

test('checks and generated columns are read whatever quotes, comments and parentheses surround them', () => {
  const read = readDdl(`create table "Odd (table)" ( -- a comment, with a comma (and more
    id integer primary key autoincrement,
    [e-mail] text not null constraint looks_like_mail check ([e-mail] like '%@%, (x)') collate nocase,
    price decimal(10, 2) default (1 + (2)) check (price > 0),
    "full ""name""" text generated always as (first || ' ' || coalesce(last, '')) stored, first text, last text,
    /* check (nothing) */ constraint "both" check (first is not null or last is not null),
    foreign key (id) references other (id)
  ) strict`);
  expect(read.checks.map(({ name, expression }) => [name, expression])).toEqual([
    ['looks_like_mail', "[e-mail] like '%@%, (x)'"],
    ['price', 'price > 0'],
    ['both', 'first is not null or last is not null'],
  ]);
  expect(read.checks[2]?.names).toEqual(['first', 'is', 'not', 'null', 'or', 'last']);
  expect([...read.generated]).toMatchObject([
    ['full "name"', { expression: "first || ' ' || coalesce(last, '')", names: ['first', 'coalesce', 'last'] }],
  ]);
});

test('a search table says whether it keeps its own texts', () => {
  expect(readModule('create virtual table s using fts5(title, body)')).toEqual({ module: 'fts5', content: null });
  expect(readModule("CREATE VIRTUAL TABLE s USING fts5(body, content='post', content_rowid='id')")).toEqual({
    module: 'fts5',
    content: 'post',
  });
  expect(readModule('create table s (content text)')).toBeNull();
});

test('a view names what it reads', () => {
  expect(namesIn('create view v as select c."Email" from [Customer] c -- from orders')).toContain('customer');
  expect(namesIn('create view v as select 1 from customer -- from orders')).not.toContain('orders');
});
