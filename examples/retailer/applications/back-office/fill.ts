import { DatabaseSync } from '@photostructure/sqlite';
import { sinceFirstDay } from '../../moments.ts';
import { inCapitals } from '../../people/names.ts';
import { defaultHouseholds, defaultSeed } from '../../people/people.ts';
import { Random } from '../../people/random.ts';

/**
 * Clients typed by hand for years: name, birth date and town, no e-mail. Some were typed twice: of those, nobody can say
 * which is meant. Gustave Ollivier is one of them.
 */
export async function fillBackOffice(file: string): Promise<void> {
  const random = new Random(`${defaultSeed}/back-office`);
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      create table client (no integer primary key, nom text not null, prenom text not null, ne_le text not null, ville text, cree_le text not null);
      create index client_nom on client (nom, ne_le);
      begin`);
    const insertion = database.prepare(
      'insert into client (nom, prenom, ne_le, ville, cree_le) values (?, ?, ?, ?, ?)',
    );
    for (const { persons, address, number } of defaultHouseholds()) {
      for (const person of persons) {
        if (number > 2 && !random.chance(0.3)) continue;
        const times = number === 2 || random.chance(0.02) ? 2 : 1;
        for (let time = 0; time < times; time += 1) {
          const words = [person.lastName, person.firstName].map((text) => inCapitals(text).replaceAll(/[’'-]/g, ' '));
          const town = time === 0 ? inCapitals(address.city) : null;
          insertion.run(words[0] ?? '', words[1] ?? '', person.birthDate, town, sinceFirstDay(person.knownSince));
        }
      }
    }
    database.exec('commit');
  } finally {
    database.close();
  }
}
