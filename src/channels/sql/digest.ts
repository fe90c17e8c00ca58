import { canonicalJson, type Json, sha256, type Text } from '../../kernel/index.ts';
import { type Catalogue, type Table, tableKey } from './catalogue.ts';
import type { ErasurePlan } from './plan.ts';

/** SHA-256 (hexadecimal) of a plan, but for how many rows tables have: what a frozen request refers to. */
export function planDigest(plan: ErasurePlan): string {
  return digestOf(withoutEstimates(plan));
}

/** Whether two plans do the same: how many rows tables have now is no part of what is done. */
export function isSameErasure(one: ErasurePlan, other: ErasurePlan): boolean {
  return planDigest(one) === planDigest(other);
}

function withoutEstimates({ sweep, unlinked = [], ...plan }: ErasurePlan): object {
  const bare = <T extends { readonly rowEstimate: number | null }>({ rowEstimate: _estimate, ...table }: T) => table;
  return { ...plan, sweep: sweep.map(bare), unlinked: unlinked.map(bare) };
}

export function schemaDigest(catalogue: Catalogue): string {
  return digestOf(catalogue.tables.map((table) => [tableKey(table), tableDigest(table)]));
}

/** What an erasure relies on: not the statistics, nor the comments, nor the order of columns. */
export function tableDigest(table: Table): string {
  const {
    rowEstimate: _estimate,
    comment: _comment,
    partitions: _partitions,
    indexes: _indexes,
    columns,
    ...rest
  } = table;
  const shapes = columns.map(({ comment: _of, position: _at, default: _value, ...column }) => column);
  return digestOf({ ...rest, columns: shapes.toSorted((a, b) => (a.name < b.name ? -1 : 1)) });
}

function digestOf(value: unknown): string {
  return sha256(canonicalJson(JSON.parse(JSON.stringify(value)) as Json)).toString('hex');
}

export interface SchemaChange {
  /** `schema.table`. */
  readonly table: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Whether the plan walks this table, or the table is new: such a plan must be made anew. */
  readonly concernsPlan: boolean;
  readonly text: Text;
}

/** What changed in the schema since the plan was frozen; empty when nothing did. */
export function schemaChanges(plan: ErasurePlan, catalogue: Catalogue): readonly SchemaChange[] {
  const walked = new Set(plan.steps.map(tableKey));
  const now = new Map(catalogue.tables.map((table) => [tableKey(table), tableDigest(table)]));
  const change = (table: string, kind: SchemaChange['change']): SchemaChange => ({
    table,
    change: kind,
    concernsPlan: kind === 'added' || walked.has(table),
    text: changeText(table, kind),
  });
  const removed = Object.keys(plan.tableDigests).filter((table) => !now.has(table));
  const added = [...now.keys()].filter((table) => plan.tableDigests[table] === undefined);
  const changed = [...now].filter(([table, digest]) => {
    const before = plan.tableDigests[table];
    return before !== undefined && before !== digest;
  });
  return [
    ...removed.map((table) => change(table, 'removed')),
    ...added.map((table) => change(table, 'added')),
    ...changed.map(([table]) => change(table, 'changed')),
  ].toSorted((a, b) => (a.table < b.table ? -1 : 1));
}

function changeText(table: string, change: SchemaChange['change']): Text {
  switch (change) {
    case 'added':
      return { fr: `${table} est apparue depuis le plan.`, en: `${table} appeared since the plan was made.` };
    case 'removed':
      return { fr: `${table} a disparu depuis le plan.`, en: `${table} disappeared since the plan was made.` };
    case 'changed':
      return {
        fr: `La structure de ${table} a changé depuis le plan.`,
        en: `The structure of ${table} changed since the plan was made.`,
      };
  }
}
