import type { Engine, Naming, TableName, TypeFamily } from './catalogue.ts';
import type { Category } from './category.ts';

/**
 * The erasure plan of one application: what will be done, table by table, for any person. Immutable, made of JSON
 * values only, frozen in a request and hashed. It holds no value of any person.
 */
export interface ErasurePlan {
  readonly version: 1;
  readonly engine: Engine;
  readonly database: string;
  /** Digest of the whole schema, and of each table (`schema.table`), when the plan was made. */
  readonly schemaDigest: string;
  readonly tableDigests: Readonly<Record<string, string>>;
  /** How persons are recognised: every column of every kind is a way in. */
  readonly identities: readonly IdentityColumn[];
  /** Tables that are walked, sources before what they lead to. Step numbers are indexes of this list. */
  readonly steps: readonly PlanStep[];
  /** What can't be done as the plan stands. An order of a plan with a blocking problem is refused. */
  readonly problems: readonly PlanProblem[];
  /** What the reader should know: natural keys that stay, tables out of reach, joins deduced from names… */
  readonly notices: readonly PlanNotice[];
  /** Materialized views that copy touched tables, in the order to refresh them. */
  readonly refresh: readonly TableName[];
  /** Everything the proof looks through. */
  readonly sweep: readonly SweepTable[];
  /** Where rows of the person may be that no step reaches. Absent from plans frozen before they were looked for. */
  readonly unlinked?: readonly UnlinkedTable[];
}

export type IdentityStrength = 'strong' | 'fair';

export interface IdentityColumn extends TableName {
  readonly kind: string;
  readonly column: string;
  readonly family: TypeFamily;
  /** How values of the kind are compared. */
  readonly matching: Matching;
  readonly source: 'given' | 'map' | 'deduced';
}

/** email: trimmed, any case. phone: digits, international or national. compact: no spaces, any case. exact: trimmed. */
export type Matching = 'email' | 'phone' | 'compact' | 'exact';

export interface PlanStep extends TableName {
  /** How rows are named: stable columns, or the row's place inside one transaction when there are none. */
  readonly key: StepKey;
  /**
   * `about`: what the row says of the person goes, and who said it stays. `mention`: only what names the person goes,
   * because the row is someone else's or nobody's.
   */
  readonly scope: 'row' | 'about' | 'mention';
  /** A row of the table is a person. */
  readonly isPersons: boolean;
  readonly ways: readonly Way[];
  readonly action: 'blank' | 'delete' | 'keep';
  readonly fields: readonly FieldPlan[];
}

export type StepKey =
  | { readonly kind: 'columns'; readonly columns: readonly { readonly name: string; readonly type: string }[] }
  | { readonly kind: 'place' };

export interface Pair {
  /** A column of the step's own table. */
  readonly own: string;
  /** The column of the other table. */
  readonly other: string;
}

export type Way =
  /** The row holds an identifier of the person. */
  | {
      readonly kind: 'identity';
      readonly identity: string;
      readonly column: string;
      readonly matching: Matching;
      /** Only rows in which these columns hold nothing. */
      readonly empty?: readonly string[];
      /** Rows that point to other persons by these hold an address of the person, and aren't theirs. */
      readonly guards?: readonly Guard[];
    }
  /** The text of the row contains a strong identifier (audit copies, logs, free text). */
  | { readonly kind: 'content'; readonly columns: readonly string[] }
  /** The row points to a row of step `from`. Rows that point to other persons by `guards` are left alone. */
  | {
      readonly kind: 'incoming';
      readonly from: number;
      readonly pairs: readonly Pair[];
      readonly source: 'declared' | 'map' | 'deduced';
      readonly guards: readonly Guard[];
      /**
       * The row points to a row of its own table, and is the same person's when it has no name, or repeats the other's
       * and has no identifier.
       */
      readonly alike?: { readonly names: readonly string[]; readonly identities: readonly string[] };
      /** Staff who wrote or entered the row, as the row pointed to says, don't own it. */
      readonly unlessStaff?: StaffMark;
      /** The columns pointed to are no key (a name): a row that somebody else's row fits too is nobody's. */
      readonly unlessOthers?: true;
      /** The row may point to any table: it must name this one, in one of these ways. Keys are compared as texts. */
      readonly named?: { readonly naming: Naming; readonly names: readonly string[] };
    }
  /** A row of step `from` (an e-mail, an account) says which person it is of; `users` as below. */
  | {
      readonly kind: 'owner';
      readonly from: number;
      readonly pairs: readonly Pair[];
      readonly source: 'declared' | 'map' | 'deduced';
      readonly users: readonly User[];
      /** The row that says so may point to any table: it must name this one, as for `incoming`. */
      readonly named?: { readonly naming: Naming; readonly names: readonly string[] };
      /** Names of the row (`own`), in which those of the row that points to it (`other`) must stand. */
      readonly bears?: { readonly own: readonly string[]; readonly other: readonly string[] };
      /** Columns of that row that no row of another person may share: an e-mail of two is nobody's alone. */
      readonly sole?: readonly string[];
      /** Both rows are one thing kept in two tables: however the one was found, the other is the person's. */
      readonly isWhole?: true;
    }
  /** A row of step `from` points to the row; taken only when none of `users` points to it from elsewhere. */
  | {
      readonly kind: 'outgoing';
      readonly from: number;
      readonly pairs: readonly Pair[];
      readonly source: 'declared' | 'map' | 'deduced';
      readonly users: readonly User[];
    };

