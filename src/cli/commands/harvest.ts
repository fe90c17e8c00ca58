import { z } from 'zod';
import type { Command } from '../command.ts';

const harvested = z.looseObject({ tables: z.number(), fields: z.number(), personal: z.number() });

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
  run: async ({ positionals, client, output }) => {
    const [name = ''] = positionals;
    const done = await client.post(`/api/v1/applications/${encodeURIComponent(name)}/harvest`, {}, harvested);
    output.result(done, [`${done.tables} tables, ${done.fields} fields, ${done.personal} personal`]);
  },
};
