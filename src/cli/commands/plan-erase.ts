import { z } from 'zod';
import type { Language, Text } from '../../kernel/index.ts';
import { type Command, WrongUsage } from '../command.ts';
import { table } from '../output.ts';
import { splitOnce } from './app-add.ts';
import { metLines, metSchema } from './met.ts';

const text = z.object({ fr: z.string(), en: z.string() });
const field = z.looseObject({ column: z.string(), category: z.string().nullable(), words: text });
const previewSchema = z.looseObject({
  isFound: z.boolean(),
  refusal: text.nullable(),
  tables: z.array(
    z.looseObject({
      table: z.string(),
      action: z.enum(['blank', 'delete', 'keep']),
      rows: z.number(),
      shared: z.number(),
      ways: z.array(text),
      blanked: z.array(field),
      kept: z.array(field),
    }),
  ),
  statements: z.array(z.looseObject({ purpose: text, sql: z.string() })),
  problems: z.array(text),
  notices: z.array(text),
  met: z.array(metSchema),
  notLooked: z.array(z.string()),
});
type Preview = z.output<typeof previewSchema>;

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
  run: async ({ values, client, output, language }) => {
    const application = encodeURIComponent(values.required('app'));
    const body = { identities: readIdentities(values.list('identity')) };
    const preview = await client.post(`/api/v1/applications/${application}/plan`, body, previewSchema);
    output.result(preview, wordsOf(preview, language));
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

const actions: Readonly<Record<Preview['tables'][number]['action'], Text>> = {
  blank: { fr: 'blanchir', en: 'blank' },
  delete: { fr: 'supprimer', en: 'delete' },
  keep: { fr: 'garder', en: 'keep' },
};

const heads: Readonly<Record<Language, readonly string[]>> = {
  fr: ['TABLE', 'LIGNES', 'PARTAGÉES', 'ACTION', 'CHAMPS BLANCHIS'],
  en: ['TABLE', 'ROWS', 'SHARED', 'ACTION', 'FIELDS BLANKED'],
};

function wordsOf(preview: Preview, language: Language): readonly string[] {
  const rows = preview.tables.map((line) => [
    line.table,
    String(line.rows),
    String(line.shared),
    actions[line.action][language],
    line.blanked.map((each) => each.column).join(', '),
  ]);
  const kept = preview.tables.flatMap((line) =>
    line.kept.map((each) => `  ${line.table}.${each.column}: ${each.words[language]}`),
  );
  const sql = preview.statements.flatMap((statement) => ['', `-- ${statement.purpose[language]}`, statement.sql]);
  const notFound = language === 'fr' ? 'Personne n’a été trouvé.' : 'Nobody was found.';
  return [
    ...(preview.isFound ? [] : [notFound, '']),
    ...(preview.refusal === null ? [] : [preview.refusal[language], '']),
    ...table([heads[language], ...rows]),
    ...section(
      language === 'fr'
        ? 'Ce que rien ne relie (lignes pour le fichier --map, sous le mot joins, identities ou tables qui y est déjà)'
        : 'What nothing links (lines for the --map file, under the word joins, identities or tables that is there already)',
      metLines(preview.met, language),
    ),
    ...section(
      language === 'fr' ? 'Non parcourues, faute de temps' : 'Not looked through, for want of time',
      preview.notLooked.map((name) => `  ${name}`),
    ),
    ...section(language === 'fr' ? 'Ce qui reste' : 'What stays', kept),
    ...section(
      language === 'fr' ? 'À savoir' : 'Worth knowing',
      [...preview.problems, ...preview.notices].map((line) => `  ${line[language]}`),
    ),
    ...sql,
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
