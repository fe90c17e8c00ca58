import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, saying } from '../../http/index.ts';
import { findPersons, personJson, readPerson } from './person.ts';

const query = z.object({
  identity: z
    .string()
    .max(400)
    .regex(
      /^[a-z][a-z0-9_]*:.+$/i,
      saying({
        fr: 'Écrivez TYPE:VALEUR, par exemple email:nom@exemple.fr.',
        en: 'Write KIND:VALUE, such as email:name@example.org.',
      }),
    ),
});

/** Persons, for programs: pseudonymous, identifiers masked. */
export function personApi(app: ApiApp): void {
  app.get(
    '/persons',
    { summary: 'The persons who hold an identifier', query, allow: may('persons.read') },
    async (call) => {
      const [kind = '', ...rest] = call.query.identity.split(':');
      const found = await findPersons(call.who, { kind, value: rest.join(':') });
      return { items: found.map((view) => personJson(view, call.language)), next: null };
    },
  );
  app.get('/persons/:id', { summary: 'A person, pseudonymous', allow: may('persons.read') }, async (call) =>
    personJson(await readPerson(call.who, call.params.id), call.language),
  );
}
