import pg from 'pg';
import { type Computed, columnValues } from '../expressions/computed.ts';
import { ownNames } from '../expressions/expression.ts';
import { isFolded } from '../expressions/shape.ts';
import { groundOf } from '../expressions/to-sql.ts';
import type { Attribute, Model, TypeModel } from '../model.ts';
import { shortName } from '../physical-names.ts';
import { systemColumns } from '../system-columns.ts';
import { inlined } from './inlined.ts';
import { rollupsOf } from './rollups.ts';
import type { ComputeShape, IndexShape, TableShape } from './shapes.ts';

/** The tables a model wants. */
export function desiredTables(model: Model): readonly TableShape[] {
  return [...model.types.values()].map((type) => ({
    name: type.table,
    columns: [
      ...systemColumns.map(({ name, sqlType }) => ({ name, sqlType })),
      ...kept(type).flatMap((attribute) =>
        attribute.type.columns.map(({ sqlType }, at) => ({
          name: columnAt(attribute, at),
          sqlType,
          ...(isFolded(attribute) ? { isFolded: true } : {}),
          ...(attribute.required && attribute.defaultValue !== null ? { fillWith: literalAt(attribute, at) } : {}),
        })),
      ),
    ],
    indexes: [...systemIndexes(type), ...kept(type).flatMap((each) => attributeIndexes(type, each))],
    checks: [...type.attributes.values()]
      .filter((attribute) => attribute.required)
      .map((attribute) => ({ name: named(type, attribute, 'required'), column: columnAt(attribute, 0) })),
    foreignKeys: [...type.attributes.values()].flatMap((attribute) => foreignKeys(model, type, attribute)),
    compute: computeOf(type),
    rollups: rollupsOf(model, type),
  }));
}

/** Attributes that have columns: all but those that are calculated when they are read. */
function kept(type: TypeModel): readonly Attribute[] {
  return [...type.attributes.values()].filter(({ computed }) => computed === null || computed().isStored);
}

function computeOf(type: TypeModel): ComputeShape | null {
  const zeros = [...type.attributes.values()].filter(startsAtZero).map(({ columns: [name = ''] }) => ({
    name,
    onWrite: `coalesce(new."${name}", 0)`,
    onRow: `coalesce(o."${name}", 0)`,
  }));
  const columns = inOrder(type).flatMap(({ attribute, computed }) => {
    const at = (base: string): readonly string[] =>
      columnValues(computed.value, attribute.type.expression, groundOf({ base, moment: null })).map(inlined);
    const [onWrite, onRow] = [at('new'), at('o')];
    return attribute.columns.map((name, each) => ({ name, onWrite: onWrite[each] ?? '', onRow: onRow[each] ?? '' }));
  });
  return zeros.length + columns.length === 0 ? null : { columns: [...zeros, ...columns] };
}

/** Of no object, the count and the sum are zero; a sum of amounts has no currency yet. */
function startsAtZero({ rollup, type }: Attribute): boolean {
  return rollup !== null && (rollup.how === 'count' || (rollup.how === 'sum' && type.kind !== 'money'));
}

interface Kept {
  readonly attribute: Attribute;
  readonly computed: Computed;
}

/** Each after those it stands on; none stands on itself. */
function inOrder(type: TypeModel): readonly Kept[] {
  const ordered = new Map<string, Kept>();
  const place = (attribute: Attribute): void => {
    const computed = attribute.computed?.() ?? null;
    if (computed?.isStored !== true || ordered.has(attribute.name)) return;
    for (const name of ownNames(computed.value) ?? []) {
      const other = type.attributes.get(name);
      if (other !== undefined) place(other);
    }
    ordered.set(attribute.name, { attribute, computed });
  };
  for (const attribute of type.attributes.values()) place(attribute);
  return [...ordered.values()];
}

/** The default of a column as SQL writes it; what is given once to existing rows when a required attribute is added. */
function literalAt(attribute: Attribute, at: number): string {
  const stored = attribute.type.encode(attribute.defaultValue)[at];
  const sqlType = attribute.type.columns[at]?.sqlType ?? 'text';
  if (Array.isArray(stored))
    return `array[${stored.map((one) => pg.escapeLiteral(String(one))).join(', ')}]::${sqlType}`;
  const text = stored instanceof Date ? stored.toISOString() : String(stored);
  return `${pg.escapeLiteral(text)}::${sqlType}`;
}

function columnAt(attribute: Attribute, at: number): string {
  const column = attribute.columns[at];
  if (column === undefined) throw new Error(`${attribute.name} has no physical column`);
  return column;
}

function named(type: TypeModel, attribute: Attribute, use: string): string {
  return shortName(`${type.table}_${columnAt(attribute, 0)}_${use}`);
}

/** The index that keeps an attribute unique: how a violation names it. */
export function uniqueIndexName(type: TypeModel, attribute: Attribute): string {
  return named(type, attribute, 'unique');
}

function index(name: string, columns: readonly string[], isUnique = false): IndexShape {
  return { name: shortName(name), isUnique, columns: columns.map((column) => ({ name: column, isExact: false })) };
}

function systemIndexes(type: TypeModel): readonly IndexShape[] {
  const { table } = type;
  return [
    index(`${table}_number`, ['org', 'number'], true),
    index(`${table}_created`, ['org', 'created_at', 'id']),
    index(`${table}_updated`, ['org', 'updated_at', 'id']),
    ...(type.lifecycle === null ? [] : [index(`${table}_state`, ['org', 'state', 'updated_at', 'id'])]),
  ];
}

function attributeIndexes(type: TypeModel, attribute: Attribute): readonly IndexShape[] {
  const column = columnAt(attribute, 0);
  const unique: IndexShape = {
    name: uniqueIndexName(type, attribute),
    isUnique: true,
    columns: [
      { name: 'org', isExact: false },
      { name: column, isExact: isFolded(attribute) },
    ],
  };
  const isSorted = attribute.indexed || attribute.searchable;
  const sorted = index(named(type, attribute, isFolded(attribute) ? 'words' : 'sort'), ['org', column, 'id']);
  return [...(attribute.unique ? [unique] : []), ...(isSorted ? [sorted] : [])];
}

function foreignKeys(model: Model, type: TypeModel, attribute: Attribute) {
  if (attribute.type.to === null) return [];
  const target = model.types.get(attribute.type.to);
  if (target === undefined) throw new Error(`${type.name}.${attribute.name} refers to no type`);
  return [{ name: named(type, attribute, `to_${target.table}`), column: columnAt(attribute, 0), table: target.table }];
}
