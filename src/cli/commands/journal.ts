import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../../kernel/index.ts';
import { type Command, RefusedWork, WrongUsage } from '../command.ts';

const verified = z.looseObject({
  isWhole: z.boolean(),
  entries: z.number(),
  words: z.array(z.string()),
});

export const journalVerify: Command = {
  words: ['journal', 'verify'],
  usage: '[--against CHECKPOINT] [--key PUBLIC-KEY]',
  summary: {
    fr: 'Vérifie tout le journal et nomme la première entrée fautive ; CHECKPOINT est un fichier, PUBLIC-KEY une des clés publiées, ou son empreinte.',
    en: 'Checks the whole journal and names the first bad entry; CHECKPOINT is a file, PUBLIC-KEY one of the published keys, or its fingerprint.',
  },
  options: { against: { type: 'string' }, key: { type: 'string' } },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output }) => {
    const path = values.text('against');
    const against = path === null ? null : await readFile(path, 'utf8').catch(() => null);
    if (path !== null && against === null) {
      throw new Refusal('journal.no_checkpoint', 422, {
        fr: `Le fichier ${path} ne peut pas être lu.`,
        en: `The file ${path} can’t be read.`,
      });
    }
    const key = values.text('key');
    const body = { ...(against === null ? {} : { against }), ...(key === null ? {} : { key }) };
    const result = await client.post('/api/v1/journal/verification', body, verified);
    output.result(result, result.words);
    if (!result.isWhole) throw new RefusedWork();
  },
};

export const journalCheckpoint: Command = {
  words: ['journal', 'checkpoint'],
  usage: '',
  summary: { fr: 'Affiche le point de contrôle signé.', en: 'Prints the signed checkpoint.' },
  options: {},
  positionals: [0, 0],
  needs: 'server',
  run: async ({ client, output }) => {
    const found = await client.get('/api/v1/journal/checkpoint', z.looseObject({ checkpoint: z.string() }));
    output.result(found, [found.checkpoint.trimEnd()]);
  },
};

export const journalKey: Command = {
  words: ['journal', 'key'],
  usage: '',
  summary: { fr: 'Affiche la clé publique du journal.', en: 'Prints the journal’s public key.' },
  options: {},
  positionals: [0, 0],
  needs: 'server',
  run: async ({ client, output }) => {
    const found = await client.get('/api/v1/journal/key', z.looseObject({ key: z.string() }));
    output.result(found, [found.key]);
  },
};

export const journalRotateKey: Command = {
  words: ['journal', 'rotate-key'],
  usage: '[--reason routine|suspicion]',
  summary: {
    fr: 'Remplace la clé qui signe le journal : publiez la nouvelle, gardez l’ancienne pour les dossiers déjà remis.',
    en: 'Replaces the key that signs the journal: publish the new one, keep the old one for the files already handed over.',
  },
  options: { reason: { type: 'string' } },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output }) => {
    const reason = values.text('reason') ?? 'routine';
    if (reason !== 'routine' && reason !== 'suspicion') throw new WrongUsage('--reason is routine or suspicion');
    const shape = z.looseObject({ key: z.string(), fingerprint: z.string(), replaced: z.string() });
    const found = await client.post('/api/v1/journal/key', { reason }, shape);
    output.result(found, [found.key, `${found.replaced} → ${found.fingerprint}`]);
  },
};
