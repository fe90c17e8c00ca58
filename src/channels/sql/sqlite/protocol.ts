/** What the connection asks of its thread, and what the thread answers. */
export type Request =
  | { readonly kind: 'query' | 'run'; readonly text: string; readonly values: Readonly<Record<string, Bindable>> }
  | { readonly kind: 'limit'; readonly statementMs: number }
  /** Rewrites the file; copies the write-ahead log back. Answers with 0, or 1 when somebody else held it up. */
  | { readonly kind: 'vacuum' | 'checkpoint' }
  | { readonly kind: 'close' };

export type Bindable = string | number | null;

export type Answer = { readonly rows: readonly object[]; readonly changes: number } | { readonly failure: Failure };

export interface Failure {
  readonly message: string;
  /** SQLite's extended code; null when the error isn't SQLite's. */
  readonly number: number | null;
}

export interface Opening {
  readonly path: string;
  readonly isReadOnly: boolean;
}
