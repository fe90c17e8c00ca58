import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Language, Refusal } from '../../kernel/index.ts';
import type { Client } from '../client.ts';
import { type Command, type CommandCall, RefusedWork, WrongUsage } from '../command.ts';

const text = z.object({ fr: z.string(), en: z.string() });
const proposed = z.looseObject({
  id: z.string(),
  consequences: z.array(z.looseObject({ kind: z.string(), place: z.string(), text, isInTheWay: z.boolean() })),
});
const applied = z.looseObject({ fingerprint: z.string() });
type Proposed = z.infer<typeof proposed>;

const options = { without: { type: 'string', multiple: true } } as const;

export const modelDiff: Command = {
  words: ['model', 'diff'],
  usage: 'DIR … [--without PACK …]',
  summary: {
    fr: 'Montre ce que des modules métier changeraient, en mots et en nombres ; ne change rien.',
    en: 'Shows what packs would change, in words and numbers; changes nothing.',
  },
  options,
  positionals: [0, 20],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    const proposal = await propose(client, positionals, values.list('without'));
    output.result(proposal, lines(proposal, language));
  },
};

export const modelApply: Command = {
  words: ['model', 'apply'],
  usage: 'DIR … [--without PACK …]',
  summary: {
    fr: 'Applique des modules métier au modèle en service : tables, pages et API suivent aussitôt.',
    en: 'Applies packs to the model in force: tables, pages and API follow at once.',
  },
  options,
  positionals: [0, 20],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    await applyProposal(await propose(client, positionals, values.list('without')), { client, output, language });
  },
};

export const modelTakeBack: Command = {
  words: ['model', 'take-back'],
  usage: 'VERSION',
  summary: {
    fr: 'Rétablit une version antérieure du modèle, avec ce qui avait été archivé depuis.',
    en: 'Takes a former version of the model back, with what was archived since.',
  },
  options: {},
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, client, output, language }) => {
    const version = Number(positionals[0]);
    if (!Number.isSafeInteger(version) || version < 1)
      throw new WrongUsage('VERSION is a number: see socle model versions');
    const proposal = await client.post('/api/v1/model/proposals', { version }, proposed);
    await applyProposal(proposal, { client, output, language });
  },
};

async function applyProposal(
  proposal: Proposed,
  { client, output, language }: Pick<CommandCall, 'client' | 'output' | 'language'>,
): Promise<void> {
  const shown = lines(proposal, language);
  if (proposal.consequences.length === 0) return output.result({ ...proposal, applied: false }, shown);
  if (proposal.consequences.some((one) => one.isInTheWay)) {
    output.result({ ...proposal, applied: false }, shown);
    throw new RefusedWork();
  }
  const result = await client.post(`/api/v1/model/proposals/${proposal.id}/apply`, {}, applied);
  output.result({ ...proposal, applied: true, ...result }, [...shown, done[language]]);
}

const done = { fr: 'Appliqué.', en: 'Applied.' };
const nothing = { fr: 'Rien ne change.', en: 'Nothing changes.' };
export const marks: Readonly<Record<string, string>> = {
  added: '+',
  removed: '-',
  renamed: '>',
  changed: '~',
  refused: '!',
};

function lines({ consequences }: Proposed, language: Language): readonly string[] {
  if (consequences.length === 0) return [nothing[language]];
  return consequences.map(
    (one) => `${one.isInTheWay ? '!' : (marks[one.kind] ?? ' ')} ${one.place}: ${one.text[language]}`,
  );
}

async function propose(client: Client, folders: readonly string[], without: readonly string[]): Promise<Proposed> {
  const files = await Promise.all(folders.map(fileOf));
  return client.post('/api/v1/model/proposals', { files, without }, proposed);
}

export async function fileOf(path: string): Promise<{ readonly file: string; readonly text: string }> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
  const file = isFolder ? join(path, 'pack.yaml') : path;
  const said = await readFile(file, 'utf8').catch(() => null);
  if (said !== null) return { file, text: said };
  throw new Refusal('model.no_file', 422, {
    fr: `${file} ne se lit pas : donnez un dossier qui contient pack.yaml.`,
    en: `${file} can’t be read: give a folder that holds pack.yaml.`,
  });
}
