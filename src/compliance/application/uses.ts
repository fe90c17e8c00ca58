import { sql } from 'kysely';
import { from, type Model, typeOf } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import type { ApplicationDirectory, ConcernedApplication } from './directory.ts';

/**
 * A request of one controller concerns the applications that it uses. An application of which nobody said who uses it
 * concerns every controller: leaving one out would leave the person in it.
 */
export function withinControllers(directory: ApplicationDirectory, model: () => Model): ApplicationDirectory {
  return {
    ...directory,
    concerned: async (scope, controllerId) => {
      const all = await directory.concerned(scope, controllerId);
      return controllerId === null ? all : all.filter(await isConcerned(scope, model(), controllerId));
    },
  };
}

async function isConcerned(
  scope: Scope,
  model: Model,
  controllerId: string,
): Promise<(application: ConcernedApplication) => boolean> {
  const uses = typeOf(model, 'application_use');
  if (uses === null) throw new Error('the model has no pack compliance');
  const column = (attribute: string) => sql.ref(uses.attributes.get(attribute)?.columns[0] ?? attribute);
  const { rows } = await sql<{ application: string; is_theirs: boolean }>`
    select u.${column('application')} as application, bool_or(u.${column('controller')} = ${controllerId}::uuid) as is_theirs
      from ${from(uses)} u group by 1`.execute(scope.db);
  const known = new Map(rows.map((row) => [row.application, row.is_theirs]));
  return (application) => known.get(application.id) ?? true;
}
