import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Text } from '../../kernel/index.ts';
import type { Client } from '../client.ts';
import { type Command, RefusedWork, type Values, WrongUsage } from '../command.ts';
import type { Output } from '../output.ts';

const options = z.looseObject({ mapping: z.record(z.string(), z.string()), key: z.array(z.string()) });
const imported = z.looseObject({
  id: z.string(),
  state: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  created: z.number(),
  updated: z.number(),
  same: z.number(),
  skipped: z.number(),
  refused: z.number(),
  failure: z.object({ fr: z.string(), en: z.string() }).nullable(),
});
const sent = imported.extend({ proposal: options });
type Imported = z.output<typeof imported>;

/** Three days: longer than any file takes, so that a lost server is still told. */
const patienceSeconds = 259_200;

export const importFile: Command = {
  words: ['import'],
  usage:
    'FILE --type TYPE [--map COLUMN=ATTRIBUTE]… [--key ATTRIBUTE]… [--existing update|skip|refuse] [--missing create|skip|refuse] [--good-lines] [--dry-run] [--problems FILE.csv]',
  summary: {
    fr: 'Importe un fichier d’objets (CSV, JSON, NDJSON) : vérifié ligne par ligne, puis écrit en entier ou pas du tout.',
    en: 'Imports a file of objects (CSV, JSON, NDJSON): checked line by line, then written as a whole or not at all.',
  },
  options: {
    type: { type: 'string' },
    map: { type: 'string', multiple: true },
    key: { type: 'string', multiple: true },
    existing: { type: 'string' },
    missing: { type: 'string' },
    'good-lines': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    problems: { type: 'string' },
  },
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    const [path = ''] = positionals;
    const type = values.required('type');
    const query = new URLSearchParams({ name: basename(path) });
    const job = await client.upload(`/api/v1/objects/${encodeURIComponent(type)}/imports?${query}`, path, sent);
    const checked = await step(client, output, job.id, { step: 'check', options: chosen(values, job.proposal) });
    await keepProblems(client, values, checked);
    const lines = values.isSet('good-lines') ? 'good' : 'all';
    const isOver = checked.state !== 'checked' || values.isSet('dry-run') || (lines === 'all' && checked.refused > 0);
    const hasWork = checked.created + checked.updated > 0;
    const ended = isOver || !hasWork ? checked : await step(client, output, job.id, { step: 'apply', lines });
    output.endProgress();
    output.result(ended, [wordsOf(ended)[language]]);
    if (ended.state === 'failed' || (isOver && !values.isSet('dry-run'))) throw new RefusedWork('not imported');
  },
};

function chosen(values: Values, proposal: z.output<typeof options>): unknown {
  const mapping = { ...proposal.mapping };
  for (const pair of values.list('map')) {
    const at = pair.lastIndexOf('=');
    if (at < 1) throw new WrongUsage('--map takes COLUMN=ATTRIBUTE');
    const target = pair.slice(at + 1);
    for (const [column, other] of Object.entries(mapping)) if (other === target) delete mapping[column];
    mapping[pair.slice(0, at)] = target;
  }
  const key = values.list('key');
  const existing = values.text('existing');
  const missing = values.text('missing');
  return {
    ...proposal,
    mapping,
    ...(key.length === 0 ? {} : { key }),
    ...(existing === null ? {} : { existing }),
    ...(missing === null ? {} : { missing }),
  };
}

const working = new Set(['checking', 'applying', 'undoing']);

async function step(client: Client, output: Output, id: string, body: object): Promise<Imported> {
  await client.post(`/api/v1/imports/${id}/steps`, body, imported);
  const isDone = (job: Imported): boolean => {
    output.progress(`${job.state} ${job.done}${job.total === null ? '' : ` / ${job.total}`}`);
    return !working.has(job.state);
  };
  return client.poll(`/api/v1/imports/${id}`, imported, isDone, patienceSeconds);
}

async function keepProblems(client: Client, values: Values, job: Imported): Promise<void> {
  const file = values.text('problems');
  if (file !== null) await writeFile(file, await client.bytes(`/api/v1/imports/${job.id}/problems`), { mode: 0o600 });
}

function wordsOf(job: Imported): Text {
  if (job.failure !== null) return job.failure;
  const { created, updated, same, skipped, refused } = job;
  const isDone = job.state === 'done';
  return {
    fr: `${isDone ? 'Écrit' : 'Rien n’est écrit ; serait écrit'} : ${created} créés, ${updated} modifiés ; ${same} déjà ainsi, ${skipped} passés, ${refused} lignes refusées (${job.id})`,
    en: `${isDone ? 'Written' : 'Nothing is written; would be'}: ${created} created, ${updated} changed; ${same} already so, ${skipped} skipped, ${refused} lines refused (${job.id})`,
  };
}
