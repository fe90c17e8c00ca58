import type { Text } from '../../kernel/index.ts';
import type { Category } from './category.ts';
import type { PlanStep } from './plan.ts';

/** An identifier as it was given: `{ kind: 'email', value: 'a@b.fr' }`. */
export interface Identity {
  readonly kind: string;
  readonly value: string;
}

/** One person of a batch, under the reference the application's orders know them by. */
export interface PersonOrder {
  readonly ref: string;
  readonly identities: readonly Identity[];
}

/** Where something of a person was seen: never the value. */
export interface Sighting {
  /** `schema.table.column`, or `schema.table` by name. */
  readonly where: string;
  readonly rows: number;
  /**
   * How it was seen: by asking for the identifier, in a row that should be blank, by looking through everything; and where
   * nothing leads, by the person's name, by a column that looks like the key of their rows, or by an identifier that stands
   * alone in a column.
   */
  readonly by: 'identity' | 'row' | 'sweep' | 'name' | 'key' | 'alone';
  /** The plan says that it may stay (a natural key, a field kept by the map): told, not a failure. */
  readonly mayStay: boolean;
  /** What the plan knows of the places seen: categories, and what the map could say. Absent where nothing is known. */
  readonly about?: Seeing;
}

export interface Seeing {
  readonly categories: readonly Category[];
  /** Columns of the table that bear it. */
  readonly columns: readonly string[];
  /** The kind of identifier that stands alone. */
  readonly kind?: string;
  /** Columns of the rows seen that hold what the person's own rows held. */
  readonly joins: readonly PossibleJoin[];
}

/** A join that the map could declare: as many columns (`schema.table.column`) on either side. */
export interface PossibleJoin {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export type PersonOutcomeCode = 'executed' | 'not_found' | 'partly' | 'refused' | 'failed';

export interface PersonOutcome {
  readonly ref: string;
  readonly outcome: PersonOutcomeCode;
  /** Rows in which fields of the category were blanked, or that were deleted. */
  readonly counts: Readonly<Partial<Record<Category, number>>>;
  /** Rows changed or deleted by table (`schema.table`). */
  readonly tables: Readonly<Record<string, number>>;
  /** What can still be seen. Empty when nothing was. */
  readonly seen: readonly Sighting[];
  /** A code of the protocol when refused or failed: `identity_ambiguous`, `technical`… */
  readonly reason: 'identity_ambiguous' | 'technical' | 'other' | null;
  readonly detail: Text | null;
}

/** How far the proof went. */
export interface ProofExtent {
  /** complete: every text of the database was looked through for every person; sampled: for some of them. */
  readonly sweep: 'complete' | 'sampled' | 'partial';
  /** Tables that were not looked through in the time given, or can't be read. */
  readonly notSwept: readonly string[];
  readonly personsSwept: number;
}

/**
 * What was found before anything changed: the keys of the rows and their counts. Enough to prove after a crash that
 * the work was done. It holds keys of persons' rows: the caller seals it.
 */
export interface Capture {
  readonly version: 1;
  readonly plan: string;
  /** Salt of the replacement values, hexadecimal. */
  readonly salt: string;
  readonly refs: readonly string[];
  readonly steps: readonly CapturedStep[];
  /** Further identifiers met in the persons' own rows: index in `refs`, kind, value. */
  readonly known: readonly (readonly [number, string, string])[];
  /** What the rows told of the persons the proof looks for: index in `refs`, kind, value. */
  readonly learnt?: readonly (readonly [number, string, string])[];
  /**
   * What the persons' own rows held in columns that are blanked, by which rows of other tables may name them: index in
   * `refs`, `schema.table.column`, value.
   */
  readonly links?: readonly (readonly [number, string, string])[];
  /** What others share and was not used: index in `refs`, `all` of a person left out, or only a telephone and the like. */
  readonly leftOut?: readonly LeftOut[];
  /** It goes on from what another plan had done: rows that are blank since then are still followed. */
  readonly isCarried?: true;
}

export type LeftOut = readonly [number, 'all' | 'shared'];

export interface CapturedStep {
  /** Index of the plan's step. */
  readonly step: number;
  /** What tells the step in another plan. Absent from captures made before orders could go on under another plan. */
  readonly of?: StepName;
  /** Rows by person: index in `refs`, count. */
  readonly counts: readonly (readonly [number, number])[];
  /** `[person, key…]`, keys as text; empty for tables without a stable key. */
  readonly keys: readonly (readonly [number, ...string[]])[];
}

export interface StepName {
  /** `schema.table`. */
  readonly table: string;
  readonly scope: PlanStep['scope'];
  /** Columns that name its rows. */
  readonly key: readonly string[];
  /** Columns that it blanks. */
  readonly blanked: readonly string[];
}

export interface BatchOutcome {
  readonly persons: readonly PersonOutcome[];
  readonly proof: ProofExtent;
  /** What was done besides, such as a materialized view refreshed or left stale. */
  readonly notices: readonly Text[];
}

export interface ExecuteOptions {
  /** Called once with what was found, before anything changes; the work goes on when it resolves. */
  readonly persist: (capture: Capture) => Promise<void>;
  /** What an earlier attempt persisted, when there was one. */
  readonly earlier?: Capture | null;
  /** How long to wait for a row or table that someone else holds. 5,000 by default. */
  readonly lockTimeoutMs?: number;
  /** Longest single statement. 120,000 by default. */
  readonly statementTimeoutMs?: number;
  /** Time given to the sweep of all texts. 60,000 by default. */
  readonly sweepTimeoutMs?: number;
  /** Persons looked for by the sweep of a batch larger than one. 20 by default. */
  readonly sweepSample?: number;
}

/** What an erasure of these identities would do. Nothing is changed to compute it. */
export interface Preview {
  /** Whether any row of anyone was found. */
  readonly isFound: boolean;
  /** Why the order would be refused all the same: the identifiers find persons of different names. */
  readonly refusal: Text | null;
  readonly tables: readonly PreviewTable[];
  /** The statements that will run, in order, as they will be sent. */
  readonly statements: readonly PreviewStatement[];
  readonly problems: readonly Text[];
  readonly notices: readonly Text[];
  /** Where something of the person was met and nothing says whose rows these are: an order would be partly done, or refused. */
  readonly met: readonly Sighting[];
  /** Tables that were not looked through in the time given. */
  readonly notLooked: readonly string[];
}

export interface PreviewTable {
  /** `schema.table`. */
  readonly table: string;
  readonly action: 'blank' | 'delete' | 'keep';
  /** Rows of the person. */
  readonly rows: number;
  /** Rows that others use too, and that stay as they are. */
  readonly shared: number;
  /** How the rows are reached. */
  readonly ways: readonly Text[];
  readonly blanked: readonly PreviewField[];
  readonly kept: readonly PreviewField[];
}

export interface PreviewField {
  readonly column: string;
  readonly category: Category | null;
  readonly words: Text;
}

export interface PreviewStatement {
  readonly purpose: Text;
  readonly sql: string;
}

/** What can still be seen of a person. */
export interface Seen {
  /** By an identifier, theirs or learnt from their rows. */
  readonly isSeen: boolean;
  /** Only by their name, where nothing links anything: a namesake, or they. */
  readonly mayBeSeen: boolean;
  readonly sightings: readonly Sighting[];
  readonly proof: ProofExtent;
}
