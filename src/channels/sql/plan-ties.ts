import { namesAuthor } from './actors.ts';
import type { Reference, Table } from './catalogue.ts';
import type { Pair } from './plan.ts';

/** `payment_invoice(payment_id, invoice_id, amount)`: nothing but what it ties. */
export function isLink(table: Table): boolean {
  return table.columns.every(({ family }) => family === 'number' || family === 'uuid' || family === 'date');
}

/** Whether no two rows hold the same there. */
export function isKeyOf({ primaryKey, uniques }: Table, columns: readonly string[]): boolean {
  const keys = [
    primaryKey,
    ...uniques.filter((each) => !each.isExpression && !each.isPartial).map((each) => each.columns),
  ];
  return keys.some((key) => key.length > 0 && key.every((name) => columns.includes(name)));
}

export function isAuthors(reference: Reference): boolean {
  return reference.from.columns.some((name) => namesAuthor(name));
}

/** Columns of the row that points (`own`) and of the row it points to (`other`). */
export function incomingPairs(reference: Reference): readonly Pair[] {
  return reference.from.columns.map((own, index) => ({ own, other: reference.to.columns[index] ?? own }));
}

/** Columns of the row pointed to (`own`) and of the row that points (`other`). */
export function outgoingPairs(reference: Reference): readonly Pair[] {
  return reference.to.columns.map((own, index) => ({ own, other: reference.from.columns[index] ?? own }));
}
