import { DatabaseSync } from '@photostructure/sqlite';

/** The file of clients, in capitals without accents, as the old software keeps it. */
export function openClients(file) {
  const database = new DatabaseSync(file);
  // Statements don't keep their database from being collected: it is asked for them each time.
  const run = (sql, ...values) => Number(database.prepare(sql).run(...values).changes);
  return {
    /** Numbers of the clients of that name and birth date; of that first name too, when one is given. */
    find(lastNames, firstNames, birthDates) {
      const given = new Set(firstNames.map(capitals));
      const byName = database.prepare('select no, prenom from client where nom = ? and ne_le = ?');
      const rows = lastNames.flatMap((last) => birthDates.flatMap((day) => byName.all(capitals(last), day)));
      return rows.filter((row) => given.size === 0 || given.has(row.prenom)).map((row) => row.no);
    },
    remove(number) {
      return run('delete from client where no = ?', number);
    },
    all() {
      return database.prepare('select nom, prenom, ne_le, cree_le as since from client').all();
    },
    add({ nom, prenom, ne_le, since }) {
      run(
        'insert into client (nom, prenom, ne_le, cree_le) values (?, ?, ?, ?)',
        capitals(nom),
        capitals(prenom),
        ne_le,
        since,
      );
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
