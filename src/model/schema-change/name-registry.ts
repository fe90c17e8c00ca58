import type pg from 'pg';
import type { AttributeType } from '../attributes/attribute-type.ts';
import type { Model } from '../model.ts';
import type { PhysicalNames } from '../physical-names.ts';
import { systemColumns } from '../system-columns.ts';

/** A row of `public.socle_model_name`: a physical name, what the model calls it, and whether it still does. */
export interface RegisteredName {
  readonly table: string;
  /** Empty for the table itself. */
  readonly column: string;
  readonly type: string;
  readonly attribute: string;
  readonly meaning: string;
  readonly isRetired: boolean;
}

/** Physical names as a version of the model keeps them: of each type's table, and of `type.attribute`'s column. */
export interface NamesKept {
  readonly tables: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
}

export function namesOf({ tables, columns }: NamesKept): PhysicalNames {
  return {
    table: (type) => tables[type] ?? type,
    column: (type, attribute) => columns[`${type}.${attribute}`] ?? attribute,
  };
}

export async function readNames(client: pg.Client): Promise<readonly RegisteredName[]> {
  const { rows } = await client.query<RegisteredName>(
    `select table_name as "table", column_name as "column", type, attribute, meaning, retired_at is not null as "isRetired"
       from public.socle_model_name order by table_name, column_name`,
  );
  return rows;
}

export interface NamesAssigned {
  readonly names: NamesKept;
  /** The whole registry as it should be afterwards. */
  readonly registry: readonly RegisteredName[];
  readonly typeChanges: readonly TypeChange[];
}

/** An attribute that means something else than its column holds. */
export interface TypeChange {
  readonly type: string;
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
}

/** What a column holds, so far as a change of it would need its data rewritten or checked. */
export function meaningOf(type: AttributeType): string {
  // Types may join a reference to several, and leave it once no object refers to them.
  if (type.kind === 'reference') return type.among === undefined ? `reference:${type.to}` : 'references';
  if (type.expression.kind === 'quantity') {
    return `quantity:${type.expression.measure.scale}:${type.expression.measure.dimension}`;
  }
  if (type.expression.kind === 'decimal') return `decimal:${type.expression.scale}`;
  if (type.kind === 'text' && type.control.kind === 'localised') return 'text:localised';
  return type.kind;
}

/** Kinds kept as plain text may become free text: every value they hold is one. */
const textual = new Set(['text', 'choice', 'email', 'phone', 'url', 'country', 'identifier']);

function mayBecome(from: string, to: string): boolean {
  return from === to || (to === 'text' && textual.has(from));
}

/**
 * Gives every type and attribute of a model (compiled with plain names) its physical name: the one it has, the one of
 * the attribute it was renamed from, or a new one. `former` are the names of a version that is taken back: what has none in the
 * present model gets the one it had there, with what it held. Pure.
 */
export function assignNames(
  model: Model,
  before: readonly RegisteredName[],
  former: NamesKept | null = null,
): NamesAssigned {
  const registry = before.map((name) => ({ ...name }));
  const typeChanges: TypeChange[] = [];
  const inUse = new Set<RegisteredName>();
  const tables = new Map<string, string>();
  const columns = new Map<string, string>();
  const taken = (table: string, column: string): boolean =>
    registry.some((name) => name.table === table && name.column === column) ||
    systemColumns.some((system) => column !== '' && system.name === column);

  for (const type of model.types.values()) {
    let own =
      registry.find((name) => name.column === '' && name.type === type.name && !name.isRetired) ??
      registry.find(
        (name) => name.column === '' && name.table === former?.tables[type.name] && name.type === type.name,
      );
    if (own === undefined) {
      const table = freshName(type.name, (name) => taken(name, ''));
      own = { table, column: '', type: type.name, attribute: '', meaning: '', isRetired: false };
      registry.push(own);
    }
    inUse.add(own);
    const { table } = own;
    tables.set(type.name, table);
    for (const attribute of type.attributes.values()) {
      const live = (name: string) =>
        registry.find((one) => one.table === table && one.column !== '' && one.attribute === name && !one.isRetired);
      const meaning = meaningOf(attribute.type);
      let column =
        live(attribute.name) ??
        (attribute.was === null ? undefined : live(attribute.was)) ??
        archived(registry, table, former?.columns[`${type.name}.${attribute.name}`], meaning);
      if (column === undefined) {
        const suffixes = attribute.type.columns.map(({ suffix }) => suffix);
        const physical = freshName(attribute.name, (name) =>
          [...suffixes, ''].some(
            (suffix) => taken(table, `${name}${suffix}`) || clashes(registry, table, `${name}${suffix}`),
          ),
        );
        column = { table, column: physical, type: type.name, attribute: attribute.name, meaning, isRetired: false };
        registry.push(column);
      }
      if (!mayBecome(column.meaning, meaning)) {
        typeChanges.push({ type: type.name, attribute: attribute.name, from: column.meaning, to: meaning });
      }
      column.attribute = attribute.name;
      column.meaning = meaning;
      inUse.add(column);
      columns.set(`${type.name}.${attribute.name}`, column.column);
    }
  }
  return {
    names: { tables: Object.fromEntries(tables), columns: Object.fromEntries(columns) },
    registry: registry.map((name) => ({ ...name, isRetired: !inUse.has(name) })),
    typeChanges,
  };
}

/** What the columns of a kind add to their attribute's name. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  money: ['_amount', '_currency'],
  quantity: ['_steps', '_value', '_unit'],
  address: ['_postal_code', '_city', '_country', '_lines'],
};

/** A column that nothing names any more and that held the same. */
function archived<Name extends RegisteredName>(
  registry: readonly Name[],
  table: string,
  column: string | undefined,
  meaning: string,
): Name | undefined {
  const found = registry.find((one) => one.table === table && one.column === column && one.isRetired);
  return found !== undefined && mayBecome(found.meaning, meaning) ? found : undefined;
}

/** `total` with `total_amount` and `total_currency` beside an attribute really called `total_amount`. */
function clashes(registry: readonly RegisteredName[], table: string, column: string): boolean {
  return registry.some(
    (name) =>
      (name.table === table &&
        name.meaning === 'references' &&
        (column === `${name.column}_type` || column.startsWith(`${name.column}_to_`))) ||
      (suffixes[name.meaning.split(':')[0] ?? ''] ?? []).some((suffix) => column === `${name.column}${suffix}`),
  );
}

function freshName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let count = 2; ; count += 1) {
    const numbered = `${name}__${count}`;
    if (!isTaken(numbered)) return numbered;
  }
}
