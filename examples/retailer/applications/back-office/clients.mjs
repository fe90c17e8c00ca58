import { DatabaseSync } from '@photostructure/sqlite';

/** The file of clients, in capitals without accents, as the old software keeps it. */
export function openClients(file) {
  const database = new DatabaseSync(file);
  const byName = database.prepare('select no, nom, prenom, ne_le from client where nom = ? and ne_le = ?');
  const deletion = database.prepare('delete from client where no = ?');
  const insertion = database.prepare('insert into client (nom, prenom, ne_le, ville) values (?, ?, ?, ?)');
  return {
    /** Numbers of the clients of that name and birth date; of that first name too, when one is given. */
    find(lastNames, firstNames, birthDates) {
      const given = new Set(firstNames.map(capitals));
      const rows = lastNames.flatMap((last) => birthDates.flatMap((day) => byName.all(capitals(last), day)));
      return rows.filter((row) => given.size === 0 || given.has(row.prenom)).map((row) => row.no);
    },
    remove(number) {
      return Number(deletion.run(number).changes);
    },
    add(last, first, day) {
      insertion.run(capitals(last ?? 'ESSAI'), capitals(first ?? 'ESSAI'), day ?? '1970-01-01', 'ESSAI');
    },
  };
}

function capitals(text) {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’'`\-–.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}
