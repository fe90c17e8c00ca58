import type { Signer } from '../../channels/index.ts';
import { type Id, open, Refusal } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** A sealed secret moved to another row does not open. */
export function sealContext(credential: string): string {
  return `compliance.application_credential:${credential}`;
}

/**
 * What messages to an application are signed with: its secrets that are valid now, the newest first. During a rotation
 * there are two, so that whichever of them the application knows verifies.
 */
export async function signersOf(scope: Scope, application: Id<'application'>): Promise<readonly Signer[]> {
  const now = scope.clock.now();
  const rows = await scope.db
    .selectFrom('compliance.application_credential')
    .select(['id', 'kind', 'sealed'])
    .where('application_id', '=', application)
    .where('kind', 'in', ['hmac', 'ed25519'])
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
    .orderBy('id', 'desc')
    .execute();
  const signers = rows.flatMap(({ id, kind, sealed }): readonly Signer[] => {
    if (sealed === null) return [];
    const secret = open(scope.keys.applications, sealed, sealContext(id));
    return [kind === 'hmac' ? { kind, secret } : { kind: 'ed25519', seed: secret }];
  });
  if (signers.length === 0) throw noSecret();
  return signers;
}

function noSecret(): Refusal {
  return new Refusal('application.no_secret', 503, {
    fr: 'Cette application n’a pas de secret de signature : émettez-le sur sa page, et donnez-le à son équipe.',
    en: 'This application has no signing secret: issue it on its page, and give it to its team.',
  });
}
