import { type Catalogue, type Category, columnKey, type Table, tableKey } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import { detect, type TableProposal } from '../detect/detect.ts';
import { deduceIdentities } from '../detect/identities.ts';
import type { TableRole } from '../detect/table-reading.ts';
import { isUnique, referenceText, shapesOf } from './shapes.ts';

/** What one harvest says of a table. */
export interface TableFacts {
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly comment: string | null;
  readonly rowEstimate: number | null;
  readonly role: TableRole;
  /** Whole percent. */
  readonly roleConfidence: number;
}

/** What one harvest says of a field: its shape, and the category proposed for it. */
export interface FieldFacts {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly position: number;
  readonly type: string;
  readonly isNullable: boolean;
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  readonly referencesTo: string | null;
  readonly comment: string | null;
  readonly category: Category;
  readonly confidence: number;
  readonly reasons: readonly Text[];
  readonly identityKind: string | null;
}

export interface HarvestFacts {
  readonly tables: readonly TableFacts[];
  readonly fields: readonly FieldFacts[];
}

/** Reads a catalogue into what the dictionary keeps. Pure: same schema, same facts. */
export function factsOf(catalogue: Catalogue): HarvestFacts {
  const proposals = detect(shapesOf(catalogue));
  const proposalOf = new Map(
    proposals.map((each) => [tableKey({ schema: each.table.schema, table: each.table.name }), each]),
  );
  const kinds = new Map(deduceIdentities(proposals).map((each) => [columnKey(each, each.column), each.kind]));
  const known = catalogue.tables.flatMap((table) => {
    const proposal = proposalOf.get(tableKey(table));
    return proposal === undefined ? [] : [{ table, proposal }];
  });
  return {
    tables: known.map(({ table, proposal }) => tableFacts(table, proposal)),
    fields: known.flatMap(({ table, proposal }) => fieldFacts(table, proposal, kinds)),
  };
}

function tableFacts(table: Table, proposal: TableProposal): TableFacts {
  return {
    schema: table.schema,
    table: table.table,
    kind: table.kind,
    comment: table.comment,
    rowEstimate: table.rowEstimate,
    role: proposal.reading.role,
    roleConfidence: percent(proposal.reading.confidence),
  };
}

function fieldFacts(table: Table, proposal: TableProposal, kinds: ReadonlyMap<string, string>): readonly FieldFacts[] {
  const proposed = new Map(proposal.fields.map((each) => [each.field.name, each]));
  return table.columns.flatMap((column) => {
    const field = proposed.get(column.name);
    if (field === undefined) return [];
    return [
      {
        schema: table.schema,
        table: table.table,
        column: column.name,
        position: column.position,
        type: column.type,
        isNullable: column.nullable,
        isPrimaryKey: table.primaryKey.includes(column.name),
        isUnique: isUnique(table, column.name),
        referencesTo: referenceText(table, column.name),
        comment: column.comment,
        category: field.category,
        confidence: percent(field.confidence),
        reasons: field.reasons,
        identityKind: kinds.get(columnKey(table, column.name)) ?? null,
      },
    ];
  });
}

function percent(share: number): number {
  return Math.round(share * 100);
}
