import { z } from 'zod';
import type { Command } from '../command.ts';

const created = z.looseObject({ id: z.string(), secret: z.string() });

export const keyCreate: Command = {
  words: ['key', 'create'],
  usage: '--name N --role ROLE',
  summary: { fr: 'Crée une clé d’API et l’affiche une seule fois.', en: 'Makes an API key and prints it once.' },
  options: { name: { type: 'string' }, role: { type: 'string' } },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output }) => {
    const body = { name: values.required('name'), role: values.required('role') };
    const key = await client.post('/api/v1/keys', body, created);
    output.result(key, [key.secret]);
  },
};
