import pg from 'pg';
import { sha256 } from '../../kernel/index.ts';
import { addressParts } from '../attributes/address.ts';
import { targetsOf } from '../attributes/attribute-type.ts';
import { columnTo } from '../attributes/references.ts';
import { type Computed, columnValues } from '../expressions/computed.ts';
import { ownNames } from '../expressions/expression.ts';
import { isFolded } from '../expressions/shape.ts';
import { groundOf } from '../expressions/to-sql.ts';
import type { Attribute, Constraint, Model, TypeModel } from '../model.ts';
import { shortName } from '../physical-names.ts';
import { systemColumns } from '../system-columns.ts';
import { inlined } from './inlined.ts';
import { rollupsOf } from './rollups.ts';
import type { CheckShape, ComputeShape, IndexShape, TableShape } from './shapes.ts';

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
          ...(isFilledAt(attribute, at) ? { fillWith: literalAt(attribute, at) } : {}),
        })),
      ),
    ],
    indexes: [
      ...systemIndexes(type),
      ...kept(type).flatMap((each) => attributeIndexes(type, each)),
      ...type.constraints.flatMap((constraint) => togetherIndex(type, constraint)),
    ],
    checks: [
      ...[...type.attributes.values()].flatMap((attribute) => checksOf(type, attribute)),
      ...type.constraints.flatMap((constraint) => ruleCheck(type, constraint)),
    ],
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
  const derived = [...type.attributes.values()].flatMap(({ type: kind, columns: own }) => {
    const at = (base: string) => kind.derived?.(own.map((name) => `${base}."${name}"`)) ?? [];
    const [onWrite, onRow] = [at('new'), at('o')];
    return onWrite.map(({ column, sql: written }, each) => ({
      name: own.find((name) => column === `new."${name}"`) ?? '',
      onWrite: written,
      onRow: onRow[each]?.sql ?? '',
    }));
  });
  const all = [...zeros, ...derived, ...columns];
  return all.length === 0 ? null : { columns: all };
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

function isFilledAt({ required, defaultValue, type }: Attribute, at: number): boolean {
  return required && defaultValue !== null && type.encode(defaultValue)[at] !== null;
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

/** Filled, where it must be; and what its type says of its columns. */
function checksOf(type: TypeModel, attribute: Attribute): readonly CheckShape[] {
  const column = columnAt(attribute, 0);
  const within = attribute.type.within?.(attribute.columns.map((name) => `"${name}"`)) ?? null;
  return [
    ...(attribute.required ? [{ name: named(type, attribute, 'required'), column, condition: null }] : []),
    ...(within === null
      ? []
      : [{ name: named(type, attribute, `within_${shortHash(within)}`), column, condition: within }]),
  ];
}

/** Attributes unique together: an index over their columns. */
function togetherIndex(type: TypeModel, constraint: Constraint): readonly IndexShape[] {
  if (constraint.kind !== 'unique') return [];
  const columns = constraint.attributes.flatMap((name) => {
    const attribute = type.attributes.get(name);
    if (attribute === undefined) return [{ name, isExact: false }];
    // An amount is its number and its currency; of other types, the first column says it all.
    const own = attribute.type.kind === 'money' ? attribute.columns : attribute.columns.slice(0, 1);
    return own.map((column) => ({ name: column, isExact: isFolded(attribute) }));
  });
  const { constraintName, isEmptySame, name, why } = constraint;
  return [
    {
      name: constraintName,
      isUnique: true,
      isEmptySame,
      columns: [{ name: 'org', isExact: false }, ...columns],
      keeps: { type: type.name, name, why, source: null },
    },
  ];
}

/** A condition that isn't known, because something isn't filled, doesn't hold: as everywhere. */
function ruleCheck(type: TypeModel, constraint: Constraint): readonly CheckShape[] {
  if (constraint.kind !== 'condition') return [];
  const { predicate, source } = constraint.condition;
  const condition = inlined(groundOf({ base: type.table, moment: null }).condition(predicate));
  const { constraintName, name, why } = constraint;
  return [
    {
      name: constraintName,
      column: '',
      condition: `(${condition}) is true`,
      keeps: { type: type.name, name, why, source },
    },
  ];
}

/** Names say what they are: another condition has another name. */
function shortHash(text: string): string {
  return sha256(text).toString('hex').slice(0, 8);
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
  const parts = attribute.type.kind === 'address' && attribute.searchable ? searchedParts(type, attribute) : [];
  const sorted = index(named(type, attribute, isFolded(attribute) ? 'words' : 'sort'), ['org', column, 'id']);
  return [...(attribute.unique ? [unique] : []), ...(isSorted ? [sorted] : []), ...parts];
}

/** An address is searched by its town and its postal code. */
function searchedParts(type: TypeModel, attribute: Attribute): readonly IndexShape[] {
  return [addressParts.city, addressParts.postal_code].map((at) => {
    const column = columnAt(attribute, at);
    return index(`${type.table}_${column}_words`, ['org', column, 'id']);
  });
}

function foreignKeys(model: Model, type: TypeModel, attribute: Attribute) {
  const { among } = attribute.type;
  return targetsOf(attribute.type).map((name) => {
    const target = model.types.get(name);
    const column = among === undefined ? columnAt(attribute, 0) : columnTo(attribute.columns, among, name);
    if (target === undefined || column === null) throw new Error(`${type.name}.${attribute.name} refers to no type`);
    return { name: named(type, attribute, `to_${target.table}`), column, table: target.table };
  });
}
