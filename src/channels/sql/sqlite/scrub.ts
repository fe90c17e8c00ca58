import { stat } from 'node:fs/promises';
import type { Text } from '../../../kernel/index.ts';
import type { SqlConnection } from '../connection.ts';
import { SqliteError, type SqliteThread } from './thread.ts';

/**
 * A file up to this size is rewritten after an erasure: some tenths of a second during which its application waits to write,
 * and as much memory as it is large.
 */
export const rewrittenBytes = 64_000_000;

/**
 * What an erasure overwrites is zeroed as it goes. What the application itself had changed or deleted before still lies in
 * free pages and in the holes of others: only a rewriting of the file (VACUUM) takes it away. Answers with what stays, in words.
 */
export async function scrub(
  thread: SqliteThread,
  path: string,
  query: SqlConnection['query'],
): Promise<readonly Text[]> {
  const { size } = await stat(path);
  const isRewritten = size <= rewrittenBytes && !(await wouldRenumber(query));
  const isDone = isRewritten && (await attempt(thread, 'vacuum'));
  const isCopiedBack = await attempt(thread, 'checkpoint');
  return [...(isDone ? [] : [keptInHoles]), ...(isCopiedBack ? [] : [keptInLog])];
}

/** Rows of a table without `INTEGER PRIMARY KEY` get other numbers by a rewriting: somebody may count on them. */
async function wouldRenumber(query: SqlConnection['query']): Promise<boolean> {
  const rows = await query(
    `select 1 from pragma_table_list t
      where t.schema = 'main' and t.type = 'table' and not t.wr and t.name not like 'sqlite\\_%' escape '\\'
        and (exists (select 1 from pragma_index_list(t.name) i where i.origin = 'pk')
          or not exists (select 1 from pragma_table_info(t.name) c where c.pk = 1 and upper(c.type) = 'INTEGER'))`,
  );
  return rows.length > 0;
}

async function attempt(thread: SqliteThread, kind: 'vacuum' | 'checkpoint'): Promise<boolean> {
  try {
    return (await thread.ask({ kind })).changes === 0;
  } catch (error) {
    if (error instanceof SqliteError) return false;
    throw error;
  }
}

const keptInHoles: Text = {
  fr: 'Les pages libres du fichier peuvent garder ce que l’application elle-même avait modifié ou supprimé auparavant : à un moment calme, exécutez VACUUM.',
  en: 'The free pages of the file may keep what the application itself had changed or deleted before: at a quiet moment, run VACUUM.',
};

const keptInLog: Text = {
  fr: 'Un autre processus lit le fichier : son journal d’écriture (-wal) garde les anciennes valeurs jusqu’à ce qu’il soit recopié (PRAGMA wal_checkpoint(TRUNCATE)).',
  en: 'Another process reads the file: its write-ahead log (-wal) keeps the old values until it is copied back (PRAGMA wal_checkpoint(TRUNCATE)).',
};
