import { expect, test } from 'vitest';
import { testApplication } from '../../../test/support/application.ts';
import { signInColumns } from './sign-ins.ts';

test('a column of a log whose values are sign-in names is one, whatever it is called', async () => {
  const { connection, catalogue } = await testApplication(`
    create table utilisateur (id int primary key, identifiant varchar(40) not null unique, courriel varchar(80));
    create table journal (id int primary key, qui varchar(40), quoi varchar(200), poste varchar(40));
    create table stock (id int primary key, depot varchar(40));
    insert into utilisateur values (1, 'croux', 'c@mail.example'), (2, 'lmartin', 'l@mail.example'), (3, 'direction', null);
    insert into journal select i, (array['croux', 'lmartin', 'direction'])[1 + i % 3], 'fiche ' || i, 'PC-' || i from generate_series(1, 12) i;
    insert into stock values (1, 'croux'), (2, 'lmartin'), (3, 'direction');`);
  expect(await signInColumns(connection, await catalogue())).toEqual([
    { kind: 'login', column: 'public.utilisateur.identifiant' },
    { kind: 'login', column: 'public.journal.qui' },
  ]);
});
