import { writeFile } from 'node:fs/promises';
import { sinceFirstDay } from '../../moments.ts';
import { defaultHouseholds, defaultSeed } from '../../people/people.ts';
import { Random } from '../../people/random.ts';

/** Subscribers among the persons of the other applications, and the cast, whom the guide names. */
export async function fillNewsletter(file: string): Promise<void> {
  const random = new Random(`${defaultSeed}/newsletter`);
  const lines = defaultHouseholds().flatMap(({ persons, number }) =>
    persons.flatMap((person) => {
      const isSubscriber = random.chance(0.35) || number === 1;
      if (person.email === null || !isSubscriber) return [];
      const list = random.pick(['maison', 'cabrelle']);
      const since = sinceFirstDay(person.knownSince);
      return [`${JSON.stringify({ email: person.email, firstName: person.firstName, list, since })}\n`];
    }),
  );
  await writeFile(file, lines.join(''), { mode: 0o600 });
}
