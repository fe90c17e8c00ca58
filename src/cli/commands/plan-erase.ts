import { z } from 'zod';
import { type Command, WrongUsage } from '../command.ts';
import { table } from '../output.ts';
import { splitOnce } from './app-add.ts';

const preview = z.looseObject({
  application: z.string(),
  tables: z.array(z.looseObject({ table: z.string(), rows: z.number(), action: z.string(), why: z.string() })),
  words: z.array(z.string()),
  statements: z.array(z.string()),
});

export const planErase: Command = {
  words: ['plan', 'erase'],
  usage: '--app APP --identity KIND=VALUE …',
  summary: {
    fr: 'Montre le plan d’effacement et les lignes comptées par table ; ne change rien.',
    en: 'Shows the erasure plan and the rows counted by table; changes nothing.',
  },
  options: { app: { type: 'string' }, identity: { type: 'string', multiple: true } },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output }) => {
    const application = encodeURIComponent(values.required('app'));
    const body = { action: 'erase', identities: readIdentities(values.list('identity')) };
    const plan = await client.post(`/api/v1/applications/${application}/plan`, body, preview);
    const rows = plan.tables.map((line) => [line.table, String(line.rows), line.action, line.why]);
    output.result(plan, [
      ...table([['TABLE', 'ROWS', 'ACTION', 'WHY'], ...rows]),
      '',
      ...plan.words,
      '',
      ...plan.statements,
    ]);
  },
};

/** `email=a@b.fr` → { kind, value }; the value is passed as it was typed. */
export function readIdentities(texts: readonly string[]): readonly { kind: string; value: string }[] {
  if (texts.length === 0) throw new WrongUsage('--identity is needed, such as --identity email=a@b.fr');
  return texts.map((text) => {
    const [kind, value] = splitOnce(text);
    if (kind === '' || value === '') throw new WrongUsage('--identity takes KIND=VALUE, such as email=a@b.fr');
    return { kind, value };
  });
}
