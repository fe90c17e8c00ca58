import { isCategory } from '../../channels/index.ts';
import { type Page, pageOf, type Visit } from '../../http/index.ts';
import { type Id, isUuid } from '../../kernel/index.ts';
import type { Field, FieldFilter, FieldPlace } from '../dictionary/dictionary.ts';
import { listFields, placeOfField } from '../dictionary/dictionary.ts';
import type { Show } from './dictionary-page.tsx';

/** The filter that words in the address mean; unknown words mean all. */
export function showOf(text: string | undefined): Show {
  if (text === 'personal' || text === 'undecided') return text;
  return text !== undefined && isCategory(text) ? text : '';
}

export function filterOf(show: Show, table: string): FieldFilter {
  const name = table.trim();
  return {
    ...(show === 'undecided' ? { isUndecided: true } : show === '' ? {} : { category: show }),
    ...(name === '' ? {} : { table: name }),
  };
}

/** A page of fields, as pages and the API ask for it. */
export async function fieldsPage(
  asked: Pick<Visit<string, unknown, unknown>, 'who' | 'list'>,
  application: Id<'application'>,
  filter: FieldFilter,
): Promise<Page<Field>> {
  const list = asked.list();
  const fields = await listFields(asked.who.scope, {
    application,
    filter,
    limit: list.limit,
    after: placeOf(list.after),
  });
  return pageOf(list, fields, placeOfField, (field) => field);
}

function placeOf(after: readonly unknown[] | null): FieldPlace | null {
  const [schema, table, position, id] = after ?? [];
  const isPlace = typeof schema === 'string' && typeof table === 'string' && typeof position === 'number';
  return isPlace && typeof id === 'string' && isUuid(id) ? [schema, table, position, id] : null;
}
