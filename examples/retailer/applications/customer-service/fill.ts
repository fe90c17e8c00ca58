import { writeFile } from 'node:fs/promises';
import { dayBetween, sinceFirstDay } from '../../moments.ts';
import { defaultHouseholds, defaultSeed, lastDay } from '../../people/people.ts';
import { Random } from '../../people/random.ts';

const subjects = [
  'Colis non reçu',
  'Demande de remboursement',
  'Article abîmé',
  'Échange de taille',
  'Points de fidélité manquants',
  'Question sur une facture',
];

/** What customers wrote to the service: an e-mail address, what it is about, and since when the service keeps it. */
export async function fillCustomerService(file: string): Promise<void> {
  const random = new Random(`${defaultSeed}/customer-service`);
  const lines = defaultHouseholds().flatMap(({ persons, number }) =>
    persons.flatMap((person) => {
      const hasWritten = random.chance(0.15) || number === 1;
      if (person.email === null || !hasWritten) return [];
      const since = dayBetween(random, sinceFirstDay(person.knownSince), lastDay);
      const name = `${person.firstName} ${person.lastName}`;
      return [`${JSON.stringify({ email: person.email, name, subject: random.pick(subjects), since })}\n`];
    }),
  );
  await writeFile(file, lines.join(''), { mode: 0o600 });
}
