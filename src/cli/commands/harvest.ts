import { z } from 'zod';
import type { Text } from '../../kernel/index.ts';
import type { Command } from '../command.ts';

const harvested = z.looseObject({
  tables: z.number(),
  fields: z.number(),
  created: z.number(),
  changed: z.number(),
  withdrawn: z.number(),
  undecided: z.number(),
});

export const harvest: Command = {
  words: ['harvest'],
  usage: 'APP',
  summary: {
    fr: 'Lit le schéma d’une application dans le dictionnaire et propose des catégories.',
    en: 'Reads an application’s schema into the dictionary and proposes categories.',
  },
  options: {},
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, client, output, language }) => {
    const [name = ''] = positionals;
    const done = await client.post(`/api/v1/applications/${encodeURIComponent(name)}/harvest`, {}, harvested);
    output.result(done, [wordsOf(done)[language]]);
  },
};

function wordsOf(done: z.output<typeof harvested>): Text {
  const { tables, fields, created, changed, withdrawn, undecided } = done;
  return {
    fr: `${tables} tables, ${fields} champs : ${created} nouveaux, ${changed} changés, ${withdrawn} retirés ; ${undecided} à confirmer`,
    en: `${tables} tables, ${fields} fields: ${created} new, ${changed} changed, ${withdrawn} withdrawn; ${undecided} to confirm`,
  };
}
