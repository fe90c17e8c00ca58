import { sql } from 'kysely';
import { type Id, newId, publicId, Refusal, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { type AccessOptions, recordDecision } from '../context.ts';

export interface Organisation {
  readonly id: Id<'organisation'>;
  readonly slug: string;
  readonly name: string;
}

/** Every organisation of the installation, oldest first. */
export async function organisations(options: AccessOptions): Promise<readonly Organisation[]> {
  const { rows } = await sql<{ found_id: string; found_slug: string; found_name: string }>`
    select * from access.organisations()`.execute(options.store.unbound);
  return rows.map((row) => ({ id: row.found_id, slug: row.found_slug, name: row.found_name }));
}

/** The organisation of that slug, name or id; without one, the only one. */
export async function findOrganisation(options: AccessOptions, asked: string | null): Promise<Organisation> {
  const all = await organisations(options);
  const found =
    asked === null
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find(
          (one) => one.slug === asked || one.name === asked || one.id === asked || publicId('org', one.id) === asked,
        );
  if (found !== undefined) return found;
  if (asked === null && all.length > 1) {
    throw new Refusal('access.which_organisation', 400, {
      fr: `Plusieurs organisations sont ici : précisez laquelle (--org ${all.map((one) => one.slug).join(', ')}).`,
      en: `There are several organisations here: say which one (--org ${all.map((one) => one.slug).join(', ')}).`,
    });
  }
  throw new Refusal('access.no_organisation', 404, {
    fr: 'Aucune organisation de ce nom n’est installée ici.',
    en: 'No organisation of that name is installed here.',
  });
}

/** Makes an organisation and opens its scope. `slug`: 2 to 41 lower-case letters, digits and hyphens. */
export async function createOrganisation(
  options: AccessOptions,
  input: { readonly slug: string; readonly name: string },
): Promise<Scope> {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(input.slug)) {
    const text = {
      fr: 'Le nom court compte de 2 à 41 lettres minuscules, chiffres et tirets, et commence par une lettre.',
      en: 'The short name has 2 to 41 lower-case letters, digits and hyphens, and begins with a letter.',
    };
    throw new Refusal('access.organisation_slug', 422, text, [{ pointer: '/slug', code: 'format', text }]);
  }
  const { store } = options;
  const id: Id<'organisation'> = newId(store.clock.now().getTime());
  await sql`select access.create_organisation(${id}, ${input.slug}, ${input.name}, ${store.clock.now()})`
    .execute(store.unbound)
    .catch((error: unknown) => {
      throw isDuplicate(error) ? slugTaken() : error;
    });
  const scope = store.scope(id);
  await write(scope, systemCause('access'), (writing) =>
    recordDecision(options, writing, { kind: 'organisation.created', subject: publicId('org', id), data: {} }),
  );
  return scope;
}

/** PostgreSQL's unique_violation. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

function slugTaken(): Refusal {
  const text = { fr: 'Une organisation porte déjà ce nom court.', en: 'An organisation already has this short name.' };
  return new Refusal('access.organisation_exists', 409, text, [{ pointer: '/slug', code: 'taken', text }]);
}
