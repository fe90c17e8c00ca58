import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import { publicId, systemCause } from '../../kernel/index.ts';
import type { DueHandler, Scope } from '../../store/index.ts';
import { write } from '../../store/index.ts';
import { bytesOf } from './content.ts';
import { removeFiles } from './file.ts';
import type { Scanner } from './scanner.ts';

/** Files whose time has come: uploads that nobody used, files that were replaced a month ago. */
const goneFiles: DueHandler = {
  table: 'objects.file',
  batch: 20,
  leaseMs: 60_000,
  run: async (scope, rows, lease) => {
    for (const { id } of rows) {
      await scope.db.transaction().execute(async (tx) => {
        await lease.settle(tx, id, null);
        // Put on an object since it was leased, it stays.
        await removeFiles(tx, sql`id = ${id} and (object is null or released_at is not null)`);
      });
    }
  },
};

/** Bytes that never all came are taken away; those that did are scanned. */
function contents(scanner: Scanner | null): DueHandler {
  return {
    table: 'objects.content',
    batch: 1,
    leaseMs: 60_000,
    run: async (scope, rows, lease) => {
      for (const { id } of rows) {
        const verdict = await verdictOf(scope, id, scanner);
        await write(scope, systemCause('socle'), async (writing) => {
          await lease.settle(writing.tx, id, null);
          if (verdict === null) {
            await writing.tx
              .deleteFrom('objects.content')
              .where('id', '=', id)
              .where('state', '=', 'arriving')
              .execute();
            return;
          }
          await writing.tx
            .updateTable('objects.content')
            .set({ state: verdict.isClean ? 'kept' : 'quarantined', found: verdict.isClean ? null : verdict.found })
            .where('id', '=', id)
            .execute();
          if (verdict.isClean) return;
          const data = { found: verdict.found };
          await record(writing, { kind: 'file.quarantined', subject: publicId('fil', id), data });
        });
      }
    },
  };
}

/** Null when there is nothing to scan: the bytes never all came. */
async function verdictOf(scope: Scope, id: string, scanner: Scanner | null) {
  const { state } = await scope.db
    .selectFrom('objects.content')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (state !== 'checking') return null;
  // The scan was asked for by another configuration, which this one took away: nothing will ever answer.
  return scanner === null ? { isClean: true as const } : scanner(bytesOf(scope, id));
}

export function fileHandlers(scanner: Scanner | null): readonly DueHandler[] {
  return [goneFiles, contents(scanner)];
}
