import { isAbsolute, normalize } from 'node:path';
import { Refusal } from '../../kernel/index.ts';

/** Where files are exchanged with an application, and what orders look like there. */
export interface DropAddress {
  readonly folder: string;
  readonly format: 'ndjson' | 'csv';
}

/** Reads `/srv/drops/crm` (NDJSON) or `csv:/srv/drops/crm`. Refuses what isn't a plain absolute path. */
export function readDropAddress(text: string): DropAddress {
  const [, format = 'ndjson', path = ''] = /^(?:(csv|ndjson):)?(.*)$/s.exec(text.trim()) ?? [];
  const folder = path.replace(/\/+$/, '');
  const isPlain = isAbsolute(folder) && normalize(folder) === folder && !/\p{Cc}/u.test(folder) && folder.length <= 500;
  if (!isPlain) throw notFolder();
  return { folder, format: format === 'csv' ? 'csv' : 'ndjson' };
}

function notFolder(): Refusal {
  return new Refusal('file.folder', 422, {
    fr: 'Donnez le chemin absolu d’un dossier de ce serveur, sans « .. » : /srv/echanges/crm, ou csv:/srv/echanges/crm pour des ordres en CSV.',
    en: 'Give the absolute path of a folder of this server, without “..”: /srv/drops/crm, or csv:/srv/drops/crm for orders in CSV.',
  });
}
