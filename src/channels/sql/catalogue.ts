/**
 * The shape of an application's database, as its catalogue tells it. Engine-neutral and JSON-serialisable: it is
 * read once, planned upon, and compared later with what the schema became. It holds no value of any row.
 */

export type Engine = 'postgres' | 'mariadb' | 'sqlite';

export interface TableName {
  readonly schema: string;
  readonly table: string;
  /** Its name without the prefix of its package, while a plan is made: `users` of `glpi_users`. */
  readonly spoken?: string;
}

export interface ColumnName extends TableName {
  readonly column: string;
}

/** `schema.table`, the key of a table in maps and messages. */
export function tableKey(name: TableName): string {
  return `${name.schema}.${name.table}`;
}

/** `schema.table.column`, the key of a field in the dictionary. */
export function columnKey(name: TableName, column: string): string {
  return `${name.schema}.${name.table}.${column}`;
}

/** What a type can hold, whatever the engine calls it. */
export type TypeFamily =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'bytes'
  | 'network'
  | 'array'
  | 'enum'
  | 'xml'
  | 'search'
  | 'range'
  | 'other';

export interface Domain extends TableName {
  readonly notNull: boolean;
  /** CHECK expressions over VALUE, as the engine prints them. */
  readonly checks: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly position: number;
  /** As declared: `character varying(40)`, `t_email` (a domain), `public.status` (an enum). */
  readonly type: string;
  /** Under the domains: `character varying(40)`. Equal to `type` when there is no domain. */
  readonly baseType: string;
  readonly family: TypeFamily;
  /** Family of the elements of an array. */
  readonly elementFamily: TypeFamily | null;
  /** Longest text in characters; null when unlimited or not a text. */
  readonly length: number | null;
  /** Digits of a decimal: precision and scale. */
  readonly digits: { readonly precision: number; readonly scale: number } | null;
  readonly domain: Domain | null;
  readonly enumLabels: readonly string[];
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity: 'always' | 'by_default' | null;
  /** The expression of a generated column and the columns it is made of. */
  readonly generated: { readonly expression: string; readonly from: readonly string[] } | null;
  readonly comment: string | null;
  readonly canRead: boolean;
  readonly canUpdate: boolean;
}

export interface Unique {
  readonly name: string;
  /** Plain columns; an expression index lists the columns its expression reads. */
  readonly columns: readonly string[];
  readonly isExpression: boolean;
  readonly isPartial: boolean;
  /** False for NULLS NOT DISTINCT (PostgreSQL 15): a second NULL is refused. */
  readonly nullsDistinct: boolean;
}

export interface Index {
  readonly name: string;
  /** Each part as the engine prints it: a column name, or an expression such as `lower((email)::text)`. */
  readonly parts: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly columns: readonly string[];
  readonly expression: string;
}

export type ReferenceAction = 'no_action' | 'restrict' | 'cascade' | 'set_null' | 'set_default';

/** Rows of `from` point to rows of `to`. */
export interface Reference {
  readonly name: string;
  readonly from: TableName & { readonly columns: readonly string[] };
  readonly to: TableName & { readonly columns: readonly string[] };
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
  readonly isDeferrable: boolean;
  /** A constraint of the schema; a join of the map; or names and types that agree with a key. */
  readonly source: 'declared' | 'map' | 'deduced';
}

/**
 * Rows of a table that point to rows of any table: one column says which (`commentable_type`, `res_model`), another is
 * the key there.
 */
export interface AnyReference extends TableName {
  readonly key: string;
  readonly naming: Naming;
}

/** How the table is named: by a text of the row itself, or by a row of a table of kinds that it points to. */
export type Naming =
  | { readonly kind: 'text'; readonly column: string }
  | {
      readonly kind: 'row';
      readonly column: string;
      readonly of: TableName & { readonly key: string; readonly texts: readonly string[] };
    };

export interface Trigger {
  readonly name: string;
  readonly timing: 'before' | 'after' | 'instead';
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  readonly routine: string;
  readonly isEnabled: boolean;
}

export interface Table extends TableName {
  readonly kind: 'table' | 'partitioned' | 'foreign';
  readonly comment: string | null;
  /** From the engine's statistics; null when it never counted. */
  readonly rowEstimate: number | null;
  readonly columns: readonly Column[];
  /** In the order of the key; empty when there is none. */
  readonly primaryKey: readonly string[];
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
  readonly checks: readonly Check[];
  /** Foreign keys of this table. */
  readonly references: readonly Reference[];
  readonly triggers: readonly Trigger[];
  readonly canSelect: boolean;
  readonly canUpdate: boolean;
  readonly canDelete: boolean;
  /** Row-level security hides rows from the account Socle connects with. */
  readonly hidesRows: boolean;
  /** False: the engine writes each statement for good as it goes (MyISAM). Absent where nothing is wrong. */
  readonly isTransactional?: boolean;
  /** Every earlier value of its rows stays beside them (system versioning). */
  readonly keepsHistory?: boolean;
  /** Columns that decide in which partition a row lies. */
  readonly partitionKey: readonly string[];
  /** Names of the partitions (or inheriting tables) folded into this one. */
  readonly partitions: readonly string[];
}

/** Views are listed and never written. A materialized view holds a copy of rows: it is refreshed or reported. */
export interface View extends TableName {
  readonly kind: 'view' | 'materialized_view';
  readonly comment: string | null;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly family: TypeFamily }[];
  /** Tables it reads, directly or through other views, as `schema.table`. */
  readonly reads: readonly string[];
  readonly canSelect: boolean;
  readonly canRefresh: boolean;
}

export interface Catalogue {
  readonly engine: Engine;
  /** `15.20`. */
  readonly version: string;
  readonly database: string;
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  /** What the account may not do that an erasure needs. */
  readonly canMakeTemporaryTables: boolean;
}

export function findTable(catalogue: Catalogue, name: TableName): Table | undefined {
  return catalogue.tables.find((table) => table.schema === name.schema && table.table === name.table);
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
