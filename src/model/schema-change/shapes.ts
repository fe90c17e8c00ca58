import type { Text } from '../../kernel/index.ts';

/** What the tables of schema `model` should be, and what they are: the two sides the differ compares. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly indexes: readonly IndexShape[];
  readonly checks: readonly CheckShape[];
  readonly foreignKeys: readonly ForeignKeyShape[];
  /** What the database calculates at every write of a row; null when nothing is. */
  readonly compute: ComputeShape | null;
  /** What writes to this table change in the rows that its own refer to. */
  readonly rollups: readonly RollupShape[];
}

export interface ColumnShape {
  readonly name: string;
  /** As `format_type` writes it. */
  readonly sqlType: string;
  /** Free text, in the order of words: its own collation, so that the planner's statistics know that order too. */
  readonly isFolded?: boolean;
  /** What rows already there get when the column is added, as a SQL literal: a required attribute's default. */
  readonly fillWith?: string;
}

/** Columns that stand on others of their row, in an order where each comes after those it stands on. */
export interface ComputeShape {
  readonly columns: readonly {
    readonly name: string;
    /** Its expression where the row is a trigger's `new`, and where it is `o`. */
    readonly onWrite: string;
    readonly onRow: string;
  }[];
}

/** Columns of `parent` that are totals over the rows of a table whose column `by` is the parent's id. */
export interface RollupShape {
  readonly parent: string;
  readonly by: string;
  /** Each with its aggregate over those rows, aliased `o`. */
  readonly columns: readonly { readonly name: string; readonly value: string }[];
  /** Columns of those rows on which the totals stand. */
  readonly dependsOn: readonly string[];
}

export interface KeptConstraint {
  readonly type: string;
  readonly name: string;
  readonly why: Text;
  /** The condition in CEL, by which a list finds the objects that don't meet it; null when there is none. */
  readonly source: string | null;
}

/** Names say what they are, so two indexes with one name are the same index. */
export interface IndexShape {
  readonly name: string;
  readonly isUnique: boolean;
  /** Of a unique one: whether empty columns are equal. */
  readonly isEmptySame?: boolean;
  /** The constraint of the type that it keeps, for its words. */
  readonly keeps?: KeptConstraint;
  /** `isExact`: letter by letter, on a column whose own order is that of words. */
  readonly columns: readonly { readonly name: string; readonly isExact: boolean }[];
}

/** `condition` must hold where it is known; null: `column` must be filled. A constraint rather than NOT NULL: it can be added without reading the table under a lock. */
export interface CheckShape {
  readonly name: string;
  readonly column: string;
  readonly condition: string | null;
  /** The constraint of the type that it keeps, for its words. */
  readonly keeps?: KeptConstraint;
}

/** `(org, column)` references `(org, id)` of `table`. */
export interface ForeignKeyShape {
  readonly name: string;
  readonly column: string;
  readonly table: string;
}

export interface AppliedFunction {
  readonly body: string;
  readonly isApplied: boolean;
}

export interface ActualTable {
  readonly name: string;
  readonly isProtected: boolean;
  readonly columns: ReadonlyMap<string, string>;
  /** Name → whether it is valid (a concurrent build that was cut leaves an invalid one). */
  readonly indexes: ReadonlyMap<string, boolean>;
  /** Name → whether it is validated. */
  readonly constraints: ReadonlyMap<string, boolean>;
  /** The function that calculates, and whether rows that were there before it have been too; null without one. */
  readonly compute: AppliedFunction | null;
  /** The same for totals. */
  readonly rollup: AppliedFunction | null;
}

export type Actual = ReadonlyMap<string, ActualTable>;

/** One statement's worth of change. Each can be repeated or cut: the next plan starts from what is there. */
export type Step =
  | { readonly kind: 'create_table'; readonly table: TableShape }
  | { readonly kind: 'protect'; readonly table: string }
  | { readonly kind: 'add_column'; readonly table: string; readonly column: ColumnShape }
  | { readonly kind: 'set_compute'; readonly table: string; readonly compute: ComputeShape }
  | { readonly kind: 'drop_compute'; readonly table: string }
  | { readonly kind: 'set_rollups'; readonly table: string; readonly rollups: readonly RollupShape[] }
  | { readonly kind: 'drop_rollups'; readonly table: string }
  | { readonly kind: 'drop_index'; readonly name: string }
  | { readonly kind: 'create_index'; readonly table: string; readonly index: IndexShape }
  | { readonly kind: 'drop_constraint'; readonly table: string; readonly name: string }
  | { readonly kind: 'add_check'; readonly table: string; readonly check: CheckShape }
  | { readonly kind: 'add_foreign_key'; readonly table: string; readonly foreignKey: ForeignKeyShape }
  | { readonly kind: 'validate'; readonly table: string; readonly name: string };
