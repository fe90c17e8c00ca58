import type { Category } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import { impliedJoins } from './joins.ts';
import { type FieldReading, type Finding, readFields } from './reading.ts';
import { judgeField } from './rules.ts';
import { type Sensitivity, sensitivityOf } from './sensitivity.ts';
import type { FieldShape, TableShape } from './shape.ts';
import type { TableReading } from './table-reading.ts';
import { readTables } from './tables.ts';

export interface FieldProposal {
  readonly field: FieldShape;
  readonly category: Category;
  readonly sensitivity: Sensitivity;
  /** From 0 to 1; under `decided`, a human should look. */
  readonly confidence: number;
  readonly reasons: readonly Text[];
}

export interface TableProposal {
  readonly table: TableShape;
  readonly reading: TableReading;
  readonly fields: readonly FieldProposal[];
}

/** Under this confidence a proposal is shown as undecided. */
export const decided = 0.5;

/** Proposes a category for every field of a schema. Pure: same schema, same proposal. */
export function detect(tables: readonly TableShape[]): readonly TableProposal[] {
  const readings = readTables(tables);
  const implied = impliedFields(tables);
  return tables.flatMap((table) => {
    const reading = readings.get(table);
    if (reading === undefined) return [];
    return [{ table, reading, fields: readFields(table, reading, implied).map(propose) }];
  });
}

function impliedFields(tables: readonly TableShape[]): ReadonlySet<FieldShape> {
  const names = new Set(impliedJoins(tables).map(({ from }) => `${from.schema}.${from.table}.${from.column}`));
  return new Set(
    tables.flatMap((table) => table.fields.filter((field) => names.has(`${table.schema}.${table.name}.${field.name}`))),
  );
}

function propose(reading: FieldReading): FieldProposal {
  const finding = withComment(reading, judgeField(reading));
  return {
    field: reading.field,
    category: finding.category,
    sensitivity: sensitivityOf(finding.category),
    confidence: finding.confidence,
    reasons: [finding.reason, reading.table.reason],
  };
}

/** When the name says little and the comment says more, the comment decides (`zone3 -- n° de téléphone`). */
function withComment(reading: FieldReading, finding: Finding): Finding {
  const isVague = finding.confidence <= 0.5 || finding.category === 'none';
  if (!isVague || reading.commentConcepts.size === 0 || reading.field.references !== null) return finding;
  const said = judgeField({ ...reading, concepts: reading.commentConcepts, words: reading.commentWords });
  if (said.category === 'none' || said.category === 'technical' || said.confidence <= finding.confidence - 0.2)
    return finding;
  const reason = { fr: `d’après le commentaire : ${said.reason.fr}`, en: `from the comment: ${said.reason.en}` };
  return { category: said.category, confidence: said.confidence * 0.85, reason };
}
