import { type Catalogue, type Column, columnKey, type Table } from '../../channels/index.ts';
import type { FieldShape, TableShape } from '../detect/shape.ts';

/** A catalogue as detection reads it. */
export function shapesOf(catalogue: Catalogue): readonly TableShape[] {
  return catalogue.tables.map((table) => ({
    schema: table.schema,
    name: table.table,
    comment: table.comment,
    fields: table.columns.map((column) => shapeOf(table, column)),
  }));
}

function shapeOf(table: Table, column: Column): FieldShape {
  return {
    name: column.name,
    type: typeText(column),
    nullable: column.nullable,
    comment: column.comment,
    isPrimaryKey: table.primaryKey.includes(column.name),
    isUnique: isUnique(table, column.name),
    references: referenceOf(table, column.name),
  };
}

/** What the type holds, under domains; an enum is a text, an array keeps its brackets. */
function typeText(column: Column): string {
  if (column.family === 'enum') return 'enum';
  if (column.family === 'array' && !column.baseType.endsWith('[]')) return `${column.baseType}[]`;
  return column.baseType;
}

export function isUnique(table: Table, column: string): boolean {
  return table.uniques.some((each) => !each.isPartial && !each.isExpression && each.columns.join() === column);
}

export function referenceOf(table: Table, column: string): FieldShape['references'] {
  const reference = table.references.find((each) => each.from.columns.includes(column));
  const index = reference?.from.columns.indexOf(column) ?? -1;
  const target = reference?.to.columns[index];
  return reference === undefined || target === undefined
    ? null
    : { schema: reference.to.schema, table: reference.to.table, column: target };
}

export function referenceText(table: Table, column: string): string | null {
  const target = referenceOf(table, column);
  return target === null ? null : columnKey({ schema: target.schema, table: target.table }, target.column);
}
