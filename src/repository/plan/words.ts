import type { Preview } from '../../channels/index.ts';
import { counted, joined, type Language, type Text } from '../../kernel/index.ts';
import type { ApplicationPlan } from './plan.ts';

/** The first thing to say of a preview: nobody there, or how much would be touched. */
export function outcomeText(preview: Preview): Text {
  if (!preview.isFound) {
    return { fr: 'Introuvable dans cette application', en: 'Not found in this application' };
  }
  const touched = preview.tables.filter((table) => table.rows > 0);
  const rows = touched.reduce((sum, table) => sum + table.rows, 0);
  return joined([
    counted(rows, { fr: 'ligne', en: 'row' }, { fr: 'lignes', en: 'rows' }),
    { fr: 'dans', en: 'in' },
    counted(touched.length, { fr: 'table', en: 'table' }, { fr: 'tables', en: 'tables' }),
  ]);
}

export const schemaChanged: Text = {
  fr: 'Le schéma a changé depuis la dernière moisson : moissonnez-le avant d’effacer.',
  en: 'The schema changed since the last harvest: harvest it before you erase.',
};

/** A preview in the words of one language, for programs and terminals. */
export function previewInWords(planned: ApplicationPlan, preview: Preview, language: Language) {
  const say = (text: Text): string => text[language];
  const changes = planned.changes.map((change) => say(change.text));
  return {
    digest: planned.digest,
    harvestedAt: planned.harvestedAt,
    isFound: preview.isFound,
    tables: preview.tables.map((table) => ({
      table: table.table,
      rows: table.rows,
      shared: table.shared,
      action: table.action,
      why: table.ways.map(say).join(' · '),
      blanked: table.blanked.map((field) => field.column),
      kept: table.kept.map((field) => ({ column: field.column, why: say(field.words) })),
    })),
    changes,
    words: [
      say(outcomeText(preview)),
      ...(changes.length === 0 ? [] : [say(schemaChanged), ...changes]),
      ...preview.problems.map(say),
      ...preview.notices.map(say),
    ],
    statements: preview.statements.map(({ purpose, sql }) => `-- ${say(purpose)}\n${sql}`),
  };
}
