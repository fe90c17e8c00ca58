import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '../command.ts';
import { marks } from './model-change.ts';

const text = z.object({ fr: z.string(), en: z.string() });
const version = z.looseObject({
  number: z.int(),
  finishedAt: z.string(),
  proposedBy: z.string().nullable(),
  packs: z.array(z.object({ name: z.string(), version: z.string() })),
});
const difference = z.looseObject({ kind: z.string(), place: z.string(), text });
const packFile = z.object({ pack: z.string(), text: z.string() });
const model = z.looseObject({ packs: z.array(z.looseObject({ name: z.string() })) });

export const modelVersions: Command = {
  words: ['model', 'versions'],
  usage: '',
  summary: {
    fr: 'Les versions qu’a eues le modèle, la dernière d’abord.',
    en: 'The versions the model had, the last first.',
  },
  options: {},
  positionals: [0, 0],
  needs: 'server',
  run: async ({ client, output }) => {
    const found = await client.get('/api/v1/model/versions', z.looseObject({ items: z.array(version) }));
    output.result(
      found,
      found.items.map(({ number, finishedAt, proposedBy, packs }) => {
        const has = packs.map((pack) => `${pack.name} ${pack.version}`).join(', ');
        return `${number}  ${finishedAt}  ${proposedBy ?? 'socle'}  ${has}`;
      }),
    );
  },
};

export const modelCompare: Command = {
  words: ['model', 'compare'],
  usage: 'VERSION VERSION',
  summary: {
    fr: 'Ce qui diffère d’une version du modèle à une autre, en mots.',
    en: 'What differs from one version of the model to another, in words.',
  },
  options: {},
  positionals: [2, 2],
  needs: 'server',
  run: async ({ positionals, client, output, language }) => {
    const [from, to] = positionals.map(encodeURIComponent);
    const path = `/api/v1/model/versions/${from}/compare/${to}`;
    const found = await client.get(path, z.looseObject({ differences: z.array(difference) }));
    output.result(
      found,
      found.differences.map((one) => `${marks[one.kind] ?? ' '} ${one.place}: ${one.text[language]}`),
    );
  },
};

export const modelExport: Command = {
  words: ['model', 'export'],
  usage: '[PACK …] [--to DIR]',
  summary: {
    fr: 'Rend les modules métier en service sous forme de fichiers : à l’écran, ou dans un dossier par module.',
    en: 'Gives the packs in force back as files: on the screen, or in a folder for each pack.',
  },
  options: { to: { type: 'string' } },
  positionals: [0, 50],
  needs: 'server',
  run: async ({ positionals, values, client, output }) => {
    const names =
      positionals.length > 0 ? positionals : (await client.get('/api/v1/model', model)).packs.map(({ name }) => name);
    const packs: z.infer<typeof packFile>[] = [];
    for (const name of names) {
      packs.push(await client.get(`/api/v1/model/packs/${encodeURIComponent(name)}`, packFile));
    }
    const folder = values.text('to');
    if (folder === null) {
      output.result(
        { packs },
        packs.map((pack) => pack.text.trimEnd()),
      );
      return;
    }
    const files: string[] = [];
    for (const pack of packs) {
      const file = join(folder, pack.pack, 'pack.yaml');
      await mkdir(join(folder, pack.pack), { recursive: true });
      await writeFile(file, pack.text);
      files.push(file);
    }
    output.result({ files }, files);
  },
};
