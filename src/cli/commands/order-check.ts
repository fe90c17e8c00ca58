import { z } from 'zod';
import type { Command } from '../command.ts';

const checked = z.looseObject({ order: z.string(), request: z.string(), state: z.string() });

export const orderCheck: Command = {
  words: ['order', 'check'],
  usage: 'ORDER --where TABLE --finding other_person|no_person|treated --basis REASON [--note TEXT]',
  summary: {
    fr: 'Dit ce que vous avez constaté, en les regardant, des lignes qui portent le nom de la personne et que rien ne relie. REASON : details_differ, team_confirmed, person_confirmed, done_by_team.',
    en: 'Says what you found, looking at them, of the rows that bear the person’s name and that nothing links. REASON: details_differ, team_confirmed, person_confirmed, done_by_team.',
  },
  options: {
    where: { type: 'string' },
    finding: { type: 'string' },
    basis: { type: 'string' },
    note: { type: 'string' },
  },
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    const note = values.text('note');
    const body = {
      where: values.required('where'),
      finding: values.required('finding'),
      basis: values.required('basis'),
      ...(note === null ? {} : { note }),
    };
    const path = `/api/v1/orders/${encodeURIComponent(positionals[0] ?? '')}/checks`;
    const answer = await client.post(path, body, checked);
    const words =
      answer.state === 'partly'
        ? { fr: 'Noté. D’autres tables attendent.', en: 'Recorded. Other tables wait.' }
        : {
            fr: 'Noté : l’ordre est exécuté, et Socle regarde de nouveau.',
            en: 'Recorded: the order is executed, and Socle looks again.',
          };
    output.result(answer, [words[language]]);
  },
};
