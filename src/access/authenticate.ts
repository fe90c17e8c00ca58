import { type Authenticate, readCookie, type Who } from '../http/index.ts';
import { type Actor, derive, hmacSha256, Refusal, type Source, sameBytes, sha256, shared } from '../kernel/index.ts';
import type { Scope } from '../store/index.ts';
import type { AccessOptions } from './context.ts';
import { findKey, keyPrefix } from './keys/keys.ts';
import { operatorPrefix } from './operator.ts';
import { findOrganisation } from './organisations/organisations.ts';
import { operatorRoles } from './permissions.ts';
import { findSession, type Session } from './sessions/sessions.ts';
import { findUser } from './users/users.ts';

export const sessionCookie = 'socle_session';

/** The session by which this request comes; null for a key. */
export async function presentSession(options: AccessOptions, request: Request): Promise<Session | null> {
  const token = readCookie(request, sessionCookie);
  return token === null ? null : findSession(options, token, false);
}

/** Names the organisation an operator works in, when there are several. */
export const organisationHeader = 'socle-organisation';

/** Recognises a session's cookie, an API key or the operator's token. */
export function authenticator(options: AccessOptions): Authenticate {
  return async (request, { keepsAlive }) => {
    const authorization = request.headers.get('authorization');
    if (authorization !== null) return byBearer(options, request, authorization);
    const token = readCookie(request, sessionCookie);
    return token === null ? null : bySession(options, token, keepsAlive);
  };
}

async function bySession(options: AccessOptions, token: string, keepsAlive: boolean): Promise<Who | null> {
  const session = await findSession(options, token, keepsAlive);
  if (session === null) return null;
  const user = await findUser(session.scope, session.userId);
  if (user === null || !user.isActive) return null;
  return {
    ...(await standing(session.scope, { kind: 'user', id: user.id }, user.roles, 'page')),
    user: { id: user.id, name: user.name, email: user.email },
    perimeters: user.perimeters.length === 0 ? null : user.perimeters,
    language: user.language,
    csrf: csrfOf(token),
  };
}

/** The secret that this session's forms prove they know; it can't be made from what the database holds. */
function csrfOf(token: string): string {
  return hmacSha256(derive(Buffer.from(token, 'base64url'), 'csrf'), 'form').toString('base64url');
}

async function byBearer(options: AccessOptions, request: Request, authorization: string): Promise<Who> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  if (secret.startsWith(operatorPrefix)) return byOperator(options, request, secret);
  const { applications } = options;
  if (applications !== undefined && secret.startsWith(applications.keyPrefix)) return byApplication(options, secret);
  const key = secret.startsWith(keyPrefix) ? await findKey(options, secret) : null;
  if (key === null) throw badKey();
  return {
    ...(await standing(key.scope, { kind: 'api_key', id: key.id }, [key.role], 'api')),
    user: { id: key.id, name: key.name, email: null },
    perimeters: null,
    language: null,
    csrf: null,
  };
}

/** An application has no role: only routes made for applications let it in, each to what is its own. */
async function byApplication(options: AccessOptions, secret: string): Promise<Who> {
  const found = (await options.applications?.find(secret)) ?? null;
  if (found === null) throw badKey();
  return {
    ...(await standing(found.scope, { kind: 'application', id: found.application }, [], 'api')),
    user: { id: found.application, name: 'application', email: null },
    perimeters: null,
    language: null,
    csrf: null,
  };
}

async function byOperator(options: AccessOptions, request: Request, token: string): Promise<Who> {
  const { operatorTokenHash = null, store } = options;
  if (operatorTokenHash === null || !sameBytes(sha256(token), operatorTokenHash)) throw badKey();
  const organisation = await findOrganisation(options, request.headers.get(organisationHeader));
  return {
    ...(await standing(store.scope(organisation.id), { kind: 'system', name: 'operator' }, operatorRoles, 'cli')),
    user: { id: organisation.id, name: 'operator', email: null },
    perimeters: null,
    language: null,
    csrf: null,
  };
}

const organisationName = shared(async (scope: Scope) => {
  const { name } = await scope.db.selectFrom('access.organisation').select('name').executeTakeFirstOrThrow();
  return name;
});

async function standing(
  scope: Scope,
  actor: Actor,
  roles: readonly string[],
  source: Source,
): Promise<Pick<Who, 'org' | 'organisation' | 'scope' | 'actor' | 'roles' | 'isReadOnly' | 'cause'>> {
  return {
    org: scope.org,
    organisation: await organisationName(scope),
    scope,
    actor,
    roles,
    isReadOnly: roles.length === 1 && roles[0] === 'auditor',
    cause: (key) => ({ actor, source, key }),
  };
}

function badKey(): Refusal {
  return new Refusal('access.bad_key', 401, {
    fr: 'Cette clé est inconnue, expirée ou révoquée. Demandez-en une nouvelle à un administrateur.',
    en: 'This key is unknown, expired or revoked. Ask an administrator for a new one.',
  });
}
