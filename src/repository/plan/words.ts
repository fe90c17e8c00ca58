import type { Preview } from '../../channels/index.ts';
import { counted, joined, type Text } from '../../kernel/index.ts';

/** The first thing to say of a preview: nobody there, several persons, or how much would be touched. */
export function outcomeText(preview: Preview): Text {
  if (preview.refusal !== null) {
    return { fr: 'Personne ne serait effacé', en: 'Nobody would be erased' };
  }
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
