import type { Check, Column, TypeFamily } from './catalogue.ts';
import type { Carried, Matching, PlanStep } from './plan.ts';

/**
 * How one engine writes what `erasure/` says. Everything else is common: identifiers are between double quotes, texts
 * between single ones where only the quote is doubled, and `||` joins texts (each connection sets its session so).
 */
export interface Dialect {
  /** A join that reads its left side once and looks each row up on its right side, whatever the statistics say. */
  readonly orderedJoin: string;
  /** A temporary table of the session, as statements name it. */
  temporary(name: string): string;
  /** Makes a temporary table anew. */
  makeTemporary(name: string, content: TemporaryContent): readonly string[];
  /** What `mentions` needs besides, made once a batch. */
  makeAids(): readonly string[];
  /** Tells the planner how large a temporary table became; null when it looks by itself. */
  analyze(name: string): string | null;
  text(expression: string): string;
  /** A column as LIKE reads it fastest, where digits and signs are looked for and neither case nor accents matter. */
  liked(column: string, family: TypeFamily): string;
  /** The content of a column of bytes, as far as it reads as text. */
  bytesText(column: string): string;
  /** A parameter read as a number. */
  integer(parameter: string): string;
  /** The value of a column as identifiers are compared: the counterpart of `soughtValues`. */
  comparable(column: string, family: TypeFamily, matching: Matching): string;
  /** What tells a row of a table without a key, while one transaction lasts. */
  place(step: PlanStep, alias: string): readonly string[];
  /**
   * Where a transaction doesn't see one snapshot to its end: how rows are marked with what led to them when they are
   * found, and how they are held and seen to be the same before they change. Null where the snapshot does it.
   */
  readonly holds: {
    stamp(columns: readonly string[]): string;
    take(rows: string, table: string, same: string): string;
  } | null;
  /** A key as a text that `SqlConnection.fill` reads back. */
  keyText(column: string, type: string): string;
  /** Rows of `[person, key…]` as JSON texts, one row or many. */
  keysAsJson(rows: string, keys: readonly string[]): string;
  /** A constant of a plan, of the type of its column. */
  constant(value: string, type: string): string;
  typedNull(type: string): string;
  cast(expression: string, type: string): string;
  /** SHA-256 in hexadecimal of texts joined by colons. */
  digest(texts: readonly string[]): string;
  /** Texts that differ in each row and each run. */
  chance(alias: string): readonly string[];
  /** The first fifteen hexadecimal digits of a digest, as a number. */
  number(digest: string): string;
  /** The first sixteen bytes of a digest. */
  bytes(digest: string): string;
  /** Whether a column already holds the value, exactly. */
  isSame(column: string, type: string, value: string): string;
  /** Whether a column holds a marked token: `erased-` and nine hexadecimal digits. */
  isMarked(column: string): string;
  /** Whether a text matches a pattern (a parameter or a column), whatever the case. */
  matches(text: string, pattern: string): string;
  /** A text where a mark stands for all that matches a pattern (a column), whatever the case. */
  replaced(text: string, pattern: string, mark: string): string;
  /** The distinct texts of a group, with bars between. */
  alternatives(text: string): string;
  /**
   * Ways from a row `t` to persons `s` whose identifiers are inside its text, to follow `from … t`: e-mails are looked up,
   * other identifiers tried one by one.
   */
  mentions(text: string, texts: readonly string[], tables: MentionTables): readonly Mention[];
  /** Tries values of a column against its type and checks; the last statement answers `fits`. */
  tryValues(trial: Trial): readonly string[];
  update(change: Change): string;
  remove(change: Omit<Change, 'set' | 'unless'>): string;
  /** Changes a key with the references that don't follow by themselves. */
  renew(renewal: Renewal): readonly string[];
  /** Whether references that follow by themselves must be carried too, because `renew` stops them. */
  readonly carriesAll: boolean;
}

export interface MentionTables {
  readonly sought: string;
  /** `digits`, a pattern of LIKE that every text with the identifier matches, and `pattern`. */
  readonly needles: string;
}

export interface Mention {
  readonly persons: string;
  /** Told before anything costly is asked of a row. */
  readonly may: string;
}

export interface TemporaryContent {
  /** Columns, or a query whose columns are taken without its rows. */
  readonly columns: readonly { readonly name: string; readonly type: 'integer' | 'text' }[] | string;
  /** What the rows are told by. */
  readonly key: readonly { readonly name: string; readonly type: string }[];
  /** Whether many rows are looked up one by one: an engine that hashes joins indexes only then. */
  readonly isLookedUp: boolean;
}

export interface Trial {
  readonly table: string;
  readonly column: Column;
  /** SQL constants, of the column's type. */
  readonly values: readonly string[];
  readonly checks: readonly Check[];
}

export interface Change {
  /** The table, quoted. Its alias is `t`. */
  readonly table: string;
  /** A query of the keys found: `k0`, `k1`…, and `redaction` where texts are redacted. Its alias is `s`. */
  readonly found: string;
  /** Columns of the key, as written with the alias `t`. */
  readonly keys: readonly string[];
  readonly set: readonly { readonly column: string; readonly value: string }[];
  /** True when a row already is what the change makes of it. */
  readonly unless: string;
}

export interface Renewal extends Change {
  /** The column of the key, and the new value. */
  readonly column: string;
  readonly value: string;
  readonly carried: readonly Carried[];
}