/** The row belongs to whom these columns point to: they must be empty, point to nobody or to the person. */
export interface Guard {
  readonly step: number;
  readonly pairs: readonly Pair[];
  /** What staff wrote in a file of the person goes with the file. */
  readonly orStaff?: StaffMark;
}

/** A row of a table of persons is one of the staff when the column, as a text in small letters, is one of the values. */
export interface StaffMark {
  readonly column: string;
  readonly values: readonly string[];
}

/** A table whose rows use the row: `own` are columns of the shared row, `other` those of the using table. */
export interface User extends TableName {
  readonly pairs: readonly Pair[];
  /** The step that walks the using table, when there is one: its captured rows are the person's own. */
  readonly step: number | null;
}

export type FieldPlan =
  | { readonly column: string; readonly category: Category | null; readonly do: 'keep'; readonly why: KeepReason }
  | {
      readonly column: string;
      readonly category: Category | null;
      readonly do: 'blank';
      readonly why: BlankReason;
      readonly fill: Fill;
      /** SQL type to cast values to. */
      readonly type: string;
      /** References to this key that don't follow by themselves: changed with it, in one statement. */
      readonly carried?: readonly Carried[];
    };

/** A table whose `own` columns refer to `other` columns of the key's table. */
export interface Carried extends TableName {
  readonly pairs: readonly Pair[];
}

export type KeepReason =
  | {
      readonly code:
        | 'key'
        | 'reference'
        | 'number'
        | 'boolean'
        | 'moment'
        | 'enumeration'
        | 'listed_code'
        | 'technical';
    }
  | { readonly code: 'natural_key' | 'generated' | 'other_type' | 'no_personal_content' | 'follows_reference' }
  | { readonly code: 'map'; readonly reason: string }
  | { readonly code: 'no_value' };

export type BlankReason = { readonly code: 'text' | 'category' | 'map' | 'identity' | 'content' };

export type Fill =
  | { readonly kind: 'null' }
  /** The same value in every row, as text to be cast to the column's type. */
  | {
      readonly kind: 'value';
      readonly value: string;
      /** What held nothing goes on holding nothing: a check on several columns sees the same ones filled. */
      readonly keepsNull?: true;
    }
  /** A value of its own in each row, from a random salt and the row's key; never from the person. */
  | {
      readonly kind: 'token';
      readonly shape: 'text' | 'capitals' | 'digits' | 'email' | 'number' | 'uuid' | 'bytes';
      /** Length of the text, or digits of the number. */
      readonly length: number;
      /** What a format asks for before the random part: `+33`, `FR76`. */
      readonly prefix?: string;
    }
  | Redaction;

/**
 * The identifiers are taken out of the text, and the rest of it stays. `alone` is what becomes of a text when it, or
 * its whole row, names nobody else; null in a row that is someone else's, whose words stay theirs.
 */
export interface Redaction {
  readonly kind: 'redact';
  readonly alone: { readonly fill: Exclude<Fill, Redaction>; readonly in: 'row' | 'text' } | null;
}

export interface PlanProblem extends TableName {
  readonly code:
    | 'no_value_fits'
    | 'delete_would_cascade'
    | 'delete_is_referenced'
    | 'key_cannot_change'
    | 'cannot_write'
    | 'cannot_read'
    | 'rows_hidden'
    | 'foreign_table'
    | 'no_identity_column'
    | 'no_temporary_tables'
    | 'generated_from_kept'
    | 'keeps_history';
  readonly column: string | null;
  /** Other tables, constraints or columns concerned. */
  readonly about: readonly string[];
  /** A blocking problem refuses the order; another leaves it partly done. */
  readonly isBlocking: boolean;
}

export interface PlanNotice extends TableName {
  readonly code:
    | 'natural_key_stays'
    | 'join_deduced'
    | 'out_of_reach'
    | 'other_persons'
    | 'shared_reference_data'
    | 'rows_deleted'
    | 'left_empty'
    | 'key_replaced'
    | 'ignored_by_map'
    | 'triggers'
    | 'no_transaction'
    | 'materialized_view'
    | 'view'
    | 'mentions_only';
  readonly column: string | null;
  readonly about: readonly string[];
}

export interface SweepTable extends TableName {
  readonly kind: 'table' | 'materialized_view';
  readonly columns: readonly { readonly name: string; readonly family: TypeFamily }[];
  /** Columns where a value may stay by the plan (natural keys, fields the map keeps): seen, told, not a failure. */
  readonly mayStay: readonly string[];
  /** Whether its rows are persons', so that a telephone met there may be somebody else's. */
  readonly isOthers: boolean;
  readonly rowEstimate: number | null;
}

/** A table, or the rows of nobody in a table, that the walk doesn't reach and that may speak of the person. */
export interface UnlinkedTable extends TableName {
  /** Columns that say, in the other rows of a linked table, whose they are: only rows where all are empty are looked at. */
  readonly owners: readonly string[];
  /** Texts in which a name may stand, columns of names first. */
  readonly texts: readonly string[];
  /** Dates of birth: one that isn't the person's tells a namesake. */
  readonly births: readonly string[];
  /** What else the row says: a key alone says nothing. */
  readonly says: readonly string[];
  /** Those that somebody judged personal, or that were proposed so. */
  readonly personal: readonly string[];
  readonly keys: readonly SuspectedKey[];
  /** Columns by which a join could tie its rows to the person's. Absent from older plans. */
  readonly links?: readonly string[];
  readonly rowEstimate: number | null;
}

/** A column that looks like the key of rows of step `step` by its name and type, and that nothing declares. */
export interface SuspectedKey {
  readonly column: string;
  readonly step: number;
  /** The column of the step's table. */
  readonly other: string;
}
