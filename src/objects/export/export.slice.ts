import { z } from 'zod';
import { type FileAnswer, file, type Slice, type Who } from '../../http/index.ts';
import type { Language } from '../../kernel/index.ts';
import { askerOf } from '../acting.ts';
import { listObjects } from '../list.ts';
import type { ModelSource } from '../model-source.ts';
import { readWordFilters } from '../pages/word-filters.ts';
import { expectType } from '../refusals.ts';
import { expectRight } from '../rights.ts';
import { type ExportAsked, type ExportFormat, exportFormats, exportObjects } from './export-list.ts';

const exportQuery = z.object({
  format: z.enum(exportFormats).optional(),
  filter: z.string().optional().describe('a condition in CEL'),
  search: z.string().optional(),
  sort: z.string().optional(),
});

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** All objects of a list as a file: from its page, with its filters and its sort, and from the API. */
export function exportSlice(models: ModelSource): Slice {
  const answer = async (
    who: Who,
    name: string,
    language: Language,
    asked: Omit<ExportAsked, 'language'>,
  ): Promise<FileAnswer> => {
    const acting = { model: models.current(), asker: askerOf(who) };
    const type = expectType(acting.model, name);
    expectRight(acting.asker, type, 'read');
    const { format, filter = null, search = null, sort = [] } = asked;
    // What is wrong with the list is refused before a byte is sent.
    await listObjects(who.scope, acting, name, { filter, search, ...(sort.length === 0 ? {} : { sort }), limit: 1 });
    const bytes = exportObjects(who.scope, acting, type, { ...asked, language });
    return file(bytes, mediaTypes[format], `${type.plural[language]}.${format}`);
  };
  return {
    name: 'export of lists',
    pages(app) {
      app.get('/objects/:type/export', {}, (visit) => {
        const filters = readWordFilters(expectType(models.current(), visit.params.type), visit.url.searchParams);
        return answer(visit.who, visit.params.type, visit.language, {
          format: visit.url.searchParams.get('format') === 'json' ? 'json' : 'csv',
          filter: filters.condition,
          search: filters.search,
          sort: visit.list().sort,
        });
      });
    },
    api(app) {
      app.get(
        '/objects/:type/export',
        { summary: 'All objects of a type as a file: CSV that an import reads back, or JSON', query: exportQuery },
        (call) => {
          const { filter, sort } = call.list();
          const { format = 'json', search = null } = call.query;
          return answer(call.who, call.params.type, call.language, { format, filter, sort, search });
        },
      );
    },
  };
}
