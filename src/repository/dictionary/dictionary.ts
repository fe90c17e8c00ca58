import { z } from 'zod';
import { type Catalogue, type Category, columnKey, isCategory, isPersonal } from '../../channels/index.ts';
import { type Id, Refusal, type Text } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** A field of the dictionary, as pages and the API show it. */
export interface Field {
  readonly id: Id<'field'>;
  readonly application: Id<'application'>;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly position: number;
  readonly type: string;
  readonly isNullable: boolean;
  readonly isPrimaryKey: boolean;
  readonly referencesTo: string | null;
  readonly comment: string | null;
  /** The verdict, else the proposal. */
  readonly category: Category;
  readonly proposed: Category;
  /** Of the proposal, in whole percent. */
  readonly confidence: number;
  readonly reasons: readonly Text[];
  readonly identityKind: string | null;
  readonly isUndecided: boolean;
  readonly verdict: Verdict | null;
  readonly firstSeen: Date;
  readonly harvestedAt: Date;
}

export interface Verdict {
  readonly category: Category;
  readonly note: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Which fields: of a category, those that wait for a decision, those of one table, all. */
export interface FieldFilter {
  readonly category?: Category | 'personal';
  readonly isUndecided?: boolean;
  /** A table's name, with or without its schema. */
  readonly table?: string;
}

/** Place of a field in the order of the dictionary: schema, table, position, id. */
export type FieldPlace = readonly [string, string, number, string];

export interface FieldList {
  readonly application: Id<'application'>;
  readonly filter: FieldFilter;
  readonly limit: number;
  readonly after: FieldPlace | null;
}

/** Fields in the order of the schema, `limit + 1` at most: the one too many says that more follow. */
export function fieldQuery(scope: Pick<Scope, 'db'>, list: FieldList) {
  const { filter, after } = list;
  let query = scope.db
    .selectFrom('repository.field')
    .selectAll()
    .where('application_id', '=', list.application)
    .where('gone_at', 'is', null);
  if (filter.isUndecided === true) query = query.where('is_undecided', '=', true);
  if (filter.category === 'personal') query = query.where('category', 'not in', ['none', 'technical']);
  else if (filter.category !== undefined) query = query.where('category', '=', filter.category);
  if (filter.table !== undefined) {
    const [table = '', schema] = filter.table.split('.').reverse();
    query = query.where('table_name', '=', table);
    if (schema !== undefined) query = query.where('schema_name', '=', schema);
  }
  if (after !== null) {
    const [schema, table, position, id] = after;
    query = query.where((eb) =>
      eb(
        eb.refTuple('schema_name', 'table_name', 'position', 'id'),
        '>',
        eb.tuple(eb.val(schema), eb.val(table), eb.val(position), eb.val(id)),
      ),
    );
  }
  return query
    .orderBy('schema_name')
    .orderBy('table_name')
    .orderBy('position')
    .orderBy('id')
    .limit(list.limit + 1);
}

export async function listFields(scope: Scope, list: FieldList): Promise<readonly Field[]> {
  return (await fieldQuery(scope, list).execute()).map(toField);
}

/** Refuses (404) when there is no such field in this organisation. */
export async function readField(scope: Pick<Scope, 'db'>, id: Id<'field'>): Promise<Field> {
  const row = await scope.db.selectFrom('repository.field').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknownField();
  return toField(row);
}

export function placeOfField(field: Field): FieldPlace {
  return [field.schema, field.table, field.position, field.id];
}

type FieldRow = Awaited<ReturnType<ReturnType<typeof fieldQuery>['execute']>>[number];

const texts = z.array(z.object({ fr: z.string(), en: z.string() }));

function toField(row: FieldRow): Field {
  const verdict = row.verdict !== null && isCategory(row.verdict) ? row.verdict : null;
  const proposed = isCategory(row.proposed_category) ? row.proposed_category : 'none';
  return {
    id: row.id,
    application: row.application_id,
    schema: row.schema_name,
    table: row.table_name,
    column: row.column_name,
    position: row.position,
    type: row.type,
    isNullable: row.is_nullable,
    isPrimaryKey: row.is_primary_key,
    referencesTo: row.references_to,
    comment: row.comment,
    category: verdict ?? proposed,
    proposed,
    confidence: row.confidence,
    reasons: texts.parse(row.reasons),
    identityKind: row.identity_kind,
    isUndecided: row.is_undecided,
    verdict:
      verdict === null || row.verdict_by === null || row.verdict_at === null
        ? null
        : { category: verdict, note: row.verdict_note, by: row.verdict_by, at: row.verdict_at },
    firstSeen: row.first_seen,
    harvestedAt: row.harvested_at,
  };
}

/** What a plan is made of: the schema as last read, and what each field says of a person. */
export interface Dictionary {
  readonly catalogue: Catalogue;
  /** `schema.table.column` → category. */
  readonly categories: ReadonlyMap<string, Category>;
  /** Columns by which detection says a person can be found, whatever the application. */
  readonly identities: readonly { readonly kind: string; readonly column: string }[];
  readonly harvestedAt: Date;
}

/** Refuses (409) when the application was never harvested. */
export async function dictionaryOf(scope: Scope, application: Id<'application'>): Promise<Dictionary> {
  const stored = await scope.db
    .selectFrom('repository.catalogue')
    .select(['catalogue', 'read_at'])
    .where('application_id', '=', application)
    .executeTakeFirst();
  if (stored === undefined) throw neverHarvested();
  const rows = await scope.db
    .selectFrom('repository.field')
    .select(['schema_name', 'table_name', 'column_name', 'category', 'identity_kind'])
    .where('application_id', '=', application)
    .where('gone_at', 'is', null)
    .orderBy('schema_name')
    .orderBy('table_name')
    .orderBy('position')
    .execute();
  const keyed = rows.map((row) => ({
    ...row,
    key: columnKey({ schema: row.schema_name, table: row.table_name }, row.column_name),
  }));
  return {
    // What the channel wrote, it reads back: the column holds a Catalogue and nothing else.
    catalogue: stored.catalogue as object as Catalogue,
    categories: new Map(keyed.map((row) => [row.key, isCategory(row.category) ? row.category : 'none'])),
    // A verdict that a field says nothing of a person also takes it out of the ways in.
    identities: keyed.flatMap(({ key, identity_kind: kind, category }) =>
      kind !== null && carriedKinds.has(kind) && isCategory(category) && isPersonal(category)
        ? [{ kind, column: key }]
        : [],
    ),
    harvestedAt: stored.read_at,
  };
}

/**
 * Kinds whose values mean the same person in every application. Row numbers (`customer_id`) are of one application: the
 * same number is somebody else elsewhere, so only a declaration makes them a way in.
 */
const carriedKinds: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'national_id',
  'passport',
  'loyalty_number',
  'iban',
]);

function neverHarvested(): Refusal {
  return new Refusal('repository.never_harvested', 409, {
    fr: 'Le schéma de cette application n’a jamais été lu. Moissonnez-la d’abord, sur sa page ou par « socle harvest ».',
    en: 'This application’s schema was never read. Harvest it first, on its page or with “socle harvest”.',
  });
}

export function unknownField(): Refusal {
  return new Refusal('repository.field_unknown', 404, {
    fr: 'Ce champ n’existe pas dans le dictionnaire de votre organisation.',
    en: 'There is no such field in your organisation’s dictionary.',
  });
}
