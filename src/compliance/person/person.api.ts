import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, saying } from '../../http/index.ts';
import { findPersons, joinOf, personJson, readPerson } from './person.ts';
import { undoJoin } from './undo-join.ts';

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
  app.post(
    '/persons/:id/joins/:join/undo',
    { summary: 'Undoes a join: profiles go back to the person they came with', allow: may('requests.decide') },
    async (call) => {
      const view = await readPerson(call.who, call.params.id);
      await undoJoin(call.who.scope, call.cause, view.id, joinOf(view, call.params.join).id);
      return personJson(await readPerson(call.who, call.params.id), call.language);
    },
  );
  app.get('/persons/:id', { summary: 'A person, pseudonymous', allow: may('persons.read') }, async (call) =>
    personJson(await readPerson(call.who, call.params.id), call.language),
  );
}
