import { tableKey } from '../../channels/index.ts';
import { type Id, newId } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { differ, hasMoved } from './diff.ts';
import type { TableFacts } from './facts.ts';

interface KnownTable {
  readonly id: Id<'source_table'>;
  readonly isGone: boolean;
  readonly facts: TableFacts;
}

/** Brings the application's tables up to date; answers with the id of each, by `schema.table`. */
export async function syncTables(
  writing: Writing,
  application: Id<'application'>,
  next: readonly TableFacts[],
): Promise<ReadonlyMap<string, Id<'source_table'>>> {
  const known = await readKnown(writing, application);
  const { created, changed, withdrawn } = differ(next, known, tableKey, (facts, { facts: before }) =>
    isSame(facts, before),
  );
  const ids = new Map([...known].map(([key, each]) => [key, each.id]));
  const rows = [...created, ...changed].map((facts) => {
    const id = ids.get(tableKey(facts)) ?? newId();
    ids.set(tableKey(facts), id);
    return rowOf(writing, application, id, facts);
  });
  if (rows.length > 0) await upsert(writing, rows);
  if (withdrawn.length > 0) {
    await writing.tx
      .updateTable('repository.source_table')
      .set({ gone_at: writing.now })
      .where(
        'id',
        'in',
        withdrawn.map((each) => each.id),
      )
      .execute();
  }
  return ids;
}

function rowOf({ now }: Writing, application: Id<'application'>, id: Id<'source_table'>, facts: TableFacts) {
  return {
    id,
    application_id: application,
    schema_name: facts.schema,
    table_name: facts.table,
    kind: facts.kind,
    comment: facts.comment,
    row_estimate: facts.rowEstimate === null ? null : BigInt(Math.round(facts.rowEstimate)),
    role: facts.role,
    role_confidence: facts.roleConfidence,
    first_seen: now,
    harvested_at: now,
    gone_at: null,
  };
}

async function upsert({ tx }: Writing, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  await tx
    .insertInto('repository.source_table')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['org', 'id']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        comment: eb.ref('excluded.comment'),
        row_estimate: eb.ref('excluded.row_estimate'),
        role: eb.ref('excluded.role'),
        role_confidence: eb.ref('excluded.role_confidence'),
        harvested_at: eb.ref('excluded.harvested_at'),
        gone_at: null,
      })),
    )
    .execute();
}

async function readKnown({ tx }: Writing, application: Id<'application'>): Promise<ReadonlyMap<string, KnownTable>> {
  const rows = await tx
    .selectFrom('repository.source_table')
    .select([
      'id',
      'schema_name',
      'table_name',
      'kind',
      'comment',
      'row_estimate',
      'role',
      'role_confidence',
      'gone_at',
    ])
    .where('application_id', '=', application)
    .execute();
  return new Map(
    rows.map((row) => {
      const facts: TableFacts = {
        schema: row.schema_name,
        table: row.table_name,
        kind: row.kind,
        comment: row.comment,
        rowEstimate: row.row_estimate === null ? null : Number(row.row_estimate),
        role: row.role,
        roleConfidence: row.role_confidence,
      };
      return [tableKey(facts), { id: row.id, isGone: row.gone_at !== null, facts }];
    }),
  );
}

function isSame(a: TableFacts, b: TableFacts): boolean {
  return (
    a.kind === b.kind &&
    a.comment === b.comment &&
    a.role === b.role &&
    a.roleConfidence === b.roleConfidence &&
    !hasMoved(b.rowEstimate, a.rowEstimate)
  );
}
