import type { QueryResultRow } from 'pg';

/** A connection to an application's database; the engine decides which dialect is spoken. */
export interface SqlConnection {
  readonly engine: 'postgres';
  /** Values always travel as parameters. Throws what the driver throws. */
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** The same, answering how many rows were written. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Time to reach the server. 10,000 by default. */
  readonly connectTimeoutMs?: number;
}
