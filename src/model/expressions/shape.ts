import type { ExpressionKind } from '../attributes/attribute-type.ts';
import type { TypeModel } from '../model.ts';
import { isFolded } from '../schema-change/desired.ts';

/** What an expression may name, and where it is kept. */
export interface NamedColumn {
  readonly name: string;
  /** Physical columns of the relation. */
  readonly columns: readonly string[];
  readonly expression: ExpressionKind;
  /** Free text, whose own order is that of words: exact comparisons say that they are. */
  readonly isFolded: boolean;
}

export type Shape = ReadonlyMap<string, NamedColumn>;

const systemShape: readonly NamedColumn[] = [
  { name: 'id', columns: ['id'], expression: { kind: 'reference' }, isFolded: false },
  { name: 'number', columns: ['number'], expression: { kind: 'text' }, isFolded: false },
  { name: 'state', columns: ['state'], expression: { kind: 'text' }, isFolded: false },
  { name: 'version', columns: ['version'], expression: { kind: 'integer' }, isFolded: false },
  { name: 'created_at', columns: ['created_at'], expression: { kind: 'datetime' }, isFolded: false },
  { name: 'created_by', columns: ['created_by'], expression: { kind: 'text' }, isFolded: false },
  { name: 'updated_at', columns: ['updated_at'], expression: { kind: 'datetime' }, isFolded: false },
  { name: 'updated_by', columns: ['updated_by'], expression: { kind: 'text' }, isFolded: false },
];

export function shapeOf(type: TypeModel): Shape {
  const own = [...type.attributes.values()].map((attribute) => ({
    name: attribute.name,
    columns: attribute.columns,
    expression: attribute.type.expression,
    isFolded: isFolded(attribute),
  }));
  return new Map([...systemShape, ...own].map((column) => [column.name, column]));
}
