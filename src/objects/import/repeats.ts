import { type RawBuilder, sql } from 'kysely';
import type { Attribute, TypeModel } from '../../model/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { asCause } from './asker.ts';
import type { DraftReader } from './draft.ts';
import type { Import } from './job.ts';
import type { ImportOptions } from './options.ts';

/**
 * Lines that say again, of the same object or of a unique value, what an earlier line of the file says: they are refused with the
 * number of that line, or skipped where what is there already is skipped. Once the whole file was read; again, it does nothing.
 */
export async function refuseRepeats(
  scope: Scope,
  job: Import,
  type: TypeModel,
  options: ImportOptions,
  reader: DraftReader,
): Promise<void> {
  const keyAttribute = options.key.length === 1 ? type.attributes.get(options.key[0] ?? '') : undefined;
  const keyColumn = keyAttribute === undefined ? null : reader.columnOf(keyAttribute);
  if (options.key.length > 0) await refuse(scope, job, sql`key`, keyColumn, options.existing === 'skip');
  const others = reader.attributes.filter((attribute) => attribute.unique && attribute !== keyAttribute);
  for (const attribute of others) await refuse(scope, job, givenOf(attribute), reader.columnOf(attribute), false);
}

function givenOf(attribute: Attribute): RawBuilder<unknown> {
  return sql`nullif(values -> ${attribute.name}::text, 'null')::text`;
}

async function refuse(
  scope: Scope,
  job: Import,
  value: RawBuilder<unknown>,
  column: string | null,
  isSkipped: boolean,
): Promise<void> {
  await write(scope, asCause(job), async ({ tx }) => {
    // The lines have just come: the planner has not counted them yet, and would look each up among all.
    await sql`set local enable_nestloop = off`.execute(tx);
    await sql`
      with read as (select line, verdict, min(line) over (partition by md5(${value})) as first from objects.import_line
                     where import = ${job.id} and verdict <> 'refuse' and ${value} is not null),
           again as (select line, first from read where first < line and verdict in ('create', 'update')),
           turned as (update objects.import_line as l set verdict = ${isSkipped ? 'skip' : 'refuse'}, values = '{}'
                        from again where l.import = ${job.id} and l.line = again.line returning l.line)
      insert into objects.import_problem (import, line, place, column_name, code, text)
      select ${job.id}, again.line, 900, ${column}::text, 'import.repeated',
             jsonb_build_object('fr', 'Déjà donné à la ligne ' || again.first || '.', 'en', 'Given before, on line ' || again.first || '.')
        from again join turned using (line) where not ${isSkipped}
      on conflict do nothing`.execute(tx);
  });
}
