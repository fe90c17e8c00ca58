import type { Client } from 'pg';

/** A connection to an application's database; the engine decides which dialect is spoken. */
export interface SqlConnection {
  readonly engine: 'postgres';
  readonly client: Client;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Time to reach the server. 10,000 by default. */
  readonly connectTimeoutMs?: number;
}

/** Opens a connection. Throws a `Refusal` with what to do; neither the URL nor the password is in it. */
export async function connect(_url: string, _options: ConnectOptions = {}): Promise<SqlConnection> {
  throw new Error('being built');
}
