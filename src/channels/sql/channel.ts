import type { Catalogue } from './catalogue.ts';
import type { ConnectOptions, SqlConnection } from './connection.ts';
import { readCatalogue as readMariadbCatalogue } from './mariadb/catalogue.ts';
import { connect as connectMariadb } from './mariadb/connect.ts';
import { readCatalogue as readPostgresCatalogue } from './postgres/catalogue.ts';
import { connect as connectPostgres } from './postgres/connect.ts';
import { readCatalogue as readSqliteCatalogue } from './sqlite/catalogue.ts';
import { connect as connectSqlite } from './sqlite/connect.ts';
import { asRetryable } from './trouble.ts';

/*
 * The seam between what is asked and the engine that does it: an address says which engine it is; after that, a
 * connection knows its dialect, and only catalogues are read in ways that have nothing in common.
 */

/** Opens a connection. Throws a `Refusal` with what to do; neither the URL nor the password is in it. */
export function connect(url: string, options: ConnectOptions = {}): Promise<SqlConnection> {
  if (/^(mysql|mariadb):/i.test(url)) return connectMariadb(url, options);
  if (/^sqlite:/i.test(url)) return connectSqlite(url);
  return connectPostgres(url, options);
}

/**
 * Reads the whole catalogue: one round trip per kind of thing, whatever the number of tables. Throws a `Refusal` of status
 * 503 when it can be tried again.
 */
export async function readCatalogue(connection: SqlConnection): Promise<Catalogue> {
  try {
    return await readers[connection.engine](connection);
  } catch (error) {
    throw asRetryable(connection, error) ?? error;
  }
}

const readers = {
  postgres: readPostgresCatalogue,
  mariadb: readMariadbCatalogue,
  sqlite: readSqliteCatalogue,
} as const;
