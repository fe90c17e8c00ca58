import { type Category, columnKey, isPersonal, type View } from '../../channels/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { detect } from '../detect/detect.ts';
import { dictionaryOf } from './dictionary.ts';

/** A column of a view: what it says of a person, and from where that is known. */
export interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly category: Category;
  /** `schema.table.column` that it comes from, whose verdict is its own; null when it is computed or renamed. */
  readonly from: string | null;
}

export interface DictionaryView {
  readonly schema: string;
  readonly name: string;
  readonly kind: View['kind'];
  readonly comment: string | null;
  /** Tables it reads, directly or through other views, as `schema.table`. */
  readonly reads: readonly string[];
  readonly columns: readonly ViewColumn[];
}

/**
 * The views of an application as last harvested, in the order of their names. A column of the name of a field of a
 * table that the view reads is that field, with its verdict; any other is proposed by its own name. No verdict is asked
 * for: what a view shows lies in tables, and an erasure acts there (decision 0039).
 */
export async function viewsOf(scope: Scope, application: Id<'application'>): Promise<readonly DictionaryView[]> {
  const { catalogue, categories } = await dictionaryOf(scope, application);
  const proposals = proposedFor(catalogue.views);
  return catalogue.views
    .map((view) => ({
      schema: view.schema,
      name: view.table,
      kind: view.kind,
      comment: view.comment,
      reads: view.reads,
      columns: view.columns.map(({ name, type }) => {
        const source = sourceOf(view, name, categories);
        const category = source?.category ?? proposals.get(columnKey(view, name)) ?? 'none';
        return { name, type, category, from: source?.key ?? null };
      }),
    }))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
}

export function keyOf(view: Pick<DictionaryView, 'schema' | 'name'>): string {
  return `${view.schema}.${view.name}`;
}

/** Of several fields of that name, one that is about a person: a view that joins must not hide it. */
function sourceOf(
  view: View,
  column: string,
  categories: ReadonlyMap<string, Category>,
): { readonly key: string; readonly category: Category } | null {
  const found = view.reads.flatMap((table) => {
    const key = `${table}.${column}`;
    const category = categories.get(key);
    return category === undefined ? [] : [{ key, category }];
  });
  return found.find(({ category }) => isPersonal(category)) ?? found[0] ?? null;
}

function proposedFor(views: readonly View[]): ReadonlyMap<string, Category> {
  const shapes = views.map(({ schema, table, comment, columns }) => ({
    schema,
    name: table,
    comment,
    fields: columns.map(({ name, type }) => ({
      name,
      type,
      nullable: true,
      comment: null,
      isPrimaryKey: false,
      isUnique: false,
      references: null,
    })),
  }));
  return new Map(
    detect(shapes).flatMap(({ table, fields }) =>
      fields.map(({ field, category }) => [
        columnKey({ schema: table.schema, table: table.name }, field.name),
        category,
      ]),
    ),
  );
}
