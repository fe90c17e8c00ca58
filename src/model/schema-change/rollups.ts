import { type RawBuilder, sql } from 'kysely';
import { ownNames } from '../expressions/expression.ts';
import { groundOf } from '../expressions/to-sql.ts';
import type { Attribute, Model, Rollup, TypeModel } from '../model.ts';
import { inlined } from './inlined.ts';
import type { RollupShape } from './shapes.ts';

/** What the writes of a type's objects change in the objects they refer to. */
export function rollupsOf(model: Model, child: TypeModel): readonly RollupShape[] {
  const groups = new Map<
    string,
    { readonly parent: TypeModel; readonly by: string; readonly attributes: Attribute[] }
  >();
  for (const parent of model.types.values()) {
    for (const attribute of parent.attributes.values()) {
      const { rollup } = attribute;
      if (rollup?.type !== child.name) continue;
      const key = `${parent.name}.${rollup.by}`;
      const group = groups.get(key) ?? { parent, by: rollup.by, attributes: [] };
      group.attributes.push(attribute);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ parent, by, attributes }) => shapeOf(child, parent, by, attributes));
}

function shapeOf(child: TypeModel, parent: TypeModel, by: string, attributes: readonly Attribute[]): RollupShape {
  const totals = attributes.flatMap((attribute) => totalsOf(child, attribute));
  const concerned = attributes.flatMap(({ rollup }) => (rollup === null ? [] : namesIn(rollup)));
  return {
    parent: parent.table,
    by: columnOf(child, by),
    columns: totals.map(({ column, value }) => ({ name: column, value: inlined(value) })),
    dependsOn: [...new Set(concerned.map(attributeNamed))].flatMap(
      (name) => child.attributes.get(name)?.columns ?? [name],
    ),
  };
}

/** A part, `delivery.city`, is of its attribute. */
function attributeNamed(name: string): string {
  return name.split('.')[0] ?? name;
}

/** Attributes of the child that a total stands on. */
function namesIn({ what, when }: Rollup): readonly string[] {
  const inCondition = when === null ? [] : [...(ownNames(when.predicate) ?? [])];
  return what === null ? inCondition : [what, ...inCondition];
}

function columnOf(type: TypeModel, name: string, at = 0): string {
  const column = type.attributes.get(name)?.columns[at];
  if (column === undefined) throw new Error(`${type.name}.${name} has no column`);
  return column;
}

interface Total {
  readonly column: string;
  readonly value: RawBuilder<unknown>;
}

/** One aggregate for each column of the attribute, over rows of the child aliased `o`. Amounts of two currencies have no total. */
function totalsOf(child: TypeModel, { name, columns, rollup, type }: Attribute): readonly Total[] {
  if (rollup === null) throw new Error(`${name} is not a total`);
  const { how, what, when } = rollup;
  const counted = when === null ? sql`o.id is not null` : groundOf({ moment: null }).condition(when.predicate);
  const over = (call: RawBuilder<unknown>): RawBuilder<unknown> => sql`${call} filter (where ${counted})`;
  const [first = '', second = ''] = columns;
  if (what === null) return [{ column: first, value: over(sql`count(o.id)`) }];
  const value = sql.ref(`o.${columnOf(child, what)}`);
  const aggregate = over(sql`${sql.raw(how)}(${value})`);
  if (type.kind !== 'money') {
    return [{ column: first, value: how === 'sum' ? sql`coalesce(${aggregate}, 0)::bigint` : aggregate }];
  }
  const currency = sql.ref(`o.${columnOf(child, what, 1)}`);
  const isOne = sql`${over(sql`count(distinct ${currency})`)} = 1`;
  return [
    { column: first, value: sql`case when ${isOne} then ${aggregate}::bigint end` },
    { column: second, value: sql`case when ${isOne} then ${over(sql`min(${currency})`)} end` },
  ];
}
