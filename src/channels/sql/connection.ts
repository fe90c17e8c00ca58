import type { Text } from '../../kernel/index.ts';
import type { Engine } from './catalogue.ts';
import type { Dialect } from './dialect.ts';
import type { Trouble } from './trouble.ts';

/** A connection to an application's database; the engine decides which dialect is spoken. */
export interface SqlConnection {
  readonly engine: Engine;
  readonly dialect: Dialect;
  /** Values always travel as parameters, written `$1`, `$2`… Throws what the driver throws. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** The same, answering how many rows were written. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** Several without values, one after the other: in one round trip where the engine takes them so. */
  runAll(texts: readonly string[]): Promise<void>;
  /** `write`: nobody's change mixes with it. `read`: writes nothing but temporary tables. `try`: may also make them. */
  begin(mode: 'write' | 'read' | 'try'): Promise<void>;
  /** Bounds what follows, until the next call or the end of the transaction. */
  limit(limits: Limits): Promise<void>;
  /** Fills a temporary table, in few statements whatever the number of rows. */
  fill(table: string, columns: readonly FilledColumn[], rows: readonly (readonly Value[])[]): Promise<void>;
  /** Takes away what an erasure left beside the rows, where the engine keeps it; answers with what stays, in words. */
  scrub?(): Promise<readonly Text[]>;
  /** What the driver says of an error, in the words of every engine; null when the error isn't the database's. */
  trouble(error: unknown): Trouble | null;
  close(): Promise<void>;
}

/** Longest statement of a session whose caller doesn't say otherwise, in milliseconds. */
export const longestStatementMs = 120_000;

export interface Limits {
  /** Longest single statement. */
  readonly statementMs: number;
  /** Longest wait for a row or a table that someone else holds; unchanged when absent. */
  readonly lockMs?: number;
}

export interface FilledColumn {
  readonly name: string;
  /** Values come as texts and numbers, and become this type; a key's text is read as `Dialect.keyText` wrote it. */
  readonly type: 'integer' | 'text' | { readonly key: string };
}

export type Value = string | number | null;

export interface ConnectOptions {
  /** Time to reach the server. 10,000 by default. */
  readonly connectTimeoutMs?: number;
}
