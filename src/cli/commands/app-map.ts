import { z } from 'zod';
import type { Command } from '../command.ts';
import { readMap } from './app-add.ts';

const shown = z.looseObject({ application: z.string(), map: z.string().nullable(), version: z.number() });

export const appMap: Command = {
  words: ['app', 'map'],
  usage: '--app APP [--map FILE]',
  summary: {
    fr: 'Montre ce qui est déclaré des tables d’une application ; avec --map, FICHIER (YAML) le remplace, vérifié contre le schéma.',
    en: 'Shows what is declared of an application’s tables; with --map, FILE (YAML) takes its place, held against the schema.',
  },
  options: { app: { type: 'string' }, map: { type: 'string' } },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output }) => {
    const path = `/api/v1/applications/${encodeURIComponent(values.required('app'))}/map`;
    const file = values.text('map');
    const kept =
      file === null
        ? await client.get(path, shown)
        : await client.put(path, { map: await readMap(file), mapName: file }, shown);
    output.result(kept, (kept.map ?? '').trimEnd().split('\n'));
  },
};
