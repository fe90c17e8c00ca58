import type { ExpressionKind } from '../attributes/attribute-type.ts';
import type { Attribute, Relation, State } from '../model.ts';
import type { Computed } from './computed.ts';

/** What an expression may name, and where it is kept. */
export interface NamedColumn {
  readonly name: string;
  /** Physical columns of the relation. */
  readonly columns: readonly string[];
  readonly expression: Exclude<ExpressionKind, { readonly kind: 'none' }>;
  /** Free text, whose own order is that of words: exact comparisons say that they are. */
  readonly isFolded: boolean;
  /** The type that a reference leads to. */
  readonly to: string | null;
  /** The types that a reference to any of several may lead to; null for the others. */
  readonly among: readonly string[] | null;
  /** How it is calculated; null for what is filled. A function, for an expression may come before those it stands on. */
  readonly computed: (() => Computed) | null;
  /** The only values it can have: states, choices; null: any. */
  readonly values: readonly string[] | null;
}

/** What an expression about objects of a type may name. */
export interface Shape {
  readonly columns: ReadonlyMap<string, NamedColumn>;
  /** Relations, by their names on this side. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Names that exist, but about which nothing can be said. */
  readonly others: ReadonlySet<string>;
  /** Whether a state or choice that doesn't exist is an error (in a pack), or merely equal to nothing (in an address). */
  readonly isStrict: boolean;
  /** The type behind a reference: its table, and what may be named there. */
  follow(type: string): { readonly table: string; readonly shape: Shape } | null;
}

/** As much of a type as its expressions need: types are compiled with their expressions, so their shapes come first. */
export interface Shaped {
  readonly table: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly lifecycle: { readonly states: ReadonlyMap<string, State> } | null;
  readonly relations: ReadonlyMap<string, Relation>;
}

const system = { isFolded: false, to: null, among: null, values: null, computed: null } as const;
const systemColumns: readonly NamedColumn[] = [
  { name: 'id', columns: ['id'], expression: { kind: 'reference' }, ...system },
  { name: 'number', columns: ['number'], expression: { kind: 'text' }, ...system },
  { name: 'version', columns: ['version'], expression: { kind: 'integer' }, ...system },
  { name: 'created_at', columns: ['created_at'], expression: { kind: 'datetime' }, ...system },
  { name: 'created_by', columns: ['created_by'], expression: { kind: 'text' }, ...system },
  { name: 'updated_at', columns: ['updated_at'], expression: { kind: 'datetime' }, ...system },
  { name: 'updated_by', columns: ['updated_by'], expression: { kind: 'text' }, ...system },
];

export function shapeOf(type: Shaped, types: ReadonlyMap<string, Shaped>, isStrict: boolean): Shape {
  const columns = new Map(systemColumns.map((column) => [column.name, column]));
  columns.set('state', {
    name: 'state',
    columns: ['state'],
    expression: { kind: 'text' },
    ...system,
    values: [...(type.lifecycle?.states.keys() ?? [])],
  });
  const others = new Set<string>();
  for (const attribute of type.attributes.values()) {
    const { name, type: attributeType } = attribute;
    const { expression, to } = attributeType;
    if (expression.kind === 'none') others.add(name);
    else {
      const { control } = attributeType;
      const values =
        control.kind === 'choice' || control.kind === 'choices' ? control.options.map(({ value }) => value) : null;
      const { columns: own, computed } = attribute;
      const among = attributeType.among ?? null;
      columns.set(name, { name, columns: own, expression, isFolded: isFolded(attribute), to, among, values, computed });
    }
  }
  return {
    columns,
    relations: type.relations,
    others,
    isStrict,
    follow: (name) => {
      const target = types.get(name);
      return target === undefined ? null : { table: target.table, shape: shapeOf(target, types, isStrict) };
    },
  };
}

/** Free text sorts and is searched without regard to case and accents; codes and addresses sort as they are. */
export function isFolded(attribute: Attribute): boolean {
  const { kind, expression } = attribute.type;
  return kind === 'address' || (kind === 'text' && expression.kind === 'text');
}
