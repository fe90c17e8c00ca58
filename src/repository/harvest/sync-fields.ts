import { type Category, columnKey, isCategory, tableKey } from '../../channels/index.ts';
import { type Id, type Json, newId } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { differ, sameJson } from './diff.ts';
import type { FieldFacts } from './facts.ts';

export interface FieldCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
}

interface KnownField {
  readonly id: Id<'field'>;
  readonly isGone: boolean;
  readonly facts: Json;
}

/** Rows of one statement: 20 columns each, well under the 65,535 parameters a statement may have. */
const batchRows = 1_000;

/**
 * Brings the application's fields up to date. A field that is gone keeps its row, and with it its verdict, so that the
 * verdict is there again if the field comes back.
 */
export async function syncFields(
  writing: Writing,
  application: Id<'application'>,
  next: readonly FieldFacts[],
  tables: ReadonlyMap<string, Id<'source_table'>>,
): Promise<FieldCounts> {
  const known = await readKnown(writing, application);
  const keyOf = (facts: FieldFacts): string => columnKey(facts, facts.column);
  const difference = differ(next, known, keyOf, (facts, before) => sameJson(comparable(facts), before.facts));
  const rows = [...difference.created, ...difference.changed].flatMap((facts) => {
    const table = tables.get(tableKey(facts));
    return table === undefined
      ? []
      : [rowOf(writing, application, table, known.get(keyOf(facts))?.id ?? newId(), facts)];
  });
  for (let from = 0; from < rows.length; from += batchRows) await upsert(writing, rows.slice(from, from + batchRows));
  if (difference.withdrawn.length > 0) {
    await writing.tx
      .updateTable('repository.field')
      .set({ gone_at: writing.now })
      .where(
        'id',
        'in',
        difference.withdrawn.map((each) => each.id),
      )
      .execute();
  }
  return {
    created: difference.created.length,
    changed: difference.changed.length,
    unchanged: difference.unchanged,
    withdrawn: difference.withdrawn.length,
  };
}

function rowOf(
  { now }: Writing,
  application: Id<'application'>,
  table: Id<'source_table'>,
  id: Id<'field'>,
  facts: FieldFacts,
) {
  return {
    id,
    application_id: application,
    table_id: table,
    schema_name: facts.schema,
    table_name: facts.table,
    column_name: facts.column,
    position: facts.position,
    type: facts.type,
    is_nullable: facts.isNullable,
    is_primary_key: facts.isPrimaryKey,
    is_unique: facts.isUnique,
    references_to: facts.referencesTo,
    comment: facts.comment,
    proposed_category: facts.category,
    confidence: facts.confidence,
    reasons: JSON.stringify(facts.reasons),
    identity_kind: facts.identityKind,
    first_seen: now,
    harvested_at: now,
    gone_at: null,
  };
}

async function upsert({ tx }: Writing, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  await tx
    .insertInto('repository.field')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['org', 'id']).doUpdateSet((eb) => ({
        position: eb.ref('excluded.position'),
        type: eb.ref('excluded.type'),
        is_nullable: eb.ref('excluded.is_nullable'),
        is_primary_key: eb.ref('excluded.is_primary_key'),
        is_unique: eb.ref('excluded.is_unique'),
        references_to: eb.ref('excluded.references_to'),
        comment: eb.ref('excluded.comment'),
        proposed_category: eb.ref('excluded.proposed_category'),
        confidence: eb.ref('excluded.confidence'),
        reasons: eb.ref('excluded.reasons'),
        identity_kind: eb.ref('excluded.identity_kind'),
        harvested_at: eb.ref('excluded.harvested_at'),
        gone_at: null,
      })),
    )
    .execute();
}

/** What makes a field changed: all that is kept of it, in one form for both sides. */
function comparable(facts: FieldFacts): Json {
  const { schema: _schema, table: _table, column: _column, reasons, ...shape } = facts;
  return { ...shape, reasons: reasons.map(({ fr, en }) => ({ fr, en })) };
}

async function readKnown({ tx }: Writing, application: Id<'application'>): Promise<ReadonlyMap<string, KnownField>> {
  const rows = await tx.selectFrom('repository.field').selectAll().where('application_id', '=', application).execute();
  return new Map(
    rows.map((row) => [
      columnKey({ schema: row.schema_name, table: row.table_name }, row.column_name),
      {
        id: row.id,
        isGone: row.gone_at !== null,
        facts: {
          position: row.position,
          type: row.type,
          isNullable: row.is_nullable,
          isPrimaryKey: row.is_primary_key,
          isUnique: row.is_unique,
          referencesTo: row.references_to,
          comment: row.comment,
          category: asCategory(row.proposed_category),
          confidence: row.confidence,
          reasons: row.reasons,
          identityKind: row.identity_kind,
        },
      },
    ]),
  );
}

/** A category that this version no longer has counts as none, and so as changed. */
function asCategory(value: string): Category {
  return isCategory(value) ? value : 'none';
}
