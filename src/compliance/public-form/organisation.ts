import { sql } from 'kysely';
import { type Id, parseId, Refusal } from '../../kernel/index.ts';
import type { Scope, Store } from '../../store/index.ts';

export interface FormOrganisation {
  readonly scope: Scope;
  readonly slug: string;
  readonly name: string;
}

/** The organisation behind a public address: by its short name, or by its public id in the links that are mailed. */
export async function organisationOfForm(store: Store, reference: string): Promise<FormOrganisation> {
  const { rows } = await sql<{ found_id: string; found_slug: string; found_name: string }>`
    select * from access.organisations()`.execute(store.unbound);
  const id: Id<'organisation'> | null = parseId('org', reference);
  const found = rows.find((row) => row.found_slug === reference || row.found_id === id);
  if (found === undefined) throw unknownOrganisation();
  return { scope: store.scope(found.found_id), slug: found.found_slug, name: found.found_name };
}

function unknownOrganisation(): Refusal {
  return new Refusal('form.no_organisation', 404, {
    fr: 'Aucune organisation ne reçoit de demandes à cette adresse. Vérifiez le lien que vous avez suivi.',
    en: 'No organisation takes requests at this address. Check the link you followed.',
  });
}
