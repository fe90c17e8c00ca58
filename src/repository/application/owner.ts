import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import { from, type Model } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import { typeOfApplications } from './type.ts';

/** Who answers for an application, as its record says. Personal: to write to, never to log. */
export interface Owner {
  readonly name: string | null;
  readonly email: string | null;
}

/** The owner of an application; null when its record names nobody to write to. */
export async function ownerOf(scope: Scope, model: Model, application: Id<'application'>): Promise<Owner | null> {
  const type = typeOfApplications(model);
  const column = (attribute: string) => sql.ref(type.attributes.get(attribute)?.columns[0] ?? attribute);
  const { rows } = await sql<Owner>`
    select o.${column('owner_name')} as name, o.${column('owner_email')} as email
      from ${from(type)} as o where o.id = ${application}::uuid`.execute(scope.db);
  const [owner] = rows;
  return owner === undefined || owner.email === null ? null : owner;
}
